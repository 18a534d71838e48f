// Options to tick: one (choice, true-false) or several (multiple). The value is a list of their numbers.

ways.options = (() => {
  const inputs = (q) => [...q.form.querySelectorAll(".option input")];
  const isRight = (input) => "right" in input.dataset;
  const listed = (some) => some.map((input) => {
    const line = made("div");
    line.append(copied(input.closest(".option").querySelector(":scope > .text")));
    return line;
  });

  return {
    shuffle(q, random) {
      const list = q.form.querySelector("fieldset > .options");
      if ("fixed" in list.dataset) return;
      const options = [...list.children];
      const moving = options.filter((option) => !("last" in option.dataset));
      list.prepend(...shuffled(moving, random));
    },
    read(q) {
      const ticked = inputs(q).filter((input) => input.checked);
      return ticked.length ? ticked.map((input) => input.value) : undefined;
    },
    write(q, value) {
      for (const input of inputs(q)) input.checked = value.includes(input.value);
    },
    given: (q, value) => listed(inputs(q).filter((input) => value.includes(input.value))),
    solution: (q) => listed(inputs(q).filter(isRight)),
    share: (q, value) => scoring.options(q.rule, value, inputs(q).filter(isRight).map((input) => input.value)),
    mark(q, value = []) {
      for (const input of inputs(q)) {
        const ticked = value.includes(input.value);
        const option = input.closest(".option");
        if (!ticked && !isRight(input)) continue;
        option.dataset.mark = isRight(input) ? (ticked ? "right" : "missed") : "wrong";
        option.querySelector(":scope > .text").append(" ", noted(say(`mark-${option.dataset.mark}`)));
      }
    },
    /** Letters tick the option they precede, only while the question has the focus. */
    key(q, event) {
      if (event.key.length !== 1 || event.target.matches("textarea, input:not([type=radio], [type=checkbox])")) return;
      const place = event.key.toUpperCase().charCodeAt(0) - 65;
      const input = inputs(q)[place];
      if (!input) return;
      event.preventDefault();
      input.focus();
      input.click();
    },
  };
})();

// An option with code or a list in it cannot be in a label: a click on it ticks all the same.
main.addEventListener("click", (event) => {
  const text = event.target.closest(".option > div.text");
  const input = text && text.parentElement.querySelector("input");
  if (input && !input.matches(":disabled") && !event.target.closest("a")) input.click();
});
