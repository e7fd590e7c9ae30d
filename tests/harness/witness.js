// Runs before the page's own scripts. Keeps uncaught errors and breaches of the content security policy for the test to ask for.
(() => {
  const faults = [];
  Object.defineProperty(window, "lylichFaults", { value: faults });
  window.addEventListener("error", (event) => faults.push("error: " + (event.message || (event.target && event.target.src) || event.type)), true);
  window.addEventListener("unhandledrejection", (event) => faults.push("rejected: " + event.reason));
  document.addEventListener("securitypolicyviolation", (event) => faults.push("policy: " + event.violatedDirective + " " + event.blockedURI));
  const say = console.error;
  console.error = (...words) => { faults.push("console: " + words.join(" ")); say.apply(console, words); };
})();
