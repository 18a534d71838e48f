"""The style sheet for the HTML of this package: code, formulas, tables, images."""

from __future__ import annotations

from typing import TYPE_CHECKING

from deckgen.text.medium import Medium

if TYPE_CHECKING:
    from collections.abc import Sequence

_LAYOUT = """\
pre.highlight { margin: 0.6em 0; padding: 0.6em 0.8em; overflow-x: auto; text-align: left; line-height: 1.4; \
border: 1px solid; border-radius: 4px; tab-size: 4; }
:not(pre) > code { display: inline-block; max-inline-size: 100%; white-space: normal; text-indent: 0; }
.highlight .o, .highlight .p, .whole { white-space: nowrap; }
.formula { overflow: visible; }
.formula-block { display: block; margin: 0.6em 0; overflow-x: auto; text-align: center; }
.missing-image { border: 1px dashed; padding: 0 0.3em; }
.todo { list-style: none; text-indent: -1.3em; }
ruby { white-space: nowrap; text-indent: 0; line-height: 1.95; }
rt { font-size: 0.52em; font-weight: normal; line-height: 1.2; }
rt, rp { user-select: none; }
"""
#: On a screen, wide content scrolls in its own box. Shadows show at which edges there is more, and
#: covers that scroll along hide them at the other edges; `--ground` is the background of the box. A cover may
#: leave a part of the last dot free, so shadows begin after it.
_EDGES = """\
{where} {{ background: \
linear-gradient(to right, var(--ground) 40%, transparent) 0 0 / 2.4em 100% local, \
linear-gradient(to left, var(--ground) 40%, transparent) 100% 0 / 2.4em 100% local, \
linear-gradient(to right, var(--shade), transparent) 1px 0 / 0.8em 100% scroll, \
linear-gradient(to left, var(--shade), transparent) calc(100% - 1px) 0 / 0.8em 100% scroll; \
background-color: var(--ground); background-repeat: no-repeat; }}
"""
_SCROLLING = ("table:not([class], [id]), .tablebox", ".formula-block, .formula-wide", "pre.highlight")
_SCREEN_LAYOUT = """\
table:not([class], [id]) { display: block; inline-size: max-content; max-inline-size: 100%; overflow-x: auto; \
border-collapse: collapse; margin: 0.7em 0; font-size: 0.92em; line-height: 1.4; }
table:not([class], [id]) :is(th, td) { padding: 0.45em 0.9em 0.45em 0; border-block-end: 1px solid var(--line); \
text-align: start; vertical-align: top; overflow-wrap: normal; word-break: normal; }
table:not([class], [id]) :is(th, td):last-child { padding-inline-end: 0; }
[dir="rtl"] table:not([class], [id]) :is(th, td) { padding: 0.45em 0 0.45em 0.9em; }
table:not([class], [id]) th { font-weight: 600; }
table:not([class], [id]) thead th { border-block-end: 0.12em solid var(--soft); vertical-align: bottom; }
table:not([class], [id]) :is(code, .formula) { white-space: nowrap; }
.speak[role] { display: none; padding: 0.2em 0.4em; border: 1px solid var(--line); border-radius: 0.4em; \
color: var(--accent); cursor: pointer; font-size: 1rem; line-height: 1; }
.speaks .speak[role] { display: inline-block; }
.speak .loudspeaker { inline-size: 1.1em; block-size: 0.88em; vertical-align: -0.08em; }
audio.sound { inline-size: 17rem; max-inline-size: 100%; block-size: 2.4rem; vertical-align: middle; }
{edges}pre.highlight { white-space: pre; overflow-wrap: normal; font-size: 0.84em; }
.formula-wide { display: inline-block; max-inline-size: 100%; overflow-x: auto; overflow-y: hidden; \
vertical-align: middle; }
.formula-wide > .formula { display: block; }
.whole > .formula-wide { max-inline-size: calc(100% - 0.6em); }
""".replace("{edges}", "".join(_EDGES.format(where=where) for where in _SCROLLING))

