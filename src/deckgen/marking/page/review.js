// Shows one doubtful row after the other; what is decided is kept by the program at once.
"use strict";
const get = (id) => document.getElementById(id);
let rows = [];
let at = 0;
let chosen = new Set();

const ask = async (address, body) => {
  const answer = await fetch(address, body && { method: "POST", body: JSON.stringify(body), headers: { "content-type": "application/json" } });
  if (!answer.ok) throw new Error(await answer.text());
  return answer.json();
};

const show = () => {
  const left = rows.filter((row) => row.decided === null).length;
  get("progress").textContent = `${rows.length - left} of ${rows.length} decided`;
  const over = at >= rows.length;
  get("one").hidden = over;
  get("done").hidden = !over;
  if (over) { get("finish").focus(); return; }
  const row = rows[at];
  get("name").textContent = `${row.page}: ${row.name}`;
  get("why").textContent = row.why;
  get("crop").src = `crop/${at}`;
  get("undo").disabled = row.decided === null;
  get("back").disabled = at === 0;
  const buttons = row.options.map((option) => {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = option;
    button.setAttribute("aria-pressed", String(chosen.has(option)));
    button.addEventListener("click", () => toggle(option));
    return button;
  });
  get("options").replaceChildren(...buttons);
  get("none").textContent = chosen.size ? "" : "Nothing is marked.";
};

const go = (place) => {
  at = Math.max(0, Math.min(rows.length, place));
  const row = rows[at];
  chosen = new Set(row ? row.decided ?? row.likely : []);
  show();
};
const toggle = (option) => { if (!chosen.delete(option)) chosen.add(option); show(); };
const nextOpen = () => {
  const after = rows.findIndex((row, place) => place > at && row.decided === null);
  const any = after >= 0 ? after : rows.findIndex((row) => row.decided === null);
  go(any >= 0 ? any : rows.length);
};
const decide = async (marked) => {
  const row = rows[at];
  await ask("decide", { row: at, marked });
  row.decided = marked;
  if (marked) nextOpen(); else go(at);
};
const accept = () => decide(rows[at].options.filter((option) => chosen.has(option)));
const finish = async () => { await ask("finish", {}); get("done").hidden = true; get("end").hidden = false; };

get("back").addEventListener("click", () => go(at - 1));
get("next").addEventListener("click", () => go(at + 1));
get("look").addEventListener("click", () => go(rows.length - 1));
get("undo").addEventListener("click", () => decide(null));
get("accept").addEventListener("click", accept);
get("finish").addEventListener("click", finish);

addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || !get("end").hidden) return;
  const over = at >= rows.length;
  const key = event.key;
  if (key === "ArrowLeft") go(at - 1);
  else if (key === "ArrowRight") go(at + 1);
  else if (key === "Enter") { if (over) finish(); else accept(); }
  else if (!over) {
    const row = rows[at];
    const option = row.options.find((each) => each.toLowerCase() === key.toLowerCase()) ?? row.options.find((each) => each.length > 1 && each[0] === key.toLowerCase());
    if (option) toggle(option);
    else if (key.toLowerCase() === "u" && row.decided !== null) decide(null);
    else return;
  } else return;
  event.preventDefault();
});

ask("rows").then((found) => { rows = found; at = -1; nextOpen(); });
