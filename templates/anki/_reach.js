// Everything on a card is within reach of the keyboard. `h` opens and closes what is folded, the hint, and on the back
// reasons and tables, for on the desktop neither Space nor Enter comes here; and code that is wider than the screen is
// scrolled by arrows.
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
  for (const code of document.querySelectorAll(".deckgen pre"))
    if (code.scrollWidth > code.clientWidth || !code.clientWidth) code.tabIndex = 0;
})();
