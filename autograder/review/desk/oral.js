// The oral in one screen: slides, clock, questions and what is heard, levels. It borrows the desk's own fields while it
// is open, so that what is typed is kept, sent and settled in one way only.

const AWAY_MS = 10 * 60e3; // a clock that nobody has seen for so long was left running
const BEAT_MS = 15e3; // how often a running clock is sent
const TURNS = ["exposé", "questions"];
const ORAL_KEYS = [
  ["t", "démarrer le temps, ou le mettre en pause"], ["s", "passer de l’exposé aux questions, ou en revenir"],
  ["q", "aller aux questions à poser (flèches, Espace pour cocher)"], ["a", "écrire une autre question"],
  ["e", "noter ce que vous entendez : commencez par le numéro de l’élément attendu (« 2 cite le retour de mai »), Entrée pour garder"],
  ["o", "ouvrir l’écran de l’oral, ou revenir à la revue"],
];
const shownTime = (seconds) => `${String(Math.floor(seconds / 60)).padStart(2, "0")}:${String(seconds % 60).padStart(2, "0")}`;

class Oral {
  constructor(desk) {
    this.desk = desk;
    this.lent = [];
    this.chosen = 0;
    this.build();
  }

  get state() { return this.desk.state.oral; }
  get isOpen() { return this.node.open; }

  build() {
    const { desk } = this;
    const [other, line, title] = [fresh(), fresh(), fresh()];
    this.name = h("h2", { id: title });
    this.candidates = h("select", { "aria-label": "Passage", onchange: () => desk.leave({ do: "candidate", value: this.candidates.selectedIndex }) });
    this.buildClock();
    this.settle = button("Conciliation", () => desk.leave({ do: "settle" }));
    this.partner = button("Second évaluateur…", () => { desk.open(this.invitation); this.partnerName.focus(); });
    this.told = h("div", { class: "ck-oral-told" });
    const top = h("div", { class: "ck-oral-top" }, this.name, this.candidates, this.clock,
      h("div", { class: "ck-buttons" }, button("Précédent", () => desk.previous.click(), { "aria-keyshortcuts": "p" }),
        button("Suivant", () => desk.next.click(), { "aria-keyshortcuts": "n" }),
        button("Annuler", () => desk.undo.click(), { "aria-keyshortcuts": "u" }),
        button("Aide", () => desk.open(desk.help), { "aria-keyshortcuts": "?" }),
        button("Quitter", () => this.put(true), { "aria-keyshortcuts": "o" }), this.partner, this.settle), this.told);
    this.questions = h("fieldset", { class: "ck-asked", onkeydown: (event) => this.along(event) });
    this.other = h("input", { id: other, type: "text", maxlength: "400", lang: "fr", onkeydown: (event) => this.otherKey(event) });
    this.heard = h("div", { class: "ck-heard", tabindex: "0", role: "group", "aria-label": "Ce qui est entendu, par élément attendu" });
    this.line = h("input", { id: line, type: "text", maxlength: "400", lang: "fr", oninput: () => this.typed(), onkeydown: (event) => this.lineKey(event) });
    this.lineLabel = h("label", { for: line });
    this.begunWords = h("p", {});
    this.begun = h("div", { class: "ck-conflict", role: "group", "aria-label": "Votre rôle" }, this.begunWords, h("div", { class: "ck-buttons" },
      button("Je suis le second évaluateur", () => desk.leave({ do: "partner", value: desk.model.get("setup").marker }), { class: "ck-main" }),
      button("Reprendre sa notation", () => desk.leave({ do: "share" }))));
    this.tie = h("p", { class: "ck-hint" });
    this.slides = h("section", { class: "ck-oral-slides", "aria-label": "Diapositives", tabindex: "0" });
    this.mark = h("section", { class: "ck-oral-mark", "aria-label": "Niveau et commentaires", tabindex: "0" }, this.begun, this.tie);
    const listen = h("section", { class: "ck-oral-listen", "aria-label": "Questions et notes" }, this.questions,
      h("div", { class: "ck-oral-line" }, h("label", { for: other }, "Autre question"), this.other),
      this.heard, h("div", { class: "ck-oral-line" }, this.lineLabel, this.line));
    this.node = h("dialog", { class: "ck-oral", tabindex: "-1", "aria-labelledby": title, oncancel: (event) => event.preventDefault() },
      top, h("div", { class: "ck-oral-body" }, this.slides, listen, this.mark));
    this.buildPartner();
    this.opener = button("Ouvrir l’oral en un écran", () => this.put(false), { class: "ck-main", "aria-keyshortcuts": "o" });
  }

