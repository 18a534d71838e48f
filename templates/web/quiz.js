// Asks the questions of the page one at a time. Nothing is fetched, nothing leaves this browser.
// How a question is answered, graded and marked is the matter of its way: options.js, typed.js, …

const page = JSON.parse(document.querySelector("script#page").textContent);
const ways = {};
// The one kind of id that an author's HTML may bring is one within a drawing.
const element = (id) => document.querySelector(`#${id}:not(svg *)`);
const main = element("quiz");
const language = (() => {
  try {
    return Intl.getCanonicalLocales(document.documentElement.lang);
  } catch {
    return undefined;
  }
})();
const number = new Intl.NumberFormat(language, { maximumFractionDigits: 2 });
const percent = new Intl.NumberFormat(language, { style: "percent" });

/** Return the page's words for `key`, with `{name}` filled in. */
const say = (key, values = {}) =>
  Object.entries(values).reduce((text, [name, value]) => text.split(`{${name}}`).join(value), page.words[key]);

const questions = [...main.querySelectorAll("form.question")].map((form) => ({
  form,
  pristine: null,
  id: form.dataset.id,
  way: form.dataset.way,
  points: Number(form.dataset.points),
  topics: form.dataset.topics.split(" ").filter(Boolean),
  section: form.dataset.section,
  shownIn: null,
}));
// Authors' HTML may bring any class, but no `data-part`.
const part = (form, name) => form.querySelector(`[data-part="${name}"]`);
const byId = new Map(questions.map((question) => [question.id, question]));

// ---- State: kept over a reload

const store = (() => {
  const key = `deckgen ${page.project} ${page.sheet}`;
  let local = null;
  try {
    local = window.localStorage;
    local.getItem(key);
  } catch {
    local = null; // Storage may be forbidden, above all to local files.
  }
  return {
    load() {
      try {
        return JSON.parse((local && local.getItem(key)) || history.state);
      } catch {
        return null;
      }
    },
    save(value) {
      const text = JSON.stringify(value);
      try {
        local.setItem(key, text);
      } catch {
        try {
          history.replaceState(text, ""); // Survives a reload, though not a closed tab.
        } catch {
          // Then the quiz works without a memory.
        }
      }
    },
  };
})();

const fresh = () => ({ hash: page.hash, phase: "start", seed: 0, run: [], at: 0, entries: {}, ended: 0 });

/** Say whether a stored state is one of this very page. */
const isSound = (value) =>
  value !== null &&
  typeof value === "object" &&
  value.hash === page.hash &&
  Array.isArray(value.run) &&
  value.run.every((id) => byId.has(id)) &&
  ["start", "asking", "open", "done"].includes(value.phase) &&
  (value.phase === "start" || value.run.length > 0) &&
  Number.isInteger(value.at) &&
  value.at >= 0 &&
  value.at <= Math.max(0, value.run.length - 1) &&
  typeof value.entries === "object" &&
  value.entries !== null;

const stored = store.load();
let state = isSound(stored) ? stored : fresh();
const save = () => store.save(state);
const entryOf = (question) => (state.entries[question.id] ??= {});
const asked = () => byId.get(state.run[state.at]);

// ---- Chance: the same in one run, another in the next

