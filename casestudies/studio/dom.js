/** Make an element: attributes, text and listeners by name, children as nodes or texts. */
function h(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (name === "text") node.textContent = value;
    else if (typeof value === "boolean") node.toggleAttribute(name, value);
    else node.setAttribute(name, value);
  }
  node.append(...children);
  return node;
}

/** Keep a key from JupyterLab's commands, but for those with Control; Escape goes back to the cell. */
function keepKey(event) {
  const shared = event.ctrlKey || event.metaKey || event.altKey || event.key === "Escape";
  event.target.toggleAttribute("data-lm-suppress-shortcuts", !shared);
  if (event.key === "Escape") event.target.closest(".jp-Cell")?.focus();
}

/**
 * All the places of the page that show one widget: HTML that the notebook keeps, whose ``data-casekit-NAME`` is its key.
 * ``make`` makes what is alive in one of them: it has ``attach(host)`` and ``detach()``. Who extends this calls ``open``
 * once ready, and says in ``keepKeys`` which keys are its own.
 */
class Places {
  constructor(model, name, make) {
    Object.assign(this, { model, name, make, words: model.get("words"), places: new Map() });
    this.keys = (event) => this.keepKeys(event);
    this.watcher = new MutationObserver(() => this.find());
    model.on("change:key", () => this.find());
    model.on("comm_live_update", () => this.live());
  }
  get shown() { return this.model.get("shown"); }

  open() {
    window.addEventListener("keydown", this.keys, true);
    this.watcher.observe(document.body, { childList: true, subtree: true });
    this.find();
  }
  close() {
    this.watcher.disconnect();
    window.removeEventListener("keydown", this.keys, true);
    this.places.forEach((place) => place.detach());
    this.places.clear();
  }
  /** Follow a kernel that restarts, or comes back. */
  async live() {
    const model = await this.model.widget_manager.get_model(this.model.get("key"));
    if (model.comm_live) this.open();
    else this.close();
  }
  /** Fill the places that are new, and leave those that are gone. */
  find() {
    const key = this.model.get("key");
    if (!key || this.shown.step === undefined) return;
    for (const host of document.querySelectorAll(`[data-casekit-${this.name}="${key}"]`)) {
      if (!this.places.has(host)) this.places.set(host, this.make(this));
      this.places.get(host).attach(host);
    }
    for (const [host, place] of this.places) {
      if (host.isConnected) continue;
      this.places.delete(host);
      place.detach();
    }
  }
}
