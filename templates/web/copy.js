// Code is copied by a button; it is no `button`, which would be disabled with the question that it stands in.
for (const code of document.querySelectorAll("pre")) {
  if (!navigator.clipboard || code.closest("label, button, .row")) continue;
  const { copy, copied } = document.body.dataset;
  const box = document.createElement("div");
  const button = document.createElement("span");
  box.className = "codebox";
  button.className = "copy";
  button.tabIndex = 0;
  button.setAttribute("role", "button");
  button.textContent = copy;
  const act = async () => {
    await navigator.clipboard.writeText(code.textContent);
    button.textContent = copied;
  };
  button.addEventListener("click", act);
  button.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" && event.key !== " ") return;
    event.preventDefault();
    act();
  });
  code.before(box);
  box.append(code, button);
}
