// Entries to put in order by buttons, or by dragging their grip. The value is the list of their numbers.

ways.ordering = (() => {
  const list = (q) => q.form.querySelector("fieldset > .entries");
  const value = (q) => [...list(q).children].map((entry) => entry.dataset.entry);
  // Equal entries are equally right in each other's place.
  const isRight = (q, given, place) => {
    const text = (id) => list(q).querySelector(`[data-entry="${id}"] > .text`).innerHTML;
    return given === String(place) || text(given) === text(String(place));
  };
  const rights = (q, given) => given.filter((entry, place) => isRight(q, entry, place)).length;

  return {
    shuffle(q, random) {
      const entries = list(q);
      const order = shuffled(entries.children, random);
      entries.append(...order);
      // Never begin with the solution; entries that are not all equal have another order one turn away.
      for (let turn = 1; turn < order.length && rights(q, value(q)) === order.length; turn++) {
        entries.append(entries.firstElementChild);
      }
    },
    read: (q) => ("moved" in list(q).dataset ? value(q) : undefined),
    fallback: value,
    write(q, given) {
      const entries = list(q);
      entries.dataset.moved = "";
      entries.append(...given.map((id) => entries.querySelector(`[data-entry="${id}"]`)));
    },
    given: (q, given) => given.map((id) => {
      const line = made("div");
      line.append(copied(list(q).querySelector(`[data-entry="${id}"] > .text`)));
      return line;
    }),
    share: (q, given) => scoring.order(q.rule, given.map((id, place) => (isRight(q, id, place) ? place : Number(id)))),
    mark(q, given = value(q)) {
      const answered = entryOf(q).value !== undefined;
      [...list(q).children].forEach((entry, at) => {
        const right = answered && isRight(q, given[at], at);
        entry.dataset.mark = right ? "right" : "wrong";
        const place = number.format(Number(entry.dataset.entry) + 1);
        entry.append(noted(say(right ? "mark-right" : "mark-place", { number: place })));
      });
    },
  };
})();

{
  /** Move an entry by so many places; its neighbours move, so that it keeps the focus. */
  const move = (entry, by) => {
    const other = by < 0 ? entry.previousElementSibling : entry.nextElementSibling;
    if (!other) return false;
    if (by < 0) entry.after(other);
    else entry.before(other);
    const entries = entry.parentElement;
    entries.dataset.moved = "";
    record(questionAround(entries));
    return true;
  };

  const tell = (entry) => {
    const all = entry.parentElement.children;
    announce(
      say("moved-to", {
        entry: entry.querySelector(":scope > .text").textContent.trim(),
        number: number.format([...all].indexOf(entry) + 1),
        all: number.format(all.length),
      }),
    );
  };

  main.addEventListener("click", (event) => {
    const button = event.target.closest(".move");
    if (!button) return;
    const entry = button.closest("li");
    move(entry, Number(button.value));
    tell(entry);
  });

  let dragged = null;
  main.addEventListener("pointerdown", (event) => {
    const grip = event.target.closest(".grip");
    if (!grip || "locked" in grip.closest("fieldset").dataset) return;
    event.preventDefault();
    dragged = grip.closest("li");
    dragged.classList.add("dragged");
  });
  window.addEventListener("pointermove", (event) => {
    if (!dragged) return;
    for (let moved = true; moved; ) {
      const above = dragged.previousElementSibling?.getBoundingClientRect();
      const below = dragged.nextElementSibling?.getBoundingClientRect();
      moved =
        (above && event.clientY < above.top + above.height / 2 && move(dragged, -1)) ||
        (below && event.clientY > below.top + below.height / 2 && move(dragged, 1));
    }
  });
  for (const name of ["pointerup", "pointercancel"]) {
    window.addEventListener(name, () => {
      if (dragged) dragged.classList.remove("dragged");
      dragged = null;
    });
  }
}
