// Shows the concepts that match what one types, the best first. Nothing is fetched.

{
  const field = document.getElementById("search");
  const plainly = (text) =>
    text
      .normalize("NFKD")
      .replace(/\p{M}/gu, "")
      .toLowerCase()
      .replace(/\s+/g, " ")
      .trim();
  const entries = [...document.querySelectorAll("#concepts li")].map((element) => ({
    element,
    names: element.dataset.names.split("\n").map(plainly),
    text: plainly(element.textContent),
  }));

  /** Rank an entry for what was typed: its name, the beginning of a word of its names, anything else; 0 for none. */
  const rank = ({ names, text }, words) => {
    if (!words.every((word) => text.includes(word))) return 0;
    const typed = words.join(" ");
    if (names.includes(typed)) return 4;
    if (names.some((name) => name.startsWith(typed))) return 3;
    return names.some((name) => ` ${name}`.includes(` ${typed}`)) ? 2 : 1;
  };

  const list = document.getElementById("concepts");
  const home = document.getElementById("home");
  const search = () => {
    const words = plainly(field.value).split(" ").filter(Boolean);
    const found = words.length
      ? entries
          .map((entry, place) => ({ entry, place, rank: rank(entry, words) }))
          .filter((each) => each.rank)
          .sort((one, other) => other.rank - one.rank || one.place - other.place)
      : [];
    list.replaceChildren(...(words.length ? found : entries.map((entry) => ({ entry }))).map(({ entry }) => entry.element));
    list.classList.toggle("searched", words.length > 0);
    // The list is at the end of the page, and below the field during a search.
    (words.length ? document.getElementById("find") : home).append(list);
    home.hidden = words.length > 0;
    document.getElementById("none").hidden = !words.length || found.length > 0;
    const said = document.getElementById("found");
    said.textContent = words.length ? said.dataset.pattern.replace("{count}", found.length) : "";
  };
  field.addEventListener("input", search);
  search();
  document.documentElement.classList.add("ready");
}
