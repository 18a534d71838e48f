// The answers as a file that the browser writes and the learner may give away; nothing is sent. Its format is described
// in docs/web.md and held by src/deckgen/web/attempt.py.

commands.save = () => {
  const written = (q, place) => {
    const { value = [], share } = entryOf(q);
    const isTyped = ["typed", "judged"].includes(q.way);
    return {
      number: place + 1,
      id: q.id,
      kind: q.form.dataset.kind,
      verdict: verdictFor(q),
      points: earnedBy(q) / page.unit,
      total: q.rule.points / page.unit,
      ...(isTyped ? { texts: value } : { chosen: value.map((each) => (each ? Number(each) : null)) }),
      ...(share !== undefined && { judged: share }),
    };
  };
  const { earned, all } = score(ran());
  const attempt = {
    format: "deckgen-attempt/1",
    project: page.project,
    sheet: page.sheet,
    title: page.title,
    code: page.code,
    draw: state.draw ?? 0,
    finished: new Date(state.ended).toISOString(),
    points: earned / page.unit,
    total: all / page.unit,
    questions: ran().map(written),
  };
  const link = made("a");
  link.href = URL.createObjectURL(new Blob([JSON.stringify(attempt, null, 1)], { type: "application/json" }));
  link.download = `${page.sheet}.json`;
  link.click();
};
