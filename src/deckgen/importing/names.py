"""Names in a project for what a deck calls otherwise: ids of items, keys of fields, names of types, files of decks."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence

from deckgen.compiler.rows.spelt_id import spelt_id
from deckgen.latin import slug
from deckgen.rules.bad_deck_name import LONGEST_PART, as_anki_writes
from deckgen.rules.bad_note_type import is_usable
from deckgen.text.tags import Other, Text, Token, tokens

#: Elements that part no words.
_WITHIN_WORDS = frozenset(
    ["a", "b", "code", "em", "font", "i", "mark", "s", "small", "span", "strike", "strong", "sub", "sup", "u"]
)
#: Gaps of a cloze, with or without a hint; sounds, and the signs of formulas.
_GAP = re.compile(r"\{\{c[\d,]+::(.*?)(?:::[^{}]*)?\}\}")
_MARKUP = re.compile(r"\[sound:[^\]]*\]|\[/?(?:latex|\$\$?)\]|\\[()\[\]]")
#: Characters of a field that are read for it.
_READ = 200
#: Fields that are looked at for a name.
_LOOKED_AT = 3


class Unique:
    """Gives names, of which no two are the same, by numbers behind those that are taken."""

    def __init__(self, taken: Iterable[str] = ()) -> None:
        self._taken = {name.casefold() for name in taken}
        self._numbers: dict[str, int] = {}

    def name(
        self, wanted: str, numbered: Callable[[str, int], str] = lambda name, number: f"{name}-{number}"
    ) -> str:
        """Return the name that is wanted, or the first free one with a number."""
        found = wanted
        while found.casefold() in self._taken:
            number = self._numbers[wanted] = self._numbers.get(wanted, 1) + 1
            found = numbered(wanted, number)
        self._taken.add(found.casefold())
        return found


def text_of(html: str) -> str:
    """Return the words of a field, on one line."""
    if "<" in html or "&" in html:
        html = "".join(_said(token) for token in tokens(html))
    if "{{" in html or "[" in html or "\\" in html:
        html = _MARKUP.sub(" ", _GAP.sub(r"\1", html))
    return " ".join(html.split())


def _said(token: Token) -> str:
    if isinstance(token, Text):
        return token.text
    return "" if isinstance(token, Other) or token.name in _WITHIN_WORDS else " "


#: How the shapes of Image Occlusion begin.
_MASK = "image-occlusion:"


def item_id(fields: Sequence[str]) -> str:
    """Return an id that says what a note is about: its first field in Latin letters, or the next one that has some."""
    texts = [text[:_READ] for field in fields[:_LOOKED_AT] if (text := text_of(field))]
    # Masks of a picture say nothing.
    for text in sorted(texts, key=lambda text: text.startswith(_MASK)):
        if found := slug(text):
            return found
    return next(filter(None, map(spelt_id, texts)), "note")


def word(name: str, otherwise: str) -> str:
    """Return a name as a word in TOML, for a note type or a card."""
    return slug(name) or otherwise


def field_keys(names: Iterable[str]) -> dict[str, str]:
    """Return the keys in TOML of fields by what Anki calls them, in their order."""
    keys: dict[str, str] = {}
    unique = Unique()
    for name in names:
        wanted = name
        if not is_usable(name) or "." in name or "@" in name or "\t" in name:
            plain = " ".join(re.sub(r'[:"{}#/^.@\\]', " ", name).split())
            wanted = plain if plain and is_usable(plain) else f"{plain or 'Field'}_"
        keys[name] = unique.name(wanted, lambda each, number: f"{each} {number}_")
    return keys


def deck_name(name: str, title: str) -> str:
    """Return a deck's name as a project may have it; `title` for the one that every collection has already."""
    parts = as_anki_writes(name).split("::")
    if parts[0].casefold() == "default":
        parts[0] = title
    return "::".join(part[:LONGEST_PART].strip() for part in parts)


def deck_path(name: str) -> str:
    """Return the path of a deck's file below `cards/`, without its ending."""
    return "/".join(word(part, "deck") for part in name.split("::"))
