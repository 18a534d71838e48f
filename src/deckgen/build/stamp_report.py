"""Say what stamping a build came upon, where an author can mend it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from deckgen.diagnostics import Diagnostic, Place, Span
from deckgen.identity import Changes, IdentityProblem, LockProblem
from deckgen.language.manuscript import Manuscript
from deckgen.reading.project import LOCK_FILE
from deckgen.rules import (
    bad_lock,
    duplicate_guid,
    late_was,
    lost_note,
    moved_note,
    note_type_changed,
    reused_id,
)


def of_lock(problems: tuple[LockProblem, ...]) -> Iterator[Diagnostic]:
    """Give a diagnostic for each thing that is wrong in the lock."""
    for problem in problems:
        span = Span(problem.line, problem.column, problem.line, problem.end_column)
        yield bad_lock.found(LOCK_FILE, problem.message, span, problem.help)


def of_identity(problems: tuple[IdentityProblem, ...], manuscript: Manuscript) -> Iterator[Diagnostic]:
    """Give a diagnostic for each reason why a build cannot be stamped."""
    for problem in problems:
        place = place_of(problem.ids[-1], manuscript)
        match problem.code:
            case "note-type-changed":
                yield note_type_changed.found(problem.message, problem.help, place)
            case "duplicate-guid":
                yield duplicate_guid.found(problem.message, problem.help, place)
            case _:
                yield reused_id.of_history(problem.message, problem.help, place)


def of_changes(changes: Changes, manuscript: Manuscript) -> Iterator[Diagnostic]:
    """Give a warning for each change that Anki will not make by itself."""
    moves = Counter((former, deck) for _, former, deck in changes.moved)
    for (former, deck), count in sorted(moves.items()):
        yield moved_note.found(former, deck, count, place_of_deck(deck, manuscript))
    for former, deck in changes.renamed_decks:
        yield moved_note.renamed(former, deck, place_of_deck(deck, manuscript))
    for former, item_id in changes.late:
        yield late_was.found(former, item_id, place_of(item_id, manuscript))
    for item_id in changes.lost:
        yield lost_note.found(LOCK_FILE, item_id)


def place_of(item_id: str, manuscript: Manuscript) -> Place:
    """Return where an item is written; a made question is written in its table."""
    entry = manuscript.by_id.get(item_id) or manuscript.by_id.get(item_id.partition("/")[0])
    return entry.place if entry else Place(LOCK_FILE)


def place_of_deck(name: str, manuscript: Manuscript) -> Place:
    """Return where a deck's name is written first."""
    file = next((file for file in manuscript.files if file.deck and file.deck.name == name), None)
    return Place(file.name, ("deck", "name")) if file else Place(LOCK_FILE)


def place_of_package(name: str, manuscript: Manuscript) -> Place:
    """Return where a deck of the top-level deck `name` is written first."""
    decks = (file.deck.name for file in manuscript.files if file.deck)
    return place_of_deck(next((deck for deck in decks if deck.partition("::")[0] == name), name), manuscript)
