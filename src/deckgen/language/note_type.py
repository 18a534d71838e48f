"""`[notetype.NAME]`: a type of note that the author makes, with its fields and cards."""

from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from deckgen.language.annotations import Id, Was


class Field(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A field that had other names, or is called otherwise in Anki."""

    name: Annotated[str, Meta(description="Its name: the key in a note.")]
    was: Annotated[tuple[str, ...], Meta(description="Former names, the oldest first.")] = ()
    anki: Annotated[
        str, Meta(description="Of an adopted type: what Anki calls it, where that cannot be its name here.")
    ] = ""


#: As it is put into a side of a card.
_SIDE = "Markdown, in which `@{field}` is replaced by that field of a note."


class Card(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A card of each note that has what it needs; the cards of a note are siblings in Anki."""

    id: Id
    front: Annotated[str, Meta(description=f"The question: {_SIDE}")]
    back: Annotated[str, Meta(description=f"The answer: {_SIDE}")]
    name: Annotated[str, Meta(description="What Anki calls the card; its id where it is missing.")] = ""
    needs: Annotated[
        tuple[str, ...] | None,
        Meta(
            description="Fields that must be filled for a note to have the card; those of its front where it is "
            "missing, and of its back where the answer is typed."
        ),
    ] = None
    answer_as: Annotated[
        Literal["open", "short"],
        Meta(
            description="`short`: typed in Anki, a line on paper, a field on screen. `open`: answered freely."
        ),
    ] = "open"
    accept: Annotated[
        tuple[str, ...],
        Meta(
            description="Other answers that count as right; `@{field}` is replaced by that field of a note."
        ),
    ] = ()
    lines: Annotated[int, Meta(description="Lines to leave on paper.", extra_json_schema={"minimum": 1})] = 4
    retired: Annotated[
        bool,
        Meta(description="Withdrawn: nobody gets it any more, and those who have it are told on its front."),
    ] = False
    deck: Annotated[
        str,
        Meta(description="Of an adopted type: full name of the deck that the template puts its cards into."),
    ] = ""
    was: Was = ()


class NoteType(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Fields and cards of its notes. Frozen from the first release on: both can be added, none taken away."""

    fields: Annotated[
        tuple[str | Field, ...],
        Meta(description="Names of the fields, the first of which every note fills."),
    ]
    card: tuple[Card, ...]
    name: Annotated[
        str,
        Meta(description="What Anki calls it, behind the title of the project; without it if it is adopted."),
    ] = ""
    cloze: Annotated[
        str,
        Meta(
            description="The field whose gaps `{{…}}` are asked for: a card for each. The type has one card then."
        ),
    ] = ""

    @property
    def names(self) -> tuple[str, ...]:
        """The names of its fields."""
        return tuple(field if isinstance(field, str) else field.name for field in self.fields)

    @property
    def names_in_anki(self) -> dict[str, str]:
        """What Anki calls its fields if it is adopted, by their names."""
        return {
            **{field: field for field in self.fields if isinstance(field, str)},
            **{field.name: field.anki or field.name for field in self.fields if isinstance(field, Field)},
        }
