// A rehearsal of the oral: slides against a clock, then questions, then one's own level. The clock runs here, whatever
// Python does; nothing is spoken each second: only beginnings, slides, the last minute, the end.

const TICK_MS = 250;
const PATIENCE_MS = 8000;
const MINUTE_S = 60;

/** Put values in the places of a text: « Diapositive {n} ». */
const fill = (text, values) => text.replace(/\{(\w+)\}/g, (place, name) => values[name] ?? place);

/** A length of time as one says it; Python says it so too. */
function timeWords(seconds) {
  const whole = Math.round(seconds), minutes = Math.floor(whole / MINUTE_S), left = whole % MINUTE_S;
  if (!minutes) return `${left}\u00a0s`;
  return left ? `${minutes}\u00a0min ${String(left).padStart(2, "0")}\u00a0s` : `${minutes}\u00a0min`;
}

/** How late or early one is, with a sign that says the same as the words. */
function gapWords(seconds, words) {
  const late = Math.round(seconds);
  if (!late) return ["●", words.onTime];
  return late > 0 ? ["▼", fill(words.late, { time: timeWords(late) })] : ["▲", fill(words.early, { time: timeWords(-late) })];
}

/** Several times that one clock measures, one after the other: those of slides, then those of answers. */
class Lap {
  constructor() { Object.assign(this, { laps: [], since: null }); }
  get running() { return this.since !== null; }
  get current() { return this.laps.length - 1; }
  of(rank) { return (this.laps[rank] + (rank === this.current && this.running ? performance.now() - this.since : 0)) / 1000; }
  get total() { return this.laps.reduce((sum, _, rank) => sum + this.of(rank), 0); }
  get seconds() { return this.laps.map((_, rank) => Math.round(this.of(rank))); }
  start() { if (!this.running) this.since = performance.now(); }
  stop() {
    if (this.running) this.laps[this.current] += performance.now() - this.since;
    this.since = null;
  }
  next() { this.stop(); this.laps.push(0); this.start(); }
}

/** What happens in a rehearsal, wherever it is shown. */
class Course {
  constructor(words, ask, changed) {
    Object.assign(this, { words, ask, changed, phase: "ready" });
    this.begin({ slides: [], questions: [] });
  }
  /** Take what Python tells: at the beginning, and once something is kept. */
  begin(shown) {
    Object.assign(this, { shown, phase: "ready", talk: new Lap(), answers: new Lap(), told: new Set(), sure: false });
  }
  get clock() { return this.phase === "talk" ? this.talk : this.answers; }
  get busy() { return !["ready", "kept"].includes(this.phase); }
  get slide() { return this.shown.slides[this.talk.current]; }
  /** Seconds late: after the end planned of this slide, or before the end planned of the one before. */
  get late() {
    const end = this.slide.end, start = end - this.slide.seconds, now = this.talk.total;
    return now > end ? now - end : Math.min(now - start, 0);
  }

