// A CSV file cut at semicolons, as French spreadsheets write it, opens as a table: JupyterLab 4.6 has no setting for it
// (jupyterlab/jupyterlab issue 6682). Written by hand in the form of a prebuilt extension, it needs no build.
(() => {
  const count = (text, separator) => text.split(separator).length - 1;

  /** The separator of the first line, when it is the semicolon; else JupyterLab's own choice is left as it is. */
  const cut = (widget, text) => {
    const [first] = text.split("\n", 1);
    if (count(first, ";") <= count(first, ",")) return;
    widget.content.delimiter = ";";
    const menu = widget.toolbar.node.querySelector(".jp-CSVDelimiter select");
    if (menu) menu.value = ";";  // a menu made later reads the widget
  };

  const plugin = {
    id: "casekit-csv:semicolons",
    autoStart: true,
    activate: (app) => {
      app.docRegistry.addWidgetExtension("CSVTable", {
        createNew: (widget, context) => { context.ready.then(() => cut(widget, context.model.toString())); },
      });
    },
  };

  window._JUPYTERLAB = window._JUPYTERLAB ?? {};
  window._JUPYTERLAB["casekit-csv"] = { init: () => undefined, get: async () => () => ({ __esModule: true, default: plugin }) };
})();
