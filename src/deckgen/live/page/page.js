// The page of `deckgen serve`. What there is comes as events from the server; what is shown stands in frames without
// rights, whose messages are taken for data. Where one is, is kept in the address, so that a reload leads back.
import { List } from "/list.js";

const get = (id) => document.getElementById(id);
const made = (name, text = "", type = "") =>
  Object.assign(document.createElement(name), { textContent: text, className: type });

const start = new URLSearchParams(location.hash.slice(1));
const where = {
  view: ["cards", "sheets", "web"].includes(start.get("view")) ? start.get("view") : "cards",
  // What is picked in each view.
  keys: { cards: start.get("cards"), sheets: start.get("sheets"), web: start.get("web") },
  words: start.get("words") || "",
  deck: start.get("deck") || "",
  kind: start.get("kind") || "",
  tag: start.get("tag") || "",
  side: start.get("side") === "back" ? "back" : "front",
  night: start.has("night") ? start.get("night") === "1" : matchMedia("(prefers-color-scheme: dark)").matches,
  phone: start.get("phone") === "1",
  y: Number(start.get("y")) || 0,
};
let state = null;
let notes = [];
let notesTag = "";
const seed = 1 + Math.floor(Math.random() * 1e9);

function remember() {
  const kept = new URLSearchParams({ view: where.view });
  for (const [view, key] of Object.entries(where.keys)) if (key) kept.set(view, key);
  for (const name of ["words", "deck", "kind", "tag"]) if (where[name]) kept.set(name, where[name]);
  if (where.side === "back") kept.set("side", "back");
  kept.set("night", where.night ? "1" : "0");
  if (where.phone) kept.set("phone", "1");
  if (where.y) kept.set("y", where.y);
  history.replaceState(null, "", `#${kept}`);
}

// ---- What there is

const list = new List(get("list"), (entry) => pick(entry.key));

const cardKey = (note, ordinal) => `${note.id} ${ordinal}`;
const isSheet = (page) => !page.path.startsWith("web/");

function cardsOf(note) {
  return note.cards.map(([ordinal, name]) => ({
    key: cardKey(note, ordinal),
    title: note.title || note.id,
    sub: [note.id, note.kind, ...(note.cards.length > 1 ? [name] : [])].join(" · "),
    note,
    ordinal,
    name,
  }));
}

function matching() {
  if (where.view !== "cards") {
    const words = where.words.toLowerCase().split(/\s+/).filter(Boolean);
    return (state ? state.pages : [])
      .filter((page) => isSheet(page) === (where.view === "sheets"))
      .filter((page) => words.every((word) => `${page.title} ${page.group} ${page.path}`.toLowerCase().includes(word)))
      .map((page) => ({ key: page.path, title: named(page), sub: page.group, page }));
  }
  const words = where.words.toLowerCase().split(/\s+/).filter(Boolean);
  return notes
    .filter((note) => !where.deck || note.deck === where.deck || note.deck.startsWith(`${where.deck}::`))
    .filter((note) => !where.kind || note.kind === where.kind)
    .filter((note) => !where.tag || note.tags.includes(where.tag))
    .filter((note) => words.every((word) => note.found.includes(word)))
    .flatMap(cardsOf);
}

function named(page) {
  if (!isSheet(page) || page.group === "Handout") return page.title;
  if (page.title === "key") return "Key";
  const [version, ...profile] = page.title.split("-");
  return `Version ${version}${profile.length ? `, ${profile.join(" ")}` : ""}`;
}

function fillFilters() {
  const decks = new Set();
  for (const note of notes) {
    const parts = note.deck.split("::");
    parts.forEach((_, at) => decks.add(parts.slice(0, at + 1).join("::")));
  }
  fillSelect("deck", "All decks", decks);
  fillSelect("kind", "All types", new Set(notes.map((note) => note.kind)));
  fillSelect("tag", "All tags", new Set(notes.flatMap((note) => note.tags)));
}

function fillSelect(id, all, values) {
  if (where[id]) values.add(where[id]); // A filter stays, though its last card may be gone for a moment.
  const options = [...values].sort().map((value) => Object.assign(made("option", value), { value }));
  get(id).replaceChildren(Object.assign(made("option", all), { value: "" }), ...options);
  get(id).value = where[id];
}

