"""The files of a project that an import writes, by their names: cards by deck, spreadsheets, templates."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from typing import Any

from deckgen.core.text import Text
from deckgen.importing.names import Unique, deck_path
from deckgen.importing.plan import NotePlan, Plan, TypePlan
from deckgen.importing.sides import sides
from deckgen.importing.toml_text import table
from deckgen.tables import delimited
from deckgen.tables.grid import MOST_CELLS, Grid, is_error

#: So many notes of a type in a deck are a spreadsheet.
FEWEST_ROWS = 25
_ID, _TAGS = "id", "tags"
#: Rows of a spreadsheet, and characters of a cell, that every program opens.
_MOST_ROWS = 20_000
_LONGEST_CELL = 30_000
#: In templates for Anki, what begins markup of Jinja.
_JINJA = re.compile(r"\[(?=[\[%#])")
_TYPES = "note-types"


def project_files(plan: Plan) -> Iterator[tuple[str, str]]:
    """Yield the texts of files by their names in the project, without those that every new project has."""
    adopted = [each for each in plan.types.values() if _is_adopted(each, plan)]
    unique = Unique()
    if adopted:
        yield (
            f"cards/{unique.name(_TYPES)}.toml",
            "\n".join(["#:schema ../schema/cards.json\n", *map(_notetype, adopted)]),
        )
        for each in adopted:
            yield from _templates(each)
    by_deck: dict[str, list[NotePlan]] = {}
    for note in plan.notes:
        by_deck.setdefault(note.deck, []).append(note)
    types = {each.name: each for each in plan.types.values()}
    for deck, notes in by_deck.items():
        path = unique.name(deck_path(deck))
        yield from _Deck(deck, path, types, plan.descriptions.get(deck, "")).files(notes)


def _is_adopted(kind: TypePlan, plan: Plan) -> bool:
    return kind.become is None or any(note.item is None and note.type == kind.name for note in plan.notes)


def _notetype(kind: TypePlan) -> str:
    fields = [key if key == name else {"name": key, "anki": name} for name, key in kind.keys.items()]
    head: dict[str, Any] = {"name": kind.type.name, "fields": fields}
    if kind.cloze:
        head["cloze"] = kind.keys[kind.cloze]
    parts = [table(f"[notetype.{kind.name}]", head)]
    for id_, template in zip(kind.cards, kind.type.templates, strict=True):
        said = sides(template, kind.keys, kind.cloze)
        card: dict[str, Any] = {"id": id_, "name": template.name}
        if said.needs is not None:
            card["needs"] = list(said.needs)
        card |= {"front": said.front, "back": said.back}
        if said.is_typed:
            card["answer_as"] = "short"
        if template.deck:
            card["deck"] = template.deck
        parts.append(table(f"[[notetype.{kind.name}.card]]", card))
    return "\n".join(parts)


def _templates(kind: TypePlan) -> Iterator[tuple[str, str]]:
    folder = f"templates/anki/own/{kind.name}"
    for id_, template in zip(kind.cards, kind.type.templates, strict=True):
        yield f"{folder}/{id_}/front.html", _as_text(template.front)
        yield f"{folder}/{id_}/back.html", _as_text(template.back)
    yield f"{folder}/style.css", _as_text(kind.type.css)


def _as_text(text: str) -> str:
    """Return a template that is rendered as a text."""
    return _JINJA.sub('[[ "[" ]]', text)


class _Deck:
    """The files of a deck."""

    def __init__(self, deck: str, path: str, types: dict[str, TypePlan], description: str) -> None:
        self._deck = deck
        self._path = path
        self._types = types
        self._description = description
        self._tables = Unique()

    def files(self, notes: list[NotePlan]) -> Iterator[tuple[str, str]]:
        """Yield its file of cards, and its spreadsheets."""
        by_type: dict[str, list[NotePlan]] = {}
        for note in notes:
            if self._is_row(note):
                by_type.setdefault(note.type, []).append(note)
        rows = {name: each for name, each in by_type.items() if len(each) >= FEWEST_ROWS}
        in_rows = {note.id for each in rows.values() for note in each}
        up = "../" * (self._path.count("/") + 1)
        parts = [
            f"#:schema {up}schema/cards.json\n",
            table("[deck]", {"name": self._deck, "description": self._description}),
        ]
        for name, each in rows.items():
            for part in _parts(each, self._most_rows(name)):
                file, text = self._sheet(name, part, alone=len(rows) == 1)
                parts.append(self._table(name, file, text, part))
                yield file, text
        parts += (self._note(note) for note in notes if note.id not in in_rows)
        yield f"cards/{self._path}.toml", "\n".join(parts)

    def _most_rows(self, name: str) -> int:
        return min(_MOST_ROWS, (MOST_CELLS - 1) // (len(self._types[name].keys) + 3))

    def _is_row(self, note: NotePlan) -> bool:
        """Tell whether a note is all that a row can say."""
        if note.item is not None or note.without or note.decks or note.lost:
            return False
        return all(isinstance(value, str) and _is_cell(value) for value in note.values)

    def _sheet(self, name: str, notes: list[NotePlan], *, alone: bool) -> tuple[str, str]:
        kind = self._types[name]
        keys = _columns(kind, notes)
        has_tags = any(note.tags for note in notes)
        out = io.StringIO()
        writer = csv.writer(out, lineterminator="\n")
        places = {key: place for place, key in enumerate(kind.keys.values())}
        writer.writerow([_ID, *keys, *([_TAGS] if has_tags else [])])
        for note in notes:
            cells = [str(note.values[places[key]]) for key in keys]
            writer.writerow([note.id, *cells, *([" ".join(note.tags)] if has_tags else [])])
        file = self._tables.name(f"data/{self._path}" if alone else f"data/{self._path}-{name}")
        return f"{file}.csv", out.getvalue()

    def _table(self, name: str, file: str, text: str, notes: list[NotePlan]) -> str:
        keys = _columns(self._types[name], notes)
        entries: dict[str, Any] = {"file": file, "as": "note", "type": name}
        read = delimited.read(text.encode())
        if isinstance(read, Grid) and read.source and read.source.separator != ",":
            entries["separator"] = ","
        columns = {key: key for key in keys}
        if any(note.tags for note in notes):
            columns[_TAGS] = _TAGS
            entries["split"] = " "
        return table("[[table]]", entries | {"columns": columns})

    def _note(self, note: NotePlan) -> str:
        if note.item is not None:
            header, entries = note.item
            entries = {"id": note.id} | entries
        else:
            header = "note"
            keys = self._types[note.type].keys.values()
            entries = {"id": note.id, "type": note.type}
            entries |= {key: value for key, value in zip(keys, note.values, strict=True) if value != ""}
        entries["tags"] = note.tags
        if note.item is None:
            entries |= {"without": note.without, "decks": dict(note.decks)}
        return table(f"[[{header}]]", entries, (f"lost: {each}" for each in note.lost))


def _parts(notes: list[NotePlan], most: int) -> Iterator[list[NotePlan]]:
    return (notes[start : start + most] for start in range(0, len(notes), most))


def _columns(kind: TypePlan, notes: list[NotePlan]) -> list[str]:
    """Return the keys of the fields that are filled somewhere, in their order, the first always."""
    return [
        key
        for place, key in enumerate(kind.keys.values())
        if not place or any(note.values[place] for note in notes)
    ]


def _is_cell(value: Text) -> bool:
    """Tell whether a cell of a spreadsheet can hold a text as it is."""
    return (
        isinstance(value, str)
        and value == value.strip()
        and len(value) <= _LONGEST_CELL
        and not is_error(value)
        and not value.startswith("\\#")
    )
