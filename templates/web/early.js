{
  // Where the page's script did not run to its end, or was not let run at all, the plain page comes back.
  const root = document.documentElement;
  root.classList.add("scripted");
  addEventListener("DOMContentLoaded", () => root.classList.contains("ready") || root.classList.remove("scripted"));
}
