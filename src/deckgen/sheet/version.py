"""What a version of a sheet consists of: parts, and questions as it prints them."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

import msgspec

from deckgen.core import Contrast, Item, Scoring, Sheet, Stem, Text, Word
from deckgen.scoring import JUDGED, Rule, rule_of
from deckgen.sheet.arrangement import Arrangement

if TYPE_CHECKING:
    from collections.abc import Iterable
    from fractions import Fraction

#: Crockford's base 32: no I, L, O or U, so that a code is read aloud and typed without doubt.
CODE_LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


class Question(msgspec.Struct, frozen=True):
    """A question as a version prints it; `number` counts through the sheet, from 1."""

    number: int
    item: Item
    arrangement: Arrangement
    #: Whether its points are printed: if questions of the sheet differ in them.
    shows_points: bool = True
    #: Whether it says what a wrong answer costs: if questions of the sheet differ in that.
    shows_cost: bool = False
    #: Level of its heading: 2, or 3 where a section has a title.
    level: int = 2
    #: All that is said of how its answers become points: by its author, the section, the sheet, the project.
    scoring: Scoring = Scoring()

    @property
    def kind(self) -> str:
        """Name the kind of its item."""
        return self.item.kind

    @property
    def rule(self) -> Rule:
        """Return what answers to it are worth."""
        return rule_of(self.item, self.scoring)


class Run(msgspec.Struct, frozen=True):
    """Questions of a stem, which is printed once before them; or others between such questions, without one."""

    stem: Stem | None
    #: As in `Part.groups`.
    groups: tuple[tuple[Question, ...], ...]

    @property
    def first(self) -> int:
        """Return the number of its first question."""
        return self.groups[0][0].number

    @property
    def last(self) -> int:
        """Return the number of its last question."""
        return self.groups[-1][-1].number


class Part(msgspec.Struct, frozen=True):
    """A section as a version prints it."""

    title: Text
    instructions: Text
    questions: tuple[Question, ...]
    #: As in `core.Section`.
    whole_tables: bool = False
    blank: tuple[str, ...] = ()
    paper_instructions: Text = ""

    @property
    def points(self) -> float:
        """Add up the points."""
        return sum(question.item.points for question in self.questions)

    @property
    def groups(self) -> tuple[tuple[Question, ...], ...]:
        """Return the questions as they are set: neighbours of one comparison table together, and words asked alike.

        All others stand alone.
        """
        return tuple(tuple(group) for _, group in groupby(self.questions, key=lambda q: _list(q.item)))

    @property
    def runs(self) -> tuple[Run, ...]:
        """Return the groups as they follow each other, by their stems."""
        by_stem = groupby(self.groups, key=lambda group: group[0].item.stem)
        return tuple(Run(stem, tuple(groups)) for stem, groups in by_stem)


class Version(msgspec.Struct, frozen=True):
    """One version of a sheet, ready to be set."""

    sheet: Sheet
    #: A, B, C, …
    name: str
    #: Short checksum of what is right: papers and keys with the same code belong together.
    code: str
    parts: tuple[Part, ...]
    #: Answers of the numeric questions of all versions: the bubbles of one must not show that its number is negative.
    numbers: tuple[str, ...] = ()

    @property
    def questions(self) -> tuple[Question, ...]:
        """Return the questions of all parts, by number."""
        return tuple(question for part in self.parts for question in part.questions)

    @property
    def points(self) -> float:
        """Add up the points."""
        return sum(question.item.points for question in self.questions)

    @property
    def costs(self) -> frozenset[Fraction]:
        """Return what wrong answers cost where they can cost anything; empty where none does."""
        return costs_of(self.parts)


def unit(item: Item) -> str:
    """Return the name of what is shuffled as one: rows of a comparison table, and questions of a stem."""
    if item.stem:
        return f"stem {item.stem.id}"
    if isinstance(item, Contrast):
        return f"table {item.cell.partition('/')[0] or item.lasting_name}"
    return item.lasting_name


def _list(item: Item) -> str:
    """Return the name of the list or table that neighbours are set in."""
    if isinstance(item, Word):
        return f"words {item.ask}"
    return unit(item) if isinstance(item, Contrast) else item.lasting_name


def costs_of(parts: Iterable[Part]) -> frozenset[Fraction]:
    """Return what wrong answers cost in some parts, where they can cost anything."""
    found = frozenset(q.rule.cost for part in parts for q in part.questions if q.kind not in JUDGED)
    return found if any(found) else frozenset()
