// Words and numbers to type: short, cloze, numeric. The value is the list of what is in the fields.

ways.typed = (() => {
  const inputs = (q) => [...q.form.querySelectorAll("fieldset input")];

  const isNumber = (input) => input.dataset.answer !== undefined;
  const asNumber = (input) => ({ ...input.dataset, decimal: page.decimal });

  /** Grade what is in a field: `right`, `almost`, `wrong`, `unread`, or `empty`. */
  const outcome = (input, text = "") => {
    if (!text.trim()) return "empty";
    if (isNumber(input)) return grader.number(text, asNumber(input));
    const { accept, accents } = input.dataset;
    return grader.word(text, JSON.parse(accept), { accents, language: input.closest("[lang]").lang });
  };

  /** Say how a number was read, where that does not go without saying; no text around it turns the number. */
  const reading = (input, text = "") => {
    const found = isNumber(input) && text.trim() ? grader.read(text, asNumber(input)) : null;
    return found?.shown ? say(found.isDecimal ? "read-as-decimal" : "read-as", { number: `\u2066${found.shown}\u2069` }) : "";
  };
  const showReading = (q) => {
    const line = part(q.form, "reading");
    if (line) line.textContent = reading(inputs(q)[0], inputs(q)[0].value);
  };
  main.addEventListener("input", (event) => {
    const q = questionAround(event.target);
    if (q && q.way === "typed") showReading(q);
  });

  const worth = { right: 1, almost: 0.5 };

  return {
    read(q) {
      const value = inputs(q).map((input) => input.value);
      return value.some((text) => text.trim()) ? value : undefined;
    },
    write(q, value) {
      inputs(q).forEach((input, index) => (input.value = value[index] ?? ""));
      showReading(q);
    },
    /** Return whether a field for a number contains something else. */
    isUnread: (q, value) => inputs(q).some((input, index) => outcome(input, value[index]) === "unread"),
    /** Go on to the next field that is empty; say whether there was one. */
    advance(q, from) {
      const all = inputs(q);
      const next = from.value?.trim() && all.slice(all.indexOf(from) + 1).find((input) => !input.value.trim());
      next?.focus();
      return Boolean(next);
    },
    given: (_q, value) => [value.map((text) => text.trim() || "–").join(" · ")],
    share(q, value) {
      return scoring.parts(q.rule, inputs(q).map((input, index) => worth[outcome(input, value[index])] ?? 0));
    },
    /** Name the verdict for a single field: `almost`, `unread`. */
    verdict(q, value) {
      const all = inputs(q);
      const only = all.length === 1 ? outcome(all[0], value[0]) : "";
      return ["almost", "unread"].includes(only) ? only : undefined;
    },
    mark(q, value = []) {
      inputs(q).forEach((input, index) => {
        const found = outcome(input, value[index]);
        input.dataset.mark = { right: "right", almost: "almost" }[found] ?? "wrong";
        const text = say({ unread: "mark-wrong" }[found] ?? `mark-${found}`);
        // Within a sentence the sign alone is seen.
        const note = input.closest(".gap") ? Object.assign(noted(""), { role: "img", ariaLabel: text }) : noted(text);
        note.dataset.mark = input.dataset.mark;
        (input.parentElement.querySelector(":scope > .unit") ?? input).after(note);
      });
    },
  };
})();
