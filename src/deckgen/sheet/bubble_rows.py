"""The questions of a version that can be answered by filling bubbles."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Annotated

import msgspec
from msgspec import Meta

from deckgen.core import Choice, Numeric, TrueFalse
from deckgen.core.number import MOST_PLACES
from deckgen.sheet.kinds.choice import ChoiceArrangement
from deckgen.sheet.kinds.matching import MatchingArrangement
from deckgen.sheet.kinds.ordering import OrderingArrangement
from deckgen.sheet.version import Question

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from deckgen.sheet.arrangement import Lettered
    from deckgen.sheet.version import Version

_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
#: Rows left free below a question that takes several.
_GAP = 0.4


class Row(msgspec.Struct, frozen=True):
    """What can be filled for one part of a question."""

    options: tuple[str, ...]
    right: tuple[str, ...]


class Printed(msgspec.Struct, frozen=True):
    """An option as a version prints it, and where it is in the author's text."""

    letter: Annotated[
        str, Meta(description="As in `right` and in bubbles: `B`; `true` or `false`; `3` of an ordering.")
    ]
    source: Annotated[
        int,
        Meta(
            description="Its place in the author's text, from 0: answers, then distractors; right sides of pairs, then "
            "`extra`; entries in the right order; true is 0, false 1."
        ),
    ]
    right: Annotated[bool, Meta(description="Whether it is right; in a matching, for any entry.")]
    misconception: Annotated[
        str | None, Meta(description="Id of the misconception of whoever chooses it, if one is known.")
    ] = None


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """A question as an answer sheet has it."""

    question: Question
    #: One row; for entries and for the places of a number several.
    rows: tuple[Row, ...]
    #: What the letters stand for; empty for numbers.
    options: tuple[Printed, ...] = ()
    #: Of an ordering or a matching: for each row the place of its entry, or pair, in the author's text, from 0.
    entries: tuple[int, ...] = ()
    #: Whether several bubbles of a row may be filled.
    several: bool = False
    #: Whether its rows are columns of digits.
    digits: bool = False

    def height(self, across: int) -> float:
        """Return how many rows of the grid it takes, where so many bubbles at most lie side by side."""
        rows = 1 + max(len(row.options) for row in self.rows) if self.digits else sum(self.lines(across))
        return rows + (_GAP if rows > 1 else 0)

    def lines(self, across: int) -> list[int]:
        """Return how many rows of the grid each of its rows takes, where it is no number."""
        return [-(-len(row.options) // across) for row in self.rows]

    @property
    def bubbles_across(self) -> int:
        """Return how many bubbles lie side by side."""
        return len(self.rows) if self.digits else max(len(row.options) for row in self.rows)


def asked(version: Version) -> tuple[Asked, ...]:
    """Return the questions that can be answered by filling bubbles."""
    numbers = [answer for answer in version.numbers if _sensible(answer)]
    return tuple(made for question in version.questions if (made := _asked(question, numbers)))


def _asked(question: Question, numbers: Sequence[str]) -> Asked | None:
    item, arrangement = question.item, question.arrangement
    solution = arrangement.solution.split()
    if isinstance(item, Choice) and isinstance(arrangement, ChoiceArrangement):
        options = tuple(map(_printed, arrangement.options))
        return Asked(
            question=question,
            rows=(Row(_letters(options), tuple(solution)),),
            options=options,
            several=item.multiple,
        )
    if isinstance(item, TrueFalse):
        # Who takes a misconception for true has it.
        options = (
            Printed("true", 0, item.answer, item.id if item.verdict else None),
            Printed("false", 1, not item.answer),
        )
        return Asked(question=question, rows=(Row(_letters(options), tuple(solution)),), options=options)
    if isinstance(arrangement, MatchingArrangement):
        options = tuple(map(_printed, arrangement.right))
        return Asked(
            question=question,
            rows=tuple(Row(_letters(options), (letter,)) for letter in solution),
            options=options,
            entries=tuple(entry.source for entry in arrangement.left),
        )
    if isinstance(arrangement, OrderingArrangement):
        options = tuple(
            Printed(str(place), place - 1, right=True) for place in range(1, len(arrangement.entries) + 1)
        )
        return Asked(
            question=question,
            rows=tuple(Row(_letters(options), (place,)) for place in solution),
            options=options,
            entries=tuple(entry.place - 1 for entry in arrangement.entries),
        )
    if isinstance(item, Numeric) and item.answer in numbers:
        return Asked(question=question, rows=tuple(_places(item.answer, numbers)), digits=True)
    return None


def _printed(option: Lettered) -> Printed:
    return Printed(option.letter, option.source, option.right, option.misconception or None)


def _letters(options: Sequence[Printed]) -> tuple[str, ...]:
    return tuple(option.letter for option in options)


def _sensible(answer: str) -> bool:
    return len(answer) <= MOST_PLACES and _NUMBER.fullmatch(answer) is not None


def _places(answer: str, numbers: Sequence[str]) -> Iterator[Row]:
    """Yield a row for each place of a number, a sign's before them; all numbers of a sheet have the same.

    So they reveal nothing about the answer. The answer is right-aligned.
    """
    if any(number.startswith("-") for number in numbers):
        yield Row(("-",), ("-",) if answer.startswith("-") else ())
    point = (".",) if any("." in number for number in numbers) else ()
    length = max(len(number.removeprefix("-")) for number in numbers)
    for letter in answer.removeprefix("-").rjust(length):
        yield Row((*point, *"0123456789"), tuple(letter.strip()))
