"""The one table of points and grades (`cases.toml`), in Python and in the script of the quiz page, in a real browser."""

from __future__ import annotations

import tomllib
from fractions import Fraction
from math import lcm
from pathlib import Path
from typing import Any

from deckgen.core import KINDS, Choice, Item, Option, Ordering, Scoring, Short
from deckgen.scoring import JUDGED, PARTIAL, Rule, credit, exact, grade, parts, score, unit
from deckgen.scoring import rule_of as rule_of_item
from deckgen.templating import shipped_folder

_TABLE = tomllib.loads(Path(__file__).with_name("cases.toml").read_text(encoding="utf-8"))
CASES, GRADES = _TABLE["case"], _TABLE["grades"]

#: Works out the points of every answer of every case, in units.
IN_BROWSER = """(cases) => cases.map(({kind, right, answers, ...rule}) => answers.map(({chosen, parts}) => {
  if (chosen && chosen.every((row) => !row.length)) return 0;
  const isEqual = (row, place) => Number(row.length === right[place].length && row.every((each) => right[place].includes(each)));
  const order = () => {
    const given = [];
    right.forEach(([place], row) => (given[chosen[row][0] - 1] = place - 1));
    return scoring.order(rule, given);
  };
  const share = parts ? scoring.parts(rule, parts)
    : kind === "ordering" ? order()
    : kind === "matching" ? scoring.parts(rule, chosen.map(isEqual))
    : scoring.options(rule, chosen[0], right[0]);
  return scoring.points(rule, share);
}))"""
#: What a point is divided into: enough for all cases.
UNIT = 1_260
#: What a point is divided into: enough for all points beside grades.
GRADE_UNIT = 6_300


def rule_of(case: dict[str, Any]) -> Rule:
    """Return the rule of a case."""
    numbers = {name: Fraction(case[name]) for name in ("points", "penalty", "floor") if name in case}
    rule = Rule(case["kind"], **numbers)
    return rule._replace(partial=case.get("partial", "none"), options=case.get("options", 0))


def points(case: dict[str, Any], answer: dict[str, Any]) -> Fraction:
    """Return what an answer of a case is worth."""
    rule = rule_of(case)
    if "parts" in answer:
        return credit(rule, parts(rule.partial, [Fraction(worth) for worth in answer["parts"]]))
    chosen, right = (tuple(frozenset(row) for row in rows) for rows in (answer["chosen"], case["right"]))
    return score(rule, chosen, right)


def expected(case: dict[str, Any]) -> list[str]:
    return [answer["points"] for answer in case["answers"]]


def test_python_gives_the_points_of_the_table():
    """The key and the marking of scans count as the table says."""
    found = {case["name"]: [str(points(case, answer)) for answer in case["answers"]] for case in CASES}
    assert found == {case["name"]: expected(case) for case in CASES}


def test_the_quiz_page_gives_the_points_of_the_table(page):
    """Its script counts as the table says; on a screen, each entry of an ordering has one place of its own."""
    script = (shipped_folder() / "web" / "scoring.js").read_text(encoding="utf-8")
    page.evaluate(f"{script}; window.scoring = scoring")
    cases = [
        case | {"answers": [each for each in case["answers"] if not each.get("paper")]} for case in CASES
    ]
    found = page.evaluate(IN_BROWSER, [in_units(case) for case in cases])
    assert {
        case["name"]: [str(Fraction(units) / UNIT) for units in points]
        for case, points in zip(cases, found, strict=True)
    } == {case["name"]: expected(case) for case in cases}


def in_units(case: dict[str, Any]) -> dict[str, Any]:
    """Return a case as the page knows it."""
    rule = rule_of(case)
    numbers = {name: int(getattr(rule, name) * UNIT) for name in ("points", "penalty", "floor")}
    answers = [
        each | ({"parts": [float(Fraction(worth)) for worth in each["parts"]]} if "parts" in each else {})
        for each in case["answers"]
    ]
    return case | numbers | {"answers": answers, "partial": rule.partial, "options": rule.options}


def test_both_give_the_grades_of_the_table(page):
    """At the least points of each, just below them, and below nothing; in Python and in the script of the page."""
    expected = {case["name"]: case["points"] for case in GRADES}
    assert expected == {
        case["name"]: {
            points: grade(Fraction(points), [(name, Fraction(least)) for name, least in case["grades"]])
            for points in case["points"]
        }
        for case in GRADES
    }
    script = (shipped_folder() / "web" / "scoring.js").read_text(encoding="utf-8")
    page.evaluate(f"{script}; window.scoring = scoring")

    def units(points: str) -> int:
        found = Fraction(points) * GRADE_UNIT
        assert found.denominator == 1
        return int(found)

    in_units = [
        ([(name, units(least)) for name, least in case["grades"]], list(map(units, case["points"])))
        for case in GRADES
    ]
    said = page.evaluate(
        "(cases) => cases.map(([grades, points]) => points.map((each) => scoring.grade(grades, each)))",
        in_units,
    )
    assert said == [list(case["points"].values()) for case in GRADES]


def test_the_table_tries_every_rule():
    """Each rule of each kind with parts has a case; a kind that a person judges has none, and costs nothing."""
    tried = {(case["kind"], case["partial"]) for case in CASES if "partial" in case}
    assert tried >= {(kind, rule) for kind, rules in PARTIAL.items() for rule in rules if kind != "word"}
    assert not set(JUDGED) & set(PARTIAL)
    assert set(KINDS) >= {*JUDGED, *PARTIAL}


def test_decimals_are_what_is_written():
    """Three tenths are as much as a tenth and a fifth: no float decides about a grade."""
    assert exact(0.1) + exact(0.2) == exact(0.3)
    assert (exact(3), exact(1e-05), exact(1 / 3)) == (Fraction(3), Fraction(1, 100_000), Fraction(1, 3))


def test_a_unit_makes_every_score_a_whole_number():
    """Of a page's questions, whatever their points and parts; a typed answer may be almost right, so it has halves."""
    head = {"deck": "D", "file": "f", "prompt": "?"}
    options = (Option("a", right=True), Option("b", right=True), *(Option(t, right=False) for t in "cdefg"))
    several = Choice(id="m", options=options, multiple=True, points=0.3, **head)
    order = Ordering(id="o", entries=tuple("abcdefgh"), **head)
    typed = Short(id="s", answer="x", **head)
    said = Scoring(penalty="1/3", partial=(("multiple", "balanced"), ("ordering", "adjacent")))

    def needed(*items: Item) -> int:
        return unit((item, rule_of_item(item, said)) for item in items)

    assert (needed(several), needed(order), needed(typed)) == (lcm(100, 3), lcm(7, 3), lcm(2, 3))
    assert needed(several, order, typed) == lcm(100, 3, 7)
    assert unit([]) == 1
