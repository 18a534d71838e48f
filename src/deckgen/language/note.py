"""`[[note]]`: a note of a type that the author made."""

from typing import TYPE_CHECKING, Annotated, Any, Literal

import msgspec
from msgspec import Meta

from deckgen import core
from deckgen.language.annotations import Id, Language, Markdown, Sources, Tags, Was
from deckgen.language.question.gaps import read_gaps
from deckgen.text.escape import escape
from deckgen.text.parse import as_line
from deckgen.text.plain import plain

if TYPE_CHECKING:
    from deckgen.language.setting import Setting


class Note(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A note of a type of one's own: any other key is a field of its type."""

    id: Id
    type: Annotated[str, Meta(description="Name of its type: the NAME of a table `[notetype.NAME]`.")]
    #: In TOML the fields are in the note itself; `gather` puts them here.
    fields: dict[str, Markdown]
    explanation: Annotated[Markdown, Meta(description="Shown with the answer of every card.")] = ""
    sources: Sources = ()
    hint: Annotated[Markdown, Meta(description="Shown on request.")] = ""
    tags: Tags = ()
    points: Annotated[
        int | float,
        Meta(description="Worth of each card on a sheet.", extra_json_schema={"exclusiveMinimum": 0}),
    ] = 1
    difficulty: Annotated[
        Literal["easy", "medium", "hard", ""],
        Meta(description="For drawing; becomes the tag `difficulty::…`."),
    ] = ""
    language: Language = ""
    was: Was = ()

    def values(self, kind: core.NoteType) -> tuple[core.Text, ...]:
        """Return the contents of its fields, by their places in its type."""
        return tuple(self.fields.get(name, "") if name else "" for name in kind.fields)

    def made_ids(self, kind: core.NoteType | None) -> tuple[str, ...]:
        """Return the ids of its cards as items of a sheet; none if its type is not known."""
        if kind is None:
            return ()
        return tuple(f"{self.id}/{card.id}" for card in kind.cards_of(self.values(kind)))

    def lower(self, setting: "Setting") -> core.Note:
        """Return it in core terms."""
        kind = setting.note_types[self.type]
        values = self.values(kind)
        gaps: tuple[core.Gap, ...] = ()
        if kind.cloze is not None:
            text = values[kind.cloze]
            marked, gaps, _ = read_gaps(text if isinstance(text, str) else "")
            values = (*values[: kind.cloze], marked, *values[kind.cloze + 1 :])
        head = self._head(setting)
        return core.Note(
            **head | {"id": self.id, "was": self.was},
            type_name=self.type,
            values=values,
            gaps=gaps,
            accents=setting.accents,
            parts=tuple(
                _part(card, values, gaps, setting, head | {"id": f"{self.id}/{card.id}"})
                for card in kind.cards_of(values)
            ),
        )

    def _head(self, setting: "Setting") -> dict[str, Any]:
        return {
            "deck": setting.deck,
            "topic": setting.topic,
            "language": setting.language_of(self.language),
            "file": setting.file,
            "tags": setting.with_tags(self.tags),
            "citations": setting.cite(self.sources) if self.sources else (),
            "explanation": self.explanation,
            "hint": self.hint,
            "points": self.points,
            "difficulty": self.difficulty,
            "in_deck": not setting.bank,
        }


def _part(
    card: core.NoteCard,
    values: tuple[core.Text, ...],
    gaps: tuple[core.Gap, ...],
    setting: "Setting",
    head: dict[str, Any],
) -> core.Item:
    """Return a card as an item of its core kind."""
    front, back = (core.filled(text, values, as_line) for text in (card.front, card.back))
    if card.kind == "cloze":
        # What else is on its back explains the text.
        explanation = _joined(back, head["explanation"])
        return core.Cloze(
            text=front, gaps=gaps, accents=setting.accents, **head | {"explanation": explanation}
        )
    if card.kind == "short":
        return core.Short(
            prompt=front,
            answer=plain(back),
            accept=tuple(text for each in card.accept if (text := plain(core.filled(each, values)))),
            accents=setting.accents,
            **head,
        )
    return core.Open(prompt=front, model=back, lines=card.lines, **head)


def _joined(first: core.Text, second: core.Text) -> core.Text:
    """Return two texts as one."""
    if not first or not second:
        return first or second
    if isinstance(first, str) and isinstance(second, str):
        return f"{as_line(first)}\n\n{as_line(second)}"
    return core.Html(
        "".join(
            text.html if isinstance(text, core.Html) else f"<p>{escape(plain(text))}</p>"
            for text in (first, second)
        )
    )
