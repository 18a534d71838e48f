"""Decide which cards a note has, exactly as Anki does."""

from __future__ import annotations

from functools import cache

from deckgen.anki import clozes
from deckgen.anki.notetypes import NoteType
from deckgen.anki.template import (
    SPECIAL_FIELDS,
    Conditional,
    Node,
    Replacement,
    is_empty,
    parse,
    shows_anything,
)

#: Fields that Anki fills in itself are never empty.
_ALWAYS = SPECIAL_FIELDS - {"FrontSide"}


class CardDecider:
    """Decides the cards of notes of one note type."""

    def __init__(self, note_type: NoteType) -> None:
        """Read the fronts of a note type.

        Raises:
            TemplateError: if Anki would refuse one of them.
        """
        self._cloze = note_type.cloze
        names = [field.name for field in note_type.fields]
        self._fronts = [parse(template.front) for template in note_type.templates]
        self._given = [not template.retired for template in note_type.templates]
        shown = set().union(*map(_fields, self._fronts))
        #: Fields that the decision depends on: place and name.
        self._relevant = [(place, name) for place, name in enumerate(names) if name in shown]
        self._decide = cache(self._ordinals)
        #: The cards of every note, if all fronts show something for any note.
        self._always = (
            tuple(range(len(self._fronts)))
            if all(self._given) and all(map(_always_shows, self._fronts))
            else None
        )

    def ordinals(self, fields: tuple[str, ...]) -> tuple[int, ...]:
        """Return the ordinals (0-based) of the cards of a note with these fields, ascending."""
        if self._cloze:
            return clozes.ordinals(fields) if self._given[0] else ()
        if self._always is not None:
            return self._always
        return self._decide(
            tuple([fields[place] == "" or is_empty(fields[place]) for place, _ in self._relevant])
        )

    def _ordinals(self, empty: tuple[bool, ...]) -> tuple[int, ...]:
        filled = {
            name for (_, name), nothing in zip(self._relevant, empty, strict=True) if not nothing
        } | _ALWAYS
        return tuple(
            ord_
            for ord_, front in enumerate(self._fronts)
            if self._given[ord_] and shows_anything(front, filled)
        )


def _always_shows(front: tuple[Node, ...]) -> bool:
    """Return whether a front shows, outside all conditions, a field that Anki fills in itself."""
    return any(isinstance(node, Replacement) and node.field in _ALWAYS for node in front)


def _fields(nodes: tuple[Node, ...]) -> set[str]:
    """Return the names of the fields that a template refers to."""
    found: set[str] = set()
    for node in nodes:
        if isinstance(node, Replacement):
            found.add(node.field)
        elif isinstance(node, Conditional):
            found |= {node.field} | _fields(node.nodes)
    return found
