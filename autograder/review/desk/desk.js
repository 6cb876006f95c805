// The review desk in the page: shows what Python sends, sends what the marker does. One key, one message.
// Whatever comes from a learner is either set as text or was sanitised in Python.

const AUTOSAVE_MS = 800;
const PATIENCE_MS = 8000;
const SHORTCUTS_KEY = "casekit.revue.raccourcis";
const HOME_KEY = "casekit.revue.accueil";
const KINDS = ["comment", "note", "quality"];
const KEYS = [
  ["1 à 4", "donner le niveau"], ["n", "aller à la copie suivante à relire"], ["p", "revenir à la copie précédente"],
  ["c", "ouvrir la banque de commentaires (flèches, puis Entrée pour insérer)"], ["u", "annuler le dernier changement"],
  ["?", "afficher cette aide"], ["Échap", "fermer une fenêtre, ou rendre le clavier au notebook"],
];

let made = 0;
const fresh = () => `ck-desk-${++made}`;
const fr = (text) => text.replace(/« /g, "«\u00a0").replace(/ (?=[»:;?!%])/g, "\u00a0").replace(/'/g, "’");

const button = (text, onclick, attributes = {}) => h("button", { type: "button", onclick, ...attributes }, fr(text));
/** Fields and the button that sends them; the notebook leaves no Enter to a real form. */
function form(name, send, ...children) {
  const enter = (event) => { if (event.key === "Enter" && event.target.matches("input:not([type=checkbox])")) { event.preventDefault(); send(); } };
  return h("div", { class: "ck-form", onkeydown: enter }, ...children, button(name, send, { class: "ck-main" }));
}
const setText = (node, text) => { if (node.textContent !== text) node.textContent = text; };
const typing = (node) => node.matches("textarea, select, [contenteditable], input:not([type=radio]):not([type=checkbox])");

/** A store of the browser that may be closed to us: then nothing is kept, and nothing fails. */
function kept(storage, name, value) {
  try {
    if (value === undefined) return window[storage].getItem(name);
    if (value === null) window[storage].removeItem(name);
    else window[storage].setItem(name, value);
  } catch { /* private browsing */ }
  return null;
}

class Desk {
  constructor(model, el) {
    this.model = model;
    this.sent = this.answered = model.get("state").answered || 0;
    this.waitedFor = 0;
    this.key = null;
    this.shortcuts = kept("localStorage", SHORTCUTS_KEY) !== "non";
    this.fields = {};
    this.build();
    el.replaceChildren(this.root);
    this.render();
    this.takeKeyboard();
  }

  /** Take the keyboard once the notebook has settled, unless the marker does something else meanwhile. */
  takeKeyboard() {
    let elsewhere = false;
    const noticed = () => { elsewhere = true; };
    ["keydown", "pointerdown"].forEach((name) => window.addEventListener(name, noticed, { capture: true, once: true }));
    [50, 250, 600, 1200].forEach((delay) => setTimeout(() => {
      if (elsewhere || this.root.contains(document.activeElement)) return;
      this.root.focus({ preventScroll: true });
      this.root.scrollIntoView({ block: "start" });
    }, delay));
  }

  /** What has the keyboard while nothing else does. */
  get seat() { return this.oral.isOpen ? this.oral.node : this.root; }
  get state() { return this.model.get("state"); }
  get settling() { return this.state.screen === "conciliation"; }
  get practising() { return this.state.screen === "etalonnage"; }

  // What is sent --------------------------------------------------------------------------------------------------

  post(message) {
    this.sent += 1;
    clearTimeout(this.patience);
    this.patience = setTimeout(() => {
      if (this.answered < this.sent) this.alarm(`Le noyau ne répond pas. Ce que vous avez tapé est gardé dans cette page : ${this.oral.isOpen ? "quittez cet écran (Échap), puis " : ""}relancez la cellule (Maj + Entrée), la revue reprendra ici.`);
    }, PATIENCE_MS);
    this.model.send({ ...message, seq: this.sent });
    return this.sent;
  }

  /** Leave the copy: what was typed goes first; until the next one is there, no key can mark it by mistake. */
  leave(message) {
    if (this.busy()) return;
    this.flush();
    this.oral.pause();
    this.waitedFor = this.post(message);
    this.root.setAttribute("aria-busy", "true");
  }
  busy(quietly = false) {
    if (this.answered >= this.waitedFor) return false;
    if (!quietly) this.tell("Patientez, la copie arrive…");
    return true;
  }
  act(message) { this.flush(); this.post({ at: this.key, ...message }); }

  level(value) {
    if (this.busy() || !this.key || this.levels.disabled) return;
    this.radios[value - 1].checked = true;
    this.tell("Enregistrement…");
    if (this.settling) { this.hold("comment"); this.post({ do: "level", value, comment: this.fields.comment.area.value, at: this.key }); }
    else this.act({ do: "level", value });
  }

  // The fields that are typed in ----------------------------------------------------------------------------------

  field(kind, label, rows, hint) {
    const id = fresh();
    const area = h("textarea", { id, rows: String(rows), lang: "fr", spellcheck: "true", "aria-describedby": `${id}-s` });
    const status = h("span", { class: "ck-saved", id: `${id}-s` });
    const field = { kind, area, status, unsent: false, awaiting: 0 };
    area.addEventListener("input", () => {
      field.unsent = true;
      kept("sessionStorage", this.draft(kind), area.value);
      setText(status, this.settling && !this.state.reading.level ? fr("Enregistré avec le niveau") : "Modifié…");
      clearTimeout(field.timer);
      field.timer = setTimeout(() => this.flush(), AUTOSAVE_MS);
    });
    area.addEventListener("blur", () => this.flush());
    this.fields[kind] = field;
    const head = h("div", { class: "ck-field-head" }, h("label", { for: id }, fr(label)), status);
    return h("div", { class: "ck-field" }, head, ...(hint ? [h("p", { class: "ck-hint" }, fr(hint))] : []), area);
  }
  draft(kind, key = this.key) { return `casekit.revue|${this.model.get("setup").marker}|${this.state.screen}|${key}|${kind}`; }
  hold(kind) { clearTimeout(this.fields[kind].timer); this.fields[kind].unsent = false; }

  /** Send what was typed and not sent yet. */
  flush() {
    for (const kind of KINDS) {
      const field = this.fields[kind];
      if (!field.unsent || !this.key) continue;
      if (this.settling && !this.state.reading.level) continue; // goes with the level
      this.hold(kind);
      setText(field.status, "Enregistrement…");
      const version = kind === "quality" ? { version: this.state.quality.version } : {};
      field.awaiting = this.post({ do: kind, value: field.area.value, at: this.key, ...version });
      field.value = field.area.value;
    }
  }

  /** Put in a field what is saved, unless it holds something newer. */
  settle(kind, saved, other) {
    const field = this.fields[kind];
    if (other) {
      clearTimeout(field.timer);
      Object.assign(field, { unsent: false, awaiting: 0 });
      field.area.value = saved;
      setText(field.status, "");
      const typed = kept("sessionStorage", this.draft(kind));
      if (typed === saved) kept("sessionStorage", this.draft(kind), null);
      else if (typed !== null) {
        field.area.value = typed;
        field.unsent = true;
        setText(field.status, fr("Saisie retrouvée"));
        setTimeout(() => this.flush(), 0);
      }
      return;
    }
    if (field.unsent) return;
    if (field.awaiting && this.answered >= field.awaiting) {
      field.awaiting = 0;
      const done = saved.trim() === field.value.trim();
      setText(field.status, done ? "Enregistré" : fr("Non enregistré"));
      if (done) kept("sessionStorage", this.draft(kind), null);
      else return;
    }
    if (!field.awaiting && field.area.value === saved && field.status.textContent) setText(field.status, "Enregistré");
    if (!field.awaiting && field.area.value !== saved && document.activeElement !== field.area && !this.state.conflict) {
      field.area.value = saved;
      kept("sessionStorage", this.draft(kind), null);
    }
  }

  // What is shown: the elements are made once, and only their contents change ---------------------------------------

  build() {
    this.root = h("div", { class: "ck-desk", lang: "fr", tabindex: "-1", role: "region", "aria-label": "Revue des copies",
      "data-lm-suppress-shortcuts": "true", onkeydown: (event) => this.pressed(event) });
    this.alert = h("p", { class: "ck-alert", role: "alert" });
    this.live = h("p", { class: "ck-live", role: "status" });
    this.buildHome();
    this.buildTop();
    this.buildWork();
    this.buildMark();
    this.buildBank();
    this.buildHelp();
    this.buildSecond();
    this.agreement = h("section", { class: "ck-agreement", "aria-label": "Accord entre relecteurs", tabindex: "0" });
    this.columns = h("div", { class: "ck-columns" }, this.work, this.mark);
    this.root.append(this.home, this.top, this.alert, this.live, this.columns, this.agreement, this.bank, this.help, this.second, this.oral.invitation, this.oral.node);
  }

  buildHome() {
    const [name, list] = [fresh(), fresh()];
    this.nameInput = h("input", { id: name, type: "text", maxlength: "100", autocomplete: "name" });
    this.assignments = h("select", { id: list });
    this.home = form("Ouvrir la revue", () => {
      kept("localStorage", HOME_KEY, JSON.stringify([this.nameInput.value, this.assignments.value]));
      this.leave({ do: "enter", marker: this.nameInput.value, assignment: this.assignments.value });
    },
    h("h2", {}, "Revue des copies"),
    h("p", {}, fr("Les copies sont anonymes et mélangées. Votre nom est écrit à côté de chacune de vos relectures.")),
    h("label", { for: name }, "Votre nom de relecteur"), this.nameInput,
    h("label", { for: list }, "Évaluation"), this.assignments);
    this.home.classList.add("ck-home");
  }

  buildTop() {
    const [mode, group, bar] = [fresh(), fresh(), fresh()];
    this.title = h("h2", {});
    this.who = h("p", { class: "ck-who" });
    this.bar = h("progress", { id: bar, max: "1", value: "0" });
    this.count = h("label", { for: bar });
    this.mode = h("select", { id: mode, onchange: () => this.leave({ do: "mode", value: this.mode.value }) },
      h("option", { value: "critere" }, "par critère"), h("option", { value: "apprenant" }, "par apprenant"));
    this.group = h("select", { id: group, onchange: () => this.leave({ do: "group", value: this.group.value }) });
    this.groupLabel = h("label", { for: group });
    this.previous = button("Précédente", () => this.leave({ do: "step", value: -1 }), { "aria-keyshortcuts": "p" });
    this.next = button("À relire ensuite", () => this.leave({ do: "next" }), { class: "ck-main", "aria-keyshortcuts": "n" });
    this.undo = button("Annuler", () => this.leave({ do: "undo" }), { "aria-keyshortcuts": "u" });
    this.toSettle = button("Conciliation", () => this.leave({ do: "settle" }));
    this.toAgreement = button("Accord", () => this.leave({ do: "agreement" }));
    this.toPractice = button("S’étalonner", () => this.leave({ do: "practise" }));
    this.toSecond = button("Demander une seconde relecture", () => this.openSecond());
    this.back = button("Revenir à la revue", () => this.leave({ do: "back" }));
    this.out = button("Changer d’évaluation", () => this.leave({ do: "exit" }));
    this.totals = h("details", { class: "ck-totals" }, h("summary", {}, "Avancement par critère"), h("div", { class: "ck-scroll", tabindex: "0", role: "group", "aria-label": "Avancement par critère" }));
    this.selectors = h("div", { class: "ck-selectors" }, h("label", { for: mode }, "Relire"), this.mode, this.groupLabel, this.group);
    const trial = fresh();
    this.trial = h("select", { id: trial, onchange: () => this.leave({ do: "begin", value: this.trial.value }) });
    this.trials = h("div", { class: "ck-selectors" }, h("label", { for: trial }, "S’étalonner sur le critère"), this.trial);
    this.steps = h("div", { class: "ck-buttons" }, this.back, this.previous, this.next, this.undo);
    this.more = h("details", { class: "ck-more" }, h("summary", {}, "Autres actions"),
      h("div", { class: "ck-buttons" }, this.toSettle, this.toAgreement, this.toSecond, this.toPractice, button("Aide et raccourcis", () => this.open(this.help), { "aria-keyshortcuts": "?" }), this.out));
    this.top = h("div", { class: "ck-top" },
      h("div", { class: "ck-line" }, h("div", {}, this.title, this.who), h("div", { class: "ck-progress" }, this.count, this.bar)),
      h("div", { class: "ck-line" }, this.selectors, this.trials, this.steps),
      h("div", { class: "ck-line ck-folds" }, this.totals, this.more));
  }

  buildWork() {
    this.copy = h("h3", {});
    this.badge = h("span", { class: "ck-badge" });
    this.findings = h("ul", {});
    this.found = h("details", { class: "ck-found" }, h("summary", {}, "Ce que la machine a relevé"), this.findings);
    this.paper = h("div", { class: "ck-paper" });
    this.work = h("section", { class: "ck-work", "aria-label": "Travail remis", tabindex: "0" },
      h("div", { class: "ck-copy" }, this.copy, this.badge), this.found, this.paper);
  }

  buildMark() {
    this.criterion = h("h3", {});
    this.statement = h("p", { class: "ck-statement" });
    this.notices = h("div", { class: "ck-notices" });
    this.pair = h("div", { class: "ck-pair" });
    this.oral = new Oral(this);
    const name = fresh();
    this.radios = [1, 2, 3, 4].map((value) => h("input", { type: "radio", name, value: String(value), onchange: () => this.level(value) }));
    this.anchors = this.radios.map(() => h("span", { class: "ck-anchor" }));
    this.legend = h("legend", {});
    this.levels = h("fieldset", { class: "ck-levels" }, this.legend,
      ...this.radios.map((radio, rank) => h("label", {}, radio, this.anchors[rank])));
    this.expected = h("ul", {});
    this.hoped = h("details", { class: "ck-expected" }, h("summary", {}, fr("Éléments attendus (formateur seulement)")), this.expected);
    this.ownLine = h("summary", {});
    this.ownSaid = h("div", {});
    this.own = h("details", { class: "ck-own", hidden: true }, this.ownLine, this.ownSaid);
    this.conflict = h("div", { class: "ck-conflict", role: "group", "aria-label": "Deux versions" });
    const bank = button("Banque de commentaires", () => this.openBank(), { "aria-keyshortcuts": "c", "aria-haspopup": "dialog" });
    this.comment = this.field("comment", "Commentaire pour l’apprenant", 4);
    this.comment.append(bank);
    this.bankButton = bank;
    this.note = this.field("note", "Note privée (jamais montrée à l’apprenant)", 2);
    this.qualityHint = h("p", { class: "ck-hint" });
    this.quality = h("div", { class: "ck-quality" }, this.field("quality", "Qualités non observables (jamais notées)", 3), this.qualityHint);
    this.mark = h("section", { class: "ck-mark", "aria-label": "Relecture", tabindex: "0" },
      this.criterion, this.statement, this.notices, this.pair, this.oral.opener, this.conflict, this.levels, this.own, this.hoped, this.comment, this.note, this.quality);
  }

  // The comment bank ----------------------------------------------------------------------------------------------

  buildBank() {
    const [id, title] = [fresh(), fresh()];
    this.bankTitle = h("h3", { id: title });
    this.options = h("ul", { role: "listbox", tabindex: "0", "aria-labelledby": title, onkeydown: (event) => this.bankKey(event) });
    this.none = h("p", { class: "ck-hint" }, fr("Aucun commentaire pour ce critère : ajoutez le premier ci-dessous."));
    this.bankText = h("textarea", { id, rows: "3", lang: "fr" });
    this.bankLabel = h("label", { for: id });
    this.bankSave = button("Ajouter à la banque", () => this.saveBank());
    this.fieldList = h("dl", { class: "ck-fields" });
    const [edit, remove, insert] = [
      button("Modifier", () => this.editBank()), button("Retirer", () => this.chosen && this.act({ do: "unbank", value: this.chosen.id, at: undefined })),
      button("Insérer", () => this.insertChosen(), { class: "ck-main" })];
    this.bankTools = h("div", { class: "ck-buttons" }, insert, edit, remove);
    this.bankAlert = h("p", { class: "ck-alert", role: "alert" });
    this.bank = this.dialog(title, this.bankTitle, this.none, this.options, this.bankTools, this.bankAlert, this.bankLabel, this.bankText,
      h("div", { class: "ck-buttons" }, this.bankSave),
      h("details", {}, h("summary", {}, "Champs remplis pour chaque copie"), h("div", { class: "ck-scroll", tabindex: "0", role: "group", "aria-label": "Champs" }, this.fieldList)));
  }
  openBank() {
    if (!this.key || this.settling || this.busy()) return;
    this.flush();
    this.choice = 0;
    this.editing = null;
    this.bankText.value = "";
    this.open(this.bank);
    this.showBank();
    (this.state.bank.length ? this.options : this.bankText).focus();
  }
  get chosen() { return this.state.bank?.[this.choice]; }
  showBank() {
    const found = this.state.bank || [];
    this.choice = Math.max(0, Math.min(this.choice || 0, found.length - 1));
    setText(this.bankTitle, fr(`Banque de commentaires – ${this.state.copy?.code || ""}`));
    this.none.hidden = found.length > 0;
    this.options.hidden = this.bankTools.hidden = !found.length;
    this.options.replaceChildren(...found.map((one, rank) => h("li", { role: "option", id: `${this.bankText.id}-${one.id}`,
      "aria-selected": String(rank === this.choice), onclick: () => { this.choice = rank; this.showBank(); }, ondblclick: () => this.insertChosen() },
    h("span", { text: one.text }), h("small", { text: one.marker }))));
    if (this.chosen) this.options.setAttribute("aria-activedescendant", `${this.bankText.id}-${this.chosen.id}`);
    else this.options.removeAttribute("aria-activedescendant");
    this.options.children[this.choice]?.scrollIntoView({ block: "nearest" });
    setText(this.bankLabel, this.editing ? "Nouveau texte du commentaire" : "Nouveau commentaire");
    setText(this.bankSave, this.editing ? "Enregistrer le changement" : "Ajouter à la banque");
  }
  bankKey(event) {
    const steps = { ArrowDown: 1, ArrowUp: -1, Home: -1e6, End: 1e6 };
    if (event.key in steps) {
      this.choice = Math.max(0, Math.min(this.choice + steps[event.key], this.state.bank.length - 1));
      this.showBank();
    } else if (event.key === "Enter") this.insertChosen();
    else return;
    event.preventDefault();
  }
  insertChosen() {
    if (!this.chosen) return;
    this.bank.close();
    this.act({ do: "insert", value: this.chosen.id });
  }
  editBank() {
    if (!this.chosen) return;
    this.editing = this.chosen.id;
    this.bankText.value = this.chosen.text;
    this.showBank();
    this.bankText.focus();
  }
  saveBank() {
    this.bankAsked = this.post({ do: "bank", value: this.bankText.value, ...(this.editing ? { id: this.editing } : {}) });
  }

  // Help, second marking --------------------------------------------------------------------------------------------

  buildHelp() {
    const title = fresh();
    const box = h("input", { type: "checkbox", onchange: () => {
      this.shortcuts = box.checked;
      kept("localStorage", SHORTCUTS_KEY, box.checked ? null : "non");
    } });
    box.checked = this.shortcuts;
    this.help = this.dialog(title, h("h3", { id: title }, "Raccourcis de la revue"),
      h("dl", { class: "ck-keys" }, ...[...KEYS, ...ORAL_KEYS].flatMap(([key, words]) => [h("dt", {}, h("kbd", {}, key)), h("dd", {}, fr(words))])),
      h("p", {}, fr("Les touches seules ne font rien pendant que vous écrivez dans un champ. Tout est enregistré aussitôt.")),
      h("label", { class: "ck-check" }, box, "Raccourcis à une touche"));
  }
  buildSecond() {
    const [title, name, share] = [fresh(), fresh(), fresh()];
    this.secondName = h("input", { id: name, type: "text", maxlength: "100" });
    this.secondShare = h("input", { id: share, type: "number", min: "1", max: "100", value: "20" });
    this.secondCriteria = h("fieldset", { class: "ck-criteria" });
    this.second = this.dialog(title, h("h3", { id: title }, "Demander une seconde relecture"), form("Demander", () => {
      const criteria = [...this.secondCriteria.querySelectorAll("input:checked")].map((box) => box.value);
      this.second.close();
      this.leave({ do: "second", name: this.secondName.value, share: Number(this.secondShare.value), criteria });
    },
    h("p", {}, fr("Cette personne relira une part des copies, tirée au sort, sans voir la première relecture.")),
    h("label", { for: name }, "Nom de la seconde personne"), this.secondName,
    h("label", { for: share }, fr("Part des copies (en %)")), this.secondShare, this.secondCriteria));
  }
  openSecond() {
    this.secondCriteria.replaceChildren(h("legend", {}, fr("Critères (aucun coché : tous)")),
      ...this.model.get("setup").criteria.map((code) => h("label", { class: "ck-check" }, h("input", { type: "checkbox", value: code }), code)));
    this.open(this.second);
    this.secondName.focus();
  }
  dialog(title, ...children) {
    const node = h("dialog", { "aria-labelledby": title }, ...children);
    node.append(h("div", { class: "ck-buttons ck-close" }, button("Fermer", () => node.close())));
    node.addEventListener("close", () => this.seat.focus({ preventScroll: true }));
    return node;
  }
  open(dialog) { if (!dialog.open) dialog.showModal(); }

  // Keys ------------------------------------------------------------------------------------------------------------

  pressed(event) {
    if (event.defaultPrevented || this.root.querySelector("dialog[open]:not(.ck-oral)")) return;
    if (event.key === "Escape") {
      if (typing(event.target) || (this.oral.isOpen && event.target !== this.seat)) this.seat.focus({ preventScroll: true });
      else if (this.oral.isOpen) this.oral.put(true);
      else this.root.closest(".jp-Cell")?.focus();
      event.preventDefault();
      return;
    }
    if (!this.shortcuts || event.ctrlKey || event.metaKey || event.altKey || event.repeat || typing(event.target)) return;
    const reading = this.state.screen === "relecture";
    const found = { n: this.next, p: this.previous, u: this.undo }[event.key];
    const marking = reading || this.settling || this.practising;
    if (/^[1-4]$/.test(event.key) && marking) this.level(Number(event.key));
    else if (found && !found.hidden && (marking || this.state.practice)) found.click();
    else if (event.key === "c" && reading) this.openBank();
    else if (event.key === "?") this.open(this.help);
    else if (!this.oral.press(event.key)) return;
    event.preventDefault();
  }

  // What Python sent ------------------------------------------------------------------------------------------------

  tell(text) { setText(this.live, fr(text)); }
  alarm(text) { setText(this.alert, fr(text)); this.alert.hidden = !text; }

  render() {
    const { state } = this;
    const inside = this.root.contains(document.activeElement);
    this.answered = Math.max(this.answered, state.answered || 0);
    this.sent = Math.max(this.sent, this.answered);
    if (this.answered >= this.waitedFor) this.root.removeAttribute("aria-busy");
    this.alarm(state.alert || "");
    setText(this.live, state.told || "");
    const screen = state.screen;
    this.home.hidden = screen !== "accueil";
    this.top.hidden = screen === "accueil";
    this.agreement.hidden = !state.agreement;
    this.columns.hidden = !state.copy;
    if (screen === "accueil") this.renderHome(state.home);
    else this.renderTop(state);
    if (state.agreement) this.renderAgreement(state.agreement);
    const key = state.copy?.key || null;
    const other = key !== this.key || screen !== this.screen;
    Object.assign(this, { key, screen });
    if (state.copy) { this.renderMark(state, other); this.renderWork(state, other); }
    this.oral.render();
    if (this.bank.open) this.renderBank(state);
    const here = document.activeElement; // what had the keyboard may be hidden now
    if (inside && !(this.root.contains(here) && here.checkVisibility())) this.seat.focus({ preventScroll: true });
  }

  renderHome(home) {
    let [name, assignment] = [home.marker, home.assignment];
    try { const last = JSON.parse(kept("localStorage", HOME_KEY) || "[]"); name = name || last[0] || ""; assignment = assignment || last[1]; } catch { /* not ours */ }
    this.assignments.replaceChildren(...home.assignments.map((one) => h("option", { value: one, selected: one === assignment }, one)));
    if (!this.nameInput.value) this.nameInput.value = name;
  }

  renderTop(state) {
    const setup = this.model.get("setup");
    const reading = state.screen === "relecture";
    const titles = { conciliation: "Conciliation", accord: "Accord entre relecteurs", etalonnage: "Étalonnage", bilan: "Étalonnage : bilan" };
    setText(this.title, fr(titles[state.screen] || setup.title));
    setText(this.who, fr(`Relecteur : ${setup.marker}`));
    for (const node of [this.selectors, this.totals, this.more]) node.hidden = !reading;
    this.back.hidden = reading;
    this.next.hidden = state.screen === "accord";
    this.previous.hidden = !state.copy;
    this.undo.hidden = !state.copy || this.practising;
    setText(this.next, this.settling ? "Différence suivante" : state.practice ? this.renderPractice(state.practice) : "À relire ensuite");
    this.trials.hidden = !state.practice;
    this.bar.hidden = this.count.hidden = !reading;
    if (this.settling) { this.count.hidden = false; setText(this.count, fr(state.waiting ? `${state.waiting} partie${state.waiting > 1 ? "s" : ""} à concilier` : "Tout est concilié")); }
    if (this.practising) { this.count.hidden = false; setText(this.count, state.practice.left ? fr(`${state.practice.left} copie${state.practice.left > 1 ? "s" : ""} sans niveau`) : "Tout est situé"); }
    if (!reading) return;
    const { done, total } = state.overall;
    Object.assign(this.bar, { max: Math.max(total, 1), value: done });
    setText(this.count, `${done} relue${done > 1 ? "s" : ""} sur ${total}`);
    this.mode.value = state.mode;
    setText(this.groupLabel, state.mode === "critere" ? "Critère" : "Copie");
    const labels = state.groups.map((one) => `(${one.done}/${one.total}) ${one.label}`);
    if (this.group.options.length !== labels.length) this.group.replaceChildren(...labels.map(() => h("option", {})));
    labels.forEach((label, rank) => { setText(this.group.options[rank], label); this.group.options[rank].value = state.groups[rank].id; });
    this.group.value = state.group || "";
    this.table(this.totals.lastChild, [{ caption: "", head: ["Critère", "Énoncé", "Avancement"], rows: state.totals.map((one) => [one.code, one.statement, one.words]) }]);
  }

  /** Show the criteria to practise on; return what comes next. */
  renderPractice({ codes, code, left }) {
    if (this.trial.options.length !== codes.length) this.trial.replaceChildren(...codes.map((one) => h("option", { value: one }, one)));
    this.trial.value = code;
    return left === undefined ? "Exercice suivant" : left ? "Copie suivante" : "Voir le bilan";
  }

  renderWork(state, other) {
    const shown = this.model.get("deliverable");
    const place = state.place;
    setText(this.copy, fr(`${state.copy.name} – ${place.noun} ${place.number} sur ${place.count}`));
    setText(this.badge, shown.status || "");
    this.badge.dataset.tone = { "prêt à relire": "ready", "à compléter": "short" }[(shown.status || "").replace(/\u00a0/g, " ")] || "none";
    this.found.hidden = !shown.findings?.length;
    this.hoped.hidden = !shown.expected?.length;
    if (!other && this.paperKey === shown.key) return;
    this.paperKey = shown.key;
    this.findings.replaceChildren(...(shown.findings || []).map((one) => h("li", { text: one })));
    this.expected.replaceChildren(...(shown.expected || []).map((one) => h("li", { text: one })));
    this.found.open = true;
    this.paper.innerHTML = shown.html || ""; // sanitised in Python
    this.work.scrollTop = this.mark.scrollTop = 0;
  }

  renderMark(state, other) {
    const { copy, reading, rubric } = state;
    setText(this.criterion, `${copy.code} – ${copy.title}`);
    setText(this.statement, copy.statement);
    const notices = [reading.stage, ...reading.notices, rubric.missing].filter(Boolean);
    this.notices.replaceChildren(...notices.map((one) => h("p", { text: one })));
    setText(this.legend, this.settling ? "Niveau retenu" : "Niveau");
    this.levels.disabled = reading.frozen;
    this.radios.forEach((radio, rank) => {
      radio.checked = reading.level === rank + 1;
      const anchor = rubric.anchors[rank];
      this.anchors[rank].replaceChildren(h("b", {}, anchor ? `${rank + 1} – ${anchor.name}` : `Niveau ${rank + 1}`), anchor ? ` ${anchor.text}` : "");
    });
    this.fields.comment.area.readOnly = reading.frozen;
    this.bankButton.hidden = this.note.hidden = this.settling;
    if (this.practising) this.note.hidden = true;
    this.comment.hidden = this.practising;
    this.pair.hidden = !state.pair;
    if (state.pair) this.renderPair(state.pair);
    this.quality.hidden = !state.quality;
    if (other) setText(this.qualityHint, fr(`Commentaire libre sur toute la copie : ${this.model.get("setup").qualities.join(", ")}.`));
    this.settle("comment", reading.comment, other);
    this.settle("note", reading.note, other);
    this.settle("quality", state.quality?.text || "", other);
    this.renderConflict(state.conflict);
    this.renderOwn(state.own, other);
  }

  /** What the learner said of their own level, which Python sends once the marker has given theirs. */
  renderOwn(own, other) {
    this.own.hidden = !own;
    if (other) this.own.open = false;
    if (!own) { this.ownSaid.replaceChildren(); return; }
    setText(this.ownLine, own.line);
    this.ownSaid.replaceChildren(h("p", { class: "ck-hint", text: fr("Dit par l’apprenant de son propre travail : ce n’est pas une note, et rien n’en dépend.") }),
      ...own.paragraphs.map((text) => h("p", { class: "ck-said", text })));
  }

  renderPair(pair) {
    this.pair.replaceChildren(h("p", { class: "ck-gap" }, pair.gap, pair.waiting ? "" : fr(" : concilié")),
      ...pair.readings.map((one) => h("div", { class: "ck-side" }, h("h4", { text: fr(`${one.title} : ${one.marker}`) }),
        h("p", {}, h("b", {}, `Niveau ${one.level}`)), h("p", { class: "ck-said", text: one.comment || "Pas de commentaire." }),
        ...one.oral.map((text) => h("p", { class: "ck-said ck-hint", text })))));
  }

  renderConflict(conflict) {
    this.conflict.hidden = !conflict;
    const news = JSON.stringify(conflict || null);
    if (news === this.conflictShown) return;
    const first = !this.conflict.childElementCount;
    this.conflictShown = news;
    if (!conflict) { this.conflict.replaceChildren(); return; }
    const side = (title, lines) => h("div", { class: "ck-side" }, h("h4", { text: fr(title) }),
      ...(lines.length ? lines : [["", "Rien n’est enregistré."]]).map(([name, words]) => h("p", { class: "ck-said", text: name ? fr(`${name} : ${words}`) : words })));
    const mine = button("Garder ma saisie", () => this.act({ do: "choose", value: "mine" }), { class: "ck-main" });
    this.conflict.replaceChildren(h("p", { role: "alert" }, fr("Quelqu’un a écrit ici entre-temps : rien n’a été écrasé. Que garder ?")),
      side(`Enregistré${conflict.who ? ` par ${conflict.who}` : ""}`, conflict.theirs), side("Votre saisie", conflict.mine),
      h("div", { class: "ck-buttons" }, mine, button("Garder ce qui est enregistré", () => { KINDS.forEach((kind) => kept("sessionStorage", this.draft(kind), null)); this.act({ do: "choose", value: "theirs" }); })));
    if (first) mine.focus();
  }

  renderBank(state) {
    this.showBank();
    setText(this.bankAlert, state.alert || "");
    this.bankAlert.hidden = !state.alert;
    if (this.bankAsked && this.answered >= this.bankAsked) {
      this.bankAsked = 0;
      if (!state.alert) { this.bankText.value = ""; this.editing = null; this.showBank(); this.options.focus(); }
    }
    if (this.fieldList.childElementCount) return;
    this.fieldList.replaceChildren(...this.model.get("setup").fields.flatMap(([name, words]) => [h("dt", {}, h("code", { text: name })), h("dd", { text: words })]));
  }

  renderAgreement(agreement) {
    const box = h("div", {});
    this.table(box, agreement.tables);
    this.agreement.replaceChildren(h("p", { class: "ck-gap", text: agreement.summary }), box, h("p", { class: "ck-hint", text: agreement.source }));
  }

  table(box, tables) {
    const row = (cells, tag) => h("tr", {}, ...cells.map((cell, rank) => tag === "th" ? h("th", { scope: "col", text: cell }) : rank ? h("td", { text: cell }) : h("th", { scope: "row", text: cell })));
    box.replaceChildren(...tables.map((one) => h("table", {}, ...(one.caption ? [h("caption", { text: one.caption })] : []),
      h("thead", {}, row(one.head, "th")), h("tbody", {}, ...one.rows.map((cells) => row(cells, "td"))))));
  }
}

const QUIET = "data-lm-suppress-shortcuts";
/** JupyterLab looks for the attribute on what has the keyboard alone; its keys with Control stay its own. */
function keepKeys(root) {
  return (event) => {
    if (!root.contains(event.target)) return;
    if (event.ctrlKey || event.metaKey) event.target.removeAttribute(QUIET);
    else event.target.setAttribute(QUIET, "true");
  };
}

function render({ model, el }) {
  const desk = new Desk(model, el);
  const guard = keepKeys(desk.root);
  window.addEventListener("keydown", guard, true);
  const update = () => desk.render();
  const flush = () => desk.flush();
  const events = ["change:state", "change:deliverable", "change:setup"];
  let planned = false;
  const plan = () => { // the three arrive together: they are shown together
    if (planned) return;
    planned = true;
    queueMicrotask(() => { planned = false; update(); });
  };
  events.forEach((name) => model.on(name, plan));
  window.addEventListener("pagehide", flush);
  return () => {
    flush();
    clearTimeout(desk.oral.tick);
    clearTimeout(desk.patience);
    window.removeEventListener("keydown", guard, true);
    window.removeEventListener("pagehide", flush);
    events.forEach((name) => model.off(name, plan));
  };
}

export default { render };
