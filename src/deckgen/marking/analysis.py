"""Item analysis: how hard each question was, whether it tells the strong from the weak, what its options attracted.

Classical test theory. Bounds with a source name it, the others are ours; all are rules of thumb, and say little of
fewer than 30 papers, of which a correlation has a standard error of 0.18.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from enum import StrEnum
from statistics import fmean, pvariance
from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from deckgen.marking.responses import Response
    from deckgen.sheet.geometry import Marked, WrittenAnswer

#: Where the bounds of discrimination and of reliability are from: its discrimination, too, is the correlation with the
#: points of all other questions, "poor" below 0.1; and its reliability is Cronbach's alpha, "good for a classroom test"
#: from 0.7. (Ebel & Frisbie's 0.2 is of another index: upper less lower group.)
SCOREPAK = "University of Washington, Understanding Item Analyses"
#: Where the bound of idle distractors is from, and that the strong should not be tempted: Tarrant, Ware & Mohammed.
TARRANT = "Tarrant et al. 2009, doi:10.1186/1472-6920-9-40"
#: Shares of the points: below the first, hardly more than by guessing one of four; beyond the second, options cannot
#: all be chosen by `IDLE` (Raymond, Stevens & Bucak 2019, doi:10.1007/s10459-018-9855-9).
HARD, EASY = 0.3, 0.9
#: Discrimination below which a question hardly tells the strong from the weak.
WEAK = 0.1
#: A correlation nearer to 0 is shown as 0.
ROUNDED = 0.005
#: A distractor that fewer choose does nothing.
IDLE = 0.05
#: Reliability of a good test.
RELIABLE = 0.7
#: Papers of which figures are worth something.
ENOUGH = 30


class Flag(StrEnum):
    """What is strange about a question, the gravest first; `report-flag-…` says it."""

    KEY = "key"
    WEAK = "weak"
    TEMPTING = "tempting"
    HARD = "hard"
    EASY = "easy"
    IDLE = "idle"


class Given(msgspec.Struct, frozen=True):
    """The answer of a person to a question."""

    points: float
    #: Options by their place in the source, from 0; None where there are no options.
    chosen: tuple[int, ...] | None = None


#: The answers of a person, by the ids of questions.
Person = Mapping[str, Given]


class OptionCount(msgspec.Struct, frozen=True):
    """How many chose an option: all, and of the upper and the lower third."""

    source: int
    right: bool
    misconception: str
    all: int
    upper: int
    lower: int


class ItemFigures(msgspec.Struct, frozen=True):
    """What is known of a question."""

    id: str
    kind: str
    persons: int
    #: Mean share of the points.
    difficulty: float
    #: Correlation of its points with those of all other questions; None where either is the same for all.
    discrimination: float | None
    options: tuple[OptionCount, ...]
    flags: tuple[Flag, ...]


class Held(msgspec.Struct, frozen=True):
    """How many of those who could show a misconception did."""

    misconception: str
    holders: int
    asked: int

    @property
    def share(self) -> float:
        return self.holders / self.asked


class Figures(msgspec.Struct, frozen=True):
    """The analysis of a test."""

    persons: int
    #: Mean and standard deviation of the points, and the most that there are.
    mean: float
    deviation: float
    most: float
    #: Cronbach's coefficient; None where it does not exist.
    alpha: float | None
    items: tuple[ItemFigures, ...]
    #: The most common one first.
    held: tuple[Held, ...]


def of_responses(given: Sequence[Response]) -> Person:
    """Return the answers of a paper; what is not decided is left out."""
    person = {}
    for each in given:
        if each.points is None:
            continue
        chosen = None
        if each.question.options and not each.question.entries:
            marked = each.chosen[0]
            chosen = tuple(option.source for option in each.question.options if option.letter in marked)
        person[each.question.id] = Given(float(each.points), chosen)
    return person


def analyse(questions: Sequence[Marked | WrittenAnswer], persons: Sequence[Person]) -> Figures:
    """Return the figures of all questions; those who did not get a question do not count for it."""
    totals = [sum(given.points for given in person.values()) for person in persons]
    ranked = sorted(range(len(persons)), key=lambda place: (-totals[place], place))
    third = len(persons) // 3
    upper, lower = frozenset(ranked[:third]), frozenset(ranked[len(ranked) - third :] if third else ())
    items = tuple(_figures(question, persons, totals, upper, lower) for question in questions)
    return Figures(
        persons=len(persons),
        mean=fmean(totals) if totals else 0.0,
        deviation=pvariance(totals) ** 0.5 if totals else 0.0,
        most=sum(question.points for question in questions),
        alpha=_alpha(questions, persons),
        items=items,
        held=_held(questions, persons),
    )


def _figures(
    question: Marked | WrittenAnswer,
    persons: Sequence[Person],
    totals: Sequence[float],
    upper: frozenset[int],
    lower: frozenset[int],
) -> ItemFigures:
    there = [place for place, person in enumerate(persons) if question.id in person]
    points = [persons[place][question.id].points for place in there]
    others = [totals[place] - own for place, own in zip(there, points, strict=True)]
    difficulty = fmean(points) / question.points if points and question.points else 0.0
    discrimination = correlation(points, others)
    chosen = {place: set(persons[place][question.id].chosen or ()) for place in there}
    options = (
        ()
        if question.entries
        else tuple(
            OptionCount(
                option.source,
                option.right,
                option.misconception or "",
                sum(option.source in each for each in chosen.values()),
                sum(option.source in chosen.get(place, ()) for place in upper),
                sum(option.source in chosen.get(place, ()) for place in lower),
            )
            for option in sorted(question.options, key=lambda option: option.source)
        )
    )
    figures = ItemFigures(question.id, question.kind, len(there), difficulty, discrimination, options, ())
    return msgspec.structs.replace(figures, flags=tuple(_flags(figures)) if there else ())


def _flags(item: ItemFigures) -> list[Flag]:
    wrong = [option for option in item.options if not option.right]
    found = {
        Flag.KEY: item.discrimination is not None and item.discrimination < -ROUNDED,
        Flag.WEAK: item.discrimination is not None and -ROUNDED <= item.discrimination < WEAK,
        Flag.TEMPTING: any(option.upper > option.lower for option in wrong),
        Flag.HARD: item.difficulty < HARD,
        Flag.EASY: item.difficulty > EASY,
        Flag.IDLE: item.difficulty <= EASY and any(option.all < IDLE * item.persons for option in wrong),
    }
    return [flag for flag, holds in found.items() if holds]


def correlation(one: Sequence[float], other: Sequence[float]) -> float | None:
    """Return Pearson's coefficient; None where one of them is the same for all."""
    if len(one) < 3:  # noqa: PLR2004 -- two points always lie on a line
        return None
    mean, other_mean = fmean(one), fmean(other)
    spread = sum((value - mean) ** 2 for value in one) * sum((value - other_mean) ** 2 for value in other)
    if spread < 1e-12:  # noqa: PLR2004
        return None
    together = sum((a - mean) * (b - other_mean) for a, b in zip(one, other, strict=True))
    return together / math.sqrt(spread)


