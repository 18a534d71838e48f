// What the scripts of all kinds share. It runs on each side; on the desktop both sides are one page.
const root = document.querySelector(".deckgen");
const isBack = root.classList.contains("back");
const words = [[ words_for_scripts|tojson ]];

function make(tag, attributes, ...children) {
  const element = document.createElement(tag);
  for (const name in attributes) element.setAttribute(name, attributes[name]);
  element.append(...children);
  return element;
}

// From the front to the back: the page itself on the desktop, the session's storage where the back is a new page.
function keep(value) {
  window.deckgenKept = JSON.stringify({ id: root.dataset.id, value: value });
  try {
    sessionStorage.setItem("deckgen", window.deckgenKept);
  } catch (error) {
    // No storage here: the page keeps it.
  }
}

function recall() {
  try {
    const kept = JSON.parse(window.deckgenKept || sessionStorage.getItem("deckgen"));
    return kept.id === root.dataset.id ? kept.value : null;
  } catch (error) {
    return null;
  }
}

// Numbers from 0 in random order.
function shuffled(count) {
  const order = Array.from({ length: count }, (_, i) => i);
  for (let i = count - 1; i > 0; i--) {
    const j = Math.floor(Math.random() * (i + 1));
    [order[i], order[j]] = [order[j], order[i]];
  }
  return order;
}

// Keys of the front. Anki's own go before these: on the desktop 1 to 7, Space and Enter never come here.
if (window.deckgenKeys) document.removeEventListener("keydown", window.deckgenKeys);
function onKeys(act) {
  window.deckgenKeys = function (event) {
    if (!root.isConnected || event.ctrlKey || event.altKey || event.metaKey) return;
    if (event.target.matches && event.target.matches("input[type=text], textarea")) return;
    if (act(event.key)) event.preventDefault();
  };
  document.addEventListener("keydown", window.deckgenKeys);
}

// Where an arrow leads. To the right is forward, unless the writing runs the other way.
const forward = getComputedStyle(root).direction === "rtl" ? -1 : 1;
const steps = { ArrowDown: 1, ArrowUp: -1, ArrowRight: forward, ArrowLeft: -forward };

// Anki on the desktop puts the focus on its own button, where no key reaches the card, unless there is an element of
// this id: it puts the focus there.
function takeFocus(element) {
  element.id = "typeans";
  if (element.matches("input")) return;
  element.tabIndex = -1;
  element.setAttribute("aria-label", root.querySelector(".what").textContent);
}

// Put the focus on the next of some elements, or with -1 on the one before.
function focusNext(elements, step) {
  const at = elements.indexOf(document.activeElement);
  const next = at < 0 ? (step > 0 ? 0 : elements.length - 1) : at + step;
  elements[(next + elements.length) % elements.length].focus();
}

function showResult(outcome) {
  const say = {
    right: words.right,
    partly: words.partly,
    almost: words.almost,
    unread: words["not-read"],
    wrong: words.wrong,
  };
  root.querySelector(".task").append(make("span", { class: "result " + outcome }, say[outcome]));
}
