// The buttons of the home, added to the HTML that the notebook already shows and keeps: the identifier, the documents,
// handing in. Python says what is true; a page that Python does not answer shows the HTML alone.

const PATIENCE_MS = 20000;
const SPOKEN_MS = 100;
let made = 0;

/** One place that shows the home. */
class Desk {
  constructor(page, place) {
    Object.assign(this, { page, place });
    this.status = h("p", { role: "status", class: "ck-said" });
  }

  /** Take place in an output drawn anew. */
  attach(host) {
    if (this.host === host) return;
    this.host = host;
    host.classList.add("ck-live");
    this.identify(host.querySelector(".ck-who"));
    for (const item of host.querySelectorAll("[data-casekit-document]")) this.document(item);
    for (const card of host.querySelectorAll("[data-casekit-hand-in]")) this.handIn(card);
  }
  detach() {
    this.host?.classList.remove("ck-live");
    this.host = null;
  }

  button(text, act, attributes = {}) {
    return h("button", { type: "button", onclick: act, ...attributes }, text);
  }

  /** Who works here: said when it is known, asked for when it is not. */
  identify(who) {
    const { words, model } = this.page;
    const known = model.get("learner");
    if (!model.get("imposed")) {
      const input = h("input", { type: "text", autocomplete: "off", spellcheck: "false", maxlength: "200", value: known });
      const give = () => this.page.ask({ do: "identify", name: input.value }, this);
      const form = h("form", { onsubmit: (event) => { event.preventDefault(); give(); } },
        h("label", {}, words.label, input), this.button(words.keep, give));
      form.addEventListener("keydown", (event) => { if (event.key === "Enter" && event.target === input) { event.preventDefault(); give(); } });
      const change = this.button(words.change, () => { form.hidden = false; change.hidden = true; input.select(); input.focus(); });
      form.hidden = Boolean(known);
      change.hidden = !known;
      who.append(change, form);
      Object.assign(this, { form, change, input });
    }
    this.question = h("div", { hidden: true });
    who.append(this.question, this.status);
  }

  /** A button that reads a document under its line, and closes it. */
  document(item) {
    const region = h("div", { class: "ck-read", role: "region", tabindex: "0", hidden: true, id: `ck-read-${++made}` });
    const title = item.querySelector(".ck-name");
    const open = this.button(title.textContent, () => {
      if (region.hidden) this.page.ask({ do: "read", name: item.dataset.casekitDocument }, { hear: (answer) => this.unfold(region, open, answer) });
      else this.fold(region, open);
    }, { class: "ck-plain", "aria-expanded": "false", "aria-controls": region.id });
    region.setAttribute("aria-label", title.textContent);
    title.replaceWith(open);
    item.append(region);
  }

  handIn(card) {
    const region = h("div", { role: "status" });
    const name = card.dataset.casekitHandIn;
    card.append(this.button(this.page.words.hand_in, () => {
      region.textContent = this.page.words.working;
      this.page.ask({ do: "hand-in", name }, { hear: (answer) => {
        if (answer.document) region.innerHTML = answer.document;
        else region.textContent = answer.said;
      } });
    }, { "aria-label": card.querySelector("h3").textContent }), region);
  }

  unfold(region, button, answer) {
    if (answer.document) region.innerHTML = answer.document;
    else region.textContent = answer.said;
    region.hidden = false;
    button.setAttribute("aria-expanded", "true");
  }
  fold(region, button) {
    region.hidden = true;
    button.setAttribute("aria-expanded", "false");
  }

  /** Show what Python answered: words, or a question with its two answers. */
  hear(answer) {
    this.say(answer.said, answer.alert);
    this.question.replaceChildren();
    this.question.hidden = !answer.asks;
    if (answer.asks) {
      const settle = (sure) => () => {
        if (sure) this.page.ask({ do: "identify", name: this.input.value, sure: true }, this);
        else { this.input.value = this.page.model.get("learner"); this.hear({}); this.form.hidden = true; this.change.hidden = false; this.change.focus(); }
      };
      const keep = this.button(answer.asks.keep, settle(false));
      this.question.append(h("p", { role: "alert" }, answer.asks.text), keep, " ", this.button(answer.asks.open, settle(true)));
      keep.focus();
    } else if (answer.alert) this.input?.focus();
  }
  /** Say something aloud; what the page shows anyway is said and not shown again. */
  say(text, shown = false) {
    this.status.classList.toggle("ck-aloud", !shown);
    this.status.textContent = text ?? "";
  }
}

