// Everything on a card is within reach. `h` opens and closes what is folded, the hint, and on the back reasons and
// tables, for on the desktop neither Space nor Enter comes here; what is wider than the screen is scrolled by arrows; a
// picture is enlarged by a tap; punctuation stays on the line of the formula or code next to it.
(function () {
  if (window.deckgenUnfold) document.removeEventListener("keydown", window.deckgenUnfold);
  window.deckgenUnfold = function (event) {
    if (event.key !== "h" || event.ctrlKey || event.altKey || event.metaKey) return;
    if (event.target.matches && event.target.matches("input[type=text], textarea")) return;
    const folded = [...document.querySelectorAll(".deckgen details")];
    const open = folded.some((details) => !details.open);
    folded.forEach((details) => (details.open = open));
  };
  document.addEventListener("keydown", window.deckgenUnfold);
  const card = document.querySelector(".deckgen");
  const wide = (element) => element.scrollWidth > element.clientWidth + 1 || !element.clientWidth;
  function reach() {
    for (const formula of card.querySelectorAll("mjx-container:not([display=true])")) {
      let around = formula.parentElement;
      while (around !== card && !around.clientWidth) around = around.parentElement;
      formula.classList.remove("wide");
      if (formula.getBoundingClientRect().width > around.clientWidth) formula.classList.add("wide");
    }
    for (const box of card.querySelectorAll("pre, .text table, .tables, mjx-container[display=true], mjx-container.wide, .formula-block, .formula-wide"))
      if (wide(box)) box.tabIndex = 0;
      else box.removeAttribute("tabindex");
  }
  reach();
  // MathJax comes later, and a screen may be turned.
  if (window.ResizeObserver) new ResizeObserver(reach).observe(card);

  for (const picture of card.querySelectorAll(".text img")) {
    if (picture.closest("a, button, label, summary")) continue;
    picture.classList.add("tappable");
    picture.addEventListener("click", () => picture.classList.toggle("large"));
  }

  // Wrap the text from one place to another, and the nodes between.
  function keep(first, last) {
    const whole = document.createElement("span");
    whole.className = "whole";
    first.before(whole);
    for (let node = first, next; node; node = next) {
      next = node === last ? null : node.nextSibling;
      whole.append(node);
    }
  }
  const closing = /^[.,;:!?)\]”»’…%]+/;
  for (const code of card.querySelectorAll(".text :not(pre) > code")) {
    const after = code.nextSibling;
    const marks = after && after.nodeType === 3 && after.data.match(closing);
    if (!marks) continue;
    if (after.data.length > marks[0].length) after.splitText(marks[0].length);
    keep(code, after);
  }
  // Long code may be broken where its parts end.
  for (const code of card.querySelectorAll(".text :not(pre) > code"))
    for (const node of [...code.childNodes])
      if (node.nodeType === 3 && node.data.length > 16)
        node.replaceWith(...node.data.split(/(?<=[_.,/([{:=])(?=\w)/).flatMap((part, at) => (at ? [document.createElement("wbr"), part] : [part])));
  const walker = document.createTreeWalker(card, NodeFilter.SHOW_TEXT);
  const formulas = [];
  for (let node = walker.nextNode(); node; node = walker.nextNode())
    if (node.data.includes("\\(") && !node.parentElement.closest("code, pre, script, .whole")) formulas.push(node);
  for (let node of formulas)
    for (let found; node && (found = node.data.match(/[(\[“„«‘]*\\\([^]*?\\\)[.,;:!?)\]”»’…%]*/)); ) {
      const formula = found.index ? node.splitText(found.index) : node;
      node = formula.data.length > found[0].length ? formula.splitText(found[0].length) : null;
      if (!found[0].startsWith("\\(") || !found[0].endsWith("\\)")) keep(formula, formula);
    }
})();
