// Entries to match by choosing from a list. The value holds for each entry the number of its partner, or "".

ways.matching = (() => {
  const selects = (question) => [...question.form.querySelectorAll("select")];

  return {
    /** Shuffle the entries and what they go with; letters, where there are some, are given anew. */
    shuffle(question, random) {
      const { form } = question;
      const list = form.querySelector("fieldset > .pairs");
      list.append(...shuffled(list.children, random));
      const choices = form.querySelector("fieldset > .choices");
      const order = shuffled([...selects(question)[0].options].slice(1).map((option) => option.value), random);
      for (const select of selects(question)) {
        const options = new Map([...select.options].map((option) => [option.value, option]));
        order.forEach((value, place) => {
          const option = options.get(value);
          if (choices) option.textContent = `${String.fromCharCode(65 + place)} · ${option.dataset.plain}`;
          select.append(option);
        });
      }
      if (choices) choices.append(...order.map((value) => choices.querySelector(`[data-choice="${value}"]`)));
    },
    read(question) {
      const value = [];
      for (const select of selects(question)) value[Number(select.dataset.entry)] = select.value;
      return value.some(Boolean) ? value : undefined;
    },
    write(question, value) {
      for (const select of selects(question)) select.value = value[Number(select.dataset.entry)] ?? "";
    },
    share(question, value) {
      const all = selects(question);
      return all.filter((select) => value[Number(select.dataset.entry)] === select.dataset.right).length / all.length;
    },
    mark(question, value = []) {
      for (const select of selects(question)) {
        const given = value[Number(select.dataset.entry)];
        const right = given === select.dataset.right;
        select.closest("li").dataset.mark = right ? "right" : "wrong";
        const note = document.createElement("span");
        note.className = "mark";
        note.textContent = say(right ? "mark-right" : given ? "mark-wrong" : "mark-empty");
        select.after(note);
      }
    },
  };
})();
