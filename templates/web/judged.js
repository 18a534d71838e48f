// Answers in the learner's own words, judged by the learner against the model. The value is a list of texts.

ways.judged = (() => {
  const fields = (q) => [...q.form.querySelectorAll("fieldset textarea")];
  const texts = (q) => fields(q).map((field) => field.value);

  return {
    judged: true,
    read(q) {
      const value = texts(q);
      return value.some((text) => text.trim()) ? value : undefined;
    },
    // To have thought of the answer is enough.
    fallback: texts,
    write(q, value) {
      fields(q).forEach((field, index) => (field.value = value[index] ?? ""));
    },
    given: (_q, value) => [value.map((text) => text.trim()).filter(Boolean).join(" · ") || "–"],
    mark() {},
  };
})();
