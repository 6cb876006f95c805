// The grid of a deliverable: a table whose cells are reached with the arrows and written in place (the ARIA grid pattern).
// What people do is shown at once and said to Python, which keeps the file and answers with what it holds.

const PATIENCE_MS = 8000;
const REST_MS = 800;
const SCREEN_ROWS = 10;
const LONG = 30;
const LONGEST = 10000;
const XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
/** A name of its own in the whole page: each editor has its own copy of this file. */
const fresh = () => `j${Math.random().toString(36).slice(2)}`;
const blank = (line) => line.cells.every(([text]) => !text);

/** The table in one place of the page. */
class Table {
  constructor(page) {
    Object.assign(this, { page, id: `ck-editeur-${fresh()}`, lines: [], rows: new Map(), here: { index: 0, column: 0 } });
    const { words } = page;
    const button = (name, act) => h("button", { type: "button", onclick: act }, words[name]);
    const current = (act) => () => { const line = this.lines[this.here.index]; if (line) act(line.key); };
    this.calendar = button("calendar", () => page.ask({ do: "calendar" }));
    this.board = button("board", () => page.ask({ do: "board" }));
    this.undo = button("undo", () => page.ask({ do: "undo" }));
    this.tools = h("div", { class: "ck-buttons", role: "group", "aria-label": words.tools },
      button("add", current((key) => this.add(key, false))), button("copy", current((key) => this.add(key, true))),
      button("delete", current((key) => page.remove(key))), button("up", current((key) => page.move(key, -1))),
      button("down", current((key) => page.move(key, 1))), this.undo, button("workbook", () => page.ask({ do: "workbook" })),
      button("share", () => page.ask({ do: "share" })), this.calendar, this.board);
    this.title = h("p", { class: "ck-title", id: `${this.id}-title` });
    this.help = h("p", { class: "ck-help", id: `${this.id}-help` });
    this.head = h("thead");
    this.body = h("tbody");
    this.table = h("table", { role: "grid", "aria-labelledby": this.title.id, onkeydown: (event) => this.press(event), onclick: (event) => this.click(event),
      onfocusin: (event) => this.arrive(event), oncopy: (event) => this.copy(event), oncut: (event) => this.copy(event), onpaste: (event) => this.paste(event) }, this.head, this.body);
    this.scroll = h("div", { class: "ck-scroll" }, this.table);
    this.totals = h("div", { class: "ck-totals", role: "status" });
    this.status = h("p", { role: "status", class: "ck-said" });
    this.alert = h("div", { role: "alert", class: "ck-alert" });
    const keys = h("details", {}, h("summary", {}, words.keys), h("p", {}, words.help));
    this.image = h("p");
    this.figure = h("details", { class: "ck-figure", ontoggle: () => this.picture() }, h("summary", {}, words.figure), this.image, button("export", () => page.ask({ do: "export" })));
    this.work = h("div", {}, this.tools, this.help, this.scroll, this.totals);
    this.root = h("section", { class: "ck-grid", "aria-labelledby": this.title.id, onfocusin: (event) => { if (!this.root.contains(event.relatedTarget)) page.ask({ do: "look" }); } },
      this.title, this.work, this.alert, this.status, keys, this.figure);
  }

  attach(host) {
    if (this.root.parentNode === host) return;
    host.classList.add("ck-live");
    host.append(this.root);
    this.draw();
  }
  /** Leave the place as it was; what could not be saved stays in sight. */
  detach() {
    this.keep();
    const host = this.root.parentNode;
    host?.classList.remove("ck-live");
    this.root.remove();
    const lost = this.page.unsaved();
    if (lost.length) host?.append(h("div", { role: "alert", class: "ck-alert" }, h("p", {}, this.page.words.lost), h("ul", {}, ...lost.map((text) => h("li", {}, text)))));
  }

  // --- what is seen