function drawList() {
  const entries = matching();
  list.fill(entries);
  get("list").setAttribute("aria-label", { cards: "Cards", sheets: "Sheets", web: "Web pages" }[where.view]);
  const all = where.view === "cards" ? notes.reduce((sum, note) => sum + note.cards.length, 0) : entries.length;
  const noun = where.view === "cards" ? "card" : "page";
  const some = entries.length === all ? `${all}` : `${entries.length} of ${all}`;
  const pages = state ? state.pages : [];
  const without = where.view === "sheets" && state && !pages.some(isSheet);
  get("count").textContent = without
    ? "No sheet: a [[sheet]] in a file of cards makes one"
    : `${some} ${noun}${all === 1 ? "" : "s"}`;
  const numbers = {
    cards: notes.reduce((sum, note) => sum + note.cards.length, 0),
    sheets: pages.filter(isSheet).length,
    web: pages.filter((page) => !isSheet(page)).length,
  };
  for (const button of document.querySelectorAll("[data-view]")) {
    button.setAttribute("aria-pressed", String(button.dataset.view === where.view));
    button.querySelector(".number").textContent = numbers[button.dataset.view] || "";
  }
  document.body.className = `in-${where.view}`;
  get("filters").hidden = where.view !== "cards";
  for (const id of ["deck", "kind", "tag"]) get(id).classList.toggle("on", Boolean(where[id]));
}

/** Return the entry that is picked, though a filter may hide it from the list. */
function current() {
  const key = where.keys[where.view];
  if (!key || !state) return null;
  const shown = list.entries.find((entry) => entry.key === key);
  if (shown) return shown;
  if (where.view !== "cards") {
    const page = state.pages.find((each) => each.path === key);
    return page ? { key, page } : null;
  }
  return notes.filter((note) => key.startsWith(`${note.id} `)).flatMap(cardsOf).find((card) => card.key === key) || null;
}

// ---- What is picked

function pick(key) {
  if (key !== where.keys[where.view]) {
    where.keys[where.view] = key;
    where.side = "front";
    where.y = 0;
  }
  drawPlace();
  showFrame();
}

function drawPlace() {
  const entry = current();
  const at = list.at;
  list.mark(where.keys[where.view]);
  const number = list.entries.findIndex((each) => entry && each.key === entry.key);
  get("place").textContent = list.entries.length ? `${number < 0 ? "–" : number + 1} / ${list.entries.length}` : "";
  get("previous").disabled = number <= 0 && at <= 0;
  get("next").disabled = number >= list.entries.length - 1;
  for (const [id, on] of [["front", where.side === "front"], ["back", where.side === "back"], ["day", !where.night],
    ["night", where.night], ["wide", !where.phone], ["phone", where.phone]]) {
    get(id).setAttribute("aria-pressed", String(on));
  }
  get("frames").classList.toggle("phone", where.phone && where.view !== "sheets");
  const about = get("about");
  about.replaceChildren();
  if (entry && entry.note) {
    const { note } = entry;
    const rest = [note.kind, note.cards.length > 1 ? entry.name : "", note.deck, note.tags.map((tag) => `#${tag}`).join(" "), note.file];
    about.append(made("code", note.id), ` · ${rest.filter(Boolean).join(" · ")}`);
  } else if (entry) {
    about.append(made("code", `dist/${entry.page.path}`));
    get("alone").href = `/made/${escaped(entry.page.path)}`;
    get("pdf").href = `/pdf/${escaped(entry.page.path.replace(/\.html$/, ".pdf"))}`;
    get("pdf").hidden = entry.page.group === "Handout";
  }
  about.title = about.textContent;
  remember();
}

const escaped = (path) => path.split("/").map(encodeURIComponent).join("/");

function address(entry) {
  if (entry.page) return `/made/${escaped(entry.page.path)}`;
  const asked = new URLSearchParams({ id: entry.note.id, card: entry.ordinal });
  if (where.night) asked.set("night", "");
  if (where.phone) asked.set("phone", "");
  return `/card?${asked}`;
}

// ---- The frame: a new one comes behind the old one, and takes its place when it is ready

let shown = { frame: null, address: "", tag: "" };
let coming = null;
// Both sides of a card in its page, which has no `<` within.
const SIDES = /<script type="application\/json" id="sides">([^<]*)<\/script>/;
let asked = 0;

async function showFrame() {
  const turn = ++asked;
  get("frames").setAttribute("aria-busy", "true");
  await bringFrame(turn);
  if (turn === asked && !coming) get("frames").removeAttribute("aria-busy");
}

