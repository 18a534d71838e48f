// The device's voice reads a text aloud, where it has one; without scripts or a voice there is no button.
if ("speechSynthesis" in window) document.documentElement.classList.add("speaks");
for (const name of ["click", "keydown"]) {
  document.addEventListener(name, (event) => {
    const button = event.target.closest("[data-part=speak]");
    if (!button || (name === "keydown" && event.key !== "Enter" && event.key !== " ")) return;
    event.preventDefault();
    const said = new SpeechSynthesisUtterance(button.dataset.text);
    said.lang = button.dataset.language;
    speechSynthesis.cancel();
    speechSynthesis.speak(said);
  });
}
