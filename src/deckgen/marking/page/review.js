// Shows one thing to decide after the other; what is decided is kept by the program at once.
"use strict";
const get = (id) => document.getElementById(id);
let asks = [];
let at = 0;
let chosen = new Set();

const request = async (address, body) => {
  const answer = await fetch(address, body && { method: "POST", body: JSON.stringify(body), headers: { "content-type": "application/json" } });
  if (!answer.ok) throw new Error(await answer.text());
  return answer.json();
};
const spoken = {};
const say = (key, filled = {}) => (spoken.words[`review-${key}`] ?? spoken.words[`sheet-${key}`]).replace(/\{(\w+)\}/g, (_, name) => filled[name]);
// Names of scans are not torn by a text from right to left.
const apart = (name) => `\u2068${name}\u2069`;
const decimal = (value) => String(value).replace(".", spoken.decimal);
const button = (parts, pressed, click) => {
  const made = document.createElement("button");
  made.type = "button";
  made.append(...parts);
  made.setAttribute("aria-pressed", String(pressed));
  made.addEventListener("click", click);
  return made;
};
const element = (name, text) => Object.assign(document.createElement(name), { textContent: text });

// What each kind of ask shows, which keys it knows, and what it decides: undefined where nothing is chosen yet.
const kinds = {
  unread: {
    name: (ask) => say("unread", ask),
    why: (ask) => ask.why,
    accept: "accept-unread",
    begin: () => {},
    show: () => {},
    value: () => true,
    todo: () => say("unread-again"),
    said: () => say("ignored"),
  },
  join: {
    name: (ask) => say("pages", ask),
    why: () => say("same-question"),
    accept: "accept-same",
    other: "not-same",
    begin: () => {},
    show: () => {},
    value: () => true,
    refuse: () => false,
    said: (value) => say(value ? "one-paper" : "two-papers"),
  },
  who: {
    name: (ask) => say("whose", ask),
    why: (ask) => ask.why,
    accept: "accept-student",
    other: "nobodys",
    field: "number",
    begin: (ask) => { get("number").value = ask.decided ?? (/^\d+$/.test(ask.read.replace(/_+$/, "")) ? ask.read.replace(/_+$/, "") : ""); get("number").maxLength = ask.most; },
    show: (ask) => {
      const number = get("number").value;
      get("candidates").replaceChildren(...ask.candidates.map(([student, name, taken], place) =>
        button([element("kbd", String.fromCharCode(65 + place)), `${name || student} `, element("small", `${student}${taken ? ` · ${say("has-paper")}` : ""}`)], student === number, () => choose(student))));
      const found = ask.candidates.find(([student]) => student === number);
      get("whose").textContent = found ? found[1] : "";
    },
    key: (ask, key) => {
      const place = key.length === 1 ? key.toUpperCase().charCodeAt(0) - 65 : -1;
      if (place < 0 || place >= ask.candidates.length) return false;
      choose(ask.candidates[place][0]);
      return true;
    },
    value: () => get("number").value.trim() || undefined,
    refuse: () => "",
    said: (value) => (value ? say("whose-known", { number: value }) : say("nobody")),
  },
  mark: {
    name: (ask) => `${apart(ask.page)}: ${ask.name}`,
    why: (ask) => ask.why,
    accept: "accept-mark",
    begin: (ask) => { chosen = new Set(ask.decided ?? ask.likely); },
    show: (ask) => {
      get("options").replaceChildren(...ask.options.map((option) => button([option], chosen.has(option), () => toggle(option))));
      get("none").textContent = chosen.size ? "" : say("nothing-marked");
    },
    key: (ask, key) => {
      const option = ask.options.find((each) => each.toLowerCase() === key.toLowerCase()) ?? ask.options.find((each) => each.length > 1 && each[0] === key.toLowerCase());
      if (option) toggle(option);
      return Boolean(option);
    },
    value: (ask) => ask.options.filter((option) => chosen.has(option)),
    said: () => say("decided"),
  },
  points: {
    name: (ask) => say("question", ask),
    why: (ask) => (ask.blank ? say("blank", ask) : apart(ask.page)),
    accept: "accept-points",
    field: "given",
    begin: (ask) => { get("given").value = decimal(ask.decided ?? (ask.blank ? "0" : "")); },
    show: (ask) => {
      const given = get("given").value.replace(",", ".");
      get("scale").replaceChildren(...ask.scale.map((points) => button([decimal(points)], given !== "" && Number(given) === points, () => choose(decimal(points)))));
      get("of").textContent = say("points-of", { points: decimal(ask.of) });
    },
    key: () => false,
    value: (ask) => {
      const given = get("given").value.trim().replace(",", ".");
      return /^-?\d+(\.\d+)?$/.test(given) && Number(given) >= ask.least && Number(given) <= ask.of ? given : undefined;
    },
    wanted: (ask) => say("points-wanted", { least: decimal(ask.least), most: decimal(ask.of) }),
    said: (value) => say("given", { points: decimal(value) }),
  },
};