async function bringFrame(turn) {
  const entry = current();
  if (!entry) {
    coming = null;
    shown = { frame: null, address: "", tag: "" };
    const none = where.keys[where.view] && state && !list.entries.length ? "Nothing matches." : "Nothing picked.";
    get("frames").replaceChildren(made("p", notes.length || (state && state.pages.length) ? none : "Nothing to show yet.", "empty"));
    return;
  }
  const mine = { address: address(entry), frame: null, tag: "" };
  let text = "";
  try {
    const answer = await fetch(mine.address, { cache: "no-cache" });
    text = await answer.text();
    mine.tag = answer.ok ? answer.headers.get("etag") : "";
  } catch {
    return; // The server has gone: what is there stays.
  }
  const latest = coming || shown;
  if (turn !== asked || (latest.frame && mine.tag && mine.tag === latest.tag && mine.address === latest.address)) return;
  const sides = SIDES.exec(text);
  if (sides && !coming && shown.frame && mine.address === shown.address) {
    // The same card of another content: its own page takes it in.
    shown.tag = mine.tag;
    shown.frame.contentWindow.postMessage({ sides: JSON.parse(sides[1]) }, "*");
    return;
  }
  coming = mine;
  const frame = document.createElement("iframe");
  frame.className = "coming";
  frame.title = entry.note ? `Card ${entry.note.id}` : `Page ${entry.page.path}`;
  frame.setAttribute("sandbox", entry.note ? "allow-scripts"
    : "allow-scripts allow-downloads allow-popups allow-popups-to-escape-sandbox");
  const place = new URLSearchParams({ seed, side: where.side, y: where.y });
  frame.src = `${mine.address}#${place}`;
  mine.frame = frame;
  mine.side = where.side;
  mine.y = where.y;
  // What has no bridge (a file of another kind) says nothing.
  frame.addEventListener("load", () => setTimeout(() => swap(mine), 400));
  for (const late of document.querySelectorAll("#frames .coming")) late.remove();
  get("frames").append(frame);
}

function swap(mine) {
  if (coming !== mine) return;
  coming = null;
  shown = mine;
  mine.frame.classList.remove("coming");
  get("frames").removeAttribute("aria-busy");
  // The former one was turned over or scrolled while it came.
  if (mine.side !== where.side) mine.frame.contentWindow.postMessage({ show: where.side }, "*");
  else if (mine.y !== where.y) mine.frame.contentWindow.postMessage({ y: where.y }, "*");
  for (const other of [...get("frames").children]) if (other !== mine.frame) other.remove();
}

addEventListener("message", (event) => {
  const said = event.data;
  if (!said || said.deckgen !== true) return;
  if (coming && coming.frame && event.source === coming.frame.contentWindow) {
    if (said.ready === true) swap(coming);
    return;
  }
  if (!shown.frame || event.source !== shown.frame.contentWindow) return;
  if (typeof said.y === "number") {
    where.y = Math.round(said.y);
    remember();
  }
  if ((said.side === "front" || said.side === "back") && said.side !== where.side) {
    where.side = said.side;
    drawPlace();
  }
  if (typeof said.key === "string") press(said.key);
});

function flip(side = where.side === "front" ? "back" : "front") {
  if (where.view !== "cards" || !shown.frame) return;
  where.side = side;
  where.y = 0;
  shown.frame.contentWindow.postMessage({ show: side }, "*");
  drawPlace();
}

function change(what) {
  Object.assign(where, what);
  drawPlace();
  showFrame();
}

// ---- News from the server

async function take(news) {
  state = news;
  document.title = `${news.errors ? `(${news.errors}) ` : ""}${news.title} · deckgen`;
  get("title").textContent = news.title;
  drawStatus();
  drawProblems();
  let renewed = false;
  if (news.notes !== notesTag) {
    // At once, where there is something to show; the list may take a moment longer.
    renewed = Boolean(current());
    if (renewed) showFrame();
    const answer = await fetch("/notes", { cache: "no-cache" });
    const found = await answer.json();
    if (state !== news) return; // Newer news are on their way.
    notesTag = news.notes;
    notes = found.map((note) => ({
      ...note,
      found: [note.id, note.deck, note.kind, note.tags.join(" "), note.text].join("\n").toLowerCase(),
    }));
    fillFilters();
  }
  drawList();
  if (!current() && list.entries.length) {
    pick(nearest());
  } else {
    drawPlace();
    if (!renewed || !current()) showFrame();
  }
}

/** Return the key that comes nearest to one that is gone: another card of its note, or what stands in its place. */
function nearest() {
  const key = where.keys[where.view];
  const sibling = key && list.entries.find((entry) => entry.note && key.startsWith(`${entry.note.id} `));
  return (sibling || list.entries[Math.min(Math.max(lastPlace, 0), list.entries.length - 1)]).key;
}
let lastPlace = 0;

function drawStatus(lost = false) {
  const wrong = lost || Boolean(state && (state.errors || state.problem));
  get("status").className = wrong ? "wrong" : "fine";
  get("said").textContent = lost ? "deckgen serve has ended, or cannot be reached" : state.built;
}

