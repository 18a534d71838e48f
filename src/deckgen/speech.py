"""What the device's voice says of an item, for cards and pages."""

from __future__ import annotations

from typing import NamedTuple

from deckgen.core import Choice, Cloze, Item, Short, Word, gap_marker
from deckgen.text import words_alone
from deckgen.text.ruby import base


class Speech(NamedTuple):
    """A text that is read aloud."""

    #: As in TOML: `term`, `prompt`.
    key: str
    #: A language and a region: `ja-JP`.
    language: str
    #: Plain text, ruby by its base.
    text: str


def speech(item: Item) -> tuple[Speech, ...]:
    """Return what is read aloud of an item, in its author's order."""
    return tuple(
        [Speech(key, language, text) for key, language in item.speak if (text := _spoken(item, key))]
    )


def asked(item: Item) -> str:
    """Return the key of what a question on a sheet shows of an item before it is answered."""
    if isinstance(item, Word):
        return {"produce": "meaning", "listen": "", "fill": ""}.get(item.ask, "term")
    return "term" if hasattr(item, "term") else "prompt"


def _spoken(item: Item, key: str) -> str:
    if isinstance(item, Choice) and key == "answer":
        return next((words_alone(option.text) for option in item.options if option.right), "")
    if isinstance(item, Word) and key == "meaning":
        return base(", ".join(item.meanings))
    if key == "term" or (isinstance(item, Short) and key == "answer"):
        # Not Markdown.
        return base(getattr(item, key))
    text = words_alone(getattr(item, key, ""))
    if isinstance(item, Cloze) and key == "text":
        for index, gap in enumerate(item.gaps):
            text = text.replace(gap_marker(index), words_alone(gap.answer))
    return text