  draw() {
    const { shown } = this.page;
    this.title.textContent = shown.title;
    this.work.hidden = !shown.open;
    this.figure.hidden = !shown.open || !shown.figure;
    this.calendar.hidden = this.board.hidden = !shown.agenda;
    this.undo.setAttribute("aria-disabled", String(!shown.undo));
    this.count();
    this.say(shown);
    if (!shown.open) return;
    const titles = JSON.stringify(shown.columns);
    if (this.titles !== titles) this.entitle(titles);
    this.place();
    const totals = shown.totals.join("\n");
    if (this.added !== totals) this.totals.replaceChildren(...shown.totals.map((text) => h("p", {}, text)));
    this.added = totals;
    if (this.figure.open && this.pictured !== this.content) {
      clearTimeout(this.resting);
      this.resting = setTimeout(() => this.picture(), REST_MS);
    }
  }
  /** Let the page tell how much of what was done here Python has not answered yet. */
  count() { this.root.dataset.waiting = this.page.waiting.length; }
  say({ step, said, alert, asking, open }) {
    if (this.heard === step && this.silent === this.page.silent) return;
    Object.assign(this, { heard: step, silent: this.page.silent });
    const { words } = this.page;
    if (said) this.status.textContent = said;
    const act = (name, message) => h("button", { type: "button", onclick: () => this.page.ask(message) }, words[name]);
    const buttons = asking ? [act("mine", { do: "mine" }), act("theirs", { do: "theirs" })] : open ? [] : [act("again", { do: "open" })];
    const text = this.page.silent ? words.unheard : alert;
    const told = JSON.stringify([text, asking, open]);
    if (told !== this.told) {
      const had = this.alert.contains(document.activeElement);
      this.alert.replaceChildren(...(text ? [h("p", {}, text)] : []), ...(buttons.length ? [h("div", { class: "ck-buttons" }, ...buttons)] : []));
      if (had) (this.alert.querySelector("button") ?? this.cell() ?? this.undo).focus();
    }
    this.told = told;
    if (text) this.status.textContent = "";
  }

  /** Write the titles of the columns, and forget the cells that were under them. */
  entitle(titles) {
    this.titles = titles;
    const { columns } = this.page.shown;
    const { words } = this.page;
    const title = (one) => h("th", { scope: "col", class: `ck-${one.type}` }, one.label, ...(one.optional ? [" ", h("small", {}, `(${words.optional})`)] : []));
    this.head.replaceChildren(h("tr", {}, h("th", { scope: "col", class: "ck-rank" }, h("span", { class: "ck-aloud" }, words.row)), ...columns.map(title)));
    this.body.replaceChildren();
    this.rows.clear();
    this.here.column = Math.min(this.here.column, columns.length - 1);
    this.explain();
  }

  /** Put the lines in the table, in their order; the keyboard stays where it is. */
  place() {
    const had = this.body.contains(document.activeElement);
    const followed = this.lines[this.here.index]?.key;
    this.lines = this.page.lines;
    this.content = JSON.stringify(this.lines);
    const kept = new Set(this.lines.map((line) => line.key));
    if (this.writing && !kept.has(this.writing.key)) this.keep();
    this.placing = true;
    for (const [key, row] of this.rows) if (!kept.has(key)) { row.remove(); this.rows.delete(key); }
    this.lines.forEach((line, index) => {
      if (!this.rows.has(line.key)) this.rows.set(line.key, this.row());
      const row = this.rows.get(line.key);
      if (this.body.children[index] !== row) this.body.insertBefore(row, this.body.children[index] ?? null);
      this.fill(row, line, index);
    });
    const moved = this.lines.findIndex((line) => line.key === followed);
    this.here.index = moved >= 0 ? moved : Math.max(0, Math.min(this.here.index, this.lines.length - 1));
    this.mark();
    if (had && !this.body.contains(document.activeElement)) (this.writing?.input ?? this.cell()).focus();
    this.placing = false;
  }
  row() {
    return h("tr", {}, h("th", { scope: "row", class: "ck-rank" }), ...this.page.shown.columns.map((one) => h("td", { class: `ck-${one.type}`, tabindex: "-1" })));
  }
  fill(row, line, index) {
    row.firstChild.textContent = index + 1;
    line.cells.forEach(([text, doubt], column) => {
      const cell = row.children[column + 1];
      const drawn = `${doubt}\n${text}`;
      if (cell.drawn === drawn || cell === this.writing?.cell) return;
      cell.drawn = drawn;
      cell.replaceChildren(h("span", { class: "ck-text" }, text), ...(doubt ? [h("span", { class: "ck-doubt" }, doubt)] : []));
      cell.classList.toggle("ck-long", text.length > LONG);
      if (doubt) cell.setAttribute("aria-invalid", "true");
      else cell.removeAttribute("aria-invalid");
    });
  }

