// Entries to match by choosing from a list. The value has for each entry the number of its partner, or "".

ways.matching = (() => {
  const selects = (q) => [...q.form.querySelectorAll("select")];
  const letterOf = (option) => option.textContent.split(" · ")[0];

  /** Show what is chosen by its letter, which is enough next to the list; the list of choices has the texts, too. */
  const shorten = (select) => {
    for (const option of select.querySelectorAll("[data-plain]")) {
      option.textContent = option.selected ? letterOf(option) : `${letterOf(option)} · ${option.dataset.plain}`;
      if (option.selected) select.ariaDescription = option.dataset.plain;
    }
  };
  main.addEventListener("change", ({ target }) => target.matches(".lettered select") && shorten(target));

  return {
    /** Shuffle the entries and what they go with; letters, where there are some, follow the new order. */
    shuffle(q, random) {
      const { form } = q;
      const list = form.querySelector("fieldset > .pairs");
      list.append(...shuffled(list.children, random));
      const choices = form.querySelector("fieldset > .choices");
      const order = shuffled([...selects(q)[0].options].slice(1).map((option) => option.value), random);
      for (const select of selects(q)) {
        const options = new Map([...select.options].map((option) => [option.value, option]));
        order.forEach((value, place) => {
          const option = options.get(value);
          if (choices) option.textContent = `${String.fromCharCode(65 + place)} · ${option.dataset.plain}`;
          select.append(option);
        });
      }
      if (choices) choices.append(...order.map((value) => choices.querySelector(`[data-choice="${value}"]`)));
    },
    read(q) {
      const value = [];
      for (const select of selects(q)) value[Number(select.dataset.entry)] = select.value;
      return value.some(Boolean) ? value : undefined;
    },
    write(q, value) {
      for (const select of selects(q)) {
        select.value = value[Number(select.dataset.entry)] ?? "";
        shorten(select);
      }
    },
    given: (q, value) =>
      selects(q).map((select) => {
        const line = made("div");
        const chosen = [...select.options].find((option) => option.value === value[Number(select.dataset.entry)]);
        line.append(copied(select.closest("li").querySelector(".text")), " – ", chosen?.value ? chosen.dataset.plain ?? chosen.text : "?");
        return line;
      }),
    share(q, value) {
      const isRight = ({ dataset }) => Number(value[Number(dataset.entry)] === dataset.right);
      return scoring.parts(q.rule, selects(q).map(isRight));
    },
    mark(q, value = []) {
      for (const select of selects(q)) {
        const given = value[Number(select.dataset.entry)];
        const right = given === select.dataset.right;
        select.closest("li").dataset.mark = right ? "right" : "wrong";
        select.after(noted(say(right ? "mark-right" : given ? "mark-wrong" : "mark-empty")));
      }
    },
  };
})();