def _alpha(questions: Sequence[Marked | WrittenAnswer], persons: Sequence[Person]) -> float | None:
    """Return Cronbach's alpha (Psychometrika 16, 1951) of those who answered every question."""
    ids = [question.id for question in questions]
    whole = [person for person in persons if all(id_ in person for id_ in ids)]
    if len(ids) < 2 or len(whole) < 2:  # noqa: PLR2004
        return None
    totals = pvariance([sum(person[id_].points for id_ in ids) for person in whole])
    if totals < 1e-12:  # noqa: PLR2004
        return None
    single = sum(pvariance([person[id_].points for person in whole]) for id_ in ids)
    return len(ids) / (len(ids) - 1) * (1 - single / totals)


def _held(questions: Sequence[Marked | WrittenAnswer], persons: Sequence[Person]) -> tuple[Held, ...]:
    """Count those who chose an option that names a misconception, of those who were offered one."""
    naming: dict[str, dict[str, set[int]]] = defaultdict(lambda: defaultdict(set))
    for question in questions:
        for option in question.options:
            if option.misconception and not question.entries:
                naming[option.misconception][question.id].add(option.source)
    holders, asked = Counter[str](), Counter[str]()
    for misconception, by_question in naming.items():
        for person in persons:
            offered = [id_ for id_ in by_question if id_ in person]
            asked[misconception] += bool(offered)
            holders[misconception] += any(by_question[id_] & set(person[id_].chosen or ()) for id_ in offered)
    made = [Held(each, holders[each], asked[each]) for each in naming if asked[each]]
    return tuple(sorted(made, key=lambda each: (-each.share, each.misconception)))


def first_to_look_at(figures: Figures) -> tuple[ItemFigures, ...]:
    """Return the questions with flags, the gravest first."""
    order = list(Flag)
    return tuple(
        sorted(
            (item for item in figures.items if item.flags and item.flags != (Flag.EASY,)),
            key=lambda item: (
                [order.index(flag) for flag in item.flags],
                item.discrimination or 0.0,
                item.id,
            ),
        )
    )
