"""What a sheet and its key say of points: instructions for marking, what wrong answers cost, a table to write into."""

from __future__ import annotations

from fractions import Fraction
from math import ceil
from typing import TYPE_CHECKING, Any

import msgspec

from deckgen.core import LARGE_SIZE, Scoring, Text
from deckgen.scoring import JUDGED, Rule, amount, exact

if TYPE_CHECKING:
    from collections.abc import Iterator

    from deckgen.sheet.profile import PageProfile
    from deckgen.sheet.version import Part, Question, Version

#: Widths in mm of the grading table: a cell, the words before them.
_CELL, _LARGE_CELL, _SPARING_CELL = 10.5, 15.0, 9.0
_WORDS, _LARGE_WORDS = 20.0, 36.0
#: How much wider cells are where there is room.
_WIDE = 1.5


class Earned(msgspec.Struct, frozen=True):
    """What earns how many points; `what` is the key of its words."""

    what: str
    points: Fraction


class Column(msgspec.Struct, frozen=True):
    """A question in a grading table; the total, where it has no number."""

    number: int | None
    points: float


class Row(msgspec.Struct, frozen=True):
    """A section in a grading table, with its first and its last question."""

    title: Text
    first: int
    last: int
    points: float


class Grading(msgspec.Struct, frozen=True):
    """A table to write the points of each section, or of each question, into."""

    #: By section; empty where the sheet has no sections with titles.
    rows: tuple[Row, ...]
    #: By question, as many side by side as fit; the total is as wide as two.
    columns: tuple[tuple[Column, ...], ...]
    #: How many cells are side by side.
    width: int
    #: How wide a table by question, its words and one of its cells are, in mm.
    length: float = 0.0
    words: float = 0.0
    cell: float = 0.0


class GradeRow(msgspec.Struct, frozen=True):
    """A grade and from when on it is given, in points and as a share."""

    name: str
    least: Fraction
    share: Fraction

    @property
    def shown(self) -> float:
        """Return the least points rounded up to two decimals, so that whoever has so many has the grade."""
        return ceil(100 * self.least) / 100


def says_points(version: Version) -> bool:
    """Return whether anything is said of how answers to a version become points."""
    return any(question.scoring != Scoring() for question in version.questions)


def earned(question: Question) -> tuple[Earned, ...]:
    """Return instructions for marking a question."""
    return tuple(_earned(question.item, question.rule))


def _earned(item: Any, rule: Rule) -> Iterator[Earned]:
    points = rule.points
    if rule.kind in JUDGED:
        yield Earned("up-to", points)
        return
    if rule.kind == "multiple" and rule.partial in ("each", "balanced"):
        right = sum(option.right for option in item.options)
        wrong = rule.options - right
        yield Earned("each-right-option", points / right)
        if wrong:
            yield Earned("each-wrong-option", -points / (wrong if rule.partial == "balanced" else right))
    else:
        yield Earned(*_part(item, rule))
    if rule.penalty:
        yield Earned(
            "nothing-right" if rule.kind in ("multiple", "matching", "ordering", "cloze") else "wrong",
            -rule.cost,
        )
    if rule.kind == "multiple" and rule.partial in ("each", "balanced") and wrong:
        yield Earned("never-below", rule.floor)


def _part(item: Any, rule: Rule) -> tuple[str, Fraction]:
    """Return what earns points, in an answer of which no part takes any."""
    points = rule.points
    match rule.kind, rule.partial:
        case "multiple", "options":
            return "each-decision", points / rule.options
        case "matching", "each":
            return "each-pair", points / len(item.pairs)
        case "ordering", "each":
            return "each-place", points / len(item.entries)
        case "ordering", "adjacent":
            return "each-following", points / (len(item.entries) - 1)
        case "cloze", "each":
            return "each-gap", points / len(item.gaps)
        case "word", _ if item.ask == "fill":
            return "each-gap", points / len(item.examples[0].gaps)
        case (("multiple" | "matching" | "ordering" | "cloze"), _):
            return "all-right", points
        case _:
            return "right", points


def grading(version: Version, profile: PageProfile) -> Grading:
    """Return the grading table of a version, for a page of this profile."""
    parts = [part for part in version.parts if part.questions]
    if len(parts) > 1 and any(part.title for part in parts):
        return Grading(tuple(map(_row, parts)), (), 0)
    columns = [Column(q.number, q.item.points) for q in version.questions]
    columns.append(Column(None, version.points))
    cells = len(columns) + 1
    across, words, cell = _measures(profile)
    most = max(2, int((across - words) / cell))
    size = -(-cells // -(-cells // most))
    lines = (tuple(columns[at : at + size]) for at in range(0, len(columns), size))
    # A few cells are not drawn out over the page.
    cell = min((across - words) / size, _WIDE * cell)
    return Grading((), tuple(lines), size, *(round(each, 2) for each in (words + size * cell, words, cell)))


def _row(part: Part) -> Row:
    return Row(part.title, part.questions[0].number, part.questions[-1].number, part.points)


def _measures(profile: PageProfile) -> tuple[float, float, float]:
    """Return the widths of the head of a page, and there of words and of the narrowest cells, in mm."""
    width = profile.width - 2 * profile.side
    if profile.name == "two-up":
        width = (width - 28) / 2
    larger = profile.size / LARGE_SIZE if profile.large else 1
    cell = _LARGE_CELL * larger if profile.large else _SPARING_CELL if profile.sparing else _CELL
    words = _LARGE_WORDS * larger if profile.large else _WORDS
    return width, words, cell


def grade_rows(version: Version) -> tuple[GradeRow, ...]:
    """Return the grades of a sheet, from the best one down."""
    total = sum((exact(q.item.points) for q in version.questions), Fraction(0))
    rows = [(grade.name, amount(grade.least, total)) for grade in version.sheet.grades]
    return tuple(GradeRow(name, least, least / total) for name, least in rows)
