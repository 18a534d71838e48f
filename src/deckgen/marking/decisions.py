"""What people decided: a file in the folder of the outputs, which no run asks about again."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path
from typing import Literal

import msgspec

from deckgen.confined import read_bytes
from deckgen.engine.write import write_bytes
from deckgen.system_error import reason

FILE = "decisions.json"
_LARGEST = 50_000_000


class Decisions(msgspec.Struct):
    """What was decided so far. Pages are named by their keys, so that a decision outlives a new order of the scans."""

    #: The options that are marked, by page, question and row.
    marks: dict[tuple[str, int, int], tuple[str, ...]] = msgspec.field(default_factory=dict)
    #: The points of a written answer as they were typed, by the page of its first box and the question.
    points: dict[tuple[str, int], str] = msgspec.field(default_factory=dict)
    #: The student number of a paper, by its first page; empty where nobody's.
    students: dict[str, str] = msgspec.field(default_factory=dict)
    #: Whether a page is of the same paper as the page scanned before it.
    joins: dict[str, bool] = msgspec.field(default_factory=dict)
    #: The pages that could not be read and are to be ignored.
    ignored: set[str] = msgspec.field(default_factory=set)

    def marked(self, place: tuple[str, int, int], options: Collection[str]) -> tuple[str, ...] | None:
        """Return what is marked in a row of `options`; None if nobody decided it, or the row was another one then."""
        found = self.marks.get(place)
        return found if found is not None and all(each in options for each in found) else None


class _Marks(msgspec.Struct, frozen=True):
    page: str
    question: int
    row: int
    marked: tuple[str, ...]


class _Points(msgspec.Struct, frozen=True):
    page: str
    question: int
    points: str


class _Student(msgspec.Struct, frozen=True):
    page: str
    number: str


class _Join(msgspec.Struct, frozen=True):
    page: str
    same_paper: bool


class _File(msgspec.Struct, frozen=True, kw_only=True):
    format: Literal["deckgen-mark-decisions/1"] = "deckgen-mark-decisions/1"
    decisions: tuple[_Marks, ...] = ()
    points: tuple[_Points, ...] = ()
    students: tuple[_Student, ...] = ()
    joins: tuple[_Join, ...] = ()
    ignored: tuple[str, ...] = ()


class UnreadableDecisionsError(Exception):
    """The file of decisions is damaged; it is never overwritten then."""


def load(out: Path) -> Decisions:
    """Return the decisions that are kept in a folder; none if there is no file.

    Raises:
        UnreadableDecisionsError: if the file is not what `save` wrote.
    """
    try:
        content = read_bytes(out, FILE, _LARGEST)
    except FileNotFoundError:
        return Decisions()
    except OSError as error:
        raise UnreadableDecisionsError(reason(error)) from None
    try:
        found = msgspec.json.decode(content, type=_File)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise UnreadableDecisionsError(str(error)) from None
    return Decisions(
        {(each.page, each.question, each.row): each.marked for each in found.decisions},
        {(each.page, each.question): each.points for each in found.points},
        {each.page: each.number for each in found.students},
        {each.page: each.same_paper for each in found.joins},
        set(found.ignored),
    )


def save(out: Path, decisions: Decisions) -> None:
    """Keep decisions, sorted.

    Raises:
        OSError: if the file cannot be written.
    """
    made = _File(
        decisions=tuple(_Marks(*place, marked) for place, marked in sorted(decisions.marks.items())),
        points=tuple(_Points(*place, points) for place, points in sorted(decisions.points.items())),
        students=tuple(_Student(*each) for each in sorted(decisions.students.items())),
        joins=tuple(_Join(*each) for each in sorted(decisions.joins.items())),
        ignored=tuple(sorted(decisions.ignored)),
    )
    write_bytes(out, FILE, msgspec.json.format(msgspec.json.encode(made), indent=1) + b"\n")
