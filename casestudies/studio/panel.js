// The buttons of the panels under check cells, added to the HTML that the notebook already shows and keeps.
// Python says what they are; a page that Python does not answer shows the HTML alone.

const ANSWER = "application/vnd.casekit.answer+json";
const PATIENCE_MS = 8000;
const SETTLE_MS = 250;
const SPOKEN_MS = 100;
const COMPARE_MS = 500;
const HANDING_MS = 600000;
const SCROLL_TRIES = 150;
const SCROLL_MS = 50;
const EXAMPLE = /^#+\s*Exemple résolu/m;
const NAME = "[\\p{L}_][\\p{L}\\p{N}_]*";
/** A value that a letter may replace: a text, a name, a number, nothing; never what goes on over several lines. */
const SIMPLE = String.raw`(?:"[^"\n\\]*"|'[^'\n\\]*'|[\p{L}\p{N}_.+-]*)`;

let made = 0;

/** The notebook as JupyterLab holds it; without JupyterLab, a notebook without cells. */
class Notebook {
  constructor(model) {
    this.model = model;
  }
  get cells() {
    const cells = this.model.widget_manager?.context?.model?.cells;
    return cells ? Array.from({ length: cells.length }, (_, index) => cells.get(index)) : [];
  }

  /** The code cells as they are written now: their ids and texts. */
  get written() {
    return this.cells.filter((cell) => cell.type === "code").map((cell) => [cell.id, cell.sharedModel.getSource()]);
  }

  /** Call ``act`` after each change of the notebook; return what stops that. */
  watch(act) {
    const changed = this.model.widget_manager?.context?.model?.contentChanged;
    changed?.connect(act);
    return () => changed?.disconnect(act);
  }

  /** The questions answered before this session, each with what its answer was made of. */
  get earlier() {
    const key = this.model.get("key");
    const shown = this.cells.flatMap((cell) => Array.from({ length: cell.outputs?.length ?? 0 }, (_, index) => cell.outputs.get(index).data));
    return shown.filter((data) => data[ANSWER]?.made && !String(data["text/html"]).includes(key)).map((data) => [String(data[ANSWER].question), String(data[ANSWER].made)]);
  }

  /** Save the notebook's file; nothing where the page cannot. */
  async save() {
    try {
      await this.model.widget_manager?.context?.save?.();
    } catch { /* JupyterLab says so itself */ }
  }

  /** Lead the links to the files beside the notebook: the page itself is elsewhere. */
  async lead(links) {
    const resolver = this.model.widget_manager?.context?.urlResolver;
    for (const link of resolver ? links : []) {
      const href = link.getAttribute("href");
      if (!/^[a-z]+:/i.test(href)) link.href = await resolver.getDownloadUrl(await resolver.resolveUrl(href));
    }
  }

  /** Where a question is checked: the cell's rank and the output's, or nothing; in this session, or in any. */
  place(question, key = this.model.get("key")) {
    for (const [index, cell] of this.cells.entries()) {
      for (let output = 0; output < (cell.outputs?.length ?? 0); output++) {
        const data = cell.outputs.get(output).data;
        if (data[ANSWER]?.question === question && String(data["text/html"]).includes(key)) return { index, output };
      }
    }
    return null;
  }

  /** Keep other faces in the notebook, which then shows them; return whether it could. */
  keep(question, faces) {
    const place = this.place(question);
    if (!place) return false;
    const outputs = this.cells[place.index].outputs;
    outputs.set(place.output, { ...outputs.get(place.output).toJSON(), data: faces });
    return true;
  }

  /** Take back what an earlier session said of a question; the answer stays. */
  takeBack(question, faces) {
    const place = this.place(question, "");
    const outputs = this.cells[place?.index]?.outputs;
    const before = outputs?.get(place.output).toJSON();
    if (before) outputs.set(place.output, { ...before, data: { ...faces, [ANSWER]: { ...before.data[ANSWER], made: "" } } });
  }

  /** The name under which an answer is handed in, as the check cell says it. */
  name(question) {
    const source = this.cells[this.place(question)?.index]?.sharedModel.getSource() ?? "";
    return source.match(new RegExp(String.raw`verifier\(\s*["']${question}["']\s*,\s*(${NAME})\s*\)`, "u"))?.[1] ?? "";
  }