function drawProblems() {
  const box = get("problems");
  // Advice alone waits to be asked for.
  const open = box.querySelector("details")?.open ?? Boolean(state.errors || state.warnings || state.problem);
  const some = state.problems.length || state.problem;
  box.hidden = !some;
  if (!some) return box.replaceChildren();
  box.classList.toggle("warnings", !state.errors && !state.problem);
  box.classList.toggle("advice", !state.errors && !state.problem && !state.warnings);
  const details = Object.assign(document.createElement("details"), { open });
  const counts = [
    [state.errors, "error", "errors"],
    [state.warnings, "warning", "warnings"],
    [state.advice, "piece of advice", "pieces of advice"],
  ].filter(([count]) => count).map(([count, one, many]) => `${count} ${count === 1 ? one : many}`);
  const summary = made("summary", counts.join(", ") || "Not built");
  if (state.stale) summary.append(made("span", " · what is shown below is from before"));
  details.append(summary);
  if (state.problem) {
    const article = made("article");
    article.append(made("p", state.problem, "tell"));
    details.append(article);
  }
  details.append(...state.problems.map(problem));
  const more = state.errors + state.warnings + state.advice - state.problems.length;
  if (more > 0) details.append(made("article", `… and ${more} more`));
  const top = box.scrollTop;
  box.replaceChildren(details);
  box.scrollTop = top;
}

function problem(one) {
  const article = document.createElement("article");
  const head = made("p");
  head.append(made("span", one.severity, one.severity), `: ${one.message} `, made("span", one.code, "code"));
  const line = [one.file, one.line, one.column].filter((part) => part !== null).join(":");
  const place = one.cell ? `${line}: ${one.cell}` : line;
  const button = Object.assign(made("button", place, "where"), { type: "button", title: "Copy" });
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(line);
    button.textContent = `${place} copied`;
    setTimeout(() => (button.textContent = place), 900);
  });
  article.append(head, button);
  if (one.excerpt.length) {
    const pre = made("pre");
    pre.tabIndex = 0;
    pre.setAttribute("role", "region");
    pre.setAttribute("aria-label", `Lines of ${place}`);
    pre.append(...one.excerpt.map(([role, text]) => (role ? made("span", text, role) : text)));
    article.append(pre);
  }
  return article;
}

// ---- What a person does

const keys = {
  " ": () => flip(),
  Enter: () => flip(),
  j: () => list.step(1),
  n: () => list.step(1),
  ArrowRight: () => list.step(1),
  k: () => list.step(-1),
  p: () => list.step(-1),
  ArrowLeft: () => list.step(-1),
  d: () => where.view === "cards" && change({ night: !where.night }),
  w: () => change({ phone: !where.phone }),
  "/": () => get("words").select(),
  Escape: () => get("list").focus(),
};

function press(key) {
  if (Object.hasOwn(keys, key)) keys[key]();
}

addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.altKey || event.metaKey || !Object.hasOwn(keys, event.key)) return;
  const { target } = event;
  if (target.matches("input, select, textarea") && event.key !== "Escape") return;
  if (target.matches("button, a, summary") && (event.key === " " || event.key === "Enter")) return;
  event.preventDefault();
  press(event.key);
});

const acts = {
  previous: () => list.step(-1),
  next: () => list.step(1),
  front: () => flip("front"),
  back: () => flip("back"),
  day: () => change({ night: false }),
  night: () => change({ night: true }),
  wide: () => change({ phone: false }),
  phone: () => change({ phone: true }),
};
for (const [id, act] of Object.entries(acts)) get(id).addEventListener("click", act);
for (const button of document.querySelectorAll("[data-view]")) {
  button.addEventListener("click", () => {
    where.view = button.dataset.view;
    where.y = 0;
    drawList();
    get("list").scrollTop = 0;
    if (!current() && list.entries.length) where.keys[where.view] = list.entries[0].key;
    drawPlace();
    showFrame();
  });
}
function filter() {
  drawList();
  if (list.entries.length && list.at < 0) pick(list.entries[0].key);
  else drawPlace();
}
get("words").addEventListener("input", () => {
  where.words = get("words").value;
  filter();
});
for (const id of ["deck", "kind", "tag"]) {
  get(id).addEventListener("change", () => {
    where[id] = get(id).value;
    filter();
  });
}
get("search").addEventListener("submit", (event) => {
  event.preventDefault();
  get("list").focus();
});

get("words").value = where.words;
const events = new EventSource("/events");
events.addEventListener("message", (event) => {
  lastPlace = list.at;
  take(JSON.parse(event.data));
});
events.addEventListener("error", () => drawStatus(true));
