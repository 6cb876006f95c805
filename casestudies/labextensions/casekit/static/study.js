// A study folder in JupyterLab: it opens on its home and comes back to it; each notebook has a way home, a way back to
// where its learner was, and a way on. Only the page works here: there is nothing to install on a server.

import { button, element } from "./elements.js";
import { speakFrench } from "./french.js";
import { ask, code } from "./kernel.js";
import { resume } from "./resuming.js";

const HOME = "accueil.ipynb";
const RESUMES = "a[data-casekit-resume]";
const WORDS = { home: "← Accueil", resume: "Reprendre où j’en étais", nav: "Autour de ce notebook" };
const SETTLE_MS = 300;

const folder = (path) => path.split("/").slice(0, -1).join("/");
const base = (path) => path.split("/").pop();
const isNotebook = (widget) => Boolean(widget?.content?.widgets && widget.context?.path?.endsWith(".ipynb"));
const isHome = (widget) => isNotebook(widget) && base(widget.context.path) === HOME;
/** A path given from a folder, « ../accueil.ipynb », from the root. */
const from = (start, path) => path.split("/").reduce((found, part) => (part === ".." ? found.slice(0, -1) : [...found, part]), start ? start.split("/") : []).join("/");

export function plugin(shared, translatorToken) {
  return {
    id: "casekit:study",
    autoStart: true,
    optional: [translatorToken],
    activate(app, translator) {
      new Study(app, shared);
      if (translator?.languageCode.startsWith("fr")) speakFrench();
    },
  };
}

class Study {
  constructor(app, shared) {
    Object.assign(this, { app, shared });
    const { commands, docRegistry, shell } = app;
    commands.addCommand("casekit:home", { label: WORDS.home, execute: () => this.goHome() });
    commands.addCommand("casekit:resume", { label: WORDS.resume, execute: () => this.resume(shell.currentWidget) });
    docRegistry.addWidgetExtension("Notebook", { createNew: (panel, context) => this.welcome(panel, context) });
    document.addEventListener("click", (event) => this.follow(event), true);
    const style = Object.assign(document.createElement("link"), { rel: "stylesheet", href: new URL("study.css", import.meta.url) });
    document.head.append(style);
    app.restored.then(() => this.settle());
  }

  /** At the start, leave the whole width to the work; when nothing is open, or no longer, open the home. */
  settle() {
    const { shell } = this.app;
    shell.collapseLeft?.();
    shell.collapseRight?.();
    const empty = () => [...shell.widgets("main")].length === 0;
    const named = /\/tree\/|[?&]path=/.test(window.location.href);  // what the address names is on its way
    let worked = !empty();
    const check = () => {
      if (worked && empty()) this.open(HOME);
      worked = !empty();
    };
    if (!worked && !named) this.open(HOME);
    shell.layoutModified?.connect(() => { clearTimeout(this.waiting); this.waiting = setTimeout(check, SETTLE_MS); });
  }

  async exists(path) {
    try {
      await this.app.serviceManager.contents.get(path, { content: false });
      return true;
    } catch {
      return false;
    }
  }
  async open(path) {
    return (await this.exists(path)) ? this.app.commands.execute("docmanager:open", { path }) : null;
  }

  /** Go to the home of the study folder that the notebook stands in, else to that of the server. */
  async goHome() {
    const path = this.app.shell.currentWidget?.context?.path ?? "";
    (await this.open(from(folder(path), `../${HOME}`))) ?? (await this.open(HOME));
  }

  /** Follow the link of the home that resumes a notebook: open it, then go to where its learner was. */
  async follow(event) {
    const link = event.target.closest?.(RESUMES);
    const home = this.app.shell.currentWidget;
    if (!link || !isHome(home)) return;
    event.preventDefault();
    event.stopPropagation();
    const panel = await this.open(from(folder(home.context.path), link.dataset.casekitResume));
    if (panel) await this.resume(panel);
  }
  async resume(panel) {
    if (isNotebook(panel) && !isHome(panel)) await resume(panel, this.shared);
  }

  /** Run the home by itself; in another notebook, write the identifier that the home knows and show what follows. */
  welcome(panel, context) {
    if (base(context.path) === HOME) {  // a page: nothing of a notebook is in its way
      panel.addClass("ck-home-panel");
      panel.toolbar.hide();
    }
    Promise.all([context.ready, panel.revealed, panel.sessionContext.ready]).then(async () => {
      if (isHome(panel)) await this.runHome(panel);
      else await this.surround(panel);
    }).catch((error) => console.warn("casekit", error));
    return { isDisposed: false, dispose() {} };
  }

  async runHome(panel) {
    const { NotebookActions } = await this.shared("@jupyterlab/notebook");
    const cells = panel.content.widgets.filter((cell) => cell.model.type === "code");
    if (!panel.sessionContext.session?.kernel) return;
    await NotebookActions.runCells(panel.content, cells, panel.sessionContext);
    await panel.context.save();
  }

  async surround(panel) {
    const told = await ask(panel, { do: "around", notebook: base(panel.context.path).replace(/\.ipynb$/, "") });
    if (!told) return;
    if (told.learner) this.identify(panel, told.learner);
    const start = folder(panel.context.path);
    const way = (text, path) => button(text, () => this.open(from(start, path)));
    const nav = element("nav", { class: "ck-around", lang: "fr", "aria-label": WORDS.nav });
    if (told.home) nav.append(way(WORDS.home, told.home));
    if (told.next.path) nav.append(way(told.next.title, told.next.path));
    const footer = panel.content.node.querySelector(".jp-Notebook-footer");
    footer?.parentNode.append(nav);
  }

  /** Write the identifier in the cell that asks for it, when it is still blank. */
  identify(panel, learner) {
    const blank = code(panel).find((cell) => /^identifiant = ""/.test(cell.model.sharedModel.getSource()));
    blank?.model.sharedModel.updateSource(15, 15, learner.replace(/[\\"]/g, "\\$&"));
  }
}
