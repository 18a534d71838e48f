// The score by topic, where a sheet has topics.

function showTopics(run) {
  const body = element("topics").tBodies[0];
  body.textContent = "";
  page.topics.forEach((topic, index) => {
    const mine = run.filter(({ topics }) => topics.includes(String(index)));
    if (!mine.length) return;
    const { earned, all, text } = score(mine);
    const row = body.insertRow();
    row.append(Object.assign(made("th", topic), { scope: "row" }));
    row.insertCell().textContent = text;
    const bar = row.insertCell().appendChild(made("progress"));
    bar.ariaLabel = topic;
    bar.max = all;
    bar.value = earned;
    const missed = missedIn(mine);
    if (missed.length) body.insertRow().appendChild(lookAt(missed));
  });
  element("topics").hidden = body.querySelectorAll("th").length < 2;
}

/** Name questions to look at again, as links to them. */
function lookAt(missed) {
  const line = Object.assign(made("td", say("look-at")), { className: "again", colSpan: 3 });
  for (const q of missed) {
    const place = number.format(state.run.indexOf(q.id) + 1);
    const link = Object.assign(made("a", place), { href: `#${q.form.id}`, ariaLabel: say("question-number", { number: place }) });
    line.append(" ", link);
  }
  return line;
}
