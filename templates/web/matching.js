// Entries to match by choosing from a list. The value holds for each entry the number of its partner, or "".

ways.matching = (() => {
  const selects = (q) => [...q.form.querySelectorAll("select")];

  return {
    /** Shuffle the entries and what they go with; letters, where there are some, are given anew. */
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
      for (const select of selects(q)) select.value = value[Number(select.dataset.entry)] ?? "";
    },
    share(q, value) {
      const all = selects(q);
      return all.filter((select) => value[Number(select.dataset.entry)] === select.dataset.right).length / all.length;
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
