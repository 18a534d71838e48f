// Answers in the learner's own words, judged by the learner against the model. The value is a list of texts.

ways.judged = (() => {
  const fields = (question) => [...question.form.querySelectorAll("fieldset textarea")];
  const texts = (question) => fields(question).map((field) => field.value);

  return {
    judged: true,
    read(question) {
      const value = texts(question);
      return value.some((text) => text.trim()) ? value : undefined;
    },
    // To have thought of the answer is enough.
    fallback: texts,
    write(question, value) {
      fields(question).forEach((field, index) => (field.value = value[index] ?? ""));
    },
    mark() {},
  };
})();
