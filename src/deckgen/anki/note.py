"""Notes: items as Anki keeps them."""

from __future__ import annotations

from typing import Any

import msgspec

from deckgen.anki.clozes import ordinals
from deckgen.anki.field_writer import FieldWriter, plain
from deckgen.anki.kind import ID, NOTICE, TAIL, Kind
from deckgen.anki.kinds import KINDS
from deckgen.anki.own import kinds_of
from deckgen.core import Item, Project, Stem
from deckgen.speech import speech
from deckgen.text.sound import beside, in_anki_voice, on_request
from deckgen.words import words

#: The value of a field that makes a card.
GATE = "1"
#: Replaces a text that must not be shown.
_NOTHING = "…"
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
    #: Previous ids of the item, the oldest first.
    was: tuple[str, ...] = ()


def note(item: Item, writer: FieldWriter) -> Note:
    """Write the note of an item."""
    kind = KINDS.get(item.kind) or kinds_of(writer.project)[item.kind]
    own: tuple[str, ...] = kind.write(item, writer)
    fields = own + _tail(item, writer) if kind.tail else own
    if item.speak:
        fields = _with_speech(item, kind, fields, writer)
    return Note(item.id, kind.name, item.deck, fields, tags(item), item.was)


def _with_speech(item: Item, kind: Kind, fields: tuple[str, ...], writer: FieldWriter) -> tuple[str, ...]:
    """Put what is read aloud after its text; what has no separate field, before the explanation."""
    made = dict(zip(kind.fields, fields, strict=True))
    for said in speech(item):
        spoken = in_anki_voice(writer.plain(said.text), said.language)
        name = kind.spoken.get(said.key, "Explanation")
        behind = said.key in kind.spoken or said.key == "explanation"
        made[name] = beside(made[name], spoken) if behind else f"{spoken}{made[name]}"
    return tuple(made.values())


def is_markup(name: str) -> bool:
    """Return whether Anki would show a name as markup: it does not escape names of decks and note types."""
    return "<" in name or "&" in name


def tags(item: Item) -> tuple[str, ...]:
    """Return an item's tags as Anki has them."""
    return (*item.tags, f"difficulty::{item.difficulty}") if item.difficulty else item.tags


def with_notice(fields: tuple[str, ...], project: Project) -> tuple[str, ...]:
    """Put the banner of a retired note into its fields."""
    notice = plain(words(project.language)["anki-retired"].replace("{title}", project.title))
    at = len(fields) + NOTICE
    return (*fields[:at], notice, *fields[at + 1 :])


def with_id(fields: tuple[str, ...], id_: str) -> tuple[str, ...]:
    """Put an id into a note's fields."""
    at = len(fields) + ID
    return (*fields[:at], plain(id_), *fields[at + 1 :])


def stub(kind: str, id_: str, last: tuple[str, ...], project: Project) -> tuple[str, ...]:
    """Return the fields of a retired note without its text: its id and the banner.

    `last` are the fields that it had, empty if they are not known: a cloze keeps its numbers, and therefore its cards.
    """
    made = kinds_of(project)[kind]
    first = _NOTHING
    if made.cloze:
        numbers = ordinals(last[:1])
        first = " ".join(f"{{{{c{number + 1}::{_NOTHING}}}}}" for number in numbers or (0,))
    # A card whose gate is empty would be blank, and would not show the banner.
    gates = [name for name in made.gates if not last or last[made.fields.index(name)]]
    values = dict.fromkeys(gates, GATE) | {made.own[0]: first, "Id": plain(id_)}
    return with_notice(tuple(values.get(name, "") for name in made.fields), project)


def _shared(stem: Stem, writer: FieldWriter) -> str:
    """Return what a note shows of its stem."""
    title = f"<p><b>{writer.plain(stem.title)}</b></p>" if stem.title else ""
    html = on_request(title + writer.block(stem.text))
    return f'<div lang="{writer.attribute(stem.language)}">{html}</div>' if stem.language else html


def _tail(item: Any, writer: FieldWriter) -> tuple[str, ...]:
    """Return the values of `TAIL`."""
    return (
        writer.block(item.explanation) if item.explanation else "",
        writer.sources(item.citations),
        on_request(writer.block(item.hint)) if item.hint else "",
        "",
        item.id,
        writer.plain(item.subject if item.topic or is_markup(item.deck) else ""),
        writer.plain(item.language),
        _shared(item.stem, writer) if item.stem else "",
        *_SPARE[3:],
    )
