"""The tables that `deckgen list` prints."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from deckgen.compiler.compile import Compiled

Row = tuple[str | int, ...]


def rows(what: str, compiled: Compiled) -> tuple[tuple[str, ...], list[Row]]:
    """Return the heads and rows of one listing: `items`, `decks`, `sheets`, `sources` or `tags`."""
    course = compiled.course
    if course is None:
        raise ValueError("the project has errors")
    if what == "items":
        files = {item.id: item.file for item in course.items}
        return ("id", "kind", "deck", "file"), [(i.id, i.kind, i.deck, files[i.id]) for i in course.items]
    if what == "decks":
        decks = Counter(item.deck for item in course.items)
        return ("deck", "items"), [(deck.name, decks[deck.name]) for deck in course.decks]
    if what == "sheets":
        return ("id", "title", "versions"), [(s.id, s.title, s.versions) for s in course.sheets]
    if what == "sources":
        cited = Counter(citation.key for item in course.items for citation in item.citations)
        return ("key", "title", "cited"), [(s.key, s.title, cited[s.key]) for s in course.sources]
    tags = Counter(tag for item in course.items for tag in item.tags)
    return ("tag", "items"), sorted(tags.items())
