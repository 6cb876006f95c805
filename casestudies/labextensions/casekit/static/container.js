// What JupyterLab loads: a module-federation container, written by hand so that nothing has to be built.
(() => {
  const here = document.currentScript.src;
  let scope;
  (window._JUPYTERLAB ??= {}).casekit = {
    init(shared) { scope = shared; },
    async get() {
      const [{ plugin }, { semicolons }, { ITranslator }] = await Promise.all(
        [...["study.js", "semicolons.js"].map((name) => import(new URL(name, here))), shared("@jupyterlab/translation")],
      );
      return () => ({ __esModule: true, default: [plugin(shared, ITranslator), semicolons] });
    },
  };

  /** Return a module that JupyterLab shares: its own version, whatever else was loaded. */
  async function shared(name) {
    const versions = Object.values(scope[name]);
    const own = versions.find((one) => one.loaded) ?? versions[0];
    return (await own.get())();
  }
})();
