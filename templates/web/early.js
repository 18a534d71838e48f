{
  // Until the page's script has begun, a mistake in it brings the plain page back.
  const root = document.documentElement;
  root.classList.add("scripted");
  addEventListener("error", () => root.classList.contains("ready") || root.classList.remove("scripted"));
}
