// Entries to match: a tap on the right one gives it to the marked entry on the left, and marks the next.
function ask() {
  const lefts = [...root.querySelectorAll(".lefts > li")];
  const rights = [...root.querySelectorAll(".rights > li")];
  // Kept as written, before MathJax comes: the back needs the text of a choice that matches nothing.
  const texts = {};
  rights.forEach((item) => (texts[item.dataset.number] = item.querySelector(".text").innerHTML));
  const asked = lefts.map((item) => item.querySelector(".text").innerHTML);
  const picks = lefts.map(() => null);
  let current = 0;

  const slots = lefts.map((item, i) => {
    const slot = make("span", { class: "slot" });
    const button = make("button", { type: "button", class: "left tappable" }, ...item.childNodes, slot);
    item.append(button);
    button.addEventListener("click", () => {
      current = i;
      show();
    });
    return slot;
  });
  const chips = shuffled(rights.length).map((i) => {
    const item = rights[i];
    const button = make("button", { type: "button", class: "right tappable" }, ...item.childNodes);
    item.append(button);
    item.parentNode.append(item);
    name(button, texts[item.dataset.number]);
    button.addEventListener("click", () => pick(item.dataset.number));
    return item;
  });
  root.querySelector(".matching").classList.add("live");
  takeFocus(root.querySelector(".lefts"));

  // Beside long entries the choices stay in sight, unless they are long themselves.
  const choices = root.querySelector(".rights");
  function lay() {
    const height = choices.offsetHeight;
    choices.classList.toggle("low", height < 0.4 * window.innerHeight);
    root.style.setProperty("--chips", choices.classList.contains("low") ? height + 8 + "px" : "0.4em");
  }
  if (window.ResizeObserver) new ResizeObserver(lay).observe(choices);
  else lay();

  function pick(number) {
    picks[current] = picks[current] === number ? null : number;
    if (picks[current] !== null) {
      const open = picks.map((_, i) => (current + i) % picks.length).find((i) => picks[i] === null);
      if (open !== undefined) current = open;
    }
    show();
    lefts[current].scrollIntoView({ block: "nearest" });
  }

  function show() {
    lefts.forEach((item, i) => {
      item.classList.toggle("current", i === current);
      const button = item.querySelector("button");
      button.setAttribute("aria-current", i === current);
      name(button, asked[i], picks[i] === null ? "" : texts[picks[i]]);
      item.classList.toggle("filled", picks[i] !== null);
      slots[i].innerHTML = picks[i] === null ? "" : texts[picks[i]];
      if (picks[i] !== null && window.MathJax && MathJax.typesetPromise) MathJax.typesetPromise([slots[i]]);
    });
    // Where some must serve twice, none is ever used up.
    const once = chips.length >= lefts.length;
    chips.forEach((item) => item.classList.toggle("used", once && picks.includes(item.dataset.number)));
    keep({ picks: picks, texts: texts });
  }

  show();
  onKeys((key) => {
    if (key >= "1" && key <= "9" && chips[key - 1]) pick(chips[key - 1].dataset.number);
    else if (key === "ArrowDown" || key === "ArrowUp") {
      current = (current + (key === "ArrowDown" ? 1 : -1) + lefts.length) % lefts.length;
      show();
      lefts[current].scrollIntoView({ block: "nearest" });
    } else if (steps[key]) {
      const at = chips.findIndex((item) => item.dataset.number === picks[current]);
      const step = steps[key];
      const next = at < 0 ? (step > 0 ? 0 : chips.length - 1) : (at + step + chips.length) % chips.length;
      picks[current] = chips[next].dataset.number;
      show();
    } else return false;
    return true;
  });
}

function judge() {
  const kept = recall();
  if (!kept || kept.picks.every((pick) => pick === null)) return;
  const cells = [...root.querySelectorAll(".pairs td")];
  let hits = 0;
  cells.forEach((cell, i) => {
    const right = kept.picks[i] === cell.dataset.number;
    cell.parentNode.classList.add(right ? "right" : "wrong");
    if (right) {
      hits += 1;
      cell.querySelector(".text").append(" ", make("span", { class: "note" }, words["right-option"]));
    } else if (kept.picks[i]) {
      const mine = make("s", {});
      mine.innerHTML = kept.texts[kept.picks[i]];
      cell.append(make("div", { class: "mine" }, make("span", { class: "note" }, words["your-answer"]), " ", mine));
    }
  });
  showResult(hits === cells.length ? "right" : hits ? "partly" : "wrong");
}

if (isBack) judge();
else ask();
