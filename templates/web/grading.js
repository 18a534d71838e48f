// How answers are graded, and how a question shows it.

/**
 * Return `{share, answered, pending, own}`: which share of the points was earned, 1 at most, and the verdict where the
 * way has one of its own.
 */
function graded(q) {
  const { share, value } = entryOf(q);
  const answered = isAnswered(q);
  if (share !== undefined) return { share, answered: true, pending: false };
  const way = ways[q.way];
  if (way.judged) return { share: 0, answered, pending: answered };
  if (!answered) return { share: 0, answered, pending: false };
  return { share: way.share(q, value), answered, pending: false, own: way.verdict?.(q, value) };
}

function verdictOf({ share, answered, pending, own }) {
  if (pending) return "pending";
  if (own) return own;
  if (!answered) return "unanswered";
  return share === 1 ? "right" : share > 0 ? "partly" : "wrong";
}

const verdictFor = (q) => verdictOf(graded(q));

/** Return the units that a question earned. */
function earnedBy(q) {
  const { share, answered, pending } = graded(q);
  return answered && !pending ? scoring.points(q.rule, share) : 0;
}

/** Write units as points, with two decimals at most. */
const inPoints = (units) => number.format(Math.round((100 * units) / page.unit) / 100);

/** Add up units: `{earned, all, text}`. */
function score(list) {
  const sum = (units) => list.reduce((before, q) => before + units(q), 0);
  const earned = sum(earnedBy);
  const all = sum((q) => q.rule.points);
  return { earned, all, text: say("score-of", { score: inPoints(earned), all: inPoints(all) }) };
}

/** Make a question's form fit the run: fresh, shuffled, with the answer that is kept. */
function prepare(q) {
  if (q.shownIn === state.seed) return;
  q.pristine ??= q.form.cloneNode(true);
  const draws = [q.pristine, ...q.further];
  const draw = (state.draw ?? 0) % draws.length;
  if (q.shownIn !== null || draw) {
    const form = draws[draw].cloneNode(true);
    q.form.replaceWith(form);
    q.form = form;
    form.dispatchEvent(new Event("renewed", { bubbles: true }));
  }
  q.shownIn = state.seed;
  const place = state.run.indexOf(q.id);
  part(q.form, "number").textContent = say("question-number", { number: number.format(place + 1) });
  const way = ways[q.way];
  const entry = entryOf(q);
  if (way.shuffle) way.shuffle(q, chance(`${state.seed} ${q.id}`));
  if (entry.value !== undefined) way.write(q, entry.value);
  if (entry.checked || state.phase === "done") mark(q);
}

const noted = (text) => Object.assign(made("span", text), { className: "mark" });

/** Lock a question and show how it went; the style shows what is right and why next to a locked fieldset. */
function mark(q) {
  const { form } = q;
  const way = ways[q.way];
  const fields = form.querySelector("fieldset");
  fields.dataset.locked = "";
  // One by one: what scrolls in a fieldset that is disabled as a whole counts as out of reach of the keyboard.
  for (const control of fields.elements) control.disabled = true;
  way.mark(q, entryOf(q).value);
  judge(q);
}

/** Write a question's verdict. */
function judge(q) {
  const { form } = q;
  const entry = entryOf(q);
  const verdict = verdictFor(q);
  form.dataset.verdict = verdict;
  const points = page.scored && verdict !== "pending" ? ` · ${score([q]).text}` : "";
  part(form, "verdict").textContent = say(`verdict-${verdict}`) + points;
  for (const button of form.querySelectorAll("[data-part=judge] button")) {
    button.ariaPressed = String(Number(button.value) === entry.share);
  }
  const overrule = part(form, "overrule");
  if (overrule) {
    overrule.hidden = !entry.overruled && (verdict === "right" || verdict === "unanswered");
    overrule.ariaPressed = String(Boolean(entry.overruled));
  }
}

/** Keep what is in a question's form. */
function record(q) {
  const entry = entryOf(q);
  if (entry.checked || state.phase !== "asking") return;
  entry.value = ways[q.way].read(q);
  complain("");
  save();
}
