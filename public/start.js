// Starts the program of this device: the candidate's, or the one that also has the pages of mentor and secretary (src/app/program.rs says which).
// The second is kept for use without a network once it was wanted; where it cannot be had, the first one starts and says so.
const programs = {
  app: ["./lylich-app.js", "./lylich-app_bg.wasm"],
  branch: ["./lylich-branch.js", "./lylich-branch_bg.wasm"],
};
const open = async ([script, program]) => {
  const [{ default: init }, file] = await Promise.all([import(script), fetch(program)]);
  if (!file.ok) throw new Error(program + ": " + file.status);
  return () => init({ module_or_path: file });
};
let wanted = null;
try {
  wanted = localStorage.getItem("lylich.program");
} catch { /* no storage: the program says so itself */ }
let start;
if (wanted === '"branch"') {
  navigator.serviceWorker?.ready.then(({ active }) => active.postMessage({ type: "branch" }));
  document.head.append(Object.assign(document.createElement("link"), { rel: "stylesheet", href: "./branch.css" }));
  start = await open(programs.branch).catch(() => null);
}
await (start ?? await open(programs.app))();
