// Code is copied by a button; it is not a `button`, which would be disabled together with its question.
for (const code of document.querySelectorAll("pre")) {
  if (!navigator.clipboard || code.closest("label, button, .row")) continue;
  const box = document.createElement("div");
  const button = document.createElement("span");
  box.className = "codebox";
  button.className = "copy";
  button.tabIndex = 0;
  button.setAttribute("role", "button");
  button.dataset.part = "copy";
  button.textContent = document.body.dataset.copy;
  code.before(box);
  box.append(code, button);
}
// Listen on the document, as a question that is asked again is a copy.
for (const name of ["click", "keydown"]) {
  document.addEventListener(name, async (event) => {
    const button = event.target.closest("[data-part=copy]");
    if (!button || (name === "keydown" && event.key !== "Enter" && event.key !== " ")) return;
    event.preventDefault();
    await navigator.clipboard.writeText(button.parentNode.querySelector("pre").textContent);
    button.textContent = document.body.dataset.copied;
  });
}
