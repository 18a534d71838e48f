"""Keep of raw HTML what is ordinary markup, and nothing that runs, loads or restyles the page.

The output is written anew from an allow-list: every attribute quoted, all text escaped, every element closed,
no comments and no elements whose content is raw text. So however a browser repairs it, it finds no other tags
in it than these.
"""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import TYPE_CHECKING, NamedTuple

from deckgen.text.allowed import (
    CLOSES,
    DROPPED_VOID,
    DROPPED_WHOLE,
    ELEMENTS,
    SVG,
    VOID,
    is_allowed_attribute,
)
from deckgen.text.characters import without_gaps
from deckgen.text.escape import escape_attribute, escape_text
from deckgen.text.links import is_allowed, local_path

if TYPE_CHECKING:
    from deckgen.text.writer import Media

_LINKS = ("href", "xlink:href")
_DATA_IMAGE = re.compile(r"data:image/(?:png|jpe?g|gif|webp|avif);base64,[A-Za-z0-9+/=\s]*\Z", re.IGNORECASE)
#: What loads or runs something from a declaration, or hides it from this test.
_BAD_STYLE = re.compile(
    r"url|image|src\s*\(|expression|behaviou?r|binding|import|script|[\\<]|/\*", re.IGNORECASE
)
_BAD_REFERENCE = re.compile(r"url\s*\((?!\s*['\"]?#)|\\", re.IGNORECASE)


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


class _Sanitizer(HTMLParser):
    def __init__(self, media: Media) -> None:
        super().__init__(convert_charrefs=True)
        self.removed: list[Removal] = []
        self.text: list[str] = []
        self._media = media
        self._out: list[str] = []
        self._open: list[str] = []
        self._dropping: list[str] = []
        self._lines: list[int] = []

    def read(self, html: str) -> None:
        starts = [0]
        starts += (found.end() for found in re.finditer("\n", html))
        self._lines = starts
        self.feed(html)
        self.close()

    def html(self) -> str:
        return "".join(self._out) + "".join(f"</{tag}>" for tag in reversed(self._open))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self._dropping:
            if tag == self._dropping[-1]:
                self._dropping.append(tag)
            return
        if tag not in ELEMENTS:
            self._remove(f"the element `{tag}` is not allowed")
            if tag in DROPPED_WHOLE - DROPPED_VOID:
                self._dropping.append(tag)
            return
        self._close_implied(tag)
        attributes: dict[str, str | None] = {}
        for name, value in attrs:
            attributes.setdefault(name, value)  # of two by one name a browser takes the first
        if tag == "img":
            self._image(attributes)
            return
        self._out.append(f"<{tag}{self._attributes(tag, attributes)}>")
        if tag in ("br", "hr"):
            self.text.append(" ")
        if tag not in VOID:
            self._open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        # `<div/>` opens a div in HTML, but `<path/>` in SVG and MathML is whole.
        self.handle_starttag(tag, attrs)
        if tag in ELEMENTS and {"svg", "math"} & set(self._open):
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        if self._dropping:
            if tag == self._dropping[-1]:
                self._dropping.pop()
        elif tag in self._open:
            while self._close_last() != tag:
                pass

    def handle_data(self, data: str) -> None:
        if not self._dropping:
            self._out.append(escape_text(data))
            self.text.append(data)

    def _close_last(self) -> str:
        tag = self._open.pop()
        self._out.append(f"</{tag}>")
        if tag in CLOSES:
            self.text.append(" ")
        return tag

    def _close_implied(self, tag: str) -> None:
        while self._open and self._open[-1] in CLOSES.get(tag, ()):
            self._close_last()

    def _attributes(self, tag: str, attributes: dict[str, str | None]) -> str:
        return "".join(self._attribute(tag, name, value or "") for name, value in attributes.items())

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
            if _BAD_STYLE.search(declaration):
                self._remove(f"the style `{declaration.strip()}` is not allowed")
            elif declaration.strip():
                kept.append(declaration.strip())
        return f' style="{escape_attribute("; ".join(kept))}"' if kept else ""

    def _image(self, attributes: dict[str, str | None]) -> None:
        alternative = without_gaps(attributes.get("alt") or "")
        self.text.append(alternative)
        source = attributes.pop("src", None) or ""
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
        line, column = self.getpos()
        self.removed.append(Removal(message, self._lines[line - 1] + column))


def _read(html: str, media: Media) -> _Sanitizer:
    sanitizer = _Sanitizer(media)
    try:
        sanitizer.read(html)
    except AssertionError:
        # What html.parser raises for a malformed `<![…`: show the source.
        sanitizer = _Sanitizer(media)
        sanitizer.handle_data(html)
    return sanitizer