  cell() { return this.body.children[this.here.index]?.children[this.here.column + 1]; }
  /** Let the keyboard come in at the cell where it was. */
  mark() {
    if (this.marked !== this.cell()) {
      if (this.marked) this.marked.tabIndex = -1;
      this.marked = this.cell();
    }
    if (this.marked) this.marked.tabIndex = 0;
  }
  explain() {
    const one = this.page.shown.columns[this.here.column];
    this.help.replaceChildren(h("strong", {}, one.label), ` : ${one.help}`);
  }

  // --- where the keyboard is

  go(index, column, focus = true) {
    this.here = { index: Math.max(0, Math.min(index, this.lines.length - 1)), column: Math.max(0, Math.min(column, this.page.shown.columns.length - 1)) };
    this.mark();
    this.explain();
    if (!focus) return;
    this.cell().focus();
    this.cell().scrollIntoView({ block: "nearest", inline: "nearest" });  // focus alone leaves it beneath the headings that stay
  }
  step(rows, columns) {
    const width = this.page.shown.columns.length;
    let { index, column } = this.here;
    column += columns;
    if (column >= width && index + 1 < this.lines.length) { column = 0; index += 1; }
    if (column < 0 && index > 0) { column = width - 1; index -= 1; }
    this.go(index + rows, column);
  }
  arrive(event) {
    const cell = event.target.closest("td");
    if (cell && cell !== this.cell()) this.go([...this.body.children].indexOf(cell.parentNode), [...cell.parentNode.children].indexOf(cell) - 1, false);
  }
  click(event) {
    const cell = event.target.closest("td");
    if (!cell || this.writing?.cell === cell) return;
    const again = cell === this.clicked;
    this.arrive(event);
    cell.focus();
    this.clicked = cell;
    if (again || cell.classList.contains("ck-choix")) this.write(undefined, true);
  }

  press(event) {
    const command = (event.ctrlKey || event.metaKey) && !event.getModifierState("AltGraph");
    this.clicked = null;
    const act = this.writing ? this.typing(event, command) : this.moving(event, command);
    if (!act) return;
    event.preventDefault();
    event.stopPropagation();
    act();
  }
  moving(event, command) {
    const { key } = event;
    const { index, column } = this.here;
    const last = this.lines.length - 1;
    const line = this.lines[index];
    if (event.altKey && !command) return { ArrowUp: () => this.page.move(line.key, -1), ArrowDown: () => this.page.move(line.key, 1) }[key];
    if (command) return { z: () => this.page.ask({ do: "undo" }), Home: () => this.go(0, 0), End: () => this.go(last, Infinity) }[key];
    const acts = {
      ArrowUp: () => this.go(index - 1, column), ArrowDown: () => this.go(index + 1, column), ArrowLeft: () => this.go(index, column - 1), ArrowRight: () => this.go(index, column + 1),
      Home: () => this.go(index, 0), End: () => this.go(index, Infinity), PageUp: () => this.go(index - SCREEN_ROWS, column), PageDown: () => this.go(index + SCREEN_ROWS, column),
      Enter: () => this.write(), F2: () => this.write(), " ": () => this.write(),
      Delete: () => this.page.write(line.key, column, ""), Backspace: () => this.page.write(line.key, column, ""),
      Escape: () => this.root.closest(".jp-Cell")?.focus(),
    };
    if (acts[key]) return acts[key];
    if (key.length > 1 && key !== "Dead" && key !== "Process") return null;
    if (this.page.shown.columns[column].type === "choix") return () => this.write(key);
    this.write(key);  // the key itself goes on to the text
    return null;
  }
  typing(event, command) {
    const { input, quick } = this.writing;
    const leave = (rows, columns) => () => { this.keep(); this.step(rows, columns); };
    if (event.isComposing) return null;
    if (event.key === "Enter" && event.altKey && input.tagName === "TEXTAREA") return () => input.setRangeText("\n", input.selectionStart, input.selectionEnd, "end");
    if (event.key === "Enter") return leave(event.shiftKey ? -1 : 1, 0);
    if (event.key === "Tab" && !command) return leave(0, event.shiftKey ? -1 : 1);
    if (event.key === "Escape") return () => { this.stop(); this.cell().focus(); };
    if (quick && (event.key === "ArrowUp" || event.key === "ArrowDown")) return leave(event.key === "ArrowUp" ? -1 : 1, 0);
    return null;
  }