/** Return a source of numbers in [0, 1) that depends on nothing but `text` (FNV-1a into mulberry32). */
function chance(text) {
  let hash = 2166136261;
  for (const character of text) hash = Math.imul(hash ^ character.codePointAt(0), 16777619);
  return () => {
    hash = (hash + 0x6d2b79f5) | 0;
    let mixed = Math.imul(hash ^ (hash >>> 15), 1 | hash);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

function shuffled(list, random) {
  const result = [...list];
  for (let last = result.length - 1; last > 0; last--) {
    const other = Math.floor(random() * (last + 1));
    [result[last], result[other]] = [result[other], result[last]];
  }
  return result;
}

/** Order questions for a run: sections stay, questions move within them where the sheet says so. */
function ordered(chosen, seed) {
  if (page.order === "source") return chosen;
  const random = chance(`${seed} questions`);
  const sections = [...new Set(chosen.map((question) => question.section))];
  return sections.flatMap((section) => shuffled(chosen.filter((question) => question.section === section), random));
}

// ---- Grading

/** Return `{share, answered, pending}`; a share is how much of the points was earned, from 0 to 1. */
function graded(question) {
  const entry = state.entries[question.id] ?? {};
  const answered = entry.value !== undefined;
  if (entry.share !== undefined) return { share: entry.share, answered: true, pending: false };
  const way = ways[question.way];
  if (way.judged) return { share: 0, answered, pending: answered };
  return { share: answered ? way.share(question, entry.value) : 0, answered, pending: false };
}

function verdictOf({ share, answered, pending }) {
  if (pending) return "pending";
  if (!answered) return "unanswered";
  return share === 1 ? "right" : share === 0 ? "wrong" : "partly";
}

const total = (list, value) => list.reduce((sum, each) => sum + value(each), 0);
const rounded = (points) => Math.round(points * 100) / 100;

// ---- Showing a question

/** Make a question's form fit the run: fresh, shuffled, with the answer that is kept. */
function prepare(question) {
  if (question.shownIn === state.seed) return;
  question.pristine ??= question.form.cloneNode(true);
  if (question.shownIn !== null) {
    const form = question.pristine.cloneNode(true);
    question.form.replaceWith(form);
    question.form = form;
  }
  question.shownIn = state.seed;
  const place = state.run.indexOf(question.id);
  part(question.form, "number").textContent = say("question-number", { number: number.format(place + 1) });
  const way = ways[question.way];
  const entry = entryOf(question);
  if (way.shuffle) way.shuffle(question, chance(`${state.seed} ${question.id}`));
  if (entry.value !== undefined) way.write(question, entry.value);
  if (entry.checked || state.phase === "done") mark(question);
}

/** Lock a question and show how it went, what is right and why. */
function mark(question) {
  const { form } = question;
  const way = ways[question.way];
  form.querySelector("fieldset").disabled = true;
  part(form, "answer").hidden = false;
  for (const why of form.querySelectorAll("[data-part=why]")) why.hidden = false;
  way.mark(question, entryOf(question).value);
  judge(question);
}

/** Write a question's verdict. */
function judge(question) {
  const { form } = question;
  const entry = entryOf(question);
  const verdict = verdictOf(graded(question));
  form.dataset.verdict = verdict;
  part(form, "verdict").textContent = say(`verdict-${verdict}`);
  for (const button of form.querySelectorAll("[data-part=judge] button")) {
    button.setAttribute("aria-pressed", String(Number(button.value) === entry.share));
  }
  const overrule = part(form, "overrule");
  if (overrule) {
    overrule.hidden = !entry.overruled && (verdict === "right" || verdict === "unanswered");
    overrule.setAttribute("aria-pressed", String(Boolean(entry.overruled)));
  }
}

/** Keep what stands in a question's form. */
function record(question) {
  const entry = entryOf(question);
  if (entry.checked || state.phase !== "asking") return;
  entry.value = ways[question.way].read(question);
  complain("");
  save();
}

// ---- The screens

let shown = new Set();

/** Show these questions and hide the others. */
function show(list) {
  for (const question of shown) question.form.classList.remove("shown");
  for (const question of list) question.form.classList.add("shown");
  shown = new Set(list);
}

function announce(text) {
  const region = element("said");
  region.textContent = "";
  // A region that is emptied first speaks the same words again.
  setTimeout(() => (region.textContent = text), 30);
}

function complain(text) {
  element("complaint").textContent = text;
  element("complaint").hidden = !text;
}

const screens = { start: showStart, asking: showQuestion, open: showOpen, done: showResult };

/** Show the screen of the state; `moved` says that the learner came here by a command, so that focus follows. */
function render(moved) {
  const { phase } = state;
  for (const [id, when] of Object.entries({ start: "start", open: "open", result: "done", bar: "asking", controls: "asking" })) {
    element(id).hidden = phase !== when;
  }
  element("place").textContent = "";
  element("restart").hidden = phase === "start" || phase === "done";
  main.dataset.phase = phase;
  for (const header of main.querySelectorAll(".section")) header.classList.remove("shown");
  complain("");
  screens[phase](moved);
  if (moved) window.scrollTo(0, 0);
}

function arriveAt(target) {
  target.focus({ preventScroll: true });
}

function showStart(moved) {
  show([]);
  document.title = page.title;
  if (moved) arriveAt(element("title"));
}

function showQuestion(moved) {
  const question = asked();
  prepare(question);
  show([question]);
  const header = element(`section-${question.section}`);
  if (header) header.classList.add("shown");
  const of = { number: number.format(state.at + 1), all: number.format(state.run.length) };
  element("place").textContent = say("place", of);
  element("bar").max = state.run.length;
  showProgress();
  document.title = `${say("place", of)} · ${page.title}`;
  showControls();
  if (moved) arriveAt(question.form.querySelector("legend"));
}

function showProgress() {
  const settled = (question) =>
    page.feedback === "immediate" ? isChecked(question) : graded(question).answered;
  element("bar").value = state.run.filter((id) => settled(byId.get(id))).length;
}

const isLast = () => state.at === state.run.length - 1;
const isChecked = (question) => Boolean(entryOf(question).checked);

function showControls() {
  const question = asked();
  const waits = page.feedback === "immediate" && !isChecked(question);
  element("back").hidden = state.at === 0;
  element("skip").hidden = !waits;
  element("primary").textContent = say(
    waits ? (ways[question.way].judged ? "reveal" : "check") : isLast() ? "finish" : "next",
  );
}

/** Ask whether to finish with questions left open. */
function showOpen(moved) {
  show([]);
  const list = element("open-list");
  list.textContent = "";
  for (const [place, id] of state.run.entries()) {
    if (graded(byId.get(id)).answered) continue;
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = number.format(place + 1);
    button.setAttribute("aria-label", say("question-number", { number: number.format(place + 1) }));
    button.addEventListener("click", () => goTo(place));
    list.appendChild(document.createElement("li")).appendChild(button);
  }
  if (moved) arriveAt(element("open-title"));
}

// ---- The result

let showsAll = false;
let batch = 0;
let reviewRest = () => {};

function showResult(moved) {
  const run = state.run.map((id) => byId.get(id));
  showScore(run);
  // Questions stand in the order in which they were asked.
  const frame = element("questions");
  for (const question of run) frame.appendChild(question.form);
  document.title = `${element("score").textContent} · ${page.title}`;
  showsAll = false;
  review();
  if (moved) arriveAt(element("result-title"));
}

function showScore(run) {
  const grades = run.map((question) => ({ question, ...graded(question) }));
  const earned = total(grades, ({ question, share }) => question.points * share);
  const all = total(run, (question) => question.points);
  element("score").textContent = say("score-of", { score: number.format(rounded(earned)), all: number.format(rounded(all)) });
  // Rounded down: all right is the only hundred per cent.
  element("percent").textContent = percent.format(Math.floor((earned / all) * 100 + 1e-9) / 100);
  element("score-bar").max = all;
  element("score-bar").value = earned;
  const verdicts = grades.map(verdictOf);
  const counts = ["right", "partly", "wrong", "unanswered"]
    .map((verdict) => [verdict, verdicts.filter((each) => each === verdict).length])
    .filter(([, count]) => count);
  element("counts").textContent = counts
    .map(([verdict, count]) => say(`count-${verdict}`, { count: number.format(count) }))
    .join(" · ");
  const pending = verdicts.filter((verdict) => verdict === "pending").length;
  element("pending").textContent = say("pending", { count: number.format(pending) });
  element("pending").hidden = pending === 0;
  const missed = verdicts.filter((verdict) => verdict !== "right").length;
  element("again").hidden = missed === 0 || pending === verdicts.length;
  element("review-title").textContent = missed
    ? say("review", { count: number.format(missed) })
    : say("nothing-missed");
  element("all").hidden = missed === run.length;
  element("ended").textContent = new Intl.DateTimeFormat(language, { dateStyle: "long", timeStyle: "short" }).format(
    new Date(state.ended),
  );
  showTopics(grades);
}

function showTopics(grades) {
  const body = element("topics").tBodies[0];
  body.textContent = "";
  page.topics.forEach((topic, index) => {
    const mine = grades.filter(({ question }) => question.topics.includes(String(index)));
    if (!mine.length) return;
    const earned = total(mine, ({ question, share }) => question.points * share);
    const all = total(mine, ({ question }) => question.points);
    const row = body.insertRow();
    const head = row.appendChild(document.createElement("th"));
    head.scope = "row";
    head.textContent = topic;
    row.insertCell().textContent = say("score-of", {
      score: number.format(rounded(earned)),
      all: number.format(rounded(all)),
    });
    const bar = row.insertCell().appendChild(document.createElement("progress"));
    bar.max = all;
    bar.value = earned;
    bar.setAttribute("aria-label", topic);
  });
  element("topics").hidden = body.rows.length < 2;
}

/** Show the questions that were missed, or all; a few in each frame, so that a thousand do not block. */
function review() {
  const list = state.run
    .map((id) => byId.get(id))
    .filter((question) => showsAll || verdictOf(graded(question)) !== "right");
  element("all").textContent = say(showsAll ? "show-missed" : "show-all");
  show([]);
  const mine = ++batch;
  const step = (start) => {
    if (mine !== batch || state.phase !== "done") return;
    for (const question of list.slice(start, start + 25)) reviewOne(question);
    if (start + 25 < list.length) setTimeout(() => step(start + 25), 0);
  };
  step(0);
  reviewRest = () => list.forEach(reviewOne);
}

function reviewOne(question) {
  if (shown.has(question)) return;
  if (question.shownIn === state.seed && !entryOf(question).checked) {
    entryOf(question).checked = true;
    mark(question);
  } else {
    entryOf(question).checked = true;
    prepare(question);
  }
  question.form.classList.add("shown");
  shown.add(question);
}

// ---- Commands

function begin(chosen) {
  state = { ...fresh(), phase: "asking", seed: Math.floor(Math.random() * 2 ** 32) + 1 };
  state.run = ordered(chosen, state.seed).map((question) => question.id);
  save();
  render(true);
}

function goTo(place) {
  state.phase = "asking";
  state.at = place;
  save();
  render(true);
}

function leave() {
  record(asked());
  if (!isLast()) return goTo(state.at + 1);
  state.phase = state.run.every((id) => graded(byId.get(id)).answered) ? "done" : "open";
  return state.phase === "done" ? finish() : (save(), render(true));
}

function finish() {
  state.phase = "done";
  state.ended = Date.now();
  save();
  render(true);
}

function check() {
  const question = asked();
  const way = ways[question.way];
  const entry = entryOf(question);
  entry.value = way.read(question) ?? (way.fallback ? way.fallback(question) : undefined);
  if (entry.value === undefined) {
    complain(say("answer-first"));
    return;
  }
  entry.checked = true;
  save();
  mark(question);
  showControls();
  showProgress();
  const { form } = question;
  announce(spoken(question));
  if (way.judged) arriveAt(form.querySelector("[data-part=judge] button"));
  else arriveAt(element("primary"));
  part(form, "answer").scrollIntoView({ block: "nearest" });
}

/** Say in words what the marks say in colours. */
function spoken(question) {
  const { form } = question;
  const right = form.dataset.verdict === "right" ? "" : (part(form, "solution") ?? {}).textContent;
  const why = (part(form, "explanation") ?? {}).textContent;
  return [part(form, "verdict").textContent, right, why]
    .map((text) => (text ?? "").replace(/\s+/g, " ").trim())
    .filter(Boolean)
    .join(". ");
}

function primary() {
  const question = asked();
  if (page.feedback === "immediate" && !isChecked(question)) return check();
  if (graded(question).pending && page.feedback === "immediate") return complain(say("judge-first"));
  return leave();
}

const missedOf = () => questions.filter((q) => state.run.includes(q.id) && verdictOf(graded(q)) !== "right");

const commands = {
  begin: () => begin(questions),
  restart: () => {
    if (!Object.keys(state.entries).length || window.confirm(say("drop-answers"))) begin(questions);
  },
  startover: () => begin(questions),
  again: () => begin(missedOf()),
  back: () => {
    record(asked());
    goTo(state.at - 1);
  },
  skip: () => {
    delete entryOf(asked()).value;
    asked().shownIn = 0; // Back here, it is asked afresh.
    if (isLast()) leave();
    else goTo(state.at + 1);
  },
  primary,
  finish,
  all: () => {
    showsAll = !showsAll;
    review();
  },
  print: () => window.print(),
};

function settle(question, share) {
  const entry = entryOf(question);
  if (share === undefined) delete entry.share;
  else entry.share = share;
  save();
  judge(question);
  complain("");
  if (state.phase === "done") showScore(state.run.map((id) => byId.get(id)));
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("button");
  if (!button) return;
  const form = button.closest(".question");
  if (!form) return void (Object.hasOwn(commands, button.id) && commands[button.id]());
  const question = byId.get(form.dataset.id);
  if (button.closest("[data-part=judge]")) {
    settle(question, Number(button.value));
    announce(part(form, "verdict").textContent);
    if (state.phase === "asking") arriveAt(element("primary"));
  } else if (button.dataset.part === "overrule") {
    const entry = entryOf(question);
    entry.overruled = !entry.overruled;
    settle(question, entry.overruled ? 1 : undefined);
    announce(part(form, "verdict").textContent);
  }
});
const questionAround = (node) => {
  const form = node instanceof Element && node.closest(".question");
  return form ? byId.get(form.dataset.id) : undefined;
};

for (const name of ["input", "change"]) {
  main.addEventListener(name, (event) => {
    const question = questionAround(event.target);
    if (question) record(question);
  });
}
main.addEventListener("submit", (event) => event.preventDefault());

main.addEventListener("keydown", (event) => {
  const question = questionAround(event.target);
  if (!question || state.phase !== "asking" || event.altKey) return;
  const modified = event.ctrlKey || event.metaKey;
  if (event.key === "Enter" && event.target.matches(modified ? "textarea, input, select" : "input, legend")) {
    event.preventDefault();
    if (!event.repeat) primary();
  } else if (ways[question.way].key && !modified && !isChecked(question)) {
    ways[question.way].key(question, event);
  }
});

window.addEventListener("beforeprint", () => {
  if (state.phase === "done") reviewRest();
});
