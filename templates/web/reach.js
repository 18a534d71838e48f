// What is wider than the page, the keyboard scrolls.
{
  const wide = "pre, table:not([class], [id]), .tablebox, .formula-block, .formula-wide";
  const reach = new ResizeObserver(() => {
    for (const box of document.querySelectorAll(wide))
      if (box.scrollWidth > box.clientWidth + 1) box.tabIndex = 0;
      else box.removeAttribute("tabindex");
  });
  // A box that comes into sight with its question need not change the size of the page.
  const watch = (root) => {
    for (const box of root.querySelectorAll(wide)) reach.observe(box);
  };
  reach.observe(document.body);
  watch(document);
  addEventListener("renewed", (event) => watch(event.target));
}
