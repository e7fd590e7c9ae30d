// The worker in which a passphrase is stretched: the page's own program once more, handed over compiled (src/store/worker.rs).
onmessage = async ({ data }) => {
  onmessage = null;
  const { default: init } = await import(self.name === "branch" ? "./lylich-branch.js" : "./lylich-app.js");
  init({ module_or_path: data });
};
