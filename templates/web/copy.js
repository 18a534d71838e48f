// Code is copied by a button; it is no `button`, which would be disabled with the question that it stands in.
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
// Heard from here, for a question that is asked anew is a copy of itself.
for (const name of ["click", "keydown"]) {
  document.addEventListener(name, async (event) => {
    const button = event.target.closest("[data-part=copy]");
    if (!button || (name === "keydown" && event.key !== "Enter" && event.key !== " ")) return;
    event.preventDefault();
    await navigator.clipboard.writeText(button.parentNode.querySelector("pre").textContent);
    button.textContent = document.body.dataset.copied;
  });
}
