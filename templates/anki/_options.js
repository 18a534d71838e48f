// Options to choose from: one (radio buttons), or with the kind `multiple` any number (checkboxes).
const list = root.querySelector(".options");
const items = Array.from(list.children);
const multiple = root.classList.contains("multiple");

function freshOrder() {
  if (list.dataset.order === "fixed") return items.map((_, i) => i);
  const order = shuffled(items.length);
  const stays = (i) => items[i].classList.contains("last");
  return [...order.filter((i) => !stays(i)), ...items.map((_, i) => i).filter(stays)];
}

function arrange(order) {
  list.append(...order.map((i) => items[i]));
}

function ask() {
  const state = { order: freshOrder(), picks: [] };
  arrange(state.order);
  list.classList.add("live");
  list.setAttribute("role", multiple ? "group" : "radiogroup");
  takeFocus(list);
  const inputs = items.map((item) => {
    const input = make("input", { type: multiple ? "checkbox" : "radio", name: "deckgen" });
    // Not every reader takes the parts of a table or a list for a name.
    const text = item.querySelector(".text");
    const name = item.dataset.name || (text.querySelector("table, ol, ul") && text.innerText);
    if (name) input.setAttribute("aria-label", name);
    const why = item.querySelector(".why");
    if (why) why.remove();
    const label = make("label", { class: "tappable" }, input, make("span", { class: "mark" }));
    label.append(...item.childNodes);
    item.setAttribute("role", "none");
    item.append(label);
    return input;
  });
  function note() {
    state.picks = items.map((_, i) => i).filter((i) => inputs[i].checked);
    items.forEach((item, i) => item.classList.toggle("chosen", inputs[i].checked));
    keep(state);
  }
  list.addEventListener("change", note);
  note();
  const shown = state.order.map((i) => inputs[i]);
  onKeys((key) => {
    if (key >= "1" && key <= "9" && shown[key - 1]) shown[key - 1].click();
    else if (key === "x" && shown.includes(document.activeElement)) document.activeElement.click();
    else if (steps[key]) {
      focusNext(shown, steps[key]);
      if (!multiple) document.activeElement.click();
    } else return false;
    return true;
  });
}

function judge() {
  const state = recall();
  const known = state && state.order.length === items.length;
  const picks = known ? state.picks : [];
  if (known) arrange(state.order);
  list.classList.add("judged");
  items.forEach((item, i) => {
    const right = item.classList.contains("right");
    const chosen = picks.includes(i);
    item.classList.toggle("chosen", chosen);
    item.classList.toggle("missed", multiple && right && !chosen && picks.length > 0);
    let say = "";
    if (chosen) say = right ? words["picked-right"] : words["picked-wrong"];
    else if (right) say = multiple && picks.length ? words.missed : words["right-option"];
    const text = item.querySelector(".text");
    if (say) text.append(" ", make("span", { class: "note" }, say));
    const why = item.querySelector(".why");
    const row = make("div", { class: "row" }, make("span", { class: "mark" }), text);
    if (why && !chosen) {
      // The reason is folded: a tap anywhere on the row opens it.
      const summary = make("summary", {}, ...row.children, make("span", { class: "note" }, words.reason));
      item.prepend(make("details", { class: "tappable" }, summary, why));
    } else item.prepend(row);
  });
  if (!picks.length) return;
  const hits = picks.filter((i) => items[i].classList.contains("right")).length;
  const wanted = items.filter((item) => item.classList.contains("right")).length;
  const all = hits === wanted && hits === picks.length;
  showResult(all ? "right" : multiple && hits ? "partly" : "wrong");
}

if (isBack) judge();
else ask();
