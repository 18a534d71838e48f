"""Which cards a note has by its fields, where its source does not say."""

from __future__ import annotations

from deckgen.anki.cards import CardDecider
from deckgen.anki.note_type import CardTemplate, NoteType
from deckgen.anki.note_type import Field as AnkiField
from deckgen.anki.template import TemplateError
from deckgen.importing.collection import Type


def card_decider(note_type: Type) -> CardDecider | None:
    """Return what says which cards a note of a type has; None if Anki refuses one of its fronts."""
    made = NoteType(
        id=note_type.id,
        kind="",
        name=note_type.name,
        fields=tuple(AnkiField(field.name, field.id) for field in note_type.fields),
        templates=tuple(
            CardTemplate(each.name, each.id, each.front, each.back) for each in note_type.templates
        ),
        style=note_type.css,
        cloze=note_type.cloze,
    )
    try:
        return CardDecider(made)
    except TemplateError:
        return None
