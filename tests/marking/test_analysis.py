"""The item analysis: figures that are known from elsewhere, flags, and the page."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from deckgen.marking import spreadsheets
from deckgen.marking.analysis import Figures, Flag, Given, Person, analyse, first_to_look_at
from deckgen.marking.attempts import AttemptError, read
from deckgen.marking.report import Wording, page
from deckgen.sheet.bubble_rows import Printed
from deckgen.sheet.geometry import Marked

if TYPE_CHECKING:
    from playwright.sync_api import Page


def question(id_: str, options: int = 3, misconceptions: dict[int, str] | None = None) -> Marked:
    """Return a choice whose first option in the source is right."""
    named = misconceptions or {}
    return Marked(
        number=1, id=id_, kind="choice", points=1, penalty=0, floor=0, partial="none", several=False,
        right=(("A",),), entries=(),
        options=tuple(Printed("ABCDE"[place], place, place == 0, named.get(place)) for place in range(options)),
    )  # fmt: skip


def persons(*columns: str) -> list[Person]:
    """Return persons from what they chose of each question, one letter each; a dot has no answer."""
    return [
        {
            f"q{number}": Given(float(letter == "a"), ("abcde".index(letter),))
            for number, letter in enumerate(row)
            if letter != "."
        }
        for row in zip(*columns, strict=True)
    ]


def test_figures_are_those_of_numpy() -> None:
    """Difficulty, corrected item–total correlation and alpha, against their definitions in NumPy."""
    columns = ("aaaaabbcba", "aaaabbbabb", "aabaaabcba", "ababababab", "aaaaaaaaab")
    figures = analyse([question(f"q{number}") for number in range(5)], persons(*columns))
    points = np.array([[letter == "a" for letter in column] for column in columns], float)
    for number, item in enumerate(figures.items):
        rest = points.sum(axis=0) - points[number]
        assert item.difficulty == pytest.approx(points[number].mean())
        assert item.discrimination == pytest.approx(np.corrcoef(points[number], rest)[0, 1])
    alpha = 5 / 4 * (1 - points.var(axis=1).sum() / points.sum(axis=0).var())
    assert figures.alpha == pytest.approx(alpha)
    assert (figures.persons, figures.most) == (10, 5)
    assert figures.mean == pytest.approx(points.sum(axis=0).mean())


def test_options_are_counted_by_thirds_and_misconceptions_by_persons() -> None:
    """Who shows a misconception twice holds it once, and who was not asked does not count."""
    questions = [question("q0", 4, {1: "m1"}), question("q1", 3, {1: "m1", 2: "m2"}), question("q2")]
    figures = analyse(questions, persons("aaabbb", "aaabc.", "aaaabb"))
    [first, second, _] = figures.items
    assert [(option.all, option.upper, option.lower) for option in first.options] == [
        (3, 2, 0), (3, 0, 2), (0, 0, 0), (0, 0, 0),
    ]  # fmt: skip
    assert second.persons == 5
    assert Flag.IDLE in first.flags
    assert [(each.misconception, each.holders, each.asked) for each in figures.held] == [
        ("m1", 3, 6),
        ("m2", 1, 5),
    ]
    assert spreadsheets.misconceptions(figures).decode("utf-8-sig").splitlines()[1:] == [
        "m1,3,6,0.500",
        "m2,1,5,0.200",
    ]


def test_what_to_look_at_first() -> None:
    """A question that the strong answer worse than the weak comes before one that is only hard."""
    columns = ("aaaaaabbbbbb", "aaaaaabbbbbb", "bbbbbbaaaaaa", "abbbbbbbbbbb")
    figures = analyse([question(f"q{number}", 2) for number in range(4)], persons(*columns))
    assert [item.id for item in first_to_look_at(figures)] == ["q2", "q3"]
    assert first_to_look_at(figures)[0].flags[0] is Flag.KEY
    assert Flag.TEMPTING in figures.items[2].flags
    assert Flag.HARD in figures.items[3].flags


def nothing() -> Figures:
    return analyse([question("q0")], [])


def test_the_page_is_sound_and_all_texts_are_data(
    html_errors: Callable[..., list[str]], page_of_browser: Page, axe: Callable[..., list[str]]
) -> None:
    """Valid HTML without a serious mistake for readers, also of an empty pile; titles and options are never markup."""
    evil = "<script>alert(1)</script>"
    wordings = {
        "q0": Wording(f"What {evil}?", {0: evil, 1: "no"}, "cards/a.toml:3"),
        "m1": Wording("Ports are sockets."),
    }
    figures = analyse([question("q0", 3, {1: "m1"}), question("q1")], persons("abbcaa", "aabbab"))
    pages = {
        "report.html": page(f"Test {evil}", figures, wordings, grades={evil: 2, "1,0": 0}),
        "empty.html": page("Empty", nothing(), {}),
        "ar.html": page("Test", figures, wordings, language="ar"),
    }
    assert html_errors(pages) == []
    assert all(evil.encode() not in content for content in pages.values())
    assert b"33%" in pages["report.html"]
    assert b"cards/a.toml:3" in pages["report.html"]
    for name in ("report.html", "ar.html"):
        page_of_browser.set_content(pages[name].decode())
        assert axe(page_of_browser) == []
    assert b"cards/a.toml:3" in spreadsheets.items(figures, wordings)


def test_the_report_is_in_the_language_of_the_project() -> None:
    """Words, direction, and numbers; what it lacks is English."""
    figures = analyse([question("q0", 3, {1: "m1"}), question("q1")], persons("abbcaa", "aabbab"))
    german = page("Netze", figures, {}, language="de-AT").decode()
    assert '<html lang="de-AT" dir="ltr">' in german
    assert "Was die Klasse glaubt" in german
    assert "<b>33\N{NO-BREAK SPACE}%</b>" in german
    assert '<td class="n">0,50</td>' in german
    assert '<html lang="ar" dir="rtl">' in page("x", figures, {}, language="ar").decode()
    assert "What the class believes" in page("x", figures, {}, language="tlh").decode()
    english = page("x", figures, {}).decode()
    # French calls some things what English does.
    for language in ("ar", "de", "es", "zh"):
        other = page("x", figures, {}, language=language).decode()
        left = set(re.findall(r">([^<>{]{4,})<", english)) & set(re.findall(r">([^<>{]{4,})<", other))
        assert {text for text in left if re.search("[a-z]{3}", text)} == set()


@pytest.fixture
def page_of_browser(page: Page) -> Page:
    return page


def attempt(**changes: Any) -> bytes:
    whole = {
        "format": "deckgen-attempt/1", "project": "p", "sheet": "quiz", "title": "Quiz", "code": "ABCD", "draw": 0,
        "finished": "2026-11-30T07:00:00Z", "points": 1, "total": 3,
        "questions": [
            {"number": 1, "id": "q0", "kind": "choice", "verdict": "right", "points": 1, "total": 1, "chosen": [0]},
            {"number": 2, "id": "q1", "kind": "choice", "verdict": "unanswered", "points": 0, "total": 1, "chosen": []},
            {"number": 3, "id": "q2", "kind": "open", "verdict": "pending", "points": 0, "total": 1},
        ],
    }  # fmt: skip
    return json.dumps(whole | changes).encode()


def test_attempts_on_a_screen_are_answers_too(tmp_path: Path) -> None:
    """What was chosen and earned counts, what nobody judged does not; a file of something else is named."""
    (tmp_path / "a.json").write_bytes(attempt())
    assert read([tmp_path], "quiz") == [{"q0": Given(1, (0,)), "q1": Given(0, ())}]
    with pytest.raises(AttemptError, match="it is an attempt at `quiz`, not at `other`"):
        read([tmp_path], "other")
    (tmp_path / "b.json").write_bytes(b"{}")
    with pytest.raises(AttemptError, match=r"b\.json: it is not a saved attempt"):
        read([tmp_path / "b.json"], "quiz")
    with pytest.raises(AttemptError, match=r"c\.json: no such file"):
        read([tmp_path / "c.json"], "quiz")
