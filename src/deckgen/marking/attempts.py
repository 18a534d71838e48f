"""Answers that were saved on a screen (`deckgen-attempt/1`), for the item analysis."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import msgspec
from msgspec import UNSET

from deckgen.confined import read_bytes
from deckgen.marking.analysis import Given, Person
from deckgen.system_error import reason
from deckgen.web.attempt import Attempt

#: Whose answers and points are known.
_JUDGED = ("right", "almost", "partly", "wrong", "unanswered")
_OPTIONS = ("choice", "multiple", "true-false")
_LARGEST = 10_000_000


class AttemptError(Exception):
    """A file cannot be read, or is no attempt at the sheet; the message names it."""


def read(paths: Iterable[Path], sheet: str) -> list[Person]:
    """Return the answers in files, and in folders of them, in the order of names.

    Raises:
        AttemptError: at the first file that is no attempt at the sheet.
    """
    return [_person(path, sheet) for path in _files(paths)]


def _files(paths: Iterable[Path]) -> Iterator[Path]:
    for path in paths:
        yield from sorted(path.glob("*.json")) if path.is_dir() else [path]


def _person(path: Path, sheet: str) -> Person:
    try:
        attempt = msgspec.json.decode(read_bytes(path.parent, path.name, _LARGEST), type=Attempt)
    except OSError as error:
        raise AttemptError(f"{path}: {reason(error)}") from None
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise AttemptError(f"{path}: it is not a saved attempt: {error}") from None
    if attempt.sheet != sheet:
        raise AttemptError(f"{path}: it is an attempt at `{attempt.sheet}`, not at `{sheet}`")
    person = {}
    for answer in attempt.questions:
        if answer.verdict in _JUDGED:
            known = answer.kind in _OPTIONS and answer.chosen is not UNSET
            chosen = (
                tuple(place for place in answer.chosen if place is not None)
                if known and answer.chosen
                else None
            )
            person[answer.id] = Given(answer.points, chosen or (() if known else None))
    return person
