"""Lower note types: names of fields become places, which the lock keeps. Rules report their mistakes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Literal

from msgspec.structs import replace

from deckgen import core
from deckgen.adopted import AdoptedType
from deckgen.identity import Frozen, Schema
from deckgen.language.manuscript import File
from deckgen.language.note_type import Card, NoteType
from deckgen.language.places import card_places, field_places
from deckgen.placeholders import template


def note_types(files: Iterable[File], frozen: Frozen) -> dict[str, core.NoteType]:
    """Return the note types of all files by name, the first of each name; `frozen` is what the lock says."""
    made: dict[str, core.NoteType] = {}
    for file in files:
        for name, kind in file.note_types.items():
            if name not in made:
                key = core.own_kind(name)
                made[name] = _lowered(name, kind, frozen.schemas.get(key), frozen.types.get(key))
    return made


def withdrawn(frozen: Frozen, there: Iterable[str]) -> tuple[core.NoteType, ...]:
    """Return the note types of the lock that no file has any more: their retired notes need them.

    Notes of an adopted type are not emitted once they are removed.
    """
    gone = frozen.schemas.keys() - frozen.types.keys() - {core.own_kind(name) for name in there}
    return tuple(
        _withdrawn(kind.removeprefix(core.own_kind("")), frozen.schemas[kind]) for kind in sorted(gone)
    )


def _lowered(name: str, kind: NoteType, frozen: Schema | None, adopted: AdoptedType | None) -> core.NoteType:
    fields = field_places(kind, frozen, adopted=adopted is not None).names
    places = {field: place for place, field in enumerate(fields) if field}
    cards = {card.id: card for card in kind.card}
    former = {card.id: card for card in frozen.cards if card.id} if frozen else {}
    cloze = places.get(kind.cloze) if kind.cloze else None
    made: list[core.NoteCard | None] = []
    for id_ in card_places(kind, frozen, adopted=adopted is not None).names:
        if id_ in cards:
            made.append(_card(cards[id_], places, cloze))
        elif id_ in former:
            needs = tuple(places[need] for need in former[id_].needs if need in places)
            made.append(core.NoteCard(id=id_, name=id_, kind="open", needs=needs, retired=True))
        else:
            made.append(None)
    return core.NoteType(
        name=name,
        title=kind.name or name,
        fields=fields,
        cards=tuple(made),
        cloze=cloze,
        adopted=_renamed(adopted, kind, fields, made) if adopted else None,
    )


def _renamed(
    adopted: AdoptedType, kind: NoteType, fields: Iterable[str], cards: Iterable[core.NoteCard | None]
) -> AdoptedType:
    """Return an adopted type with the names that its fields and cards have now; as it was if these cannot be."""
    names = kind.names_in_anki
    try:
        return replace(
            adopted,
            fields=tuple(
                replace(field, name=names.get(name, field.name))
                for field, name in zip(adopted.fields, fields, strict=True)
            ),
            templates=tuple(
                replace(template, name=card.name) if card and not card.retired else template
                for template, card in zip(adopted.templates, cards, strict=True)
            ),
        )
    except ValueError:
        # A rule reports it.
        return adopted


def _card(card: Card, places: Mapping[str, int], cloze: int | None) -> core.NoteCard:
    front, back = _marked(card.front, places), _marked(card.back, places)
    kind: Literal["open", "short", "cloze"] = card.answer_as if cloze is None else "cloze"
    if cloze is not None:
        needs: Iterable[int] = (cloze,)
    elif card.needs is not None:
        needs = (places[field] for field in card.needs if field in places)
    else:
        needs = core.fields_in(front + back if kind == "short" else front)
    return core.NoteCard(
        id=card.id,
        name=card.name or card.id,
        kind=kind,
        needs=tuple(dict.fromkeys(needs)),
        front=front,
        back=back,
        accept=tuple(_marked(text, places) for text in card.accept),
        lines=card.lines,
        retired=card.retired,
        deck=card.deck,
    )


def _marked(text: str, places: Mapping[str, int]) -> str:
    found = template(text)
    if found is None:
        return text
    return found.fill(lambda name: core.field_marker(places[name]) if name in places else f"@{{{name}}}")


def _withdrawn(name: str, schema: Schema) -> core.NoteType:
    places = {field: place for place, field in enumerate(schema.fields) if field}
    return core.NoteType(
        name=name,
        title=name,
        fields=schema.fields,
        cards=tuple(
            core.NoteCard(
                id=card.id,
                name=card.id,
                kind="cloze" if schema.cloze else "open",
                needs=tuple(places[need] for need in card.needs if need in places),
                retired=True,
            )
            if card.id
            else None
            for card in schema.cards
        ),
        cloze=places.get(schema.cloze),
    )