  buildPartner() {
    const [title, name] = [fresh(), fresh()];
    this.partnerName = h("input", { id: name, type: "text", maxlength: "100" });
    this.invitation = this.desk.dialog(title, h("h3", { id: title }, "Second évaluateur"), form("Confier tous les passages", () => {
      this.invitation.close();
      this.desk.leave({ do: "partner", value: this.partnerName.value });
    },
    h("p", {}, fr("Cette personne note les mêmes passages sans voir ce que vous écrivez, ni vous ce qu’elle écrit, jusqu’à ce que vos deux niveaux soient donnés.")),
    h("label", { for: name }, "Son nom d’évaluateur"), this.partnerName));
  }

  // One screen: opened for each oral, unless the marker has gone back to the desk --------------------------------------

  put(away) {
    this.away = away;
    this.render();
    this.desk.seat.focus({ preventScroll: true });
  }
  /** Take fields of the desk, and give them back where they were. */
  borrow() {
    const { desk } = this;
    const take = (to, ...nodes) => nodes.forEach((node) => {
      const place = document.createComment("");
      node.replaceWith(place);
      to.append(node);
      this.lent.push([place, node]);
    });
    take(this.told, desk.alert, desk.live);
    take(this.slides, desk.paper);
    take(this.mark, desk.notices, desk.conflict, desk.levels, desk.comment, desk.note);
  }
  giveBack() { this.lent.splice(0).forEach(([place, node]) => place.replaceWith(node)); }

  render() {
    const { desk } = this;
    const here = Boolean(this.state) && desk.state.screen === "relecture";
    if (!here) this.away = false;
    this.opener.hidden = !here;
    if (here && !this.away) this.show();
    else if (this.isOpen) {
      this.giveBack();
      this.node.close();
    }
    if (!here) { clearTimeout(this.tick); this.key = null; return; }
    const other = this.key !== desk.key;
    this.key = desk.key;
    if (other) this.arrive();
    this.renderTop();
    this.renderQuestions();
    this.renderHeard();
    this.showClock();
  }
  /** Open the screen, once the notebook has put the desk in its page; again if it has moved it meanwhile. */
  show(tries = 100) {
    if (!this.node.isConnected) {
      clearTimeout(this.later);
      if (tries) this.later = setTimeout(() => { this.show(tries - 1); this.showClock(); }, 50);
      return;
    }
    if (this.isOpen && this.node.matches(":modal")) return;
    if (!this.lent.length) this.borrow();
    this.node.close();
    this.node.showModal();
    this.node.focus({ preventScroll: true });
  }
  arrive() {
    this.chosen = 0;
    this.sentTime = this.beat = 0;
    this.other.value = this.line.value = "";
    this.heardShown = this.questionsShown = "";
    this.said = new Set();
    this.waiting = this.stored("notes", []);
    this.waiting.forEach((one) => { one.seq = this.post({ do: "hear", ...one }); });
  }
  renderTop() {
    const { desk, state } = this;
    setText(this.name, desk.state.copy.name);
    const labels = state.candidates.map((name, rank) => `${rank + 1}. ${name}`);
    if ([...this.candidates.options].map((one) => one.text).join("\n") !== labels.join("\n")) this.candidates.replaceChildren(...labels.map((text) => h("option", { text })));
    this.candidates.selectedIndex = desk.state.place.number - 1;
    this.begun.hidden = !state.begun_by;
    setText(this.begunWords, fr(`${state.begun_by} a commencé à noter ce passage. Pour ne rien en voir, notez en second.`));
    this.settle.hidden = !desk.state.reading.frozen || Boolean(state.begun_by);
    this.partner.hidden = !state.alone || Boolean(state.begun_by);
    setText(this.tie, state.tie_breaker ? fr(`2 ou 3 ? ${state.tie_breaker}`) : "");
  }

