"""Compare the content of notes whose HTML was written by different versions of deckgen."""

from __future__ import annotations

import re
from html.parser import HTMLParser

from deckgen.anki.kind import ID
from deckgen.core.number import number
from deckgen.identity import NoteContent
from deckgen.words.previous import without_fixed_words

#: Elements that only group or style others.
_PRESENTATIONAL = frozenset(
    {"bdi", "div", "span", "section", "figure", "tbody", "thead", "colgroup", "col", "wbr"}
)
#: Attributes that only style, name or guide; an author cannot write them in Markdown.
_PRESENTATIONAL_ATTRIBUTES = frozenset(
    {"dir", "lang", "rel", "role", "scope", "tabindex", "translate", "loading", "decoding"}
)
#: Classes by which a template or a script knows what is right.
_MEANINGFUL_CLASSES = frozenset({"right", "last", "own"})
#: A number as its language writes it, with the author's spelling.
_SPELLED = re.compile(r'^<span data-value="([^"]*)">[^<]*</span>$')


def same_content(one: NoteContent, other: NoteContent, *, adopted: bool = False) -> bool:
    """Return whether two notes of one type differ in presentation only.

    The field with the id of the item does not count; notes of an adopted type have none.
    Anything that is not known to be presentation counts as a difference.
    """
    if set(one.tags) != set(other.tags) or len(one.fields) != len(other.fields):
        return False
    id_ = -1 if adopted else len(one.fields) + ID
    return all(
        at == id_ or mine == theirs or _is_number_of(mine, theirs) or _content(mine) == _content(theirs)
        for at, (mine, theirs) in enumerate(zip(one.fields, other.fields, strict=True))
    )


def _is_number_of(one: str, other: str) -> bool:
    """Return whether one of two fields is a number, and the other the same number as previous versions wrote it."""
    spelled = [_SPELLED.search(html) for html in (one, other)]
    if not any(spelled):
        return False
    values = [number(found[1] if found else html) for found, html in zip(spelled, (one, other), strict=True)]
    return values[0] is not None and values[0] == values[1]


def _content(html: str) -> list[str]:
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader.parts()


class _Reader(HTMLParser):
    """Collects texts, and elements with their meaningful attributes."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._parts: list[str] = []
        self._text: list[str] = []

    def parts(self) -> list[str]:
        """Return what was read; white space is one space, and none next to an element."""
        self._end_text()
        return self._parts

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Record an element, unless it is only presentation."""
        meaning = sorted(filter(None, (_meaning(name, value or "") for name, value in attrs)))
        if meaning or tag not in _PRESENTATIONAL:
            self._end_text()
            self._parts.append(" ".join((f"<{tag}", *meaning)))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Record an element written as `<br />`: in HTML that is a start tag."""
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        """Record the end of an element."""
        if tag not in _PRESENTATIONAL:
            self._end_text()
            self._parts.append(f"</{tag}")

    def handle_data(self, data: str) -> None:
        """Record a text."""
        self._text.append(data)

    def _end_text(self) -> None:
        text = without_fixed_words(" ".join("".join(self._text).split()))
        self._text = []
        if text:
            self._parts.append(text)


def _meaning(name: str, value: str) -> str:
    if name in _PRESENTATIONAL_ATTRIBUTES or name.startswith("aria-"):
        return ""
    if name == "class":
        value = " ".join(sorted(_MEANINGFUL_CLASSES.intersection(value.split())))
        return f"class={value!r}" if value else ""
    return f"{name}={value!r}"
