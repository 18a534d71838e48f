"""What is said of points holds for all that says nothing itself: the nearest counts, key by key."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from deckgen.core import (
    Choice,
    Course,
    Item,
    Open,
    Option,
    Ordering,
    Printing,
    Project,
    Scoring,
    Section,
    Sheet,
)
from deckgen.scoring import Rule
from deckgen.sheet.plan import plan

HEAD: dict[str, Any] = {"deck": "D", "file": "f", "prompt": "?"}
#: Where nothing is said.
NOTHING = Scoring()
OPTIONS = tuple(Option(text, right=text < "c") for text in "abcde")


def rules(
    *items: Item, section: Scoring = NOTHING, sheet: Scoring = NOTHING, project: Scoring = NOTHING
) -> dict[str, Rule]:
    """Plan a sheet of these items, and return the rule of each."""
    drawn = Section(tuple(item.id for item in items), scoring=section)
    course = Course(
        project=Project(id="p", title="P", printing=Printing(scoring=project)),
        decks=(),
        items=items,
        sheets=(Sheet(id="s", title="S", sections=(drawn,), scoring=sheet),),
    )
    return {q.item.id: q.rule for q in plan(course, course.sheets[0])[0].questions}


def several(id_: str, **more: Any) -> Choice:
    return Choice(id=id_, options=OPTIONS, multiple=True, **HEAD, **more)


def test_the_nearest_counts() -> None:
    """Of the question, then its section, the sheet, the project; a rule for partial credit by type."""
    project = Scoring(penalty="1", floor=-4, partial=(("multiple", "none"), ("ordering", "adjacent")))
    sheet = Scoring(penalty="25 %", partial=(("multiple", "options"),))
    section = Scoring(floor=-0.1)
    own = Scoring(penalty="0", floor=0, partial=(("multiple", "balanced"),))
    order = Ordering(id="order", entries=("a", "b", "c"), **HEAD)

    found = rules(several("said", scoring=own), several("silent", points=2), order, project=project)
    assert (found["said"].penalty, found["said"].floor, found["said"].partial) == (0, 0, "balanced")
    assert (found["silent"].penalty, found["silent"].floor, found["silent"].partial) == (1, -4, "none")
    assert found["order"].partial == "adjacent"

    found = rules(several("silent", points=2), order, section=section, sheet=sheet, project=project)
    assert found["silent"] == Rule(
        "multiple", Fraction(2), Fraction(1, 2), Fraction(-1, 10), partial="options", options=5
    )
    assert found["order"].partial == "adjacent"


def test_without_a_word_nothing_costs_anything() -> None:
    """And each part earns its part; a penalty alone is what a wrong answer costs; a person's judgement costs nothing."""
    assert rules(several("m"))["m"] == Rule("multiple", partial="each", options=5)
    one = Choice(id="c", options=OPTIONS[1:], **HEAD)
    essay = Open(id="o", model="x", **HEAD)
    found = rules(one, essay, sheet=Scoring(penalty="1/3"))
    assert (found["c"].cost, found["c"].floor) == (Fraction(1, 3), Fraction(-1, 3))
    assert (found["o"].cost, found["o"].penalty) == (0, 0)
    assert rules(one, sheet=Scoring(penalty="1", floor=-0.25))["c"].cost == Fraction(1, 4)
