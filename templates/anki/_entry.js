// An answer to type: a field on the front, on the back what was typed and what it is worth. Kinds give `judge`, and
// `read` where a text has to be read as something first.
function flip() {
  if (typeof showAnswer === "function") showAnswer();
  else if (typeof pycmd === "function") pycmd("ans");
  else if (typeof study === "object" && study.drawAnswer) study.drawAnswer();
  else if (typeof sendMessage2 === "function") sendMessage2("ankitap", "midCenter");
}

const canRead = typeof read === "function";

// How a text is read, where that does not go without saying; no text around it turns the number.
function readingOf(given) {
  const found = canRead && given.trim() ? read(given) : null;
  if (!found || !found.shown) return "";
  return words[found.isDecimal ? "read-as-decimal" : "read-as"].replace("{number}", "\u2066" + found.shown + "\u2069");
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
  const reading = make("p", { class: "reading", role: "status" });
  let refused = null;
  input.addEventListener("input", () => {
    reading.textContent = readingOf(input.value);
    keep(input.value);
  });
  input.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.isComposing) return;
    // Asked again once; who insists gets the answer.
    if (canRead && input.value.trim() && refused !== input.value && !read(input.value)) {
      refused = input.value;
      reading.textContent = words.unread;
    } else flip();
  });
  keep("");
  entry.classList.add("live");
  entry.prepend(input);
  if (canRead) entry.after(reading);
  takeFocus(input);
}

// A text without the readings of its ruby, and without what Anki adds to play it.
function written(element) {
  const copy = element.cloneNode(true);
  for (const part of copy.querySelectorAll("rp, rt, .speak")) part.remove();
  return copy.textContent.trim();
}

function tell() {
  const given = recall();
  if (given === null || !given.trim()) return;
  const outcome = judge(given);
  const line = make("p", { class: "given " + outcome }, make("span", { class: "label" }, words["your-answer"]));
  line.append(" ", make("span", { class: "typed", dir: "auto" }, given.trim()));
  const reading = readingOf(given);
  if (reading) line.append(" ", make("span", { class: "reading" }, reading));
  const solution = root.querySelector(".solution");
  if (outcome !== "right" || reading || given.trim() !== written(solution.querySelector("b"))) solution.before(line);
  showResult(outcome);
}

if (isBack) tell();
else ask();
