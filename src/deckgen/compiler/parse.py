"""Parse one file of cards: text → typed entries, and every mistake of syntax and shape."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import msgspec

from deckgen.compiler.recovery import recover
from deckgen.compiler.shape import mistakes
from deckgen.compiler.spelling import keep_spelling
from deckgen.diagnostics import Diagnostic, Place, Span
from deckgen.language.cards import ITEMS, TABLES, CardsFile
from deckgen.language.deck import Deck
from deckgen.language.gathered import gather_item
from deckgen.language.manuscript import Entry, File
from deckgen.language.note_type import NoteType
from deckgen.language.project import Project
from deckgen.language.source import Source
from deckgen.language.table import KEYS, Table, TableEntry
from deckgen.rules import missing_id, toml_syntax, unknown_key, wrong_type
from deckgen.toml import Positions, SyntaxProblem, decode

_HEADER = re.compile(rf"\n[ \t]*\[\[[ \t]*({'|'.join(ITEMS)})[ \t]*\]\]")

Found = list[Diagnostic]

#: Keys of a file of cards.
TOP = frozenset(field.encode_name for field in msgspec.structs.fields(CardsFile))


def parse(
    name: str, text: str, keep: Callable[[CardsFile], None] = lambda _cards: None
) -> tuple[File, Found]:
    """Parse a file of cards; what is wrong is left out of the file and said in the list.

    `keep` gets the values of a file without mistakes, of which `file_of` makes the same file without parsing.
    """
    raw = decode(text)
    if isinstance(raw, SyntaxProblem):
        return File(name=name, text=text, partial=True), [toml_syntax.found(name, raw)]
    for key in ("comparison", "note"):
        if isinstance(raw.get(key), list):
            raw[key] = [gather_item(key, item) if isinstance(item, dict) else item for item in raw[key]]
    keep_spelling(raw, text)
    try:
        cards = msgspec.convert(raw, CardsFile)
    except msgspec.ValidationError:
        return _parse_with_mistakes(name, text, raw)
    if not cards.table:
        keep(cards)
    return file_of(name, text, cards, tuple(map(_others, raw.get("table", ())))), []


def file_of(
    name: str, text: str, cards: CardsFile, others: tuple[dict[str, Any], ...] = (), digest: bytes = b""
) -> File:
    """Return the file of cards that has these values; `others` are the keys of each `[[table]]` for its items.

    `digest` is that of the text, if it is known.
    """
    placed = {
        kind: [Entry(item, Place(name, (kind, i))) for i, item in enumerate(items)]
        for kind in ITEMS
        if (items := getattr(cards, kind))
    }
    return File(
        name=name,
        text=text,
        digest=digest,
        deck=cards.deck,
        sources=cards.source,
        note_types=cards.notetype,
        entries=_in_order(text, placed),
        sheets=tuple([Entry(item, Place(name, ("sheet", i))) for i, item in enumerate(cards.sheet)]),
        stems=tuple([Entry(item, Place(name, ("stem", i))) for i, item in enumerate(cards.stem)]),
        tables=tuple(
            [
                TableEntry(i, table, own)
                for i, (table, own) in enumerate(zip(cards.table, others, strict=True))
            ]
        ),
    )


def parse_project(name: str, text: str) -> tuple[Project | None, Found]:
    """Parse `deckgen.toml`."""
    raw = decode(text)
    if isinstance(raw, SyntaxProblem):
        return None, [toml_syntax.found(name, raw)]
    try:
        return msgspec.convert(raw, Project), []
    except msgspec.ValidationError:
        return None, [unknown_key.of_project(each, TOP) for each in mistakes(raw, Project, Place(name))]


def _parse_with_mistakes(name: str, text: str, raw: dict[str, Any]) -> tuple[File, Found]:
    """Parse item by item, so that one mistake costs one item."""
    found: Found = []
    found += [
        unknown_key.found(key, "a file of cards", sorted(TOP), Place(name, (key,)), present=raw)
        for key in raw
        if key not in TOP
    ]
    deck = _one(raw.get("deck"), Deck, Place(name, ("deck",)), found) if "deck" in raw else None
    broken: set[str] = set()
    unnamed: set[str] = set()
    sources = _registry(raw, "source", Source, name, found, broken)
    note_types = _registry(raw, "notetype", NoteType, name, found, broken)
    placed: dict[str, list[Entry]] = {}
    for kind, kind_type in TABLES.items():
        if kind in raw and not isinstance(raw[kind], list):
            found.append(wrong_type.not_an_array_of_tables(kind, Place(name, (kind,))))
        placed[kind] = []
        for index, value in enumerate(raw[kind] if isinstance(raw.get(kind), list) else ()):
            place = Place(name, (kind, index))
            item = parse_item(value, kind_type, place, found, unnamed)
            if item is not None:
                placed[kind].append(Entry(item, place))
            elif isinstance(value, dict):
                broken |= _ids_in(value)
    sheets, stems = tuple(placed.pop("sheet")), tuple(placed.pop("stem"))
    tables = _parse_tables(name, raw, found)
    return File(
        name=name,
        text=text,
        deck=deck if deck is not None or "deck" not in raw else _placeholder_deck(raw["deck"]),
        sources=sources,
        note_types=note_types,
        entries=_in_order(text, {kind: items for kind, items in placed.items() if items}),
        sheets=sheets,
        stems=stems,
        tables=tables,
        # What the rows of a table with mistakes are called is not known.
        partial=len(tables) < len(_tables(raw, "table")),
        broken=frozenset(broken),
        unnamed=frozenset(unnamed),
    ), found


def _registry(
    raw: dict[str, Any], key: str, kind: Any, file: str, found: Found, broken: set[str]
) -> dict[str, Any]:
    """Convert the tables `[key.NAME]` one by one; the names of those with mistakes go to `broken`."""
    tables = raw.get(key, {})
    if not isinstance(tables, dict):
        found += mistakes(tables, dict[str, kind], Place(file, (key,)))
        tables = {}
    made = {}
    for name, value in tables.items():
        entry = _one(value, kind, Place(file, (key, name)), found)
        if entry is None:
            broken.add(name)
        else:
            made[name] = entry
    return made


def _parse_tables(name: str, raw: dict[str, Any], found: Found) -> tuple[TableEntry, ...]:
    """Parse the tables whose rows are items; of the keys, those that are not the items'."""
    values = raw.get("table", [])
    if not isinstance(values, list):
        found.append(wrong_type.not_an_array_of_tables("table", Place(name, ("table",))))
        return ()
    tables = []
    for index, value in enumerate(values):
        own = {key: part for key, part in value.items() if key in KEYS} if isinstance(value, dict) else value
        table = _one(own, Table, Place(name, ("table", index)), found)
        if table is not None:
            tables.append(TableEntry(index, table, _others(value)))
    return tuple(tables)


