// A list of any length with the keyboard of a listbox: only the rows in sight are in the document.

/** Rows of `entries` ({ key, title, sub }) in `box`; `choose` is called with the entry that a person picks. */
export class List {
  constructor(box, choose) {
    this.box = box;
    this.choose = choose;
    this.entries = [];
    this.key = null;
    this.space = document.createElement("div");
    this.space.className = "space";
    this.space.setAttribute("role", "presentation");
    box.replaceChildren(this.space);
    box.addEventListener("scroll", () => this.draw(), { passive: true });
    box.addEventListener("click", (event) => {
      const row = event.target.closest(".row");
      if (row) this.choose(this.entries[Number(row.dataset.at)]);
    });
    box.addEventListener("keydown", (event) => {
      const page = Math.max(1, Math.floor(box.clientHeight / this.height) - 1);
      const steps = { ArrowDown: 1, ArrowUp: -1, PageDown: page, PageUp: -page, Home: -Infinity, End: Infinity };
      if (!(event.key in steps) || event.ctrlKey || event.altKey || event.metaKey) return;
      event.preventDefault();
      this.step(steps[event.key]);
    });
    new ResizeObserver(() => this.draw()).observe(box);
  }

  get height() {
    return 3.25 * parseFloat(getComputedStyle(document.documentElement).fontSize);
  }

  get at() {
    return this.entries.findIndex((entry) => entry.key === this.key);
  }

  /** Pick the entry so many places on; without one picked, the first. */
  step(by) {
    if (!this.entries.length) return;
    const at = this.at;
    this.choose(this.entries[Math.min(this.entries.length - 1, Math.max(0, at < 0 ? 0 : at + by))]);
  }

  /** Show other entries, and stay where the list is. */
  fill(entries) {
    this.entries = entries;
    this.draw();
  }

  /** Mark the entry of a key, and bring it into sight. */
  mark(key) {
    this.key = key;
    const at = this.at;
    if (at >= 0) {
      const top = at * this.height;
      if (top < this.box.scrollTop) this.box.scrollTop = top;
      else if (top + this.height > this.box.scrollTop + this.box.clientHeight) {
        this.box.scrollTop = top + this.height - this.box.clientHeight;
      }
    }
    this.draw();
  }

  draw() {
    const { height, box, entries } = this;
    this.space.style.setProperty("block-size", `${entries.length * height}px`);
    const first = Math.max(0, Math.floor(box.scrollTop / height) - 5);
    const last = Math.min(entries.length, Math.ceil((box.scrollTop + box.clientHeight) / height) + 5);
    const rows = [];
    for (let at = first; at < last; at++) rows.push(this.row(entries[at], at, height));
    this.space.replaceChildren(...rows);
    const marked = this.space.querySelector("[aria-selected=true]");
    if (marked) box.setAttribute("aria-activedescendant", marked.id);
    else box.removeAttribute("aria-activedescendant");
  }

  row(entry, at, height) {
    const row = document.createElement("div");
    row.className = "row";
    row.id = `row-${at}`;
    row.dataset.at = at;
    row.setAttribute("role", "option");
    row.setAttribute("aria-selected", String(entry.key === this.key));
    row.setAttribute("aria-setsize", this.entries.length);
    row.setAttribute("aria-posinset", at + 1);
    row.style.setProperty("inset-block-start", `${at * height}px`);
    const title = document.createElement("span");
    title.textContent = entry.title;
    title.dir = "auto";
    const sub = document.createElement("span");
    sub.className = "sub";
    sub.textContent = entry.sub;
    row.append(title, sub);
    return row;
  }
}
