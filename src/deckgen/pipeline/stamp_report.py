"""Turn the problems and changes of stamping into diagnostics with places."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cached_property
from itertools import groupby

import msgspec

from deckgen.anki import cleaning
from deckgen.core import top_level
from deckgen.diagnostics import Diagnostic, Path, Place, Span, TableRef
from deckgen.identity import Changes, IdentityProblem, Lock, LockProblem
from deckgen.language.manuscript import Manuscript
from deckgen.nearest import nearest
from deckgen.reading import LOCK_FILE
from deckgen.rules import (
    bad_lock,
    duplicate_guid,
    late_was,
    lost_id,
    lost_note,
    moved_note,
    note_type_changed,
    older_lock,
    reused_id,
    wrong_guid,
)

#: Ids that are compared by their spelling; where more are gone or new, it is no slip.
_MOST_PAIRED = 300


def of_lock(problems: tuple[LockProblem, ...]) -> Iterator[Diagnostic]:
    """Yield a diagnostic for each thing that is wrong in the lock."""
    for problem in problems:
        span = Span(problem.line, problem.column, problem.line, problem.end_column)
        yield bad_lock.found(LOCK_FILE, problem.message, span, problem.help)


def of_retired(lock: Lock, text: str) -> Iterator[Diagnostic]:
    """Yield a diagnostic for each retired note in the lock that Anki could not take."""
    for id_, message in cleaning.problems(lock):
        start = f"retired {id_} "
        numbers = (number for number, line in enumerate(text.split("\n"), 1) if line.startswith(start))
        line = next(numbers, 1)
        span = Span(line, 1, line, len(start))
        yield bad_lock.found(LOCK_FILE, message, span, "remove the line: learners keep the note as it is")


def of_identity(problems: tuple[IdentityProblem, ...], places: Places) -> Iterator[Diagnostic]:
    """Yield a diagnostic for each reason why a build cannot be stamped."""
    for problem in problems:
        place = places.of(problem.ids[-1])
        match problem.code:
            case "note-type-changed":
                yield note_type_changed.found(problem.message, problem.help, place)
            case "duplicate-guid":
                yield duplicate_guid.found(problem.message, problem.help, place)
            case _:
                yield reused_id.of_history(problem.message, problem.help, place)


def of_changes(changes: Changes, places: Places) -> Iterator[Diagnostic]:
    """Yield a warning for each change that Anki does not make by itself."""
    moves = Counter((former, deck) for _, former, deck in changes.moved)
    for (former, deck), count in sorted(moves.items()):
        yield moved_note.found(former, deck, count, places.of_deck(deck))
    for former, deck in changes.renamed_decks:
        yield moved_note.renamed(former, deck, places.of_deck(deck))
    for former, item_id in changes.late:
        yield late_was.found(former, item_id, places.of(item_id))
    for item_id in changes.lost:
        yield lost_note.found(LOCK_FILE, item_id)
    yield from of_ids(changes.lost_ids, changes.wrong_guids, places)
    yield from of_rows({*changes.retired, *changes.lost}, changes.added, changes.lost_ids, places)
    if changes.unclear:
        yield older_lock.found(LOCK_FILE, changes.unclear)


def of_ids(
    lost_ids: tuple[tuple[str, str], ...], wrong_guids: tuple[str, ...], places: Places
) -> Iterator[Diagnostic]:
    """Yield a warning for each id that seems to be renamed, and one for GUIDs that come from no id."""
    for former, name, item_id in lost_id.names(lost_ids):
        yield lost_id.found(former, name, places.of(item_id))
    if wrong_guids:
        yield wrong_guid.found(LOCK_FILE, wrong_guids)


def of_rows(
    gone: Iterable[str], new: Iterable[str], known: Iterable[tuple[str, str]], places: Places
) -> Iterator[Diagnostic]:
    """Yield a warning for each new id made of a cell that is probably another one, which is gone, with a changed cell.

    The cell is mostly part of what the item says, so that the content is no help: ids are paired that are spelt nearly
    alike, or that are the only ones. `known` are pairs that were reported already.
    """
    told = {id_ for pair in known for id_ in pair}
    made = sorted(id_ for id_ in new if id_ in places.made and id_ not in told)
    left = sorted(id_ for id_ in gone if id_ not in told)
    if len(made) > _MOST_PAIRED or len(left) > _MOST_PAIRED:
        return
    if len(made) == len(left) == 1:
        yield lost_id.of_row(left[0], made[0], places.of(made[0]))
        return
    for id_ in made:
        former = _like(id_, left)
        if former and _like(former, made) == id_:
            yield lost_id.of_row(former, id_, places.of(id_))


def _like(id_: str, others: list[str]) -> str | None:
    """Return the id that another one was made from or became: spelt nearly alike, or with a word more (`el-perro`)."""
    words = set(id_.split("-"))
    longer = [other for other in others if words <= (own := set(other.split("-"))) or own <= words]
    return nearest(id_, others) or (longer[0] if len(longer) == 1 else None)


class Places:
    """Where items and decks are written.

    Few builds need them, so those of each file are packed into bytes.
    """

    def __init__(self, manuscript: Manuscript) -> None:
        places = ((id_, entry.place) for id_, entry in manuscript.by_id.items())
        self._packed = [
            (file, table, msgspec.msgpack.encode([(id_, place.path) for id_, place in part]))
            for (file, table), part in groupby(places, lambda each: (each[1].file, each[1].table))
        ]
        tables = {
            TableRef(file.name, entry.index)
            for file in manuscript.files
            for entry in file.tables
            if "@{" in entry.table.id
        }
        #: Ids that are made of the cells of spreadsheets.
        self.made = frozenset(id_ for id_, entry in manuscript.by_id.items() if entry.place.table in tables)
        self._decks: dict[str, Place] = {}
        self._packages: dict[str, Place] = {}
        for file in manuscript.files:
            if file.deck:
                place = file.deck_name
                self._decks.setdefault(file.deck.name, place)
                self._packages.setdefault(top_level(file.deck.name), place)

    def of(self, item_id: str) -> Place:
        """Return where an item is written; for a question made from a table, that is the table."""
        return self._items.get(item_id) or self._items.get(item_id.partition("/")[0]) or Place(LOCK_FILE)

    @cached_property
    def _items(self) -> dict[str, Place]:
        decode = msgspec.msgpack.Decoder(list[tuple[str, Path]]).decode
        return {
            id_: Place(file, path, table=table)
            for file, table, part in self._packed
            for id_, path in decode(part)
        }

    def of_deck(self, name: str) -> Place:
        """Return where a deck's name is written first."""
        return self._decks.get(name, Place(LOCK_FILE))

    def of_package(self, name: str) -> Place:
        """Return where a deck of the top-level deck `name` is written first."""
        return self._packages.get(name, Place(LOCK_FILE))
