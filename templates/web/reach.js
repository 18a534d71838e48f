// What is wider than the page, the keyboard scrolls.
const boxes = document.querySelectorAll("pre, table:not([class], [id]), .tablebox, .formula-block, .formula-wide");
new ResizeObserver(() => {
  for (const box of boxes)
    if (box.scrollWidth > box.clientWidth + 1) box.tabIndex = 0;
    else box.removeAttribute("tabindex");
}).observe(document.body);
