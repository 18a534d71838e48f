// Has the grader read and judge a number. A card from before numbers were set in the way of the language holds them
// in the notation of authors.
const decimal = [[ decimal_mark|tojson ]];
const textOf = (selector) => {
  const element = root.querySelector(selector);
  return element ? element.textContent.trim() : "";
};

function read(given) {
  return grader.read(given, { unit: textOf(".unit"), decimal: decimal });
}

function judge(given) {
  const number = root.querySelector(".solution b [data-value]");
  const tolerance = root.querySelector(".tolerance [data-value]");
  return grader.number(given, {
    answer: number ? number.dataset.value : textOf(".solution b"),
    tolerance: (number && number.dataset.tolerance) || (tolerance ? tolerance.dataset.value : textOf(".tolerance span")) || "0",
    unit: textOf(".unit"),
    decimal: decimal,
  });
}