const show = () => {
  const left = asks.filter((ask) => ask.decided === null).length;
  get("progress").textContent = say("progress", { done: asks.length - left, all: asks.length });
  const over = at >= asks.length;
  get("one").hidden = over;
  get("done").hidden = !over;
  if (over) { get("finish").focus(); return; }
  const ask = asks[at];
  const kind = kinds[ask.kind];
  get("name").textContent = kind.name(ask);
  get("why").textContent = kind.why(ask);
  for (const part of ["mark", "who", "points"]) get(part).hidden = part !== ask.kind;
  get("other").hidden = !kind.refuse;
  get("other").querySelector("span").textContent = kind.other ? say(kind.other) : "";
  get("accept").querySelector("span").textContent = say(kind.accept);
  get("undo").disabled = ask.decided === null;
  get("back").disabled = at === 0;
  get("said").textContent = ask.decided === null ? kind.todo?.() ?? "" : kind.said(ask.decided);
  kind.show(ask);
};
const draw = () => {
  const ask = asks[at];
  if (!ask) return;
  get("crops").replaceChildren(...ask.crops.map((text, number) => Object.assign(document.createElement("img"), { src: `crop/${number}/${ask.id}`, alt: text })));
  get("crops").classList.toggle("page", ask.kind === "unread");
  const keyed = ask.kind === "points";
  get("key").hidden = !keyed;
  get("look").classList.toggle("beside", keyed);
  // The same key stays while papers change.
  if (keyed && get("right").dataset.of !== `${ask.version} ${ask.question}`) {
    get("right").dataset.of = `${ask.version} ${ask.question}`;
    get("right").src = `key/${ask.id}`;
  }
};
const go = (place) => {
  at = Math.max(0, Math.min(asks.length, place));
  const ask = asks[at];
  if (ask) kinds[ask.kind].begin(ask);
  draw();
  show();
  const field = ask && kinds[ask.kind].field;
  if (field) { get(field).focus(); get(field).select(); } else if (ask) document.activeElement.blur();
};
const choose = (value) => { get(kinds[asks[at].kind].field).value = value; show(); };
const toggle = (option) => { if (!chosen.delete(option)) chosen.add(option); show(); };
const nextOpen = () => {
  const after = asks.findIndex((ask, place) => place > at && ask.decided === null);
  const any = after >= 0 ? after : asks.findIndex((ask) => ask.decided === null);
  go(any >= 0 ? any : asks.length);
};
const decide = async (value) => {
  const { id } = asks[at];
  await request("decide", { ask: id, value });
  // One decision may settle another, or raise one.
  asks = await request("asks");
  const here = asks.findIndex((ask) => ask.id === id);
  at = here >= 0 ? here : at - 1;
  if (value === null && here >= 0) go(here); else nextOpen();
};
const accept = () => {
  const ask = asks[at];
  const value = kinds[ask.kind].value(ask);
  if (value === undefined) get("said").textContent = kinds[ask.kind].wanted?.(ask) ?? say("number-wanted");
  else decide(value);
};
const refuse = () => decide(kinds[asks[at].kind].refuse());
const finish = async () => { await request("finish", {}); get("done").hidden = true; get("end").hidden = false; };

get("back").addEventListener("click", () => go(at - 1));
get("next").addEventListener("click", () => go(at + 1));
get("again").addEventListener("click", () => go(asks.length - 1));
get("undo").addEventListener("click", () => decide(null));
get("other").addEventListener("click", refuse);
get("accept").addEventListener("click", accept);
get("finish").addEventListener("click", finish);
for (const field of ["number", "given"]) get(field).addEventListener("input", show);
get("right").addEventListener("load", () => {
  const page = get("right").contentDocument;
  if (page) get("right").style.height = `${page.body.offsetHeight + 30}px`;
});

addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || !get("end").hidden) return;
  const over = at >= asks.length;
  const key = event.key;
  const pressed = document.activeElement instanceof HTMLButtonElement;
  if (key === spoken.before) go(at - 1);
  else if (key === spoken.after) go(at + 1);
  else if (key === "Enter") { if (pressed && !over) return; if (over) finish(); else accept(); }
  else if (!over) {
    const ask = asks[at];
    const kind = kinds[ask.kind];
    if (kind.key?.(ask, key)) { /* it was of the ask */ }
    else if (key.toLowerCase() === "u" && ask.decided !== null) decide(null);
    else if (key.toLowerCase() === "n" && kind.refuse) refuse();
    else if (kind.field && /^[a-z]$/i.test(key)) { /* fields take digits */ }
    else return;
  } else return;
  event.preventDefault();
});

const begin = async () => {
  Object.assign(spoken, await request("words"));
  const turned = spoken.direction === "rtl";
  Object.assign(spoken, turned ? { before: "ArrowRight", after: "ArrowLeft" } : { before: "ArrowLeft", after: "ArrowRight" });
  Object.assign(document.documentElement, { lang: spoken.language, dir: spoken.direction });
  document.title = say("title");
  for (const each of document.querySelectorAll("[data-say]")) each.textContent = say(each.dataset.say);
  for (const each of document.querySelectorAll("[data-name]")) each.setAttribute("aria-label", say(each.dataset.name));
  for (const [name, arrows] of [["before", "←→"], ["after", "→←"]]) for (const each of document.querySelectorAll(`kbd.${name}`)) each.textContent = arrows[Number(turned)];
  asks = await request("asks");
  at = -1;
  nextOpen();
};
begin();
