"""Keep of raw HTML what is ordinary markup, and nothing that runs, loads or restyles the page.

The output is built from an allow-list: every attribute quoted, all text escaped, every element closed,
no comments and no elements whose content is raw text. So however a browser repairs it, it finds no other tags
in it than these.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from deckgen.media import KINDS
from deckgen.patterns import lazy_pattern
from deckgen.text.allowed import (
    CLOSES,
    DROPPED_VOID,
    DROPPED_WHOLE,
    ELEMENTS,
    SVG,
    VOID,
    is_allowed_attribute,
    is_allowed_style,
)
from deckgen.text.characters import without_gaps
from deckgen.text.escape import escape_attribute, escape_text
from deckgen.text.links import is_allowed, local_path
from deckgen.text.tags import RAW, End, Other, Start, Text, tokens

if TYPE_CHECKING:
    from deckgen.text.writer import Media

_LINKS = ("href", "xlink:href")
#: Pictures that stand in the text itself; `image/jpg` is not registered and common.
_MIMES = "|".join(kind.mime for kind in KINDS if not (kind.is_markup or kind.is_sound))
_DATA_IMAGE = lazy_pattern(
    rf"data:(?:{_MIMES}|image/jpg);base64,[A-Za-z0-9+/=\s]*\Z",
    re.IGNORECASE,
)
_BAD_REFERENCE = lazy_pattern(r"url\s*\((?!\s*['\"]?#)|\\", re.IGNORECASE)


class Removal(NamedTuple):
    """What was taken out of raw HTML, and at which character of it."""

    message: str
    offset: int


def sanitize(html: str, media: Media) -> str:
    """Return the allowed part of raw HTML, its images' `src` as `media` says."""
    return _read(html, media).html()


def removals(html: str) -> tuple[Removal, ...]:
    """Return what `sanitize` takes out."""
    return tuple(_read(html, str).removed)


def image_paths(html: str) -> tuple[str, ...]:
    """Return the paths of the local images that raw HTML names, in order."""
    paths: list[str] = []

    def note(path: str) -> str:
        paths.append(path)
        return path

    _read(html, note)
    return tuple(paths)


def text_of(html: str) -> str:
    """Return the text of the allowed part; images by their alternative."""
    return "".join(_read(html, lambda _: None).text)


class _Sanitizer:
    def __init__(self, media: Media) -> None:
        self.removed: list[Removal] = []
        self.text: list[str] = []
        self._media = media
        self._out: list[str] = []
        self._open: list[str] = []
        #: How many of each element are open: to look through all of them at each tag would take too long.
        self._count: Counter[str] = Counter()
        #: The element that is removed with all that is in it, and how many of its kind are open.
        self._dropping = ""
        self._depth = 0
        self._at = 0

    def read(self, html: str) -> None:
        for token in tokens(html):
            self._at = token.offset
            match token:
                case Text():
                    self._data(token.text)
                case Start():
                    self._start(token)
                case End():
                    self._end(token.name)
                case Other():
                    self._other(token)

    def html(self) -> str:
        return "".join(self._out) + "".join(f"</{tag}>" for tag in reversed(self._open))

    def _start(self, token: Start) -> None:
        tag = token.name
        if self._dropping:
            self._depth += tag == self._dropping and tag not in RAW
            return
        if tag not in ELEMENTS:
            self._remove(f"the element `{tag}` is not allowed")
            if tag in DROPPED_WHOLE - DROPPED_VOID:
                self._dropping, self._depth = tag, 1
            return
        self._close_implied(tag)
        if tag == "img":
            self._image(dict(token.attributes))
            return
        self._out.append(f"<{tag}{self._attributes(tag, token.attributes)}>")
        if tag in ("br", "hr"):
            self.text.append(" ")
        if tag in VOID:
            return
        # `<div/>` opens a div in HTML, but `<path/>` in SVG and MathML is whole.
        if token.closed and (self._count["svg"] or self._count["math"] or tag in ("svg", "math")):
            self._out.append(f"</{tag}>")
            return
        self._open.append(tag)
        self._count[tag] += 1

    def _end(self, tag: str) -> None:
        if self._dropping:
            self._depth -= tag == self._dropping
            if not self._depth:
                self._dropping = ""
        elif self._count[tag]:
            while self._close_last() != tag:
                pass

    def _data(self, data: str) -> None:
        if not self._dropping:
            self._out.append(escape_text(data))
            # Of ruby the base alone is text.
            if not (self._count["rt"] or self._count["rp"]):
                self.text.append(data)

    def _other(self, token: Other) -> None:
        if not self._dropping and not token.text.endswith(">"):
            what = "a comment" if token.text.startswith("<!") else "a tag"
            self._remove(f"{what} that never ends hides what follows it")

    def _close_last(self) -> str:
        tag = self._open.pop()
        self._count[tag] -= 1
        self._out.append(f"</{tag}>")
        if tag in CLOSES:
            self.text.append(" ")
        return tag

    def _close_implied(self, tag: str) -> None:
        while self._open and self._open[-1] in CLOSES.get(tag, ()):
            self._close_last()

    def _attributes(self, tag: str, attributes: dict[str, str]) -> str:
        return "".join(self._attribute(tag, name, value) for name, value in attributes.items())

    def _attribute(self, tag: str, name: str, value: str) -> str:
        if not is_allowed_attribute(tag, name):
            self._remove(f"the attribute `{name}` is not allowed")
            return ""
        if name == "style":
            return self._style(value)
        bad = _BAD_REFERENCE.search(value) and tag in SVG
        if name in _LINKS:
            value = value.strip()
            bad = not (value.startswith("#") if tag in SVG else is_allowed(value))
        if bad:
            self._remove(f"`{name}` may not be `{value}`")
            return ""
        return f' {name}="{escape_attribute(value)}"'

    def _style(self, value: str) -> str:
        kept = []
        for declaration in value.split(";"):
            declared = declaration.strip()
            if declared and not is_allowed_style(declared):
                self._remove(f"the style `{declared}` is not allowed")
            elif declared:
                kept.append(declared)
        return f' style="{escape_attribute("; ".join(kept))}"' if kept else ""

    def _image(self, attributes: dict[str, str]) -> None:
        alternative = without_gaps(attributes.get("alt", ""))
        self.text.append(alternative)
        source = attributes.pop("src", "")
        path = local_path(source)
        if _DATA_IMAGE.match(source):
            shown: str | None = source
        elif path is None:
            self._remove(f"the image `{source}` is not in the project")
            shown = None
        else:
            shown = self._media(path)
        attributes["alt"] = alternative
        rest = self._attributes("img", attributes)
        if shown is None:
            self._out.append(f'<span class="missing-image">{escape_text(alternative)}</span>')
        else:
            self._out.append(f'<img src="{escape_attribute(shown)}"{rest}>')

    def _remove(self, message: str) -> None:
        self.removed.append(Removal(message, self._at))


def _read(html: str, media: Media) -> _Sanitizer:
    sanitizer = _Sanitizer(media)
    sanitizer.read(html)
    return sanitizer
