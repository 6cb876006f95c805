// The day's revision: one question at a time, by radio buttons or a number, added to the HTML that the notebook keeps.
// Python draws the questions and judges the answers; a page that Python does not answer shows the HTML alone.

const PATIENCE_MS = 8000;
let made = 0;

/** Make an element whose content is HTML that Python wrote and escaped. */
function html(tag, content, attributes = {}) {
  const node = h(tag, attributes);
  node.innerHTML = content;
  return node;
}

/** One place that shows the revision. */
class Desk {
  constructor(page) {
    this.page = page;
    this.group = `ck-revision-${++made}`;
    this.place = h("p", { class: "ck-place" });
    const answer = (event) => { event.preventDefault(); this.answer(); };
    const entered = (event) => { if (event.key === "Enter" && event.target.tagName === "INPUT") answer(event); };
    this.form = h("form", { onsubmit: answer, onkeydown: entered });  // inside JupyterLab, Enter in a text submits nothing
    this.said = h("div", { role: "status", class: "ck-said" });
    this.next = h("button", { type: "button", onclick: () => page.ask({ do: "next" }), hidden: true });
    this.streak = h("p", { class: "ck-streak" });
    this.root = h("section", { class: "ck-revision", "aria-label": page.words.title }, this.place, this.form, this.said, this.next, this.streak);
  }

  attach(host) {
    if (this.root.parentNode === host) return;
    host.classList.add("ck-live");
    host.append(this.root);
    this.draw();
  }
  detach() {
    this.root.parentNode?.classList.remove("ck-live");
    this.root.remove();
  }

  /** Draw what Python says; the keyboard follows: to the next button once judged, to the answer of a new question. */
  draw() {
    const { shown, words } = this.page;
    const had = this.root.contains(document.activeElement);
    if (shown.end) {
      this.place.textContent = this.streak.textContent = "";
      this.form.replaceChildren();
      this.next.hidden = true;
      this.said.innerHTML = shown.end;
      if (had) { this.root.tabIndex = -1; this.root.focus({ preventScroll: true }); }
      return;
    }
    this.place.textContent = shown.place;
    this.streak.textContent = shown.streak;
    const fresh = shown.card !== this.card;
    if (fresh) this.question(shown, words);
    this.form.querySelectorAll("input").forEach((input) => {
      if (input.type === "radio") input.disabled = shown.answered && !input.checked;
      else input.readOnly = shown.answered;
    });
    this.check.hidden = shown.answered;
    this.next.hidden = !shown.answered;
    this.next.textContent = shown.last ? words.end : words.next;
    if (this.said.innerHTML !== shown.said || shown.trouble) this.said.innerHTML = shown.said;
    if (shown.trouble) this.said.append(h("p", {}, shown.trouble));
    if (had && shown.answered) this.next.focus({ preventScroll: true });
    else if (had && fresh) this.form.querySelector("input").focus({ preventScroll: true });
  }

  question(shown, words) {
    this.card = shown.card;
    const instruction = `${this.group}-how`;
    const field = h("fieldset", { "aria-describedby": instruction }, html("legend", shown.statement), h("p", { id: instruction, class: "ck-how" }, shown.instruction));
    for (const [letter, text] of shown.options) {
      field.append(h("label", {}, h("input", { type: "radio", name: this.group, value: letter }), h("strong", {}, `${letter}.`), html("span", text)));
    }
    if (!shown.options.length) {
      const input = h("input", { type: "text", inputmode: "decimal", autocomplete: "off", maxlength: "40" });
      field.append(h("label", { class: "ck-number" }, h("span", {}, words.choose), input, h("span", { "aria-hidden": "true" }, shown.unit)));
    }
    this.check = h("button", { type: "submit" }, words.check);
    this.form.replaceChildren(field, this.check);
  }

  answer() {
    if (this.page.shown.answered) return;
    const chosen = this.form.querySelector("input[type=radio]:checked, input[type=text]");
    this.page.ask({ do: "answer", value: chosen ? chosen.value : "" });
  }

  trouble(text) { this.said.replaceChildren(h("p", {}, text)); }
}

/** All the places that show one revision. */
class Page extends Places {
  constructor(model) {
    super(model, "revision", (page) => new Desk(page));
    model.on("change:shown", () => { clearTimeout(this.patience); this.find(); this.places.forEach((desk) => desk.draw()); });
    this.open();
  }

  ask(message) {
    clearTimeout(this.patience);
    this.patience = setTimeout(() => this.places.forEach((desk) => desk.trouble(this.words.unheard)), PATIENCE_MS);
    this.model.send(message);
  }

  /** Keep the keys pressed here from JupyterLab's commands, but for those with Control; Escape goes back to the cell. */
  keepKeys(event) {
    if (event.target.closest?.(".ck-revision")) keepKey(event);
  }
}

export default {
  initialize({ model }) {
    const page = new Page(model);
    return () => page.close();
  },
};