  // --- what is written

  /** Let the current cell be written: from what it holds, or from the key just pressed. */
  write(key, unfold = false) {
    const line = this.lines[this.here.index];
    const column = this.page.shown.columns[this.here.column];
    const [old] = line.cells[this.here.column];
    if (this.writing) return;
    const { words } = this.page;
    const label = { "aria-label": `${column.label}, ${words.row.toLowerCase()} ${this.here.index + 1}`, "aria-describedby": this.help.id, onblur: () => { if (!this.placing) this.keep(); } };
    const cell = this.cell();
    const input = column.type === "choix" ? this.choices(column, old, label) : h(column.type === "texte" ? "textarea" : "input", { ...label, maxlength: LONGEST, autocomplete: "off" });
    const quick = key !== undefined && column.type !== "choix";
    this.writing = { cell, input, quick, old, key: line.key, column: this.here.column, edition: this.page.shown.edition };
    cell.replaceChildren(input);
    if (column.type === "choix") input.value = key === undefined ? old : this.begins(column, key) ?? old;
    else if (!quick) input.value = old;
    input.focus();
    if (column.type !== "choix" && !quick) input.setSelectionRange(old.length, old.length);
    if (column.type === "choix" && unfold) input.showPicker?.();
  }
  choices(column, old, label) {
    const { words } = this.page;
    const option = (value, text) => h("option", { value }, text);
    const outside = old && !column.choices.includes(old) ? [option(old, words.outside.replace("{}", old))] : [];
    return h("select", label, option("", words.pick), ...column.choices.map((one) => option(one, one)), ...outside);
  }
  begins(column, key) {
    const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
    return column.choices.find((one) => plain(one).startsWith(plain(key)));
  }
  /** End the writing; return what was written. */
  stop() {
    const { writing } = this;
    this.writing = null;
    if (!writing) return null;
    writing.cell.drawn = null;
    const line = this.lines.find((one) => one.key === writing.key);
    const row = this.rows.get(writing.key);
    if (writing.cell.contains(document.activeElement)) writing.cell.focus();  // before its input goes: the keyboard stays in the table
    if (line && row) this.fill(row, line, this.lines.indexOf(line));
    return { ...writing, text: writing.input.value };
  }
  /** End the writing and keep what was written. */
  keep() {
    const done = this.stop();
    if (done && done.text.trim() !== done.old.trim()) this.page.write(done.key, done.column, done.text, done.edition);
  }
  add(key, copied) {
    const added = this.page.insert(key, copied);
    this.go(this.lines.findIndex((line) => line.key === added), 0);
  }
  copy(event) {
    if (this.writing) return;
    const { index, column } = this.here;
    event.clipboardData.setData("text/plain", this.lines[index].cells[column][0]);
    event.preventDefault();
    if (event.type === "cut") this.page.write(this.lines[index].key, column, "");
  }
  paste(event) {
    const text = event.clipboardData.getData("text/plain");
    if (!text || (this.writing && !text.includes("\t"))) return;
    event.preventDefault();
    this.keep();
    this.page.ask({ do: "paste", row: this.lines[this.here.index].key, column: this.page.shown.columns[this.here.column].name, text });
  }
  picture() {
    if (!this.figure.open || this.pictured === this.content) return;
    this.pictured = this.content;
    if (!this.image.querySelector("img")) this.image.textContent = this.page.words.drawing;
    this.page.ask({ do: "figure" });
  }
  show(address, text) { this.image.replaceChildren(address ? h("img", { src: address, alt: text }) : this.page.words.no_figure); }
}

/** One deliverable: what Python says that its file holds, and what is done here before Python has answered. */
class Page extends Places {
  constructor(model) {
    super(model, "editeur", (page) => new Table(page));
    Object.assign(this, { id: fresh(), number: 0, waiting: [], rows: [], spare: fresh() });
    model.on("change:shown", () => this.hear());
    model.on("msg:custom", (message, buffers) => this.receive(message, buffers));
    this.hear();
    this.open();
  }
  close() {
    clearTimeout(this.patience);
    super.close();
  }

  /** The rows, and after them one that is blank, to write in. */
  get lines() {
    if (this.rows.length && blank(this.rows.at(-1))) return this.rows;
    if (this.rows.some((line) => line.key === this.spare)) this.spare = fresh();
    return [...this.rows, this.empty(this.spare)];
  }
  empty(key) { return { key, cells: this.shown.columns.map(() => ["", ""]) }; }

