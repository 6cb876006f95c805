// A simulator: controls beside a chart, added to the HTML that the notebook keeps. Python holds the model; the page sends
// one change at a time, the latest of each control, and draws what comes back. A control that stays keeps its element, so
// that the keyboard stays where it is.

const PATIENCE_MS = 8000;
let made = 0;

/** One control of the page, made once and kept up to date. */
class Control {
  constructor(told, panel) {
    this.kind = told.kind;
    this.signature = signature(told);
    this.root = this[told.kind](told, panel, `${panel.group}-${++made}`);
    this.update(told);
  }

  slider(told, panel, id) {
    this.value = h("output", { for: id, "aria-hidden": "true" });
    this.input = h("input", {
      id, type: "range", min: told.least, max: told.most, step: told.step,
      oninput: () => panel.ask(told.name, Number(this.input.value)),
    });
    return h("div", { class: "ck-slider" }, h("label", { for: id }, told.label), this.value, this.input);
  }
  radios(told, panel, id) {
    this.inputs = told.options.map(([value]) => h("input", { type: "radio", name: id, value, onchange: () => panel.ask(told.name, value) }));
    const labels = told.options.map(([, text], rank) => h("label", {}, this.inputs[rank], h("span", {}, text)));
    return h("fieldset", { class: "ck-radios" }, h("legend", {}, told.label), ...labels);
  }
  tick(told, panel) {
    this.input = h("input", { type: "checkbox", onchange: () => panel.ask(told.name, this.input.checked) });
    return h("label", { class: "ck-tick" }, this.input, h("span", {}, told.label));
  }
  button(told, panel) {
    this.input = h("button", { type: "button", onclick: () => panel.ask(told.name, true) }, told.label);
    return this.input;
  }

  /** Show what Python says; ``ahead`` when the hand has moved on since, and keeps its place. */
  update(told, ahead = false) {
    for (const input of this.inputs ?? [this.input]) input.disabled = told.off;
    if (this.kind === "radios" && !ahead) this.inputs.forEach((input) => { input.checked = input.value === told.value; });
    if (this.kind === "tick" && !ahead) this.input.checked = told.value;
    if (this.kind !== "slider") return;
    this.value.textContent = told.text;
    this.input.setAttribute("aria-valuetext", told.text);
    if (!ahead && Number(this.input.value) !== told.value) this.input.value = told.value;
  }
  focus() { (this.inputs?.find((input) => input.checked) ?? this.inputs?.[0] ?? this.input).focus({ preventScroll: true }); }
}

/** What cannot change in a control without making it anew. */
const signature = (told) => JSON.stringify([told.kind, told.label, told.least, told.most, told.step, told.options]);

/** One place that shows a simulator. */
class Panel {
  constructor(model) {
    this.model = model;
    this.group = `ck-sim-${model.get("key")}-${++made}`;  // another simulator’s page counts for itself
    this.controls = new Map();
    this.waiting = new Map();
    this.busy = false;
    const words = model.get("words");
    this.intro = h("div", { class: "ck-sim-text" });
    this.side = h("div", { class: "ck-sim-controls", role: "group", "aria-label": words.settings });
    this.chart = h("div", {});
    this.status = h("p", { role: "status", class: "ck-sim-status" });
    this.after = h("div", { class: "ck-sim-text" });
    this.root = h("section", { class: "ck-sim", lang: "fr", "aria-label": model.get("title"), tabindex: "-1" },
      this.intro,
      h("div", { class: "ck-sim-both" }, this.side, h("div", { class: "ck-sim-picture" }, this.chart, this.status)),
      this.after);
  }

  attach(host) {
    if (this.root.parentNode === host) return;
    host.classList.add("ck-live");
    host.append(this.root);
    this.draw();
  }
  detach() {
    clearTimeout(this.patience);
    this.root.parentNode?.classList.remove("ck-live");
    this.root.remove();
  }

  draw() {
    const shown = this.model.get("shown");
    clearTimeout(this.patience);
    this.busy = false;
    if (shown.step === undefined) return;
    const had = this.root.contains(document.activeElement) && document.activeElement;
    this.place(shown.controls);
    fill(this.intro, shown.intro);
    fill(this.chart, shown.chart);
    fill(this.after, shown.words);
    if (this.status.textContent !== shown.status) this.status.textContent = shown.status;
    if (had && (!had.isConnected || had.disabled)) (this.controls.get(shown.focus) ?? this.root).focus({ preventScroll: true });
    this.next();
  }

  /** Keep the controls that stay, in their order; make the others. */
  place(told) {
    const kept = new Map();
    for (const one of told) {
      const before = this.controls.get(one.name);
      const control = before?.signature === signature(one) ? before : new Control(one, this);
      control.update(one, this.waiting.has(one.name));
      kept.set(one.name, control);
    }
    for (const [name, control] of this.controls) if (kept.get(name) !== control) control.root.remove();
    let rank = 0;
    for (const { root } of kept.values()) {
      const here = this.side.children[rank++];
      if (here !== root) this.side.insertBefore(root, here ?? null);
    }
    this.controls = kept;
  }

  ask(name, value) {
    this.waiting.set(name, value);
    if (!this.busy) this.next();
  }
  next() {
    const [first] = this.waiting;
    if (!first) return;
    this.waiting.delete(first[0]);
    this.busy = true;
    this.patience = setTimeout(() => { this.busy = false; this.status.textContent = this.model.get("words").unheard; }, PATIENCE_MS);
    this.model.send({ name: first[0], value: first[1] });
  }
}

/** Put HTML that Python wrote and escaped, only when it changed. */
function fill(node, content) {
  if (node.content === content) return;
  node.content = content;
  node.innerHTML = content;
}

/** All the places that show one simulator. */
class Page extends Places {
  constructor(model) {
    super(model, "simulator", () => new Panel(model));
    model.on("change:shown", () => { this.find(); this.places.forEach((panel) => panel.draw()); });
    this.open();
  }

  keepKeys(event) {
    if (event.target.closest?.(".ck-sim")) keepKey(event);
  }
}

export default {
  initialize({ model }) {
    const page = new Page(model);
    return () => page.close();
  },
};
