"""The notes of a course as the text files that Anki imports (https://docs.ankiweb.net/importing/text-files.html)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

import msgspec

from deckgen.anki.edition import Edition
from deckgen.anki.notetypes import NoteType
from deckgen.filenames import file_names
from deckgen.identity import LockedNote, NoteContent

#: What a cell must be quoted for. Anki takes a record that begins with `#` for a comment.
_QUOTED = re.compile(r'["\t\r\n]|^#')
#: Columns in front of the fields: GUID and deck.
_BEFORE = 2


class TextFile(msgspec.Struct, frozen=True):
    """A text file: the notes of one type."""

    name: str
    text: str
    notes: int
    #: Names of its note type and of its decks.
    names: tuple[str, ...]
    #: Ids of notes that Anki skips, as their first field is empty.
    skipped: tuple[str, ...] = ()


def text_files(edition: Edition) -> list[TextFile]:
    """Return a file for each note type, with the GUID, deck, tags and all fields of its notes as packages have them.

    The header lines name the type and the columns, so that Anki asks for nothing. Notes come in the source's order,
    but those of a deck before those of the decks in it: Anki would give a deck that it made for the one in it, and
    does not know by name yet, another name.
    """
    types = {each.kind: each for each in edition.types}
    notes: dict[str, list[tuple[LockedNote, NoteContent]]] = {}
    for number, line in enumerate(edition.stamped.notes):
        notes.setdefault(line.note_type, []).append((line, edition.notes.content(number)))
    names = file_names(types[kind].name for kind in notes)
    return [_file(names[types[kind].name], types[kind], own) for kind, own in notes.items()]


def _file(name: str, note_type: NoteType, notes: list[tuple[LockedNote, NoteContent]]) -> TextFile:
    fields = [field.name for field in note_type.fields]
    lines = [
        "#separator:tab",
        "#html:true",
        f"#notetype:{note_type.name}",
        "#guid column:1",
        "#deck column:2",
        f"#tags column:{_BEFORE + len(fields) + 1}",
        f"#columns:{_record(['guid', 'deck', *fields, 'tags'])}",
    ]
    places = _places(line.deck for line, _ in notes)
    notes = sorted(notes, key=lambda note: places[note[0].deck])
    lines += [_record([line.guid, line.deck, *said.fields, " ".join(said.tags)]) for line, said in notes]
    return TextFile(
        name=f"{name}.txt",
        text="\n".join([*lines, ""]),
        notes=len(notes),
        names=(note_type.name, *places),
        skipped=tuple(line.id for line, said in notes if not said.fields[0]),
    )


def _places(decks: Iterable[str]) -> Mapping[str, int]:
    """Return the place of each deck: as they come, but each behind those that it is in."""
    found = list(dict.fromkeys(decks))
    known = frozenset(found)
    places: dict[str, int] = {}
    for deck in found:
        parts = deck.split("::")
        for end in range(1, len(parts) + 1):
            around = "::".join(parts[:end])
            if around in known:
                places.setdefault(around, len(places))
    return places


def _record(cells: Iterable[str]) -> str:
    return "\t".join(
        f'"{cell.replace(chr(34), chr(34) * 2)}"' if _QUOTED.search(cell) else cell for cell in cells
    )
