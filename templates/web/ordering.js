// Entries to put in order by buttons, or by dragging their grip. The value is the list of their numbers.

ways.ordering = (() => {
  const list = (question) => question.form.querySelector("fieldset > .entries");
  const value = (question) => [...list(question).children].map((entry) => entry.dataset.entry);
  // Equal entries are equally right in each other's place.
  const isRight = (question, given, place) => {
    const text = (id) => list(question).querySelector(`[data-entry="${id}"] > .text`).innerHTML;
    return given === String(place) || text(given) === text(String(place));
  };
  const rights = (question, given) => given.filter((entry, place) => isRight(question, entry, place)).length;

  return {
    shuffle(question, random) {
      const entries = list(question);
      const order = shuffled(entries.children, random);
      entries.append(...order);
      // Never begin with the solution; entries that are not all equal have another order one turn away.
      for (let turn = 1; turn < order.length && rights(question, value(question)) === order.length; turn++) {
        entries.append(entries.firstElementChild);
      }
    },
    read: (question) => ("moved" in list(question).dataset ? value(question) : undefined),
    fallback: value,
    write(question, given) {
      const entries = list(question);
      entries.dataset.moved = "";
      entries.append(...given.map((id) => entries.querySelector(`[data-entry="${id}"]`)));
    },
    share: (question, given) => rights(question, given) / given.length,
    mark(question, given = value(question)) {
      const answered = entryOf(question).value !== undefined;
      [...list(question).children].forEach((entry, place) => {
        const right = answered && isRight(question, given[place], place);
        entry.dataset.mark = right ? "right" : "wrong";
        const note = document.createElement("span");
        note.className = "mark";
        note.textContent = right
          ? say("mark-right")
          : say("mark-place", { number: number.format(Number(entry.dataset.entry) + 1) });
        entry.append(note);
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
    if (!grip || grip.closest("fieldset").disabled) return;
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