/** All the places that show one home. */
class Page {
  constructor(model) {
    this.model = model;
    this.words = model.get("words");
    this.desks = new Map();
    this.asked = new Map();
    this.number = 0;
    this.keys = (event) => this.keepKeys(event);
    this.watcher = new MutationObserver(() => this.find());
    this.seen = new IntersectionObserver((entries) => { if (entries.some((one) => one.isIntersecting)) this.look(); });
    model.on("change:key", () => this.find());
    model.on("msg:custom", (answer) => this.hear(answer));
    model.on("comm_live_update", () => this.live());
    this.open();
  }
  get key() { return this.model.get("key"); }

  open() {
    window.addEventListener("keydown", this.keys, true);
    this.watcher.observe(document.body, { childList: true, subtree: true });
    this.find();
  }
  close() {
    this.watcher.disconnect();
    this.seen.disconnect();
    window.removeEventListener("keydown", this.keys, true);
    this.desks.forEach((desk) => desk.detach());
    this.desks.clear();
  }
  /** Follow a kernel that restarts, or comes back. */
  async live() {
    const model = await this.model.widget_manager.get_model(this.key);
    if (model.comm_live) this.open();
    else this.close();
  }

  find() {
    if (!this.key) return;
    for (const host of document.querySelectorAll(`[data-casekit-home="${this.key}"]`)) {
      const place = host.parentNode;
      if (!this.desks.has(place)) {
        this.desks.set(place, new Desk(this, place));
        this.seen.observe(place);
      }
      this.desks.get(place).attach(host);
    }
    for (const place of this.desks.keys()) if (!place.isConnected) this.desks.delete(place);
  }

  /** Ask Python where the learner stands, each time the home comes back into sight. */
  look() {
    if (this.looked) this.ask({ do: "look" }, { hear: () => {} });
    this.looked = true;  // the first time, it was drawn just now
  }

  ask(message, listener) {
    this.number += 1;
    this.asked.set(this.number, listener);
    clearTimeout(this.patience);
    if (message.do !== "look") this.patience = setTimeout(() => this.desks.forEach((desk) => desk.say(this.words.unheard, true)), PATIENCE_MS);
    this.model.send({ ...message, number: this.number });
  }
  hear(answer) {
    clearTimeout(this.patience);
    const listener = this.asked.get(answer.number);
    this.asked.delete(answer.number);
    const here = document.activeElement?.closest?.(".ck-who");
    if (answer.faces && this.keep(answer.faces)) {
      this.find();
      setTimeout(() => this.desks.forEach((desk) => {  // spoken once the output is drawn again
        if (!answer.said) return;
        desk.hear(answer);
        if (here) desk.host?.querySelector(".ck-go")?.focus({ preventScroll: true });
      }), SPOKEN_MS);
    } else listener?.hear(answer);
  }

  /** Keep other faces in the notebook, which then shows them with its links; return whether something changed. */
  keep(faces) {
    const cells = this.model.widget_manager?.context?.model?.cells;
    for (let index = 0; index < (cells?.length ?? 0); index++) {
      const outputs = cells.get(index).outputs;
      for (let output = 0; output < (outputs?.length ?? 0); output++) {
        const shown = String(outputs.get(output).data["text/html"] ?? "");
        if (!shown.includes(`data-casekit-home="${this.key}"`)) continue;
        if (shown === faces["text/html"]) return false;
        outputs.set(output, { ...outputs.get(output).toJSON(), data: faces });
        return true;
      }
    }
    return false;
  }

  /** Keep the keys pressed here from JupyterLab's commands, but for those with Control; Escape goes back to the cell. */
  keepKeys(event) {
    if (event.target.closest?.(".ck-home")) keepKey(event);
  }
}

export default {
  initialize({ model }) {
    const page = new Page(model);
    return () => page.close();
  },
};
