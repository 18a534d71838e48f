"""The faces of printed pages: a page carries those it uses, so that it is set alike on every machine.

STIX Two Text is the text face of the mathematics that formulas are drawn with. Atkinson Hyperlegible was
drawn by the Braille Institute for readers with low vision: in it `0` and `O`, `1`, `l` and `I` differ.
All are under the SIL Open Font License.
"""

from __future__ import annotations

import re
from base64 import b64encode
from functools import cache
from pathlib import Path

import msgspec
from markupsafe import Markup

from deckgen.patterns import lazy_pattern

_FOLDER = Path(__file__).parent / "faces"

SERIF, SANS, MONO = "STIX Two Text", "Atkinson Hyperlegible Next", "Atkinson Hyperlegible Mono"

#: Files are split by script, with a family for each: not every engine knows `unicode-range`.
_SCRIPTS = {
    "latin": re.compile(""),
    "latin-ext": re.compile(
        r"[\u0100-\u0130\u0132-\u0151\u0154-\u02ba\u1d00-\u1dbf\u1e00-\u1eff\u20a0-\u20ab\u20ad-\u20c0]"
    ),
    "greek": re.compile(r"[\u0370-\u03ff]"),
    "cyrillic": re.compile(r"[\u0400-\u045f\u0490\u0491\u04b0\u04b1\u2116]"),
}
_CODE = lazy_pattern(r"<(?:code|pre|kbd)\b|class=\"as-pre")


class Face(msgspec.Struct, frozen=True):
    """One weight and slant of a family."""

    family: str
    weight: int
    style: str = "normal"
    scripts: tuple[str, ...] = ("latin", "latin-ext")


_FOR_TEXT = tuple(
    Face(SERIF, weight, style, tuple(_SCRIPTS))
    for weight, style in ((400, "normal"), (400, "italic"), (600, "normal"))
)
_FOR_LABELS = (Face(SANS, 400), Face(SANS, 600))
_FOR_CODE = (Face(MONO, 400),)


def rules(content: str, *, large: bool = False) -> Markup:
    """Return the `@font-face` rules for the scripts and kinds of text in `content`.

    In `large` print everything is set without serifs.
    """
    faces = (*(() if large else _FOR_TEXT), *_FOR_LABELS, *(_FOR_CODE if _CODE.search(content) else ()))
    scripts = [script for script, letters in _SCRIPTS.items() if letters.search(content)]
    return Markup("\n").join(
        _rule(face, script) for face in faces for script in scripts if script in face.scripts
    )


def _name(family: str, script: str) -> str:
    return family if script == "latin" else f"{family} {script}"


def sources() -> tuple[str, ...]:
    """Return the addresses, `data:font/woff2;base64,…`, that the rules of all faces load."""
    faces = (*_FOR_TEXT, *_FOR_LABELS, *_FOR_CODE)
    return tuple(_source(face, script) for face in faces for script in face.scripts)


@cache
def _source(face: Face, script: str) -> str:
    file = f"{face.family.lower().replace(' ', '-')}-{script}-{face.weight}-{face.style}.woff2"
    return f"data:font/woff2;base64,{b64encode((_FOLDER / file).read_bytes()).decode()}"


@cache
def _rule(face: Face, script: str) -> Markup:
    return Markup(  # noqa: S704 -- our own names and files
        f'@font-face {{ font-family: "{_name(face.family, script)}"; font-weight: {face.weight}; '
        f"font-style: {face.style}; src: url({_source(face, script)}) format('woff2'); }}"
    )


def _stack(family: str, *fallbacks: str) -> Markup:
    names = (*(_name(family, script) for script in _SCRIPTS), *fallbacks)
    return Markup(", ".join(f'"{name}"' if " " in name else name for name in names))  # noqa: S704 -- our own


#: Values of `font-family`: our faces in all their scripts, then others for letters that ours have not.
STACKS = {
    "serif": _stack(SERIF, "Noto Serif", "Palatino", "Palatino Linotype", "Liberation Serif", "serif"),
    "sans": _stack(SANS, "Noto Sans", "Segoe UI", "Helvetica Neue", "Liberation Sans", "sans-serif"),
    "mono": _stack(MONO, "Menlo", "Consolas", "Liberation Mono", "DejaVu Sans Mono", "monospace"),
}
