// A CSV file cut at semicolons, as French spreadsheets write it, opens as a table: JupyterLab 4.6 has no setting for it
// (jupyterlab/jupyterlab issue 6682).

const count = (text, separator) => text.split(separator).length - 1;

/** The separator of the first line, when it is the semicolon; else JupyterLab's own choice is left as it is. */
const cut = (widget, text) => {
  const [first] = text.split("\n", 1);
  if (count(first, ";") <= count(first, ",")) return;
  widget.content.delimiter = ";";
  const menu = widget.toolbar.node.querySelector(".jp-CSVDelimiter select");
  if (menu) menu.value = ";";  // a menu made later reads the widget
};

export const semicolons = {
  id: "casekit:semicolons",
  autoStart: true,
  activate: (app) => {
    app.docRegistry.addWidgetExtension("CSVTable", {
      createNew: (widget, context) => { context.ready.then(() => cut(widget, context.model.toString())); },
    });
  },
};
