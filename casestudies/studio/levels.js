// Levelling one's own work under a check that is ready to be read: four descriptions, one to choose, sentences to tick.

let levelsMade = 0;

/** The form of one panel, and the button that goes back to the answer; Python says what it asks. */
class Levels {
  constructor(page, question, ask, say) {
    Object.assign(this, { page, question, ask, say, drawn: "" });
    this.form = h("fieldset", { class: "ck-situate" });
    this.revise = h("button", { type: "button", onclick: () => page.notebook.revise(question, this.form.closest(".jp-Notebook")) }, page.words.revise);
    this.root = h("div", { class: "ck-levelling", hidden: true }, this.form, h("div", { class: "ck-buttons" }, this.revise));
  }

  /** Draw what Python asks, when it is something new; what is being filled is never drawn again. */
  refresh(told) {
    const drawn = JSON.stringify(told ?? null);
    if (drawn === this.drawn) return;
    const had = this.form.contains(document.activeElement);
    this.drawn = drawn;
    this.root.hidden = !told;
    this.form.hidden = !told?.open;
    this.revise.hidden = !told || told.open;
    this.form.replaceChildren(...(told?.open ? this.fields(told) : []));
    this.given = had && told && !told.open;
  }

  /** Once a level is given, unfold the comparison and leave the keyboard there. */
  arrive(host) {
    if (!this.given) return;
    this.given = false;
    const found = host.querySelector("details.ck-compared");
    if (!found) return;
    found.open = true;
    const summary = found.querySelector("summary");
    summary.focus({ preventScroll: true });
    summary.scrollIntoView({ block: "start" });
  }

  fields(told) {
    const group = `ck-situate-${++levelsMade}`;
    const rich = (tag, content, attributes = {}) => {
      const node = h(tag, attributes);
      node.innerHTML = content;  // written and escaped by Python
      return node;
    };
    this.reason = h("textarea", { rows: "2", maxlength: String(told.limit), lang: "fr", spellcheck: "true" });
    const descriptions = told.descriptions.map(({ level, label, sentences }) => {
      const radio = h("input", { type: "radio", name: group, value: String(level) });
      const ticks = sentences.map(([mark, text]) => h("label", {}, h("input", { type: "checkbox", value: mark }), rich("span", text)));
      return h("div", { class: "ck-description", role: "group", "aria-label": label }, h("label", { class: "ck-nearest" }, radio, h("b", {}, label)), ...ticks);
    });
    return [
      h("legend", {}, told.title),
      ...told.introduction.map((text) => rich("p", text)),
      h("div", { role: "group", "aria-labelledby": group }, h("p", { id: group, class: "ck-asked" }, told.legend), ...descriptions),
      h("label", { class: "ck-reason" }, h("span", {}, told.reason), this.reason),
      h("div", { class: "ck-buttons" }, h("button", { type: "button", onclick: () => this.give() }, this.page.words.compare)),
    ];
  }

  give() {
    const chosen = this.form.querySelector("input[type=radio]:checked");
    if (!chosen) {
      this.say(this.page.words.choose, true);
      this.form.querySelector("input[type=radio]").focus();
      return;
    }
    const seen = [...this.form.querySelectorAll("input[type=checkbox]:checked")].map((box) => box.value).join(" ");
    this.ask("level", { level: Number(chosen.value), reason: this.reason.value, seen });
  }
}
