// The worker in which a passphrase is stretched: the page's own program once more, handed over compiled (src/store/worker.rs).
import init from "./lylich-app.js";
onmessage = ({ data }) => {
  onmessage = null;
  init({ module_or_path: data });
};