#: Kinds of tokens, and Pygments' classes for them.
_CLASSES = {
    "comment": "c c1 ch cm cp cpf cs gp",
    "keyword": "k kc kd kn kp kr kt ow gs",
    "name": "nc nf fm nt nd ne nn",
    "value": "mi mf mh mo mb m il no",
    "string": "s s1 s2 sa sb sc sd se sh si sr ss sx dl l",
    "builtin": "nb bp nv vc vg vi na nl",
    "inserted": "gi",
    "deleted": "gd",
}
#: Colours on the background given first; every pair has a contrast of 4.5 or more (WCAG 1.4.3).
LIGHT = {
    "background": "#f6f8fa",
    "text": "#1f2328",
    "border": "#d1d9e0",
    "comment": "#59636e",
    "keyword": "#a0111f",
    "name": "#622cbc",
    "value": "#0550ae",
    "string": "#0a3069",
    "builtin": "#7a3e00",
    "inserted": "#0f6b2c",
    "deleted": "#a0111f",
}
DARK = {
    "background": "#1b1f24",
    "text": "#e6edf3",
    "border": "#3d444d",
    "comment": "#9ba5b0",
    "keyword": "#ff8a80",
    "name": "#d2a8ff",
    "value": "#79c0ff",
    "string": "#a5d6ff",
    "builtin": "#ffb366",
    "inserted": "#7ee787",
    "deleted": "#ff8a80",
}
#: Up to this indentation of a line of code, in characters, its wrapped part is indented further.
DEEPEST = 40
#: On paper, lines of code are wrapped, with the rest indented by four more characters. Paragraphs of
#: another direction are isolated.
_PAPER_LAYOUT = """\
span[dir] { unicode-bidi: isolate; }
span[dir="ltr"] { direction: ltr; }
span[dir="rtl"] { direction: rtl; }
.sound { white-space: nowrap; }
.loudspeaker { inline-size: 1.05em; block-size: 0.84em; margin-inline-end: 0.25em; vertical-align: -0.06em; }
.ruby { display: inline-block; white-space: nowrap; text-align: center; text-indent: 0; line-height: 1.15; }
.reading { display: block; font-size: 0.52em; font-weight: normal; font-style: normal; }
.as-pre > code { display: inline; white-space: pre-wrap; }
.highlight .codeline { display: block; padding-left: 4ch; text-indent: -4ch; }
.highlight .indent { font-size: 0; }
.highlight .long { display: inline-block; max-width: 100%; padding-left: 2ch; text-indent: -2ch; }
.highlight .long .long { padding-left: 0; text-indent: 0; }
""" + "".join(
    f".highlight .in{depth} {{ margin-left: min({depth}ch, 40%); }}\n" for depth in range(1, DEEPEST + 1)
)
#: On paper, weight and slant distinguish tokens, also in black and white.
_INK = """\
pre.highlight { background: none !important; color: #000 !important; border-color: #999 !important; \
white-space: pre-wrap; overflow-wrap: break-word; }
pre.highlight span { color: #000 !important; }
{comment} { font-style: italic; }
{keyword}, {inserted} { font-weight: bold; }
{deleted} { text-decoration: line-through; }
"""
_DARK_BY_MEDIUM: dict[Medium, tuple[str, ...]] = {
    Medium.ANKI: (".nightMode", ".night_mode"),
    Medium.PAPER: (),
    Medium.SCREEN: ("@media (prefers-color-scheme: dark)",),
}


def stylesheet(medium: Medium, dark: Sequence[str] | None = None) -> str:
    """Return the CSS for texts of a medium.

    Args:
        medium: Paper has weight and slant instead of colours; a screen has both, for when it is printed.
        dark: Where the dark colours hold: selectors of an ancestor (`.nightMode`) and media queries
            (`@media …`). By default `.nightMode` and `.night_mode` for Anki, and what the system prefers
            for a screen.
    """
    if medium is Medium.PAPER:
        return _LAYOUT + _PAPER_LAYOUT + _ink()
    places = _DARK_BY_MEDIUM[medium] if dark is None else dark
    ink = _wrapped("@media print", _ink()) if medium is Medium.SCREEN else ""
    return _LAYOUT + _SCREEN_LAYOUT + _colours(LIGHT, "") + "".join(map(_dark, places)) + ink


def _dark(place: str) -> str:
    if place.startswith("@"):
        return _wrapped(place, _colours(DARK, ""))
    return _colours(DARK, f"{place} ")


def _colours(palette: dict[str, str], prefix: str) -> str:
    background, text, border = palette["background"], palette["text"], palette["border"]
    rules = [
        (
            f"{prefix}pre.highlight {{ --ground: {background}; background-color: {background}; color: {text}; "
            f"border-color: {border}; }}"
        )
    ]
    rules += [f"{_selectors(meaning, prefix)} {{ color: {palette[meaning]}; }}" for meaning in _CLASSES]
    rules.append(f"{_selectors('comment', prefix)} {{ font-style: italic; }}")
    return "\n".join(rules) + "\n"


def _ink() -> str:
    rules = _INK
    for meaning in _CLASSES:
        rules = rules.replace(f"{{{meaning}}}", _selectors(meaning, ""))
    return rules


def _selectors(meaning: str, prefix: str) -> str:
    return ", ".join(f"{prefix}.highlight .{name}" for name in _CLASSES[meaning].split())


def _wrapped(query: str, rules: str) -> str:
    return f"{query} {{\n{rules}}}\n"