  // --- what is done here at once, then said to Python

  write(key, column, text, edition = this.shown.edition) {
    const cells = [...(this.rows.find((line) => line.key === key) ?? this.empty(key)).cells];
    if (cells[column][0] === text) return;
    cells[column] = [text, ""];
    const known = this.rows.some((line) => line.key === key);
    this.change(known ? this.rows.map((line) => (line.key === key ? { key, cells } : line)) : [...this.rows, { key, cells }]);
    this.ask({ do: "write", row: key, column: this.shown.columns[column].name, text, edition });
  }
  insert(after, copied) {
    const place = this.rows.findIndex((line) => line.key === after);
    if (place < 0) return after;
    const key = fresh();
    const line = copied ? { key, cells: this.rows[place].cells } : this.empty(key);
    this.change(this.rows.toSpliced(place + 1, 0, line));
    this.ask({ do: "insert", row: key, after, copied });
    return key;
  }
  remove(key) {
    if (!this.rows.some((line) => line.key === key)) return;
    this.change(this.rows.filter((line) => line.key !== key));
    this.ask({ do: "delete", row: key });
  }
  move(key, step) {
    const place = this.rows.findIndex((line) => line.key === key);
    if (place < 0 || !this.rows[place + step]) return;
    const rows = this.rows.toSpliced(place, 1);
    this.change(rows.toSpliced(place + step, 0, this.rows[place]));
    this.ask({ do: "move", row: key, step });
  }
  change(rows) {
    this.rows = rows;
    this.places.forEach((table) => table.draw());
  }

  // --- what is said to Python, and what it answers

  ask(message) {
    this.number += 1;
    const sent = { ...message, page: this.id, number: this.number };
    this.waiting.push(sent);
    this.places.forEach((table) => table.count());
    clearTimeout(this.patience);
    this.patience = setTimeout(() => { this.silent = true; this.places.forEach((table) => table.draw()); }, PATIENCE_MS);
    try { this.model.send(sent); } catch { /* Python has stopped: the message waits, and is said to */ }
  }
  hear() {
    const { heard, open, rows } = this.shown;
    this.waiting = this.waiting.filter((message) => message.number > (heard?.[this.id] ?? 0));
    if (!this.waiting.length) {
      clearTimeout(this.patience);
      this.silent = false;
      if (open) this.rows = rows.map(([key, cells]) => ({ key, cells }));
    }
    this.find();
    this.places.forEach((table) => table.draw());
  }
  /** The texts that Python did not answer. */
  unsaved() {
    const label = (name) => this.shown.columns.find((one) => one.name === name)?.label ?? name;
    return this.waiting.filter((message) => message.text).map((message) => `${label(message.column)} : ${message.text}`);
  }
  receive(message, buffers) {
    if (message.file) this.download(message.file, buffers[0], !message.said);
    else this.places.forEach((table) => table.show(message.figure, message.text));
  }
  /** Download a file; what to do of it is said here, unless Python says it. */
  download(name, content, told) {
    const address = URL.createObjectURL(new Blob([content], { type: name.endsWith(".xlsx") ? XLSX : "application/octet-stream" }));
    h("a", { href: address, download: name }).click();
    setTimeout(() => URL.revokeObjectURL(address), PATIENCE_MS);
    if (told) this.places.forEach((table) => { table.status.textContent = this.words.downloaded.replace("{}", name); });
  }

  /** Keep the keys pressed here from JupyterLab's commands, but for those with Control or Alt that are not the table's. */
  keepKeys(event) {
    const inside = event.target.closest?.(".ck-grid");
    if (!inside) return;
    const commands = ["z", "c", "x", "v", "a", "Home", "End", "Enter", "ArrowUp", "ArrowDown"];
    const ours = event.target.closest("table") && (commands.includes(event.key) || event.key === "Escape");
    const shared = !ours && (event.ctrlKey || event.metaKey || event.altKey || event.key === "Escape") && !event.getModifierState("AltGraph");
    event.target.toggleAttribute("data-lm-suppress-shortcuts", !shared);
    if (shared && event.key === "Escape") event.target.closest(".jp-Cell")?.focus();
  }
}

export default {
  initialize({ model }) {
    const page = new Page(model);
    return () => page.close();
  },
};
