// What is printed of a result: a table of the questions to look at again, so that one page or two are enough.

/** Copy what an element shows, without marks, reasons and ids. */
function copied(element) {
  const copy = element.cloneNode(true);
  for (const each of copy.querySelectorAll(".mark, .why")) each.remove();
  for (const gap of copy.querySelectorAll(".gap")) gap.replaceWith("…");
  for (const each of [copy, ...copy.querySelectorAll("[id]")]) each.removeAttribute("id");
  // Lists stay lists.
  if (copy.matches("ol, dl")) return copy;
  const fragment = document.createDocumentFragment();
  fragment.append(...copy.childNodes);
  return fragment;
}

function summaryRow(q) {
  const row = document.createElement("tr");
  const cell = (...content) => row.insertCell().append(...content.filter(Boolean));
  const { value } = entryOf(q);
  const solution = part(q.form, "solution");
  const way = ways[q.way];
  cell(number.format(state.run.indexOf(q.id) + 1));
  const prompt = q.form.querySelector("legend > .prompt");
  cell(copied(prompt.textContent.trim() ? prompt : q.form.querySelector(".rest, .gaps")));
  cell(...(value === undefined ? ["–"] : way.given(q, value)));
  cell(...(way.solution ? way.solution(q) : [solution && copied(solution)]));
  return row;
}

function summarize() {
  const missed = missedIn(ran());
  // The review grows in small steps; here it is to be whole.
  missed.forEach(reviewOne);
  element("summary").tBodies[0].replaceChildren(...missed.map(summaryRow));
  element("summary").hidden = !missed.length;
}

window.addEventListener("beforeprint", () => {
  if (state.phase === "done") summarize();
});
