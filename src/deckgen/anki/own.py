"""Note types that the author made: what they are to Anki."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from deckgen.anki import adopted
from deckgen.anki.kind import TAIL, Kind
from deckgen.anki.kinds import KINDS
from deckgen.anki.kinds.cloze import with_gaps
from deckgen.anki.spares import gated
from deckgen.identity import Schema, SchemaCard
from deckgen.text import Medium, Renderer
from deckgen.text.escape import disarm, escape

if TYPE_CHECKING:
    from deckgen.anki.field_writer import FieldWriter
    from deckgen.core import Note, NoteType, Project

#: The folder of the shipped templates, and in it those of a project by type and card.
FOLDER = "anki/own"
#: Behind the fields of its author: how accents count where answers are typed, empty where it is as usual.
ACCENTS = "Accents"
#: Nothing is ever written here: it would not be a card.
NEVER = "Spare 6"
_FIELD = re.compile("\ufdd0([0-9]+)\ufdd1")
_ALONE = re.compile("<p>\ufdd0([0-9]+)\ufdd1</p>")


def kinds_of(project: Project) -> Mapping[str, Kind]:
    """Return the kinds of note of a project, those that its author made among them, by their names."""
    return KINDS | own_kinds(project.note_types) if project.note_types else KINDS


@lru_cache(maxsize=4)
def own_kinds(types: tuple[NoteType, ...]) -> dict[str, Kind]:
    """Return what types that an author made are to Anki, by the names of their kinds."""
    return {each.kind: _kind(each) for each in types}


def _kind(made: NoteType) -> Kind:
    if made.adopted is not None:
        return adopted.kind_of(made, made.adopted)
    names = field_names(made.fields)
    spare = frozenset(name for name, field in zip(names, made.fields, strict=True) if not field)
    gates = (names[place] for card in made.cards if card and made.cloze is None for place in card.needs)
    return Kind(
        name=made.kind,
        own=(*names, ACCENTS),
        folded=spare | {ACCENTS},
        cards=(),
        tasks=(),
        gates=tuple(dict.fromkeys(gates)),
        cloze=made.cloze is not None,
        write=_write,
    )


def field_names(fields: Iterable[str]) -> tuple[str, ...]:
    """Return what Anki calls the fields of a type, spare ones too."""
    return tuple(name or f"Field {place}" for place, name in enumerate(fields, 1))


def field_count(schema: Schema) -> int:
    """Return how many fields the notes of a type have in Anki."""
    return len(schema.fields) + 1 + len(TAIL)


def schema_of(made: NoteType) -> Schema:
    """Return what the lock is to say of a type."""
    return Schema(
        made.fields,
        tuple(
            SchemaCard(card.id, tuple(made.fields[place] for place in card.needs)) if card else SchemaCard()
            for card in made.cards
        ),
        "" if made.cloze is None else made.fields[made.cloze],
    )


def places_in(made: NoteType, fields: Sequence[str], cards: Sequence[str]) -> Schema | None:
    """Return the places that a type has in a package, which knows names alone; None if it is not such a type.

    `fields` and `cards` are what Anki calls them there.
    """
    own = fields[: -1 - len(TAIL)]
    if tuple(fields[len(own) :]) != (ACCENTS, *TAIL):
        return None
    ids = {card.name: card.id for card in made.cards if card}
    try:
        return Schema(
            tuple(
                "" if name == spare else name
                for name, spare in zip(own, field_names([""] * len(own)), strict=True)
            ),
            tuple(
                SchemaCard("" if name == spare_name(number) else ids.get(name, name))
                for number, name in enumerate(cards, 1)
            ),
            "" if made.cloze is None else made.fields[made.cloze],
        )
    except ValueError:
        # A package may come from anybody, and name two cards alike.
        return None


def spare_name(number: int) -> str:
    """Return what Anki calls card `number` (from 1) while it is spare."""
    return f"Spare {number}"


def _write(item: Note, writer: FieldWriter) -> tuple[str, ...]:
    """Write the fields: a text of one paragraph without its tags, as it is put into the text of a card."""
    values = tuple(writer.inline(value) if value else "" for value in item.values)
    if item.gaps:
        values = tuple(with_gaps(html, item.gaps, writer) for html in values)
    return (*values, "" if item.accents == "almost" else item.accents)


class SideWriter:
    """Writes the sides of the cards of a type as HTML with Anki's names of fields."""

    def __init__(self, made: NoteType) -> None:
        self._made = made
        adopted = made.adopted
        self._names = tuple(each.name for each in adopted.fields) if adopted else field_names(made.fields)
        # Pictures stand in fields: Anki brings no others along.
        self._renderer = Renderer(Medium.ANKI, lambda _path: None)

    def text(self, text: str) -> str:
        """Return a side; a paragraph that is a field alone is not there where the field is empty."""
        html = _ALONE.sub(self._paragraph, _text_only(self._renderer.block(text)))
        return _FIELD.sub(self._shown, html)

    def line(self, text: str) -> str:
        """Return a side of one paragraph without its tags."""
        return _FIELD.sub(self._shown, _text_only(self._renderer.inline(text)))

    def withdrawn(self, said: str) -> str:
        """Return what stands on a card that was withdrawn; `said` is plain text."""
        shown = "" if self._made.cloze is None else f"<p>{{{{cloze:{self._names[self._made.cloze]}}}}}</p>"
        return f"<p>{_text_only(disarm(escape(said)))}</p>{shown}"

    def fields_in(self, text: str) -> list[str]:
        """Return what Anki calls the fields that a text shows."""
        return self.names(int(found[1]) for found in _FIELD.finditer(text))

    def names(self, places: Iterable[int]) -> list[str]:
        """Return what Anki calls the fields of some places."""
        return [self._names[place] for place in places]

    def _shown(self, found: re.Match[str]) -> str:
        place = int(found[1])
        only = "cloze:" if place == self._made.cloze else ""
        return f"{{{{{only}{self._names[place]}}}}}"

    def _paragraph(self, found: re.Match[str]) -> str:
        return gated(f'<div class="field">{found[0][3:-4]}</div>', self.names([int(found[1])]))


def _text_only(html: str) -> str:
    """Write braces so that Anki, which looks for fields in all of a template, finds none in a text."""
    return html.replace("{{", "{&#123;")
