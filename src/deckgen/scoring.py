"""What an answer is worth, in points: the same on paper, on a screen and in marking.

`templates/web/scoring.js` is its twin in the quiz page; `tests/scoring/cases.toml` holds both to the same results.
All numbers are exact: nothing is rounded before it is shown.
"""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache
from math import lcm
from typing import TYPE_CHECKING, Any, NamedTuple

from deckgen.core.choice import Choice
from deckgen.core.number import number, percentage
from deckgen.core.scoring import Partial, Scoring

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from deckgen.core.item import Item

#: The kinds whose answers have parts, and the rules for each; the first one is the default.
PARTIAL: Mapping[str, tuple[Partial, ...]] = {
    "multiple": ("each", "balanced", "options", "none"),
    "matching": ("each", "none"),
    "ordering": ("each", "adjacent", "none"),
    "cloze": ("each", "none"),
    "word": ("each",),
}
#: The kinds that a person judges: no wrong answer to them costs anything.
JUDGED = ("open", "concept", "contrast")


class Rule(NamedTuple):
    """What the answers to a question are worth."""

    #: The kind of its item: `multiple`.
    kind: str
    points: Fraction = Fraction(1)
    #: Points off for an answer that earns nothing; leaving the question blank costs nothing.
    penalty: Fraction = Fraction(0)
    #: The lowest points of an answer, 0 or less.
    floor: Fraction = Fraction(0)
    #: `none` for kinds whose answers have no parts.
    partial: Partial = "none"
    #: Of a `multiple`: how many options it has.
    options: int = 0

    @property
    def cost(self) -> Fraction:
        """Return what a wrong answer takes off, where its options take nothing themselves."""
        return min(self.penalty, -self.floor)


def rule_of(item: Item, said: Scoring) -> Rule:
    """Return the rule of an item, of all that is said about it."""
    points = exact(item.points)
    penalty = amount(said.penalty, points) if said.penalty and item.kind not in JUDGED else Fraction(0)
    rules = PARTIAL.get(item.kind, ("none",))
    return Rule(
        kind=item.kind,
        points=points,
        penalty=penalty,
        # Who is wrong loses no more than the penalty, unless the author says so.
        floor=-penalty if said.floor is None else exact(said.floor),
        partial=dict(said.partial).get(item.kind, rules[0]),
        options=len(item.options) if isinstance(item, Choice) and item.multiple else 0,
    )


def unit(asked: Iterable[tuple[Item, Rule]]) -> int:
    """Return into how many equal units a point must be divided so that every score of some items is a whole number."""
    return lcm(
        *(
            written.denominator
            for item, rule in asked
            for written in (rule.points / _steps(item, rule.partial), rule.penalty, rule.floor)
        )
    )


def _steps(item: Any, partial: Partial) -> int:
    """Return into how many equal steps the points of an item may be divided."""
    if isinstance(item, Choice):
        right = sum(option.right for option in item.options)
        steps = {
            "each": right,
            "balanced": lcm(right, len(item.options) - right or 1),
            "options": len(item.options),
        }
        return steps.get(partial, 1)
    if item.kind == "ordering":
        return {"each": len(item.entries), "adjacent": len(item.entries) - 1}.get(partial, 1)
    if item.kind == "matching":
        return len(item.pairs) if partial == "each" else 1
    if item.kind == "word" and item.ask == "fill":
        return 2 * len(item.examples[0].gaps)
    # What is typed may be almost right, and what a learner judges half right.
    return 2 * (len(item.gaps) if item.kind == "cloze" and partial == "each" else 1)


def amount(written: str, points: Fraction) -> Fraction:
    """Return how many points `0.5` are, or `25 %` of a question's; 0 for what is not a number."""
    share = percentage(written)
    return (number(share) or Fraction(0)) / 100 * points if share else number(written) or Fraction(0)


@lru_cache  # most questions of a course are worth the same
def exact(written: float) -> Fraction:
    """Return a number as it is written: `0.1` is a tenth, and `0.3333333333333333` a third."""
    return Fraction(repr(written)).limit_denominator(1_000_000)


def score(rule: Rule, chosen: Sequence[frozenset[str]], right: Sequence[frozenset[str]]) -> Fraction:
    """Return the points of an answer, `floor` at least; 0 where nothing is chosen.

    Both have a set for each row of the question: one with all that is chosen of its options; one for each entry of a
    matching; and for each entry of an ordering one with its place, from `1`.
    """
    if not any(chosen):
        return Fraction(0)
    return credit(rule, share(rule, chosen, right))


def credit(rule: Rule, earned: Fraction) -> Fraction:
    """Return the points of an answer that earned a share of them, or the worth of its parts; below 0 is a loss."""
    points = rule.points * earned
    return max(rule.floor, points - rule.penalty if earned <= 0 else points)


def share(rule: Rule, chosen: Sequence[frozenset[str]], right: Sequence[frozenset[str]]) -> Fraction:
    """Return the share of the points that an answer earns: 1 at most, and below 0 where wrong options took more."""
    if rule.kind == "multiple" and rule.partial != "none":
        return _options(rule, chosen[0], right[0])
    if rule.partial == "adjacent":
        return _adjacent(chosen, right)
    return parts(rule.partial, [Fraction(one == other) for one, other in zip(chosen, right, strict=True)])


def parts(partial: Partial, worths: Sequence[Fraction]) -> Fraction:
    """Return the share that an answer earns by its parts, each worth 0 to 1: all count alike, or the worst alone."""
    return min(worths) if partial == "none" else sum(worths, Fraction(0)) / len(worths)


def grade(points: Fraction, grades: Sequence[tuple[str, Fraction]]) -> str:
    """Return the grade of so many points; `grades` are names with their least points, from the best one down."""
    return next((name for name, least in grades if points >= least), grades[-1][0])


def _options(rule: Rule, chosen: frozenset[str], right: frozenset[str]) -> Fraction:
    hits, misses = len(chosen & right), len(chosen - right)
    wrong = rule.options - len(right)
    if rule.partial == "options":
        return Fraction(hits + wrong - misses, rule.options)
    # What a wrong option takes: what a right one earns, or so much that all of them take everything.
    return Fraction(hits, len(right)) - Fraction(
        misses, wrong if rule.partial == "balanced" and misses else len(right)
    )


def _adjacent(chosen: Sequence[frozenset[str]], right: Sequence[frozenset[str]]) -> Fraction:
    """Return how many of the pairs of neighbours in the right order follow each other in the answer, too."""
    places = {
        int(next(iter(place))): int(next(iter(given))) if len(given) == 1 else None
        for given, place in zip(chosen, right, strict=True)
    }
    following = [
        before is not None and places[place + 1] == before + 1
        for place, before in places.items()
        if place < len(places)
    ]
    return Fraction(sum(following), len(following))
