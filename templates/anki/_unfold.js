// The key `h` opens and closes what is folded: the hint, and on the back reasons and tables. On the desktop neither Space
// nor Enter comes here. One listener does for all cards, as on the desktop they share a page.
if (!window.deckgenUnfold) {
  window.deckgenUnfold = function (event) {
    if (event.key !== "h" || event.ctrlKey || event.altKey || event.metaKey) return;
    if (event.target.matches && event.target.matches("input[type=text], textarea")) return;
    const folded = [...document.querySelectorAll(".deckgen details")];
    const open = folded.some((details) => !details.open);
    folded.forEach((details) => (details.open = open));
  };
  document.addEventListener("keydown", window.deckgenUnfold);
}
