// The result: score, review.

let showsAll = false;
let batch = 0;
const ended = new Intl.DateTimeFormat(language, { dateStyle: "long", timeStyle: "short" });

const ran = () => state.run.map((id) => byId.get(id));
/** Missed is what is known to be not right: an answer that waits for its judgement is not. */
const missedIn = (list) => list.filter((q) => !["right", "pending"].includes(verdictFor(q)));

function showResult(moved) {
  // Questions are in the order in which they were asked.
  element("questions").append(...ran().map(({ form }) => form));
  showScore();
  showsAll = false;
  review();
  if (moved) arriveAt(element("result-title"));
}

function showScore() {
  const run = ran();
  const { earned, all, text } = score(run);
  element("score").textContent = text;
  document.title = `${text} · ${page.title}`;
  // Rounded down: all right is the only hundred per cent.
  element("percent").textContent = percent.format(Math.max(0, Math.floor((100 * earned) / all)) / 100);
  element("score-bar").max = all;
  element("score-bar").value = earned;
  if (page.grades) {
    element("grade").textContent = say("grade", { grade: scoring.grade(page.grades, earned) });
    // Of the whole sheet, when all is judged.
    element("grade").hidden = run.length < questions.length || run.some((q) => graded(q).pending);
  }
  const counts = { right: 0, partly: 0, wrong: 0, unanswered: 0, pending: 0 };
  const countedAs = { almost: "partly", unread: "wrong" };
  for (const q of run) counts[countedAs[verdictFor(q)] ?? verdictFor(q)]++;
  const { pending, ...known } = counts;
  element("counts").textContent = Object.keys(known)
    .filter((verdict) => known[verdict])
    .map((verdict) => say(`count-${verdict}`, { count: number.format(known[verdict]) }))
    .join(" · ");
  if (pending) element("pending").textContent = say("pending", { count: number.format(pending) });
  element("pending").hidden = !pending;
  element("again").hidden = !missedIn(run).length;
  const open = run.length - counts.right;
  element("review-title").textContent = open ? say("review", { count: number.format(open) }) : say("nothing-missed");
  element("all").hidden = open === run.length;
  element("ended").textContent = ended.format(new Date(state.ended));
  if (page.topics.length) showTopics(run);
}

/** Show the questions that were missed, or all; a few in each frame, so that a thousand do not block. */
function review() {
  const list = ran().filter((q) => showsAll || verdictFor(q) !== "right");
  element("all").textContent = say(showsAll ? "show-missed" : "show-all");
  show([]);
  const mine = ++batch;
  const step = (start) => {
    if (mine !== batch || state.phase !== "done") return;
    for (const q of list.slice(start, start + 100)) reviewOne(q);
    if (start + 100 < list.length) setTimeout(() => step(start + 100), 0);
  };
  step(0);
}

function reviewOne(q) {
  if (shown.has(q)) return;
  const isMarked = isChecked(q);
  entryOf(q).checked = true;
  if (q.shownIn === state.seed && !isMarked) mark(q);
  else prepare(q);
  q.form.classList.add("shown");
  shown.add(q);
}