  /** Write a letter on the line « name = … » of the nearest cell above; return that cell, null when it could not. */
  write(question, name, letter) {
    const given = new RegExp(`^${name}[ \\t]*=(?!=)`, "mu");
    const line = new RegExp(`^(${name}[ \\t]*=[ \\t]*)(${SIMPLE})(?=[ \\t]*(?:#.*)?$)`, "gmu");
    const above = name ? this.cells.slice(0, this.place(question).index).reverse() : [];
    const cell = above.find((one) => one.type === "code" && given.test(one.sharedModel.getSource()));
    if (!cell || cell.getMetadata("editable") === false || cell.getMetadata("nbgrader")?.locked) return null;
    const source = cell.sharedModel.getSource();
    const found = [...source.matchAll(line)].pop();
    const last = [...source.matchAll(new RegExp(given.source, "gmu"))].pop();
    if (!found || found.index !== last.index) return null;
    const start = found.index + found[1].length;
    const written = `${/\s$/.test(found[1]) ? "" : " "}"${letter}"`;
    if (source.slice(start, start + found[2].length) !== written) cell.sharedModel.updateSource(start, start + found[2].length, written);
    return cell;
  }

  /** Go to the cell where a question is answered: its editor, or its own lines. */
  revise(question, panel) {
    const name = this.name(question);
    const above = this.cells.slice(0, this.place(question)?.index ?? 0);
    const last = (pattern) => above.findLastIndex((cell) => cell.type === "code" && pattern.test(cell.sharedModel.getSource()));
    const answer = name ? last(new RegExp(`^${name}[ \\t]*=(?!=)`, "mu")) : -1;
    const slug = above[answer]?.sharedModel.getSource().match(/\.livrable\(\s*["']([\w-]+)["']/)?.[1];
    const editor = slug ? last(new RegExp(String.raw`\.editeur\(\s*["']${slug}["']`)) : -1;
    const rank = editor < 0 ? answer : editor;
    return reach(panel, rank, (cell) => cell.querySelector(editor < 0 ? ".cm-content" : ".jp-OutputArea :is(input, select, textarea, button):not([disabled])") ?? cell);
  }

  /** The rank of the worked example that goes before a question, −1 when there is none. */
  example(question) {
    const cells = this.cells.slice(0, this.place(question)?.index ?? 0);
    return cells.findLastIndex((cell) => cell.type === "markdown" && EXAMPLE.test(cell.sharedModel.getSource()));
  }
}

/** Scroll up to the cell of a rank, which may not be drawn yet, and leave the keyboard on what ``find`` returns of it. */
async function reach(panel, rank, find) {
  const wanted = () => {
    const cell = panel?.querySelector(`.jp-Cell[data-windowed-list-index="${rank}"]`);
    return cell && find(cell);
  };
  const outer = panel?.querySelector(".jp-WindowedPanel-outer") ?? panel;
  for (let tries = 0; !wanted() && outer?.scrollTop > 0 && tries < SCROLL_TRIES; tries++) {  // not drawn yet, far above
    outer.scrollTop -= 0.8 * outer.clientHeight;
    await new Promise((resume) => setTimeout(resume, SCROLL_MS));
  }
  const found = wanted();
  found?.focus({ preventScroll: true });
  found?.scrollIntoView({ block: "start" });
}

/** What is added to one output: radio buttons above the verdict, buttons and a place to speak under it. */
class Tools {
  constructor(page, question, place) {
    Object.assign(this, { page, question, place, drawn: "" });
    const button = (text, act, attributes = {}) => h("button", { type: "button", onclick: act, ...attributes }, text);
    const { words } = page;
    const region = `ck-progress-${++made}`;
    this.hint = button("", () => this.ask("hint"));
    this.example = button(words.example, () => this.show());
    this.progress = button(words.progress, () => this.toggle(), { "aria-expanded": "false", "aria-controls": region });
    this.handing = button(words.handin, () => this.handIn());
    this.handed = h("div", { class: "ck-handed", role: "region", "aria-label": words.handed, tabindex: "0", hidden: true });
    this.status = h("p", { role: "status", class: "ck-said" });
    this.table = h("div", { id: region, class: "ck-progress", role: "region", "aria-label": words.progress, tabindex: "0", hidden: true });
    this.choices = h("fieldset", { class: "ck-choices" });
    this.levels = new Levels(page, question, (what, more) => this.ask(what, more), (text, shown) => this.say(text, shown));
    this.foot = h("div", { class: "ck-tools" }, this.levels.root, h("div", { class: "ck-buttons" }, this.hint, this.example, this.progress, this.handing), this.status, this.table, this.handed);
  }

  /** Take place in an output drawn anew, and give back the keyboard. */
  attach(host) {
    if (this.foot.parentNode === host) return;
    host.classList.add("ck-live");
    host.prepend(this.choices);
    host.append(this.foot);
    this.focused?.focus({ preventScroll: true });
    this.refresh();
  }
  detach() {
    this.foot.parentNode?.classList.remove("ck-live");
    this.choices.remove();
    this.foot.remove();
  }

  /** Show what Python says that the buttons are, when it is something new or when it was changed here. */
  refresh(changed = false) {
    const told = this.page.told(this.question);
    const drawn = JSON.stringify(told ?? null);
    if (!told || (drawn === this.drawn && !changed)) return;
    if (!this.choices.childElementCount) this.choose(told.options);
    this.drawn = drawn;
    this.levels.refresh(told.levels);
    this.hint.hidden = !told.hint;
    this.hint.textContent = told.hint;
    this.hint.setAttribute("aria-disabled", String(!told.left));
    this.handing.hidden = !told.last;
    this.example.hidden = this.page.notebook.example(this.question) < 0;
    this.choices.hidden = !told.options.length;
    if (!this.waiting) this.choices.querySelectorAll("input").forEach((radio) => { radio.checked = radio.value === told.chosen; });
  }
  choose(options) {
    const group = `ck-choice-${++made}`;
    const radios = options.map(([letter, html]) => {
      const text = h("span");
      text.innerHTML = html;
      const radio = h("input", { type: "radio", name: group, value: letter, onchange: () => this.settle(letter) });
      return h("label", {}, radio, h("b", {}, `${letter}.`), text);
    });
    this.choices.replaceChildren(h("legend", {}, this.page.words.legend), ...radios);
  }

  /** Write a chosen letter once the arrows rest on it. */
  settle(letter) {
    clearTimeout(this.waiting);
    this.waiting = setTimeout(() => {
      this.waiting = null;
      const notebook = this.page.notebook;
      const name = notebook.name(this.question);
      const cell = notebook.write(this.question, name, letter);
      if (cell) { this.ask("choose", { letter, name, cell: cell.id, source: cell.sharedModel.getSource() }); return; }
      this.say(this.page.words.lost.replace("{line}", name ? `${name} = "${letter}"` : `"${letter}"`), true);
      this.refresh(true);
    }, SETTLE_MS);
  }

  ask(what, more = {}) {
    if (what === "hint" && this.hint.getAttribute("aria-disabled") === "true") return;
    this.page.ask({ do: what, question: this.question, ...more }, this);
  }

  /** Have the notebook saved, then everything read afresh and put together; once at a time. */
  async handIn() {
    if (this.handing.getAttribute("aria-disabled") === "true") return;
    this.handing.setAttribute("aria-disabled", "true");
    this.say(this.page.words.handing, true);
    await this.page.notebook.save();
    this.page.ask({ do: "hand-in", question: this.question, cells: this.page.notebook.written }, this, HANDING_MS);
  }

  toggle() {
    this.opening = this.table.hidden;
    if (this.opening) this.ask("progress");
    else this.unfold(false);
  }

  /** Show what Python answered. */
  hear(answer) {
    if (answer.table && (this.opening || !this.table.hidden)) {
      this.table.innerHTML = answer.table;
      this.unfold(true);
    }
    this.opening = false;
    this.handing.removeAttribute("aria-disabled");
    if (answer.card) {
      this.handed.innerHTML = answer.card;
      this.handed.hidden = false;
      this.page.notebook.lead(this.handed.querySelectorAll("a[download]"));
    }
    this.say(answer.said, answer.alert);
  }
  unfold(open) {
    this.table.hidden = !open;
    this.progress.setAttribute("aria-expanded", String(open));
    if (!open) this.say("");
  }
  /** Say something aloud; what is shown elsewhere in the panel is said and not shown again. */
  say(text, shown = false) {
    this.status.classList.toggle("ck-aloud", !shown);
    this.status.textContent = text ?? "";
  }

  /** Scroll to the worked example and leave the keyboard there. */
  async show() {
    const panel = this.place.closest(".jp-Notebook");
    await reach(panel, this.page.notebook.example(this.question), (cell) => {
      const heading = [...cell.querySelectorAll("h1, h2, h3, h4, h5, h6")].find((one) => one.textContent.trim().startsWith("Exemple résolu"));
      if (heading) heading.tabIndex = -1;
      return heading;
    });
  }
}

/** All the panels of one notebook. */
class Page {
  constructor(model) {
    this.model = model;
    this.words = model.get("words");
    this.notebook = new Notebook(model);
    this.tools = new Map();
    this.number = 0;
    this.keys = (event) => this.keepKeys(event);
    this.watcher = new MutationObserver(() => this.find());
    model.on("change:key", () => this.find());
    model.on("change:panels", () => { this.find(); this.settle(); this.tools.forEach((one) => one.refresh()); });
    model.on("msg:custom", (answer) => this.hear(answer));
    model.on("comm_live_update", () => this.live());
    this.open();
  }

  /** Work while Python is there. */
  open() {
    window.addEventListener("keydown", this.keys, true);
    this.watcher.observe(document.body, { childList: true, subtree: true });
    this.unwatch ??= this.notebook.watch(() => this.settle());
    this.find();
  }
  /** Leave the notebook as it is without us. */
  close() {
    this.watcher.disconnect();
    this.unwatch?.();
    this.unwatch = null;
    clearTimeout(this.settling);
    window.removeEventListener("keydown", this.keys, true);
    this.tools.forEach((one) => one.detach());
    this.tools.clear();
  }
  /** Follow a kernel that restarts, or comes back. */
  async live() {
    const model = await this.model.widget_manager.get_model(this.key);
    if (model.comm_live) this.open();
    else this.close();
  }
  get key() { return this.model.get("key"); }
  told(question) { return this.model.get("panels")[question]; }

  /** Put the buttons in every output of ours that has none; forget those that are gone. */
  find() {
    if (!this.key) return;
    for (const host of document.querySelectorAll(`[data-casekit-panel^="${this.key}/"]`)) {
      const question = host.dataset.casekitPanel.slice(this.key.length + 1);
      const place = host.parentNode;
      if (this.tools.get(place)?.question !== question) this.tools.set(place, new Tools(this, question, place));
      this.tools.get(place).attach(host);
    }
    for (const place of this.tools.keys()) if (!place.isConnected) this.tools.delete(place);
  }

  /** Once the notebook rests, let Python compare what is written with what was run: a stale answer is not judged. */
  settle() {
    clearTimeout(this.settling);
    this.settling = setTimeout(() => {
      const cells = this.notebook.written;
      const shown = this.notebook.earlier;
      const told = JSON.stringify([cells, Object.keys(this.model.get("panels")), shown]);
      if (told === this.compared) return;
      this.compared = told;
      this.model.send({ do: "compare", cells, shown });
    }, COMPARE_MS);
  }

  ask(message, tools, patience = PATIENCE_MS) {
    this.number += 1;
    const number = this.number;
    clearTimeout(this.patience);
    this.patience = setTimeout(() => tools.say(this.words.unheard, true), patience);
    this.model.send({ ...message, number });
  }
  hear(answer) {
    if (answer.save) { this.notebook.save(); return; }
    Object.entries(answer.outlived ?? {}).forEach(([question, faces]) => this.notebook.takeBack(question, faces));
    if (answer.changed) {
      Object.entries(answer.changed).forEach(([question, faces]) => this.replace(question, faces));
      this.find();
      return;
    }
    if (answer.number === this.number) clearTimeout(this.patience);
    const those = [...this.tools.values()].filter((one) => one.question === answer.question);
    const here = document.activeElement;
    those.forEach((one) => { one.focused = one.choices.contains(here) || one.foot.contains(here) ? here : null; });
    if (answer.faces) this.replace(answer.question, answer.faces);
    this.find();
    setTimeout(() => those.forEach((one) => {  // spoken once the output is drawn again
      one.focused = null;
      one.levels.arrive(one.place);
      one.hear(answer);
    }), SPOKEN_MS);
  }

  /** Show other faces of a panel, kept in the notebook where it can be. */
  replace(question, faces) {
    if (this.notebook.keep(question, faces)) return;
    for (const one of this.tools.values()) if (one.question === question) one.place.innerHTML = faces["text/html"];
  }

  /** Keep the keys pressed in our buttons from JupyterLab's commands, but for those with Control; Escape goes back. */
  keepKeys(event) {
    if (event.target.closest?.(".ck-choices, .ck-tools")) keepKey(event);
  }
}

export default {
  initialize({ model }) {
    const page = new Page(model);
    return () => page.close();
  },
};
