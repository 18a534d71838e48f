// A picture fills the screen at a tap or Enter, and goes at the next, or at Escape.
let large = null;
function shrink() {
  if (large) large.remove();
  large = null;
}
function enlarge(picture) {
  large = picture.cloneNode();
  large.className = "large";
  large.addEventListener("click", shrink);
  document.body.append(large);
}
document.addEventListener("keydown", (event) => event.key === "Escape" && shrink());
for (const picture of document.querySelectorAll("main img")) {
  if (picture.closest("a, button, label, .row")) continue;
  picture.classList.add("zoom");
  picture.tabIndex = 0;
  picture.setAttribute("role", "button");
  picture.addEventListener("click", () => enlarge(picture));
  picture.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" && event.key !== " ") return;
    event.preventDefault();
    if (large) shrink();
    else enlarge(picture);
  });
}
