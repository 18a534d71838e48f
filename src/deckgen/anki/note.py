"""Notes: items as Anki keeps them."""

from __future__ import annotations

from typing import Any

import msgspec

from deckgen.anki.kind import NOTICE, TAIL
from deckgen.anki.kinds import KINDS
from deckgen.anki.pen import Pen, plain
from deckgen.core import Item, Project
from deckgen.words import words

_SPARE = ("",) * sum(name.startswith("Spare") for name in TAIL)


class Note(msgspec.Struct, frozen=True, gc=False):
    """One note before it has a stamp."""

    #: Id of its item.
    id: str
    #: Name of its note type's kind.
    kind: str
    #: Full deck name.
    deck: str
    #: Values of all fields of the kind, HTML.
    fields: tuple[str, ...]
    tags: tuple[str, ...]
    #: Former ids of the item, the oldest first.
    was: tuple[str, ...] = ()


def note(item: Item, pen: Pen) -> Note:
    """Write the note of an item."""
    kind = KINDS[item.kind]
    own: tuple[str, ...] = kind.write(item, pen)
    return Note(item.id, kind.name, item.deck, own + _tail(item, pen), tags(item), item.was)


def tags(item: Item) -> tuple[str, ...]:
    """Return an item's tags as Anki has them."""
    return (*item.tags, f"difficulty::{item.difficulty}") if item.difficulty else item.tags


def with_notice(fields: tuple[str, ...], project: Project) -> tuple[str, ...]:
    """Put the banner of a retired note into its fields."""
    notice = plain(words(project.language)["anki-retired"].replace("{title}", project.title))
    at = len(fields) + NOTICE
    return (*fields[:at], notice, *fields[at + 1 :])


def _tail(item: Any, pen: Pen) -> tuple[str, ...]:
    """Return the values of `TAIL`."""
    return (
        pen.block(item.explanation) if item.explanation else "",
        pen.sources(item.citations),
        pen.block(item.hint) if item.hint else "",
        "",
        item.id,
        *_SPARE,
    )
