// Finds what a person would find on the screen, by the words they read. Arguments: kind, name, path of container names.
// Returns the element, scrolled to the middle (a sticky bar must not cover it), or throws with the names there are.
const [kind, name, path] = arguments;
const plain = (text) => (text || "").normalize("NFC").replace(/\s+/g, " ").trim();
const seen = (element) => element.checkVisibility({ visibilityProperty: true }) && element.getClientRects().length > 0;
const byIds = (ids) => plain((ids || "").split(/\s+/).map((id) => (document.getElementById(id) || {}).textContent || "").join(" "));
const ownName = (element) => {
  if (element.getAttribute("aria-labelledby")) return byIds(element.getAttribute("aria-labelledby"));
  if (element.getAttribute("aria-label")) return plain(element.getAttribute("aria-label"));
  return plain(element.innerText || element.value);
};
const containerNames = (element) => {
  const names = [];
  if (element.getAttribute("aria-labelledby")) names.push(byIds(element.getAttribute("aria-labelledby")));
  if (element.getAttribute("aria-label")) names.push(plain(element.getAttribute("aria-label")));
  const head = element.querySelector(":scope > legend, :scope > summary, :scope > h1, :scope > h2, :scope > h3, :scope > h4, :scope > header, :scope > div > h2, :scope > div > h3, :scope > div > h4");
  if (head) names.push(plain(head.innerText));
  return names;
};
const CONTAINERS = "fieldset, section, article, details, dialog, form, li, [role=group], [role=region], [role=dialog], [role=listitem]";

// Exact names first, then names that begin with the words; among containers the innermost of the first that fit.
const pick = (candidates, wanted, namesOf) => {
  const words = plain(wanted);
  for (const fits of [(it) => it === words, (it) => it.startsWith(words)]) {
    const found = candidates.filter((element) => namesOf(element).some(fits));
    if (found.length > 0) return found;
  }
  return [];
};
const complain = (what, wanted, candidates, namesOf) => {
  const names = [...new Set(candidates.flatMap(namesOf))].filter((it) => it !== "").map((it) => it.slice(0, 80));
  throw new Error(what + " “" + wanted + "”" + (path.length ? " in “" + path.join("” › “") + "”" : "") + " is not on the screen at " + location.hash + "; there are: " + names.slice(0, 80).join(" | "));
};

let root = document;
for (const step of path) {
  const candidates = [...root.querySelectorAll(CONTAINERS)].filter(seen);
  const found = pick(candidates, step, containerNames);
  if (found.length === 0) complain("the part", step, candidates, containerNames);
  root = found[0];
}

const one = (what, candidates, namesOf) => {
  const found = pick(candidates, name, namesOf);
  if (found.length === 0) complain(what, name, candidates, namesOf);
  return found[0];
};
const labels = () => [...root.querySelectorAll("label")].filter(seen);
const labelText = (label) => [plain(label.innerText), plain([...label.childNodes].filter((node) => node.nodeType === Node.TEXT_NODE || (node.matches && !node.matches(".hint, .visually-hidden, input"))).map((node) => node.textContent).join(" "))];

let element;
if (kind === "press") {
  const candidates = [...root.querySelectorAll("button, a[href], summary, [role=button], [role=link], [role=tab], [role=option], input[type=submit], input[type=button]")].filter(seen);
  element = one("a button or link", candidates, (it) => [ownName(it), plain(it.innerText)]);
} else if (kind === "field") {
  const label = pick(labels(), name, labelText)[0];
  const named = [...root.querySelectorAll("input[aria-label], textarea[aria-label], select[aria-label], [aria-labelledby]:is(input, textarea, select)")].filter(seen);
  element = label ? label.control : pick(named, name, (it) => [ownName(it)])[0];
  if (!element) complain("a field", name, labels(), labelText);
} else if (kind === "label") {
  element = one("a choice", labels(), labelText);
} else if (kind === "group") {
  element = one("a group", [...root.querySelectorAll("fieldset, [role=group], [role=radiogroup]")].filter(seen), containerNames);
} else {
  throw new Error("unknown kind " + kind);
}
// A list under a box that was left closes in a moment and moves what is below it: who sees it waits.
if (kind === "press" || kind === "label") {
  for (const list of document.querySelectorAll("[role=listbox]")) {
    const box = document.querySelector('[aria-controls="' + list.id + '"]');
    if (box !== document.activeElement && !list.contains(element)) throw new Error("a list of suggestions is just closing");
  }
}
element.scrollIntoView({ block: "center", inline: "nearest", behavior: "instant" });
return element;
