// A word or phrase is right whatever its case, spaces, quotation marks, dashes and final full stop.
function plain(text) {
  const even = text
    .normalize("NFKC")
    .toLowerCase()
    .replace(/[\u2018\u2019\u02BC\u0060\u00B4]/g, "'")
    .replace(/[\u201C-\u201F\u00AB\u00BB]/g, '"')
    .replace(/[\u2010-\u2015\u2212]/g, "-")
    .replace(/\s+/g, " ")
    .trim();
  return even.replace(/[.,;:!?]+$/, "") || even;
}

// How many letters must be changed, added, dropped or swapped with the next to make one text of the other.
function distance(one, other) {
  const a = Array.from(one);
  const b = Array.from(other);
  const rows = [Array.from({ length: b.length + 1 }, (_, j) => j)];
  for (let i = 1; i <= a.length; i++) {
    rows[i] = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1;
      rows[i][j] = Math.min(rows[i - 1][j] + 1, rows[i][j - 1] + 1, rows[i - 1][j - 1] + same);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        rows[i][j] = Math.min(rows[i][j], rows[i - 2][j - 2] + 1);
    }
  }
  return rows[a.length][b.length];
}

function judge(given) {
  const texts = [...root.querySelectorAll(".solution b, .accept li")].map((element) => plain(element.textContent));
  const mine = plain(given);
  if (texts.includes(mine)) return "right";
  const bare = (text) => text.normalize("NFD").replace(/\p{M}/gu, "");
  const near = (text) => /^[^0-9]{5,}$/.test(text) && distance(text, mine) <= (text.length > 9 ? 2 : 1);
  return texts.some((text) => near(text) || bare(text) === bare(mine)) ? "almost" : "wrong";
}
