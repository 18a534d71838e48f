"""Lower note types: names of fields become places, which the lock keeps. Rules report their mistakes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Literal

from msgspec.structs import replace

from deckgen import core
from deckgen.adopted import AdoptedType, accompanying
from deckgen.identity import Frozen, Schema, derived_id, note_type_id
from deckgen.language.manuscript import File
from deckgen.language.note_type import Card, NoteType
from deckgen.language.places import card_places, field_places, further
from deckgen.placeholders import template


def note_types(files: Iterable[File], frozen: Frozen, project_id: str) -> dict[str, core.NoteType]:
    """Return the note types of all files by name, the first of each name; `frozen` is what the lock says."""
    made: dict[str, core.NoteType] = {}
    for file in files:
        for name, kind in file.note_types.items():
            if name not in made:
                made[name] = _with_companion(name, kind, frozen, project_id)
    return made


def withdrawn(frozen: Frozen, there: Iterable[str]) -> tuple[core.NoteType, ...]:
    """Return the note types of the lock that no file has any more: their retired notes need them.

    Notes of an adopted type are not emitted once they are removed.
    """
    gone = frozen.schemas.keys() - frozen.types.keys() - {core.own_kind(name) for name in there}
    return tuple(
        _withdrawn(kind.removeprefix(core.own_kind("")), frozen.schemas[kind]) for kind in sorted(gone)
    )


def _with_companion(name: str, kind: NoteType, frozen: Frozen, project_id: str) -> core.NoteType:
    key = core.own_kind(name)
    schema, adopted = frozen.schemas.get(key), frozen.types.get(key)
    made = _lowered(name, kind, schema, adopted)
    rest = further(kind, card_places(kind, schema, adopted=adopted is not None))
    if rest is None:
        return made
    named = replace(rest, name=f"{made.title} 2")
    key += core.COMPANION
    schema = frozen.schemas.get(key)
    if adopted is not None:
        fields, cards = field_places(named, schema).names, card_places(named, schema).names
        adopted = frozen.types.get(key) or accompanying(
            made.adopted or adopted,
            note_type_id(project_id, key),
            [named.names_in_anki.get(field, "") for field in fields],
            [derived_id("field", key, str(place)) for place in range(len(fields))],
            [derived_id("template", key, str(place)) for place in range(len(cards))],
        )
    return replace(made, companion=_lowered(name + core.COMPANION, named, schema, adopted))


def _lowered(name: str, kind: NoteType, frozen: Schema | None, adopted: AdoptedType | None) -> core.NoteType:
    # All that a type has that was made elsewhere is in the lock; its companion is made here.
    is_full = adopted is not None and not name.endswith(core.COMPANION)
    fields = field_places(kind, frozen, adopted=is_full).names
    places = {field: place for place, field in enumerate(fields) if field}
    cards = {card.id: card for card in kind.card}
    former = {card.id: card for card in frozen.cards if card.id} if frozen else {}
    cloze = places.get(kind.cloze) if kind.cloze else None
    made: list[core.NoteCard | None] = []
    for id_ in card_places(kind, frozen, adopted=is_full).names:
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