  /** Do what the first button says. */
  onward() {
    const { slides, questions } = this.shown, { words } = this;
    if (this.phase === "ready") {
      this.phase = "talk";
      this.talk.next();
      this.say(this.place());
    } else if (this.phase === "talk" && this.talk.current + 1 < slides.length) {
      this.talk.next();
      this.say(`${this.place()}, ${gapWords(this.late, words)[1]}.`);
    } else if (this.phase === "talk") this.endTalk();
    else if (this.phase === "between" || (this.phase === "questions" && this.answers.current + 1 < questions.length)) {
      this.phase = "questions";
      this.answers.next();
      this.say(`${this.place()}. ${questions[this.answers.current].text}`);
    } else if (this.phase === "questions") this.endQuestions();
    else if (this.phase === "kept") this.again();
    this.changed(true);
  }
  endTalk() {
    this.talk.stop();
    this.phase = this.shown.questions.length ? "between" : "marks";
    this.say(fill(this.words.talkDone, { time: timeWords(this.talk.total), of: timeWords(this.shown.most) }));
  }
  endQuestions() {
    this.answers.stop();
    this.phase = "marks";
    this.say(fill(this.words.answersDone, { time: timeWords(this.answers.total) }));
  }
  /** Do what the last button says: end this part sooner. */
  end() {
    if (this.phase === "talk") this.endTalk();
    else if (["between", "questions"].includes(this.phase)) this.endQuestions();
    else if (this.phase === "marks" && this.sure) this.again();
    else if (this.phase === "marks") this.sure = true;
    this.changed(true);
  }
  again() { this.begin(this.next ?? this.shown); this.next = undefined; this.say(""); }
  pause() {
    if (this.clock.running) this.clock.stop();
    else this.clock.start();
    this.say(this.clock.running ? this.words.resumed : this.words.paused);
    this.changed(false);
  }
  keep(more) {
    this.call = `dossier.repetition(${more.level ?? "None"}, [${this.talk.seconds.join(", ")}])`;
    this.ask({ do: "keep", slides: this.talk.seconds, answers: Math.round(this.answers.total), asked: this.answers.laps.length, ...more });
  }
  place() {
    const { words, shown } = this;
    return this.phase === "talk"
      ? fill(words.slide, { n: this.talk.current + 1, of: shown.slides.length })
      : fill(words.question, { n: this.answers.current + 1, of: shown.questions.length });
  }
  /** Say the few moments that count, once each. */
  tick() {
    const { words, shown } = this;
    if (this.phase === "talk") {
      if (this.talk.total >= shown.most) this.once("over", words.over);
      else if (this.talk.total >= shown.most - MINUTE_S) this.once("minute", words.minute);
    } else if (this.phase === "questions" && this.answers.total >= shown.mostAnswers) this.once("questionsOver", words.questionsOver);
  }
  once(name, text) {
    if (this.told.has(name)) return;
    this.told.add(name);
    this.say(text);
  }
  say(text) { this.said = text; }
}

