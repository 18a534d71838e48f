"""Compare notes by what they say, where two versions of deckgen wrote their HTML."""

from __future__ import annotations

import re
from html.parser import HTMLParser

from deckgen.anki.kind import ID
from deckgen.core.number import number
from deckgen.identity import NoteContent
from deckgen.words.previous import without_fixed_words

#: Elements that only hold others together, or dress them.
_DRESS = frozenset({"bdi", "div", "span", "section", "figure", "tbody", "thead", "colgroup", "col", "wbr"})
#: Attributes that only dress, name or guide; an author cannot write them in Markdown.
_DRESSING = frozenset({"dir", "lang", "rel", "role", "scope", "tabindex", "translate", "loading", "decoding"})
#: Classes by which a template or a script knows what is right.
_TELLING = frozenset({"right", "last", "own"})
#: A number in the way of its language, and as its author spelled it.
_SPELLED = re.compile(r'^<span data-value="([^"]*)">[^<]*</span>$')


def same_content(one: NoteContent, other: NoteContent) -> bool:
    """Tell whether two notes of one type differ in nothing but what dresses their texts.

    The id of an item is in a field of its own, which does not count.
    Whatever is not known to be such counts as a difference.
    """
    if set(one.tags) != set(other.tags) or len(one.fields) != len(other.fields):
        return False
    id_ = len(one.fields) + ID
    return all(
        at == id_ or mine == theirs or _is_number_of(mine, theirs) or _said(mine) == _said(theirs)
        for at, (mine, theirs) in enumerate(zip(one.fields, other.fields, strict=True))
    )


def _is_number_of(one: str, other: str) -> bool:
    """Say whether one of two fields is a number, and the other the same as former versions wrote it."""
    spelled = [_SPELLED.search(html) for html in (one, other)]
    if not any(spelled):
        return False
    values = [number(found[1] if found else html) for found, html in zip(spelled, (one, other), strict=True)]
    return values[0] is not None and values[0] == values[1]


def _said(html: str) -> list[str]:
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader.said()


class _Reader(HTMLParser):
    """Takes down texts, and elements with what they tell."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._parts: list[str] = []
        self._text: list[str] = []

    def said(self) -> list[str]:
        """Return what was read; white space counts as one space, and none beside an element."""
        self._end_text()
        return self._parts

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take down an element, or break the text where it only dresses."""
        told = sorted(filter(None, (_told(name, value or "") for name, value in attrs)))
        if told or tag not in _DRESS:
            self._end_text()
            self._parts.append(" ".join((f"<{tag}", *told)))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take down an element written as `<br />`: in HTML that is a start tag."""
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        """Take down where an element ends."""
        if tag not in _DRESS:
            self._end_text()
            self._parts.append(f"</{tag}")

    def handle_data(self, data: str) -> None:
        """Take down a text."""
        self._text.append(data)

    def _end_text(self) -> None:
        text = without_fixed_words(" ".join("".join(self._text).split()))
        self._text = []
        if text:
            self._parts.append(text)


def _told(name: str, value: str) -> str:
    if name in _DRESSING or name.startswith("aria-"):
        return ""
    if name == "class":
        value = " ".join(sorted(_TELLING.intersection(value.split())))
        return f"class={value!r}" if value else ""
    return f"{name}={value!r}"
