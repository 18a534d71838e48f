// An answer to type: a field on the front, on the back what was typed and what it is worth.
function flip() {
  if (typeof showAnswer === "function") showAnswer();
  else if (typeof pycmd === "function") pycmd("ans");
  else if (typeof study === "object" && study.drawAnswer) study.drawAnswer();
  else if (typeof sendMessage2 === "function") sendMessage2("ankitap", "midCenter");
}

function ask() {
  const entry = root.querySelector(".entry");
  const input = make("input", {
    type: "text",
    class: "tappable",
    "aria-label": words["your-answer"],
    autocomplete: "off",
    autocapitalize: "off",
    autocorrect: "off",
    spellcheck: "false",
    enterkeyhint: "done",
  });
  if (entry.dataset.mode) input.setAttribute("inputmode", entry.dataset.mode);
  input.addEventListener("input", () => keep(input.value));
  input.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && !event.isComposing) flip();
  });
  keep("");
  entry.classList.add("live");
  entry.prepend(input);
  takeFocus(input);
}

function tell() {
  const given = recall();
  if (given === null || !given.trim()) return;
  const outcome = judge(given);
  const line = make("p", { class: "given " + outcome }, make("span", { class: "label" }, words["your-answer"]));
  line.append(" ", make("span", { class: "typed", dir: "auto" }, given.trim()));
  const solution = root.querySelector(".solution");
  if (outcome !== "right" || given.trim() !== solution.querySelector("b").textContent) solution.before(line);
  showResult(outcome);
}

if (isBack) tell();
else ask();
