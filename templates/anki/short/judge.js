// Has the grader judge a word: the card has the answers, and whether accents count.
function judge(given) {
  const solution = root.querySelector(".solution b");
  const marked = solution.querySelector("[data-accents]");
  const answers = [solution, ...root.querySelectorAll(".accept li")].map(written);
  return grader.word(given, answers, {
    accents: marked ? marked.dataset.accents : "almost",
    language: solution.closest("[lang]").lang,
  });
}