/** One place that shows the rehearsal. */
class Desk {
  constructor(page) {
    this.page = page;
    const { words, course } = page;
    this.place = h("p", { class: "ck-place" });
    this.body = h("div");
    this.timer = h("div", { class: "ck-timer", role: "timer", "aria-label": words.title });
    const button = (act, name = "button") => h("button", { type: "button", class: name, onclick: act });
    this.first = button(() => course.onward(), "ck-first");
    this.hold = button(() => course.pause());
    this.last = button(() => course.end());
    this.buttons = h("div", { class: "ck-buttons" }, this.first, this.hold, this.last);
    this.aloud = h("div", { role: "status", class: "ck-aloud" });
    this.trouble = h("p", { role: "alert", class: "ck-trouble", hidden: true });
    this.levels = new Levels({ words }, "", (_, more) => course.keep(more), (text) => this.alert(text));
    this.without = h("button", { type: "button", onclick: () => course.keep({ level: null }) }, words.keep);
    this.samples = h("div", { class: "ck-samples", role: "group", "aria-label": words.samples });
    this.marks = h("div", { hidden: true }, h("div", { class: "ck-beside" }, this.levels.root, this.samples), h("div", { class: "ck-buttons" }, this.without));
    this.root = h("section", { class: "ck-repetition", "aria-label": words.title }, this.place, this.body, this.timer, this.marks, this.trouble, this.buttons, this.aloud);
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

  /** Draw a phase or a slide; ``moved`` says that a button brought it here, so that the keyboard follows. */
  draw(moved = false) {
    const { course, words } = this.page, { phase, shown } = course;
    const had = this.root.contains(document.activeElement);
    this.trouble.hidden = true;
    this.place.textContent = ["talk", "questions"].includes(phase) ? course.place() : phase === "ready" ? words.title : "";
    this.body.replaceChildren(...this.content(phase));
    this.marks.hidden = phase !== "marks";
    this.levels.refresh(phase === "marks" ? shown.form ?? undefined : undefined);  // a new rehearsal has a blank form
    if (phase === "marks") this.samples.innerHTML = shown.samples;
    const more = course.talk.current + 1 < shown.slides.length, moreAsked = course.answers.current + 1 < shown.questions.length;
    this.first.textContent = {
      ready: words.begin, talk: more ? words.next : words.endTalk, between: words.ask,
      questions: moreAsked ? words.nextQuestion : words.endQuestions, marks: "", kept: words.again,
    }[phase];
    this.first.hidden = phase === "marks";
    this.hold.hidden = !["talk", "questions"].includes(phase);
    this.hold.textContent = course.clock.running ? words.pause : words.resume;
    this.last.textContent = { talk: words.endTalk, questions: words.endQuestions, between: words.skip, marks: course.sure ? words.reallyDrop : words.drop }[phase] ?? "";
    this.last.hidden = !this.last.textContent || this.last.textContent === this.first.textContent;
    this.time();
    this.speak();
    if (moved && had && !course.sure) this.follow(phase);
  }
  follow(phase) {
    if (["marks", "kept"].includes(phase)) {
      this.body.firstElementChild.tabIndex = -1;
      this.body.firstElementChild.focus({ preventScroll: true });
    } else if (!this.root.contains(document.activeElement) || document.activeElement.hidden) this.first.focus({ preventScroll: true });
    this.root.scrollIntoView({ block: "nearest" });
  }

  content(phase) {
    if (phase === "ready") return this.preparation();
    if (phase === "talk") return this.slide();
    if (phase === "questions") return this.question();
    return [phase === "kept" ? rich("div", this.page.course.next?.result ?? "") : this.summary()];
  }
  preparation() {
    const { course: { shown }, words } = this.page;
    const how = shown.how.map((text) => rich("p", text));
    const lines = shown.slides.map((one) => h("li", {}, `${one.message || words.noMessage} `, h("span", { class: "ck-how" }, `(${timeWords(one.seconds)})`)));
    return [...how, ...(shown.noBank ? [rich("p", shown.noBank)] : []), h("details", {}, h("summary", {}, words.slides), h("ol", {}, ...lines))];
  }
  slide() {
    const { course, words } = this.page, { slide, shown } = course;
    const following = shown.slides[course.talk.current + 1];
    return [
      h("p", { class: "ck-message" }, slide.message || words.noMessage),
      ...(slide.proof ? [h("p", {}, fill(words.proof, { text: slide.proof }))] : []),
      h("p", { class: "ck-how" }, fill(words.planned, { time: timeWords(slide.seconds), end: timeWords(slide.end) })),
      ...(following ? [h("p", { class: "ck-how" }, fill(words.following, { text: following.message || words.noMessage }))] : []),
    ];
  }
  question() {
    const { course } = this.page, asked = course.shown.questions[course.answers.current];
    return [h("p", { class: "ck-message" }, asked.text), h("p", { class: "ck-how" }, asked.origin)];
  }

  /** The time of the talk, slide by slide. */
  summary() {
    const { course, words } = this.page, { shown } = course;
    const rows = course.talk.seconds.map((taken, rank) => {
      const planned = shown.slides[rank].seconds;
      return h("tr", {}, ...[String(rank + 1), timeWords(planned), timeWords(taken), gapWords(taken - planned, words).join(" ")].map((text) => h("td", {}, text)));
    });
    const head = [words.rowSlide, words.rowPlanned, words.rowTaken, words.rowGap].map((text) => h("th", { scope: "col" }, text));
    const done = fill(words.talkDone, { time: timeWords(course.talk.total), of: timeWords(shown.most) });
    return h("div", {}, h("p", { class: "ck-message" }, done),
      h("table", {}, h("caption", {}, words.rows), h("thead", {}, h("tr", {}, ...head)), h("tbody", {}, ...rows)));
  }

  /** Show the time: words and a sign, never a colour alone. */
  time() {
    const { course, words } = this.page, { shown } = course;
    const parts = [];
    if (course.phase === "talk") {
      const [sign, gap] = gapWords(course.late, words);
      parts.push(["ck-gap", `${sign} ${gap}`], ["", fill(words.talk, { time: timeWords(course.talk.total), of: timeWords(shown.most) })],
        ["", fill(words.thisSlide, { time: timeWords(course.talk.of(course.talk.current)) })]);
    } else if (course.phase === "questions") {
      parts.push(["", fill(words.answers, { time: timeWords(course.answers.total), of: timeWords(shown.mostAnswers) })],
        ["", fill(words.thisAnswer, { time: timeWords(course.answers.of(course.answers.current)) })]);
    }
    if (course.told.has(course.phase === "talk" ? "over" : "questionsOver")) parts.push(["ck-gap", course.phase === "talk" ? words.over : words.questionsOver]);
    if (parts.length && !course.clock.running) parts.push(["ck-gap", words.paused]);
    const drawn = JSON.stringify(parts);
    if (drawn === this.drawn) return;
    this.drawn = drawn;
    this.timer.hidden = !parts.length;
    this.timer.replaceChildren(...parts.map(([name, text]) => h("span", name ? { class: name } : {}, text)));
  }
  speak() {
    const { said } = this.page.course;
    if (this.heard === said) return;
    this.heard = said;
    this.aloud.textContent = said ?? "";
  }
  alert(text) {
    this.trouble.hidden = false;
    this.trouble.textContent = text;
  }
}

/** Make an element whose content is HTML that Python wrote and escaped. */
function rich(tag, content) {
  const node = h(tag);
  node.innerHTML = content;
  return node;
}

/** All the places that show one rehearsal. */
class Page extends Places {
  constructor(model) {
    super(model, "repetition", (page) => new Desk(page));
    this.course = new Course(this.words, (message) => this.ask(message), (moved) => this.places.forEach((desk) => desk.draw(moved)));
    this.course.begin(this.shown);
    model.on("change:shown", () => this.told());
    this.open();
  }
  open() {
    super.open();
    this.ticking ??= setInterval(() => this.tick(), TICK_MS);
  }
  tick() {
    if (this.gone && !this.course.busy) return this.close();
    this.course.tick();
    this.places.forEach((desk) => { desk.time(); desk.speak(); });
  }
  /** Take what Python tells: what was kept is shown, and what went wrong leaves the times where they are. */
  told() {
    clearTimeout(this.patience);
    const { course, shown } = this;
    if (shown.trouble) return this.places.forEach((desk) => desk.alert(shown.trouble));
    if (shown.kept > (course.shown.kept ?? 0)) {
      Object.assign(course, { next: shown, phase: "kept" });
      course.say(shown.said);
    } else if (!course.busy) course.begin(shown);
    this.find();
    this.places.forEach((desk) => desk.draw(true));
  }
  ask(message) {
    const unheard = () => this.places.forEach((desk) => desk.alert(fill(this.words.unheard, { call: this.course.call })));
    clearTimeout(this.patience);
    if (this.gone) return unheard();
    this.patience = setTimeout(unheard, PATIENCE_MS);
    this.model.send(message);
  }

  /** A kernel that stops leaves a rehearsal where it is: its clock goes on. */
  async live() {
    const model = await this.model.widget_manager.get_model(this.model.get("key"));
    this.gone = !model.comm_live;
    if (model.comm_live) this.open();
    else this.close();
  }
  close() {
    this.gone = true;
    if (this.course.busy) return;
    clearInterval(this.ticking);
    this.ticking = undefined;
    super.close();
  }
  keepKeys(event) {
    if (event.target.closest?.(".ck-repetition")) keepKey(event);
  }
}

export default {
  initialize({ model }) {
    const page = new Page(model);
    return () => page.close();
  },
};
