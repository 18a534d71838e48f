"""The notes of a collection, with their cards: odd rows are repaired or left out, and told."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from typing import Any, NamedTuple
from unicodedata import is_normalized, normalize

import msgspec

from deckgen.anki.note_text import SEPARATOR
from deckgen.anki.open_package import PackageError
from deckgen.importing.collection import Note, Type
from deckgen.importing.losses import Losses, named

#: Tags that Anki adds for the learner; an export without scheduling strips them.
PERSONAL_TAGS = frozenset({"leech", "marked"})
#: Anki's highest number of a cloze.
MOST_CLOZES = 500
#: Characters of all notes.
_MOST_TEXT = 500_000_000
_DEFAULT_DECK = "Default"
_NEW = 0


class _Cards(NamedTuple):
    """The cards of a note."""

    #: Ordinal → full name of the deck.
    decks: dict[int, str]
    #: Place among the new cards that was the first of them, None if none is known.
    places: list[int]


class _Data(msgspec.Struct):
    """What a card keeps beside its columns."""

    #: The place that it had when it was new.
    pos: int | None = None


def read_notes(
    connection: sqlite3.Connection,
    type_of: Callable[[int], Type | None],
    decks: Mapping[int, str],
    filtered: frozenset[int],
    losses: Losses,
    damaged: list[str],
) -> tuple[Note, ...]:
    """Return the notes in the order in which they are learned.

    That is the place of their first card among the new ones; notes that the author has learned, and whose place is
    not known, come first. `type_of` returns the type of an id, None if there is none; `damaged` gets each text that
    is not UTF-8.

    Raises:
        PackageError: if they are too many.
    """
    cards = _cards(connection, decks, filtered, losses)
    found: list[tuple[int, Note]] = []
    nothing = _Cards({}, [])
    characters = 0
    for row in connection.execute("SELECT id, guid, mid, mod, tags, flds FROM notes ORDER BY id"):
        own = cards.pop(row[0], nothing)
        note = _note(row, own.decks, type_of, losses)
        if damaged:
            damaged.clear()
            losses.add("bytes that are not UTF-8 are replaced by �", named(row[0], row[5]))
        if note is None:
            continue
        characters += len(row[5])
        if characters > _MOST_TEXT:
            raise PackageError(f"its notes have more than {_MOST_TEXT:,} characters")
        found.append((min(own.places, default=-1), note))
    for nid in cards:
        losses.add("cards of a note that is not there are left out", f"note {nid}")
    found.sort(key=lambda each: (each[0], each[1].id))
    return unique_guids([note for _, note in found], losses)


def unique_guids(notes: list[Note], losses: Losses) -> tuple[Note, ...]:
    """Return the notes with GUIDs that no two share: of those with the same, the newest keeps it, as in Anki."""
    owners: dict[str, Note] = {}
    for note in sorted(notes, key=lambda each: -each.mod):
        owners.setdefault(note.guid, note)
    if len(owners) == len(notes) and "" not in owners:
        return tuple(notes)
    found = []
    for note in notes:
        if not note.guid:
            losses.add("a note without a GUID is new to learners", named(note.id, note.fields[0]))
        elif owners[note.guid] is not note:
            losses.add(
                "a note that shares its GUID with another is new to learners",
                named(note.id, note.fields[0]),
            )
            note = msgspec.structs.replace(note, guid="")  # noqa: PLW2901 -- the same note
        found.append(note)
    return tuple(found)


def _cards(
    connection: sqlite3.Connection, decks: Mapping[int, str], filtered: frozenset[int], losses: Losses
) -> dict[object, _Cards]:
    """Return the cards of each note, by its id."""
    found: dict[object, _Cards] = {}
    for nid, ordinal, did, odid, kind, due, odue, data in connection.execute(
        # Texts take time: only what a learned card keeps is of use.
        "SELECT nid, ord, did, odid, type, due, odue, CASE WHEN type = 0 THEN NULL ELSE data END FROM cards"
    ):
        if type(ordinal) is not int or type(nid) is not int:
            losses.add("a card whose number is none is left out", f"note {nid}")
            continue
        cards = found.get(nid)
        if cards is None:
            cards = found[nid] = _Cards({}, [])
        # A card in a filtered deck says where its home is.
        home = decks.get(odid or did)
        if home is None:
            home = _DEFAULT_DECK
            losses.add("a card of a deck that is not there is put into `Default`", f"note {nid}")
        elif filtered and (odid or did) in filtered:
            losses.add("the home deck of a card in a filtered deck is not known", f"note {nid}")
        if ordinal in cards.decks:
            losses.add("a second card of the same number is left out", f"note {nid}")
            continue
        cards.decks[ordinal] = home
        place = (odue if odid else due) if kind == _NEW else _place(data)
        if type(place) is int:
            cards.places.append(place)
    return found


def _place(data: object) -> int | None:
    """Return the place that a learned card had among the new ones, None if it is not known."""
    if not isinstance(data, str) or '"pos"' not in data:
        return None
    try:
        return msgspec.json.decode(data, type=_Data).pos
    except (ValueError, RecursionError):
        return None


def _note(
    row: tuple[Any, ...],
    cards: Mapping[int, str],
    type_of: Callable[[int], Type | None],
    losses: Losses,
) -> Note | None:
    """Return a note of a row of the table, repaired where it must be; None if it has no type or no fields."""
    id_, guid, mid, mod, tags, text = row
    note_type = type_of(mid) if type(mid) is int else None
    if note_type is None or type(text) is not str or type(id_) is not int:
        losses.add(
            "a note of a note type that is not there is left out"
            if note_type is None
            else "a damaged note is left out",
            named(id_, text),
        )
        return None
    if type(mod) is not int or mod < 0:
        losses.add("a note has no stamp", named(id_, text))
        mod = 0
    if type(guid) is not str:
        guid = ""
    if type(tags) is not str:
        losses.add("damaged tags are left out", named(id_, text))
        tags = ""
    fields = tuple(nfc(text).split(SEPARATOR))
    if len(fields) != len(note_type.fields):
        fields = fitted(fields, len(note_type.fields), named(id_, text), losses)
    ordinals = list(cards.items())
    most = MOST_CLOZES if note_type.cloze else len(note_type.templates)
    if any(not 0 <= ordinal < most for ordinal in cards):
        losses.add("cards that the note type does not have are left out", named(id_, text))
        ordinals = [card for card in ordinals if 0 <= card[0] < most]
    if len(ordinals) > 1:
        ordinals.sort()
    return Note(
        id=id_,
        guid=guid,
        type_id=mid,
        mod=mod,
        fields=fields,
        tags=_tags(tags),
        cards=tuple(ordinals),
    )


def fitted(fields: tuple[str, ...], number: int, where: str, losses: Losses) -> tuple[str, ...]:
    """Return as many fields as a type has: empty ones are added, the rest joins the last, as Anki repairs it."""
    if len(fields) < number:
        losses.add("a note with fewer fields than its note type gets empty ones", where)
        return fields + ("",) * (number - len(fields))
    losses.add("fields that the note type does not have join its last one", where)
    return (*fields[: number - 1], "; ".join(fields[number - 1 :]))


@lru_cache(maxsize=4096)
def _tags(text: str) -> tuple[str, ...]:
    return tags_of(text.split())


def tags_of(tags: Iterable[str]) -> tuple[str, ...]:
    """Return tags without those that are personal, each once, in NFC."""
    return tuple(dict.fromkeys(nfc(tag) for tag in tags if tag.lower() not in PERSONAL_TAGS))


def nfc(text: str) -> str:
    """Return a text in NFC."""
    return text if text.isascii() or is_normalized("NFC", text) else normalize("NFC", text)
