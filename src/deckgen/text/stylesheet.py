"""The style sheet of what this package writes: code, formulas, tables, images."""

from __future__ import annotations

from typing import TYPE_CHECKING

from deckgen.text.medium import Medium

if TYPE_CHECKING:
    from collections.abc import Sequence

_LAYOUT = """\
pre.highlight { margin: 0.6em 0; padding: 0.6em 0.8em; overflow-x: auto; text-align: left; line-height: 1.4; \
border: 1px solid; border-radius: 4px; tab-size: 4; }
.formula { overflow: visible; }
.formula-block { display: block; margin: 0.6em 0; overflow-x: auto; text-align: center; }
.missing-image { border: 1px dashed; padding: 0 0.3em; }
"""

#: What a token means, and Pygments' classes for it.
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
#: On paper weight and slant tell tokens apart, for black and white prints too.
_INK = """\
pre.highlight { background: none !important; color: #000 !important; border-color: #999 !important; \
white-space: pre-wrap; overflow-wrap: anywhere; }
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
        return _LAYOUT + _ink()
    places = _DARK_BY_MEDIUM[medium] if dark is None else dark
    ink = _wrapped("@media print", _ink()) if medium is Medium.SCREEN else ""
    return _LAYOUT + _colours(LIGHT, "") + "".join(map(_dark, places)) + ink


def _dark(place: str) -> str:
    if place.startswith("@"):
        return _wrapped(place, _colours(DARK, ""))
    return _colours(DARK, f"{place} ")


def _colours(palette: dict[str, str], prefix: str) -> str:
    background, text, border = palette["background"], palette["text"], palette["border"]
    rules = [f"{prefix}pre.highlight {{ background: {background}; color: {text}; border-color: {border}; }}"]
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
