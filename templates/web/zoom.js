// A picture fills the screen at a tap or Enter, and goes at the next, or at Escape.
let large = null;
function shrink() {
  if (large) large.remove();
  large = null;
}
function enlarge(picture) {
  large = picture.cloneNode();
  large.className = "large";
  delete large.dataset.part;
  large.addEventListener("click", shrink);
  document.body.append(large);
}
document.addEventListener("keydown", (event) => event.key === "Escape" && shrink());
for (const picture of document.querySelectorAll("main img")) {
  if (picture.closest("a, button, label, .row")) continue;
  picture.classList.add("zoom");
  picture.tabIndex = 0;
  picture.setAttribute("role", "button");
  picture.dataset.part = "zoom";
}
// Listen on the document, as a question that is asked again is a copy.
for (const name of ["click", "keydown"]) {
  document.addEventListener(name, (event) => {
    const picture = event.target.closest("[data-part=zoom]");
    if (!picture || (name === "keydown" && event.key !== "Enter" && event.key !== " ")) return;
    event.preventDefault();
    if (large) shrink();
    else enlarge(picture);
  });
}