def _others(table: dict[str, Any]) -> dict[str, Any]:
    """Return the keys of a table that are its items'."""
    return {key: value for key, value in table.items() if key not in KEYS}


def parse_item(value: Any, kind: Any, place: Place, found: Found, unnamed: set[str]) -> Any:
    """Convert an item; if its mistakes can be repaired, as it was likely meant."""
    try:
        return msgspec.convert(value, kind)
    except msgspec.ValidationError:
        own = list(mistakes(value, kind, place))
        found += own
    recovered = recover(value, own, place)
    if recovered is None:
        return None
    try:
        item = msgspec.convert(recovered, kind)
    except msgspec.ValidationError:
        return None
    if "id" not in value:
        # What refers to it by the id it will have has no mistake.
        unnamed.add(missing_id.propose(value))
    return item


def _one(value: Any, kind: Any, place: Place, found: Found) -> Any:
    try:
        return msgspec.convert(value, kind)
    except msgspec.ValidationError:
        found += mistakes(value, kind, place)
        return None


def _placeholder_deck(deck: Any) -> Deck | None:
    """Return a deck for items whose `[deck]` has a mistake, so that a missing deck is not reported as well."""
    name = deck.get("name") if isinstance(deck, dict) else None
    return Deck(name=name if isinstance(name, str) else "?")


def _ids_in(value: dict[str, Any]) -> set[str]:
    """Return the id of an item that has mistakes, and of the rows in it."""
    own = {value["id"]} if isinstance(value.get("id"), str) else set[str]()
    rows = value.get("row")
    for row in rows if isinstance(rows, list) else ():
        if isinstance(row, dict) and isinstance(row.get("id"), str):
            own |= {f"{owner}/{row['id']}" for owner in list(own)}
    return own


def _tables(raw: dict[str, Any], kind: str) -> list[dict[str, Any]]:
    values = raw.get(kind)
    return [value for value in values if isinstance(value, dict)] if isinstance(values, list) else []


def _in_order(text: str, placed: dict[str, list[Entry]]) -> tuple[Entry, ...]:
    """Put entries of several kinds into the order of the file.

    TOML keeps the order within a kind only; headers say how the kinds alternate.
    """
    if len(placed) <= 1:
        return tuple(entry for entries in placed.values() for entry in entries)
    headers = [match[1] for match in _HEADER.finditer(f"\n{text}")]
    at = {kind: {entry.place.path[1]: entry for entry in entries} for kind, entries in placed.items()}
    if (
        all(headers.count(kind) > max(map(int, entries)) for kind, entries in at.items())
        and '"""' not in text
        and "'''" not in text
    ):
        counts = dict.fromkeys(ITEMS, -1)
        ordered = []
        for kind in headers:
            counts[kind] += 1
            if kind in at and counts[kind] in at[kind]:
                ordered.append(at[kind][counts[kind]])
        return tuple(ordered)
    positions = Positions(text)
    entries = [entry for kind in placed.values() for entry in kind]
    return tuple(sorted(entries, key=lambda entry: positions.header(entry.place.path) or Span(0, 0, 0, 0)))
