"""`[[note]]`: a note of a type that the author made."""

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Annotated, Any, Literal

import msgspec
from msgspec import Meta

from deckgen import core
from deckgen.language.annotations import Id, Language, Markdown, Sources, Tags, Was
from deckgen.language.html_fields import put_into, read_html_gaps
from deckgen.language.question.gaps import HIGHEST_GAP, read_gaps
from deckgen.text.escape import escape
from deckgen.text.parse import as_line
from deckgen.text.plain import plain

if TYPE_CHECKING:
    from deckgen.language.setting import Setting


#: How a card of a cloze is named: by its number.
_NUMBER = re.compile(r"c([1-9][0-9]{0,2})")


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
    without: Annotated[
        tuple[str, ...],
        Meta(
            description="Of an adopted type: ids of cards that it does not have although it has their fields; "
            "of a cloze `c1`, `c2`, …"
        ),
    ] = ()
    decks: Annotated[
        dict[str, str],
        Meta(description="Of an adopted type: full names of the decks of those cards that are elsewhere."),
    ] = {}

    def values(self, kind: core.NoteType) -> tuple[core.Text, ...]:
        """Return the contents of its fields, by their places in its type."""
        return tuple(self.fields.get(name, "") if name else "" for name in kind.fields)

    def made_ids(self, kind: core.NoteType | None) -> tuple[str, ...]:
        """Return the ids of its cards as items of a sheet; none if its type is not known."""
        if kind is None:
            return ()
        return tuple(f"{self.id}/{card.id}" for each in kind.together for card in self._asked(each))

    def ordinal(self, kind: core.NoteType, card: str) -> int | None:
        """Return the ordinal in Anki of a card by its id, or of a gap by its number (`c1`); None if there is none."""
        if kind.cloze is not None:
            found = _NUMBER.fullmatch(card)
            return int(found[1]) - 1 if found and int(found[1]) <= HIGHEST_GAP else None
        return next((place for place, each in enumerate(kind.cards) if each and each.id == card), None)

    def gaps(self, kind: core.NoteType) -> tuple[core.Text, tuple[core.Gap, ...]]:
        """Return the text of a cloze with markers for its gaps, and the gaps."""
        text = "" if kind.cloze is None else self.values(kind)[kind.cloze]
        if isinstance(text, core.Html):
            marked, gaps = read_html_gaps(text.html)
            return core.Html(marked), gaps
        marked, gaps, _ = read_gaps(text)
        return marked, gaps

    def _asked(self, kind: core.NoteType) -> Iterator[core.NoteCard]:
        """Give the cards that paper and screen ask."""
        if kind.adopted is not None and kind.cloze is not None and not self.gaps(kind)[1]:
            return
        for card in kind.cards_of(self.values(kind)):
            if kind.cloze is not None or card.id not in self.without:
                yield card

    def lower(self, setting: "Setting") -> tuple[core.Note, ...]:
        """Return it in core terms, and behind it the note of its cards that have no place in its type."""
        made = [self._lowered(kind, setting) for kind in setting.note_types[self.type].together]
        return (made[0], *(note for note in made[1:] if note.parts))

    def _lowered(self, kind: core.NoteType, setting: "Setting") -> core.Note:
        behind = "" if kind.name == self.type else f"/{core.COMPANION}"
        values = self.values(kind)
        gaps: tuple[core.Gap, ...] = ()
        asked = values
        if kind.cloze is not None:
            marked, gaps = self.gaps(kind)
            asked = (*values[: kind.cloze], marked, *values[kind.cloze + 1 :])
            # HTML has Anki's gaps as they are.
            if isinstance(marked, str):
                values = asked
        head = self._head(setting)
        return core.Note(
            **head | {"id": f"{self.id}{behind}", "was": tuple(f"{old}{behind}" for old in self.was)},
            type_name=kind.name,
            values=values,
            gaps=gaps if values is asked else (),
            accents=setting.accents,
            adopted=kind.adopted is not None,
            without=self._ordinals(kind, self.without),
            decks=self._decks(kind, setting),
            parts=tuple(
                _part(card, asked, gaps, setting, head | {"id": f"{self.id}/{card.id}"})
                for card in self._asked(kind)
            ),
        )

    def _ordinals(self, kind: core.NoteType, cards: Iterable[str]) -> tuple[int, ...]:
        found = (self.ordinal(kind, card) for card in cards)
        return tuple(sorted({ordinal for ordinal in found if ordinal is not None}))

    def _decks(self, kind: core.NoteType, setting: "Setting") -> tuple[tuple[int, str], ...]:
        """Return the decks of cards that the template, or the note itself, puts elsewhere."""
        decks = {place: card.deck for place, card in enumerate(kind.cards) if card and card.deck}
        for card, deck in self.decks.items():
            ordinal = self.ordinal(kind, card)
            if ordinal is not None:
                decks[ordinal] = deck
        return tuple((ordinal, deck) for ordinal, deck in sorted(decks.items()) if deck != setting.deck)

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
    front, back = put_into(card.front, values), put_into(card.back, values)
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
