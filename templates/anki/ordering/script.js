// Entries to put in order: a tap takes the next one, a second tap gives it back.
function ask() {
  const pool = root.querySelector(".entries");
  const items = Array.from(pool.children);
  const chosen = make("ol", { class: "order live", "aria-label": words["your-order"] });
  let order = shuffled(items.length);
  // Nobody should find them in order already.
  if (order.every((i, at) => items[i].dataset.place - 1 === at)) order = order.reverse();
  items.forEach((item) => {
    const text = item.querySelector(".text").innerHTML;
    const button = make("button", { type: "button", class: "piece tappable" }, ...item.childNodes);
    name(button, text);
    item.append(button);
    button.addEventListener("click", () => toggle(item));
  });
  pool.classList.add("live");
  pool.append(...order.map((i) => items[i]));
  pool.before(chosen);
  takeFocus(pool);

  function place(item) {
    chosen.append(item);
    if (pool.children.length === 1) chosen.append(pool.children[0]);
  }

  function toggle(item) {
    const focused = item.contains(document.activeElement);
    const next = item.nextElementSibling || item.previousElementSibling;
    if (item.parentNode === pool) place(item);
    else pool.append(item);
    if (focused && next) next.querySelector("button").focus();
    note();
  }

  function note() {
    chosen.hidden = !chosen.children.length;
    pool.hidden = !pool.children.length;
    keep([...chosen.children].map((item) => Number(item.dataset.place)));
  }

  note();
  onKeys((key) => {
    const buttons = [...chosen.querySelectorAll("button"), ...pool.querySelectorAll("button")];
    if (key >= "1" && key <= "9" && pool.children[key - 1]) toggle(pool.children[key - 1]);
    else if (key === "x" && buttons.includes(document.activeElement)) document.activeElement.click();
    else if (steps[key]) focusNext(buttons, steps[key]);
    else return false;
    return true;
  });
}

function judge() {
  const places = recall() || [];
  if (!places.length) return;
  const items = [...root.querySelectorAll(".order > li")];
  items.forEach((item, at) => {
    const given = places.indexOf(at + 1);
    const right = given === at;
    item.classList.add(right ? "right" : "wrong");
    const say = right ? words["right-option"] : words["your-place"].replace("{place}", given < 0 ? "–" : given + 1);
    item.querySelector(".text").append(" ", make("span", { class: "note" }, say));
  });
  const hits = places.filter((place, at) => place === at + 1).length;
  showResult(hits === items.length ? "right" : hits ? "partly" : "wrong");
}

if (isBack) judge();
else ask();
