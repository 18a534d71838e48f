// The screens before the result.

let shown = new Set();

/** Show these questions and hide the others. */
function show(list) {
  for (const q of shown) q.form.classList.remove("shown");
  for (const q of list) q.form.classList.add("shown");
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
/** Elements that are there in one phase only. */
const only = { start: "start", open: "open", result: "done", bar: "asking", controls: "asking" };

/** Show the screen of the state; `moved` says that the learner came here by a command, so that focus follows. */
function render(moved) {
  const { phase } = state;
  for (const [id, when] of Object.entries(only)) element(id).hidden = phase !== when;
  element("place").textContent = "";
  element("restart").hidden = phase === "start" || phase === "done";
  main.dataset.phase = phase;
  for (const header of main.querySelectorAll(".section")) header.classList.remove("shown");
  complain("");
  element("said").textContent = "";
  screens[phase](moved);
  if (moved) window.scrollTo(0, 0);
}

function arriveAt(target) {
  if (!target.matches("button, input, textarea")) target.tabIndex = -1;
  target.focus({ preventScroll: true });
}

function showStart(moved) {
  show([]);
  document.title = page.title;
  if (moved) arriveAt(element("title"));
}

function showQuestion(moved) {
  const q = asked();
  prepare(q);
  show([q]);
  const header = element(`section-${q.section}`);
  if (header) header.classList.add("shown");
  const place = say("place", { number: number.format(state.at + 1), all: number.format(state.run.length) });
  element("place").textContent = place;
  document.title = `${place} · ${page.title}`;
  element("bar").max = state.run.length;
  showProgress();
  showControls();
  const waiting = q.form.querySelector("fieldset :is(input[type=text], textarea):enabled");
  if (moved) arriveAt(waiting ?? q.form.querySelector("fieldset > legend"));
}

function showProgress() {
  element("bar").value = state.run.filter((id) => (isImmediate ? isChecked : isAnswered)(byId.get(id))).length;
}

const isLast = () => state.at === state.run.length - 1;

function showControls() {
  const q = asked();
  const waits = isImmediate && !isChecked(q);
  element("back").hidden = state.at === 0;
  element("skip").hidden = !waits;
  element("primary").textContent = say(
    waits ? (ways[q.way].judged ? "reveal" : "check") : isLast() ? "finish" : "next",
  );
}

/** Ask whether to finish with questions left open. */
function showOpen(moved) {
  show([]);
  const list = element("open-list");
  list.textContent = "";
  for (const [place, id] of state.run.entries()) {
    if (isAnswered(byId.get(id))) continue;
    const button = list.appendChild(made("li")).appendChild(made("button", number.format(place + 1)));
    button.type = "button";
    button.ariaLabel = say("question-number", { number: number.format(place + 1) });
    button.addEventListener("click", () => goTo(place));
  }
  if (moved) arriveAt(element("open-title"));
}
