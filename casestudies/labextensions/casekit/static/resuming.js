// Going back to where one was: run what is needed in order, pass over the cells that stop and list them, go to the next
// open question.

import { button, element } from "./elements.js";
import { ask, code } from "./kernel.js";

const LINE = 60;
const WORDS = {
  begun: "Reprise en cours…",
  running: "Reprise en cours\u00a0: cellule {number} sur {total}…",
  stop: "Arrêter",
  stopped: "Reprise arrêtée.",
  unheard: "Python ne répond pas. Redémarrez-le par le menu Noyau, «\u00a0Redémarrer le noyau\u00a0», puis recommencez.",
  broken: "Cellules qui se sont arrêtées sur une erreur, passées pour l’instant\u00a0:",
  close: "Fermer",
};

/** Resume a notebook; what goes on is said at its foot. */
export async function resume(panel, shared) {
  const report = Report.of(panel);
  if (report.running) return;
  report.open();
  try {
    await Promise.all([panel.context.ready, panel.sessionContext.ready]);
    const { NotebookActions } = await shared("@jupyterlab/notebook");
    const cells = code(panel).map((cell) => [cell.model.id, cell.model.sharedModel.getSource()]);
    const plan = await ask(panel, { do: "resume", cells });
    if (!plan) return report.end(WORDS.unheard);
    const broken = await run(panel, plan, report, NotebookActions);
    if (!report.stopped) go(panel, plan.go);
    report.end(report.stopped ? WORDS.stopped : plan.said, broken, (id) => go(panel, id));
  } catch (error) {  // the kernel died, or another notebook took its place
    console.warn("casekit", error);
    report.end(WORDS.unheard);
  }
}

/** Run cells one by one; return those that stopped on an error. */
async function run(panel, plan, report, actions) {
  const broken = [];
  for (const [index, id] of plan.run.entries()) {
    if (report.stopped) break;
    const cell = code(panel).find((one) => one.model.id === id);
    if (!cell) continue;
    report.step(index + 1, plan.run.length);
    if (!(await actions.runCells(panel.content, [cell], panel.sessionContext))) broken.push(cell);
  }
  return broken;
}

/** Select a cell, show it and give it the keyboard. */
function go(panel, id) {
  const notebook = panel.content;
  const index = notebook.widgets.findIndex((cell) => cell.model.id === id);
  if (index < 0) return;
  notebook.deselectAll();
  notebook.activeCellIndex = index;
  notebook.mode = "command";
  notebook.scrollToItem(index, "center").catch(() => {});
  notebook.activate();
}

/** What is said of it, at the foot of the notebook: announced, and closed by a button. */
class Report {
  static of(panel) {
    return (panel.casekitReport ??= new Report(panel));
  }
  constructor(panel) {
    this.panel = panel;
    this.node = element("section", { class: "ck-resume", lang: "fr", hidden: "" });
    this.status = element("p", { role: "status" });
    this.shown = element("p", { "aria-hidden": "true" });
    this.list = element("div");
    this.buttons = element("div");
    const line = element("div", { class: "ck-resume-line" });
    const said = element("div");
    said.append(this.shown, this.status);
    line.append(said, this.buttons);
    this.node.append(line, this.list);
    panel.node.append(this.node);
  }
  open() {
    this.close();
    Object.assign(this, { running: true, stopped: false });
    this.shown.textContent = WORDS.begun;
    this.buttons.replaceChildren(button(WORDS.stop, () => { this.stopped = true; }));
    this.node.hidden = false;
  }
  /** Go away; what nobody has to come back to goes by itself, as soon as the work goes on. */
  close() {
    this.node.hidden = true;
    this.list.replaceChildren();
    this.status.textContent = "";
  }
  step(number, total) {
    this.shown.textContent = WORDS.running.replace("{number}", number).replace("{total}", total);
  }
  end(said, broken = [], visit = () => {}) {
    this.running = false;
    this.shown.textContent = "";
    this.status.textContent = said;
    if (broken.length) {
      const items = broken.map((cell) => {
        const item = element("li");
        item.append(button(first(cell), () => visit(cell.model.id)));
        return item;
      });
      const list = element("ul");
      list.append(...items);
      this.list.append(element("p", {}, WORDS.broken), list);
    } else {
      const close = () => { if (!this.running) this.close(); };
      for (const one of ["pointerdown", "keydown"]) this.panel.content.node.addEventListener(one, close, { once: true });
    }
    this.buttons.replaceChildren(button(WORDS.close, () => this.close()));
  }
}

function first(cell) {
  const line = cell.model.sharedModel.getSource().split("\n").find((one) => one.trim()) ?? "";
  return line.length > LINE ? `${line.slice(0, LINE - 1)}…` : line;
}
