"""Pages that show a card as Anki's study screens do: the same elements, classes and order of events.

`study_page` turns a card over as Anki does on a computer, AnkiMobile and the newer AnkiDroid do: one page, whose
`#qa` gets the other side's HTML. `side_page` is a page for one side, as the older AnkiDroid makes them. What is not
here is Anki's frame around the card, and MathJax: formulas show as their LaTeX, as they do before it has come.
"""

from __future__ import annotations

import json
from html import escape

#: What Anki brings along and cards must stand on or override, in our own words: its margins, its buttons and fields.
_FRAME = """\
* { box-sizing: content-box; }
html { --canvas: #f5f5f5; --fg: #020202; }
html.night-mode { --canvas: #2c2c2c; --fg: #fcfcfc; color-scheme: dark; }
body { margin: 20px; overflow-wrap: break-word; background: var(--canvas); color: var(--fg); }
body.nightMode { background-color: var(--canvas); color: var(--fg); }
a { color: #1d4ed8; text-decoration: none; }
img { max-width: 100%; max-height: 95vh; }
li { text-align: start; }
pre { text-align: left; }
button { margin: 1em 0.5em; border: 1px solid #c4c4c4; border-radius: 5px; background: #fcfcfc; color: inherit;
  font-weight: 500; outline: none; }
button:hover { border-color: #858585; background: linear-gradient(#fff, #ddd); }
input[type="text"] { border: 1px solid #c4c4c4; border-radius: 5px; outline: none; }
#typeans { width: 100%; box-sizing: border-box; }
"""

#: AnkiDroid's, whose night rules for a field to type in are hard to override.
_PHONE_FRAME = """\
body { margin: 0 0 30px; padding: 0; }
body.night_mode { color: white; background-color: black; }
#content { margin: 0.5em; }
#typeans { width: 100%; }
.night_mode input#typeans { color: white; background-color: black; }
.chrome img { max-width: 100%; max-height: 90%; }
"""

#: A script that is set as HTML does not run, so Anki creates each one again; it scrolls to `#answer`.
_STUDY = """\
(function () {
"use strict";
const sides = JSON.parse(document.getElementById("sides").textContent);
async function show(side) {
  const qa = document.getElementById("qa");
  qa.innerHTML = sides[side];
  for (const old of [...qa.getElementsByTagName("script")]) {
    const script = document.createElement("script");
    for (const attribute of old.attributes) script.setAttribute(attribute.name, attribute.value);
    script.append(old.innerHTML);
    old.replaceWith(script);
  }
  document.body.className = sides.classes;
  if (side === "front") window.scrollTo(0, 0);
  if (window.MathJax && MathJax.typesetPromise) await MathJax.typesetPromise([qa]);
  const typed = document.getElementById("typeans");
  if (side === "front" && typed) typed.focus();
  const answer = document.getElementById("answer");
  if (side === "back" && answer) answer.scrollIntoView();
  qa.dataset.side = side;
}
window.show = show;
// For who shows another state of the card in the same page.
window.sides = sides;
window.pycmd = function (command) {
  if (command === "ans") show("back");
};
// Anki takes these keys before the card does, unless one is being typed into a field.
window.addEventListener("keydown", (event) => {
  if (event.target.matches("input[type=text], textarea") || event.ctrlKey || event.altKey || event.metaKey) return;
  if (!"1234567 ".includes(event.key) && event.key !== "Enter") return;
  event.stopImmediatePropagation();
  event.preventDefault();
  if (event.key === " " || event.key === "Enter") show("back");
}, true);
show("front");
})();
"""


def card_html(html: str, style: str) -> str:
    """Return a side's HTML with the note type's style before it, which is how Anki hands it to a screen."""
    return f"<style>{style}</style>{html}"


def body_classes(ordinal: int, *, night: bool) -> str:
    """Return the classes Anki gives the body for the card of an ordinal (0-based)."""
    return f"card card{ordinal + 1}" + (" nightMode night_mode" if night else "")


def study_page(
    front: str,
    back: str,
    style: str,
    *,
    ordinal: int = 0,
    night: bool = False,
    phone: bool = False,
    title: str = "Card",
    language: str = "en",
) -> str:
    """Return a page that shows a card's front, and turns it over at Space, Enter or `show("back")`.

    `front` and `back` are rendered HTML (`deckgen.anki.render`), `style` is the note type's.
    """
    sides = {
        "front": card_html(front, style),
        "back": card_html(back, style),
        "classes": body_classes(ordinal, night=night),
    }
    # In JSON these are the same characters, and in HTML they end nothing.
    data = json.dumps(sides, ensure_ascii=False).replace("<", "\\u003c")
    root = ["night-mode"] * night + ["mobile"] * phone + ["js"]
    return (
        f'<!doctype html>\n<html lang="{escape(language)}" class="{" ".join(root)}">\n<head>\n{_META}'
        f"<title>{escape(title)}</title>\n<style>\n{_FRAME}</style>\n</head>\n"
        f'<body class="{sides["classes"]}">\n<div id="qa"></div>\n'
        f'<script type="application/json" id="sides">{data}</script>\n<script>\n{_STUDY}</script>\n'
        "</body>\n</html>\n"
    )


def side_page(
    html: str,
    style: str,
    *,
    ordinal: int = 0,
    night: bool = False,
    title: str = "Card",
    language: str = "en",
) -> str:
    """Return a page that shows one side of a card; it runs no script but the card's own."""
    root = ["night-mode"] * night + ["mobile", "android", "linux", "js"]
    return (
        f'<!doctype html>\n<html lang="{escape(language)}" class="{" ".join(root)}">\n<head>\n{_META}'
        f"<title>{escape(title)}</title>\n<style>\n{_PHONE_FRAME}</style>\n<style>\n{style}</style>\n</head>\n"
        f'<body class="{body_classes(ordinal, night=night)} chrome">\n<div id="content">\n{html}\n</div>\n'
        "</body>\n</html>\n"
    )


_META = '<meta charset="utf-8">\n<meta name="viewport" content="width=device-width, initial-scale=1">\n'
