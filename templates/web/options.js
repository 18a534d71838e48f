// Options to tick: one (choice, true-false) or several (multiple). The value is a list of their numbers.

ways.options = (() => {
  const inputs = (question) => [...question.form.querySelectorAll(".option input")];
  const isRight = (input) => "right" in input.dataset;

  return {
    shuffle(question, random) {
      const list = question.form.querySelector("fieldset > .options");
      if ("fixed" in list.dataset) return;
      const options = [...list.children];
      const moving = options.filter((option) => !("last" in option.dataset));
      list.prepend(...shuffled(moving, random));
    },
    read(question) {
      const ticked = inputs(question).filter((input) => input.checked);
      return ticked.length ? ticked.map((input) => input.value) : undefined;
    },
    write(question, value) {
      for (const input of inputs(question)) input.checked = value.includes(input.value);
    },
    /** Of several: each right one earns its part, each wrong one loses as much. */
    share(question, value) {
      const all = inputs(question);
      const right = all.filter(isRight);
      const hits = right.filter((input) => value.includes(input.value)).length;
      const misses = value.length - hits;
      return Math.max(0, (hits - misses) / right.length);
    },
    mark(question, value = []) {
      for (const input of inputs(question)) {
        const ticked = value.includes(input.value);
        const option = input.closest(".option");
        if (!ticked && !isRight(input)) continue;
        option.dataset.mark = isRight(input) ? (ticked ? "right" : "missed") : "wrong";
        const note = document.createElement("span");
        note.className = "mark";
        note.textContent = say(`mark-${option.dataset.mark}`);
        option.querySelector(":scope > .text").append(" ", note);
      }
    },
    /** Letters tick the option they stand before, only while the question has the focus. */
    key(question, event) {
      if (event.key.length !== 1 || event.target.matches("textarea, input:not([type=radio], [type=checkbox])")) return;
      const place = event.key.toUpperCase().charCodeAt(0) - 65;
      const input = inputs(question)[place];
      if (!input) return;
      event.preventDefault();
      input.focus();
      input.click();
    },
  };
})();

// An option with code or a list in it cannot stand in a label: a click on it ticks all the same.
main.addEventListener("click", (event) => {
  const text = event.target.closest(".option > div.text");
  const input = text && text.parentElement.querySelector("input");
  if (input && !input.matches(":disabled") && !event.target.closest("a")) input.click();
});
