// Of what MathJax sets, a button has no name: what a formula in it says, as it was written, becomes part of one.
function name(button, ...htmls) {
  const said = make("template", {});
  const names = htmls.map((html) => {
    said.innerHTML = html;
    said.content.querySelectorAll("img").forEach((image) => image.replaceWith(image.alt));
    return said.content.textContent.trim();
  });
  if (!/\\[([]/.test(names.join())) button.removeAttribute("aria-label");
  else button.setAttribute("aria-label", names.filter(Boolean).join(": ").replace(/\\[()[\]]/g, ""));
}
