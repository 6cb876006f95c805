// Going back to where one was: run what is needed in order, pass over the cells that stop and list them, go to the next
// open question.

import { button, element } from "./elements.js";
import { ask, code } from "./kernel.js";

const LINE = 60;

export async function resume(panel, shared) {
  await Promise.all([panel.context.ready, panel.sessionContext.ready]);
  const { NotebookActions } = await shared("@jupyterlab/notebook");
  const report = Report.of(panel);
  const cells = code(panel).map((cell) => [cell.model.id, cell.model.sharedModel.getSource()]);
  const plan = await ask(panel, { do: "resume", cells });
  if (!plan) return;
  report.open(plan.words);
  const broken = await run(panel, plan, report, NotebookActions);
  go(panel, plan.go);
  report.end(plan, broken, (id) => go(panel, id));
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
    this.node = element("section", { class: "ck-resume", lang: "fr", hidden: "" });
    this.status = element("p", { role: "status" });
    this.shown = element("p", { "aria-hidden": "true" });
    this.list = element("div");
    this.buttons = element("div");
    const line = element("div", { class: "ck-resume-line" });
    line.append(this.shown, this.status, this.buttons);
    this.node.append(line, this.list);
    panel.node.append(this.node);
  }
  open(words) {
    Object.assign(this, { words, stopped: false });
    this.list.replaceChildren();
    this.status.textContent = "";
    this.buttons.replaceChildren(button(words.stop, () => { this.stopped = true; }));
    this.node.hidden = false;
  }
  step(number, total) {
    this.shown.textContent = this.words.running.replace("{number}", number).replace("{total}", total);
  }
  end(plan, broken, visit) {
    this.shown.textContent = "";
    this.status.textContent = this.stopped ? this.words.stopped : plan.said;
    if (broken.length) {
      const items = broken.map((cell) => {
        const item = element("li");
        item.append(button(first(cell), () => visit(cell.model.id)));
        return item;
      });
      const list = element("ul");
      list.append(...items);
      this.list.append(element("p", {}, this.words.broken), list);
    }
    this.buttons.replaceChildren(button(this.words.close, () => { this.node.hidden = true; }));
  }
}

function first(cell) {
  const line = cell.model.sharedModel.getSource().split("\n").find((one) => one.trim()) ?? "";
  return line.length > LINE ? `${line.slice(0, LINE - 1)}…` : line;
}
