// What all scripts of a quiz know: its questions, the state of the run, chance. Nothing is fetched, nothing leaves
// this browser. How a question is answered, graded and marked is the matter of its way: options.js, typed.js, …
// A question is called `q`, here as in the templates.

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

/** Make an element with a text in it. */
const made = (name, text = "") => Object.assign(document.createElement(name), { textContent: text });

/** Return the page's words for `key`, with `{name}` filled in. */
const say = (key, values = {}) =>
  Object.entries(values).reduce((text, [name, value]) => text.split(`{${name}}`).join(value), page.words[key]);

/** Read what answers to a question are worth, in units. */
const ruleOf = ({ points = page.unit, penalty = 0, floor = 0, partial = "none", options }) => ({
  partial,
  points: Number(points),
  penalty: Number(penalty),
  floor: Number(floor),
  options: Number(options),
});

const questions = [...main.querySelectorAll("form.question")].map((form) => ({
  form,
  pristine: null,
  // With other numbers, for further attempts.
  further: [...(form.nextElementSibling?.content?.children ?? [])],
  id: form.dataset.id,
  way: page.ways[form.dataset.kind],
  rule: ruleOf(form.dataset),
  topics: form.dataset.topics?.split(" ") ?? [],
  section: form.dataset.section ?? "0",
  shownIn: null,
}));
// Authors' HTML may bring any class, but no `data-part`.
const part = (form, name) => form.querySelector(`[data-part="${name}"]`);
const isImmediate = page.feedback === "immediate";
const byId = new Map(questions.map((q) => [q.id, q]));

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
    /** Return the newer of the two: a process of the browser that just began may read an older storage. */
    load() {
      const kept = [() => local.getItem(key), () => history.state].map((read) => {
        try {
          return JSON.parse(read());
        } catch {
          return null;
        }
      });
      return kept.reduce((one, other) => ((other?.kept ?? 0) > (one?.kept ?? 0) ? other : one ?? other));
    },
    /** Keep it twice: storage outlives a closed tab, and the history of the tab a browser without storage. */
    save(value) {
      const text = JSON.stringify({ ...value, kept: Date.now() });
      for (const keep of [() => local.setItem(key, text), () => history.replaceState(text, "")]) {
        try {
          keep();
        } catch {
          // One of the two is enough, and without both the quiz works without a memory.
        }
      }
    },
  };
})();

const fresh = () => ({ hash: page.hash, phase: "start", seed: 0, run: [], draw: 0, at: 0, entries: {}, ended: 0 });

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
const entryOf = (q) => (state.entries[q.id] ??= {});
const asked = () => byId.get(state.run[state.at]);
const isAnswered = (q) => entryOf(q).value !== undefined;
const isChecked = (q) => Boolean(entryOf(q).checked);

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
  const sections = [...new Set(chosen.map((q) => q.section))];
  // Questions of one stem stay together, in the order of the source.
  const unit = (q) => q.form.dataset.stem ?? q;
  return sections.flatMap((section) => {
    const mine = chosen.filter((q) => q.section === section);
    return shuffled(new Set(mine.map(unit)), random).flatMap((one) => mine.filter((q) => unit(q) === one));
  });
}