  // What the browser keeps ----------------------------------------------------------------------------------------

  get place() { return `casekit.oral|${this.desk.model.get("setup").marker}|${this.key}`; }
  stored(name, otherwise) {
    try { return JSON.parse(kept("localStorage", `${this.place}|${name}`)) ?? otherwise; } catch { return otherwise; }
  }
  store(name, value) { kept("localStorage", `${this.place}|${name}`, JSON.stringify(value)); }
  post(message) { return this.desk.post({ ...message, at: this.key }); }

  // The clock -----------------------------------------------------------------------------------------------------

  buildClock() {
    this.times = TURNS.map((turn, rank) => {
      const id = fresh();
      const input = h("input", { id, type: "text", inputmode: "numeric", class: "ck-time", onchange: () => this.setTime(rank, input.value), onblur: () => this.showClock(),
        onkeydown: (event) => { if (event.key === "Enter") { this.setTime(rank, input.value); event.preventDefault(); } } });
      const limit = h("span", {});
      const box = h("span", { class: "ck-turn" }, h("label", { for: id }, rank ? "Questions" : "Exposé"), input, limit);
      return { input, limit, box };
    });
    this.run = button("Démarrer", () => this.toggle(), { class: "ck-main", "aria-keyshortcuts": "t" });
    this.turn = button("", () => this.switchTurn(), { "aria-keyshortcuts": "s" });
    this.clock = h("div", { class: "ck-clock", role: "group", "aria-label": "Temps" }, this.times[0].box, this.times[1].box, this.run, this.turn);
  }
  /** The clock of the browser while it is the freshest, else what is kept with the marking. */
  read() {
    const saved = this.state.spent_s.map((seconds) => 1000 * seconds);
    const clock = this.stored("temps", null) || { turn: saved[1] ? 1 : 0, spent: saved, since: 0 };
    if (clock.since && Date.now() - clock.seen > AWAY_MS) {
      clock.spent[clock.turn] += clock.seen - clock.since;
      clock.since = 0;
    }
    const sum = (times) => times[0] + times[1];
    const known = this.sentTime ? this.desk.answered >= this.sentTime && !this.desk.state.alert : sum(saved) > sum(clock.spent);
    if (!clock.since && known) clock.spent = saved;
    return clock;
  }
  seconds(clock) { return clock.spent.map((ms, rank) => Math.floor((ms + (clock.since && rank === clock.turn ? Date.now() - clock.since : 0)) / 1000)); }
  write(clock) {
    clock.seen = Date.now();
    this.store("temps", clock);
    this.beat = Date.now();
    this.sentTime = this.post({ do: "time", value: this.seconds(clock) });
    this.showClock();
  }
  stop(clock) {
    if (clock.since) clock.spent[clock.turn] += Date.now() - clock.since;
    clock.since = 0;
    return clock;
  }
  toggle() {
    const clock = this.read();
    this.write(clock.since ? this.stop(clock) : { ...clock, since: Date.now() });
  }
  switchTurn() {
    const clock = this.read();
    const running = clock.since;
    this.stop(clock);
    this.write({ ...clock, turn: 1 - clock.turn, since: running ? Date.now() : 0 });
  }
  pause() { if (this.state && this.key && this.read().since) this.write(this.stop(this.read())); }
  setTime(rank, text) {
    const found = /^\s*(\d{1,2})\s*(?:[:hm.,' ]|min)?\s*(\d{1,2})?\s*s?\s*$/i.exec(text);
    if (!found || Number(found[2] || 0) > 59) { this.desk.tell("Écrivez le temps en minutes et secondes : 9:40."); return; }
    const clock = this.stop(this.read());
    const ms = 1000 * (60 * Number(found[1]) + Number(found[2] || 0));
    if (ms === clock.spent[rank] - (clock.spent[rank] % 1000)) return;
    clock.spent[rank] = ms;
    this.write(clock);
  }
  showClock() {
    clearTimeout(this.tick);
    if (!this.state || !this.isOpen) return;
    const clock = this.read();
    const seconds = this.seconds(clock);
    this.times.forEach(({ input, limit, box }, rank) => {
      const [spent, most] = [seconds[rank], this.state.limits_s[rank]];
      input.readOnly = Boolean(clock.since);
      if (clock.since || document.activeElement !== input) input.value = shownTime(spent);
      const over = most && spent > most;
      setText(limit, most ? fr(over ? `+ ${shownTime(spent - most)}` : `/ ${most / 60} min`) : "");
      box.classList.toggle("ck-over", Boolean(over));
      box.classList.toggle("ck-now", rank === clock.turn);
    });
    setText(this.run, clock.since ? "Pause" : seconds[clock.turn] ? "Reprendre" : "Démarrer");
    setText(this.turn, clock.turn ? "Revenir à l’exposé" : "Passer aux questions");
    if (!clock.since) return;
    this.warn(clock.turn, seconds[clock.turn]);
    this.store("temps", { ...clock, seen: Date.now() });
    if (Date.now() - this.beat > BEAT_MS && !this.desk.busy(true)) { this.write(clock); return; }
    this.tick = setTimeout(() => this.showClock(), 500);
  }
  /** Say once that a minute is left, then that none is. */
  warn(turn, seconds) {
    const left = this.state.limits_s[turn] - seconds;
    if (!this.state.limits_s[turn]) return;
    const words = left <= 0 ? `Temps écoulé : ${TURNS[turn]}.` : left <= 60 ? `Il reste une minute : ${TURNS[turn]}.` : "";
    if (!words || this.said.has(words)) return;
    if (left > -2) this.desk.tell(words);
    this.said.add(words);
  }

  // Questions -----------------------------------------------------------------------------------------------------

  renderQuestions() {
    const { questions } = this.state;
    const news = JSON.stringify(questions.map((one) => one.words));
    if (news !== this.questionsShown) {
      this.questionsShown = news;
      this.questions.replaceChildren(h("legend", {}, fr("Questions posées")), ...questions.map((one) => {
        const box = h("input", { type: "checkbox", onchange: () => { this.ticked = this.post({ do: "ask", value: one.words, asked: box.checked }); } });
        return h("label", { class: "ck-check" }, box, h("span", { text: one.shown }));
      }));
      this.ticked = 0;
    }
    if (this.desk.answered >= (this.ticked || 0)) {
      this.questions.querySelectorAll("input").forEach((box, rank) => { box.checked = questions[rank].asked; });
    }
    if (this.asking && this.desk.answered >= this.asking.seq) {
      if (!this.desk.state.alert && this.other.value === this.asking.value) this.other.value = "";
      this.asking = null;
    }
  }
  along(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step) return;
    const boxes = [...this.questions.querySelectorAll("input")];
    boxes[Math.max(0, Math.min(boxes.indexOf(event.target) + step, boxes.length - 1))]?.focus();
    event.preventDefault();
  }
  otherKey(event) {
    if (event.key !== "Enter" || event.isComposing) return;
    event.preventDefault();
    const value = this.other.value.trim();
    if (value) this.asking = { value: this.other.value, seq: this.post({ do: "ask", value, asked: true }) };
  }

  // What is heard -------------------------------------------------------------------------------------------------

  /** Each expected element with what was heard of it, then anything else; what is not kept yet is there too. */
  renderHeard() {
    const { state, desk } = this;
    const known = new Set(state.heard.map((one) => one.id));
    const refused = this.waiting.filter((one) => !known.has(one.id) && desk.answered >= one.seq);
    if (refused.length && !this.line.value) this.line.value = refused[0].value;
    const left = this.waiting.filter((one) => !known.has(one.id) && desk.answered < one.seq);
    if (left.length !== this.waiting.length) { this.waiting = left; this.store("notes", left); }
    const notes = [...state.heard, ...left.map((one) => ({ id: one.id, expected: one.expected, words: one.value, late: true }))];
    const news = JSON.stringify([notes, this.chosen, state.expected]);
    if (news !== this.heardShown) {
      this.heardShown = news;
      const inside = this.heard.contains(document.activeElement);
      const shown = [...state.expected, { words: "", shown: "Autre chose" }];
      const placed = (one) => { const rank = shown.findIndex((each) => each.words === one.expected); return rank < 0 ? shown.length - 1 : rank; };
      this.heard.replaceChildren(...shown.flatMap((each, rank) => {
        const mine = notes.filter((one) => placed(one) === rank);
        return [button(`${rank === shown.length - 1 ? 0 : rank + 1} ${each.shown}`, () => this.choose(rank, true), { "aria-pressed": String(rank === this.chosen), class: "ck-element" }),
          ...(mine.length ? [h("ul", {}, ...mine.map((one) => this.noteLine(one)))] : [])];
      }));
      if (inside) this.line.focus();
    }
    setText(this.lineLabel, fr(this.chosen < state.expected.length ? `Entendu : élément ${this.chosen + 1}` : "Entendu : autre chose"));
  }
  noteLine(one) {
    const again = button("Reprendre", () => { this.line.value = one.words; this.choose(this.chosen, true); this.post({ do: "unhear", id: one.id }); },
      { "aria-label": `Reprendre la note « ${one.words} »`, class: "ck-small", disabled: Boolean(one.late) });
    return h("li", {}, h("span", { class: "ck-said", text: one.words }), " ", one.late ? h("small", { text: "en attente" }) : again);
  }
  choose(rank, focus) {
    this.chosen = Math.max(0, Math.min(rank, this.state.expected.length));
    this.renderHeard();
    this.heard.querySelector("[aria-pressed=true]")?.scrollIntoView({ block: "nearest" });
    if (focus) this.line.focus();
  }
  /** A digit, then a space, at the head of a note say what it is about; 0 is for anything else. */
  typed() {
    const found = /^(\d) /.exec(this.line.value);
    if (!found || Number(found[1]) > this.state.expected.length) return;
    this.line.value = this.line.value.slice(2);
    this.choose(found[1] === "0" ? this.state.expected.length : Number(found[1]) - 1);
  }
  lineKey(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) this.choose(this.chosen + step);
    else if (event.key !== "Enter" || event.isComposing) return;
    else this.keep();
    event.preventDefault();
  }
  keep() {
    const value = this.line.value.trim();
    if (!value) return;
    const id = `${Date.now().toString(36)}-${Math.random().toString(36).slice(2, 8)}`;
    const one = { id, value, expected: this.state.expected[this.chosen]?.words || "" };
    one.seq = this.post({ do: "hear", ...one });
    this.waiting.push(one);
    this.store("notes", this.waiting);
    this.line.value = "";
    this.renderHeard();
  }

  // Keys ----------------------------------------------------------------------------------------------------------

  /** Do what a key asks of an oral; say whether it asks anything. */
  press(key) {
    if (!this.state || this.desk.state.screen !== "relecture") return false;
    if (key === "o") { this.put(!this.away); return true; }
    if (!this.isOpen) return false;
    const does = { t: () => this.toggle(), s: () => this.switchTurn(), q: () => this.questions.querySelector("input")?.focus(),
      a: () => this.other.focus(), e: () => this.line.focus() }[key];
    does?.();
    return Boolean(does);
  }
}
