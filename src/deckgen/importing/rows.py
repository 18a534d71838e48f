"""Rows of texts and spreadsheets, each a note."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence
from itertools import count
from typing import NamedTuple

from deckgen.adopted import AdoptedField
from deckgen.importing.collection import Collection, Template, Type
from deckgen.importing.problem import UnreadableError
from deckgen.importing.source import Source, SourceNote, type_id

#: What makes a text HTML where nothing says it.
_HTML = re.compile(
    r"</?(?:a|b|br|code|div|em|font|h[1-6]|hr|i|img|li|ol|p|pre|ruby|span|strong|sub|sup|table|td|tr|u|ul)\b[^<>]*>"
    r"|&(?:amp|lt|gt|quot|nbsp|#\d+);",
    re.IGNORECASE,
)
_CLOZE = re.compile(r"\{\{c\d+::")
#: What no name of a field has in Anki.
_NOT_IN_NAMES = re.compile(r'[:"{}]|^[#^/\s]+')


class Row(NamedTuple):
    """A row as it stands in the file."""

    #: For people: `line 12`.
    where: str
    guid: str
    #: Name of its note type; empty where the file does not say.
    type: str
    #: Full name of its deck; empty where the file does not say.
    deck: str
    #: None where the file does not say.
    tags: tuple[str, ...] | None
    fields: list[str]
    #: In a text, 0 elsewhere.
    line: int = 0


def collection_of_rows(
    source: Source, rows: Sequence[Row], labels: Sequence[str], *, is_html: bool | None
) -> Collection:
    """Return the collection of rows. `labels` name their fields, empty where the file does not.

    `is_html` is None where the file does not say; then it is if any cell has a tag.

    Raises:
        UnreadableError: if there is no row, or the types of notes are not known.
    """
    if not rows:
        raise UnreadableError(source.file, "has no notes")
    if is_html is None:
        is_html = any(_HTML.search(text) for row in rows for text in row.fields)
    return source.collection(_notes(source, rows, labels, is_html=is_html))


def _notes(
    source: Source, rows: Sequence[Row], labels: Sequence[str], *, is_html: bool
) -> Iterator[SourceNote]:
    types = _types(source, rows, labels)
    places: dict[int, list[int | None] | None] = {}
    for row in rows:
        note_type = types.get(row.type) or source.type_of(row.guid)
        if note_type is None:
            raise UnreadableError(
                source.file,
                f"does not say of which type the note in {row.where} is",
                "name it in a column `notetype`, or in a line `#notetype:` in front of the notes",
                line=row.line,
            )
        if note_type.id not in places:
            places[note_type.id] = _places(source, note_type, labels)
        fields = list(row.fields)
        if not is_html:
            fields = [as_html(text) for text in fields]
        yield SourceNote(
            row.where,
            row.guid,
            note_type,
            _in_order(fields, places[note_type.id], note_type),
            row.tags,
            row.deck,
        )


def _in_order(fields: list[str], places: list[int | None] | None, note_type: Type) -> tuple[str | None, ...]:
    """Return the fields in the order of the type."""
    if places is None:
        # Notes of types with fewer fields than others in the file end with empty columns.
        while len(fields) > len(note_type.fields) and not fields[-1]:
            fields.pop()
        return tuple(fields)
    return tuple(None if place is None else fields[place] if place < len(fields) else "" for place in places)


def _places(source: Source, note_type: Type, labels: Sequence[str]) -> list[int | None] | None:
    """Return the column of each field by the labels, from 0; None where the columns are in the order of fields."""
    found = {label: place for place, label in reversed(list(enumerate(labels))) if label}
    names = [field.name for field in note_type.fields]
    if not source.knows_identity or not any(name in found for name in names):
        return None
    for label in found:
        if label not in names:
            source.losses.add("a column that the note type has no field for is left out", label)
    return [found.get(name) for name in names]


def _types(source: Source, rows: Sequence[Row], labels: Sequence[str]) -> dict[str, Type]:
    """Return the types by the names that rows give; a package may know the type of a row that gives none."""
    named: dict[str, list[Row]] = {}
    for row in rows:
        named.setdefault(row.type, []).append(row)
    if not source.knows_identity:
        return {name: _shown_type(name or source.title, labels, own) for name, own in named.items()}
    found = {name: source.type_named(name, own[0].where) for name, own in named.items() if name}
    if len(source.types) == 1:
        found.setdefault("", next(iter(source.types.values())))
    return found


def _shown_type(name: str, labels: Sequence[str], rows: Sequence[Row]) -> Type:
    """Return a type of which only notes are known: as many fields as they use, and a card that asks for the first."""
    used = max((number for row in rows for number, text in enumerate(row.fields, 1) if text), default=0)
    is_cloze = any(_CLOZE.search(text) for row in rows for text in row.fields)
    names: list[str] = []
    for number in range(1, max(used, len(labels), 2) + 1):
        label = _NOT_IN_NAMES.sub("", labels[number - 1]).strip() if number <= len(labels) else ""
        free = next(at for at in count(number) if f"Field {at}" not in names)
        names.append(label if label and label not in names else f"Field {free}")
    rest = "<br>\n".join(f"{{{{{each}}}}}" for each in names[1:])
    first = f"{{{{{'cloze:' if is_cloze else ''}{names[0]}}}}}"
    back = f"{first}<br>\n{rest}" if is_cloze else f"{{{{FrontSide}}}}\n\n<hr id=answer>\n\n{rest}"
    return Type(
        id=type_id(name),
        name=name,
        mod=0,
        fields=tuple(AdoptedField(name=each) for each in names),
        templates=(Template(name="Cloze" if is_cloze else "Card 1", front=first, back=back),),
        cloze=is_cloze,
    )


def as_html(text: str) -> str:
    """Return a plain text as Anki imports it."""
    return html.escape(text, quote=False).replace("\r\n", "\n").replace("\n", "<br>")
