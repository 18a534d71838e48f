// What the learner may do, by button or key.

function begin(chosen) {
  const draw = state.phase === "start" ? 0 : (state.draw ?? 0) + 1;
  state = { ...fresh(), phase: "asking", draw, seed: Math.floor(Math.random() * 2 ** 32) + 1 };
  state.run = ordered(chosen, state.seed).map((q) => q.id);
  save();
  render(true);
}

function goTo(place) {
  state.phase = "asking";
  state.at = place;
  save();
  render(true);
}

let refused = "";

/** Ask once more for what cannot be read; a second try is accepted. */
function isRefused(q) {
  const value = ways[q.way].read(q);
  const text = JSON.stringify([q.id, value]);
  if (value === undefined || !ways[q.way].isUnread?.(q, value) || refused === text) return false;
  refused = text;
  complain(say("unread"));
  q.form.querySelector("fieldset input").focus();
  return true;
}

function leave() {
  record(asked());
  if (!isChecked(asked()) && isRefused(asked())) return;
  if (!isLast()) return goTo(state.at + 1);
  if (ran().every(isAnswered)) return finish();
  state.phase = "open";
  save();
  render(true);
}

function finish() {
  state.phase = "done";
  state.ended = Date.now();
  save();
  render(true);
}

function check() {
  const q = asked();
  const way = ways[q.way];
  const entry = entryOf(q);
  entry.value = way.read(q) ?? (way.fallback ? way.fallback(q) : undefined);
  if (entry.value === undefined) {
    complain(say("answer-first"));
    return;
  }
  if (isRefused(q)) return;
  entry.checked = true;
  save();
  mark(q);
  showControls();
  showProgress();
  const { form } = q;
  announce(spoken(q));
  // The learner is to read the model before judging: the verdict has the focus, the buttons come after it.
  arriveAt(way.judged ? part(form, "verdict") : element("primary"));
  part(form, "answer").scrollIntoView({ block: "nearest" });
}

/** Say in words what the marks say in colours. */
function spoken(q) {
  const { form } = q;
  const right = form.dataset.verdict === "right" ? "" : (part(form, "solution") ?? {}).textContent;
  const why = (part(form, "explanation") ?? {}).textContent;
  return [part(form, "verdict").textContent, right, why]
    .map((text) => (text ?? "").replace(/\s+/g, " ").trim())
    .filter(Boolean)
    .join(". ");
}

function primary() {
  const q = asked();
  if (isImmediate && !isChecked(q)) return check();
  if (isImmediate && graded(q).pending) return complain(say("judge-first"));
  return leave();
}

const commands = {
  begin: () => begin(questions),
  restart: () => {
    if (!questions.some(isAnswered) || window.confirm(say("drop-answers"))) begin(questions);
  },
  startover: () => begin(questions),
  again: () => begin(missedIn(questions.filter(({ id }) => state.run.includes(id)))),
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

function settle(q, share) {
  const entry = entryOf(q);
  if (share === undefined) delete entry.share;
  else entry.share = share;
  save();
  judge(q);
  complain("");
  if (state.phase === "done") showScore();
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("button");
  if (!button) return;
  const form = button.closest(".question");
  if (!form) return void (Object.hasOwn(commands, button.id) && commands[button.id]());
  const q = byId.get(form.dataset.id);
  if (button.closest("[data-part=judge]")) {
    settle(q, Number(button.value));
    announce(part(form, "verdict").textContent);
    if (state.phase === "asking") arriveAt(element("primary"));
  } else if (button.dataset.part === "overrule") {
    const entry = entryOf(q);
    entry.overruled = !entry.overruled;
    settle(q, entry.overruled ? 1 : undefined);
    announce(part(form, "verdict").textContent);
  }
});
const questionAround = (node) => {
  const form = node instanceof Element && node.closest(".question");
  return form ? byId.get(form.dataset.id) : undefined;
};

for (const name of ["input", "change"]) {
  main.addEventListener(name, (event) => {
    const q = questionAround(event.target);
    if (q) record(q);
  });
}
main.addEventListener("submit", (event) => event.preventDefault());

main.addEventListener("keydown", (event) => {
  const q = questionAround(event.target);
  if (!q || state.phase !== "asking" || event.altKey) return;
  const modified = event.ctrlKey || event.metaKey;
  if (event.key === "Enter" && event.target.matches(modified ? "textarea, input, select" : "input, legend")) {
    event.preventDefault();
    if (!event.repeat && (modified || !ways[q.way].advance?.(q, event.target))) primary();
  } else if (ways[q.way].key && !modified && !isChecked(q)) {
    ways[q.way].key(q, event);
  }
});
