"""Whole quizzes, played in a browser; the score must be the one that the TOML gives."""

from __future__ import annotations

import tomllib
from typing import TYPE_CHECKING

import pytest

from web.answers import PROJECT, questions, sheet
from web.keyboard import KeyboardPlayer
from web.player import Played, Player, score_of

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Page

QUESTIONS = questions()
SECTIONS = sheet("immediate")["section"]


def by_topic(played: list[Played]) -> list[list[str]]:
    """Return the rows of the table that breaks the score down by section."""
    rows = []
    for section in SECTIONS:
        mine = [
            each
            for each in played
            if each.question.id in {id_.removeprefix("id:") for id_ in section["from"]}
        ]
        if mine:
            rows.append([section["title"], score_of(mine)])
    return rows


def assert_result(page: Page, played: list[Played]) -> None:
    """The score, its share, how many were right, and the score by topic are those of the answers."""
    earned = sum(each.points for each in played)
    everything = sum(each.question.points for each in played)
    assert page.inner_text("#score") == score_of(played)
    assert page.inner_text("#percent") == f"{int(earned / everything * 100)}%"
    counts = {
        "right": sum(each.share == 1 for each in played),
        "partly right": sum(each.share not in (None, 0, 1) for each in played),
        "wrong": sum(each.share == 0 for each in played),
        "not answered": sum(each.share is None for each in played),
    }
    assert page.inner_text("#counts") == " · ".join(f"{n} {what}" for what, n in counts.items() if n)
    missed = [each.question.id for each in played if each.share != 1]
    shown_now = page.locator("form.question:visible")
    assert [form.get_attribute("data-id") for form in shown_now.all()] == missed
    assert page.inner_text("#review-title") == (
        f"To look at again: {len(missed)}" if missed else "Nothing to look at again"
    )
    assert page.locator("#again").is_visible() == bool(missed)


def topics(page: Page) -> list[list[str]]:
    rows = page.locator("#topics tbody tr:has(th)").all()
    return [[row.locator("th").inner_text(), row.locator("td").first.inner_text()] for row in rows]


def test_all_right_by_keyboard_alone(site: Path, page: Page) -> None:
    """Every kind is answered without a pointer; focus goes to what comes next, and verdicts are spoken."""
    player = KeyboardPlayer(page, QUESTIONS).open(site / "immediate.html")
    played = player.play()
    assert sorted(each.question.id for each in played) == sorted(
        id_.removeprefix("id:") for section in SECTIONS for id_ in section["from"]
    )
    assert player.has_focus("#result-title")
    assert_result(page, played)
    assert topics(page) == by_topic(played)


@pytest.mark.parametrize("seed", [1, *(pytest.param(seed, marks=pytest.mark.long) for seed in range(2, 30))])
def test_random_answers_told_at_once(site: Path, page: Page, seed: int) -> None:
    """Whatever is answered, the score is the TOML's; then again with only the missed ones, until nothing is missed."""
    player = Player(page, QUESTIONS, seed).open(site / "immediate.html")
    played = player.play_at_once(lambda _: player.chance.choice(("random",) * 4 + ("skip",)))
    assert_result(page, played)
    assert topics(page) == by_topic(played)
    missed = sorted(each.question.id for each in played if each.share != 1)
    page.click("#again")
    played = player.play_at_once(lambda _: "right")
    assert sorted(each.question.id for each in played) == missed
    assert_result(page, played)


@pytest.mark.parametrize("seed", [1, *(pytest.param(seed, marks=pytest.mark.long) for seed in range(2, 30))])
def test_random_answers_told_at_the_end(site: Path, page: Page, seed: int) -> None:
    """No verdict before the end; what learners judge waits for them, and counts as they say."""
    player = Player(page, QUESTIONS, seed).open(site / "final.html")
    played = player.play_to_the_end(
        lambda q: "partly" if q.type == "judged" else player.chance.choice(("random",) * 5 + ("skip",))
    )
    page.click("#all")
    page.click("#all")
    assert_result(page, played)


def test_a_quiz_told_at_the_end_asks_in_the_order_of_the_source(site: Path, page: Page) -> None:
    """`order = "source"` keeps the order, and answers can be changed until the end."""
    player = Player(page, QUESTIONS, seed=5).open(site / "final.html")
    order = []
    for _ in range(player.place[1]):
        order.append(player.asked.id)
        if player.asked.type == "true-false":
            player.answer(player.asked, "wrong")
            player.answer(player.asked, "right")
        page.click("#primary")
    written = tomllib.loads((PROJECT / "cards" / "all.toml").read_text())["question"]
    assert order[-len(written) :] == [question["id"] for question in written]
    page.click("#finish")
    counts = page.inner_text("#counts")
    assert counts.startswith(f"{sum(QUESTIONS[id_].type == 'true-false' for id_ in order)} right · ")
    assert "wrong" not in counts


def test_what_was_missed_can_be_looked_at_again(site: Path, page: Page) -> None:
    """The review shows the missed ones with what is right and why; a click shows all."""
    player = Player(page, QUESTIONS, seed=7).open(site / "short.html")
    player.play_at_once(lambda q: "wrong" if q.id == "accept-returns" else "right")
    form = page.locator("form.question:visible")
    assert form.count() == 1
    text = form.inner_text()
    for phrase in (
        "Wrong",
        "right, but not chosen",
        "It stays as it was.",
        "A port is a 16-bit number in a header.",  # what its misconception's correction says
        "The listening socket goes on listening.",
        "RFC 9293, 3.1",
    ):
        assert phrase in text
    page.click("#all")
    assert form.count() == 3
    page.click("#all")
    assert form.count() == 1


def test_a_learner_may_overrule_a_typed_answer(site: Path, page: Page) -> None:
    """What is typed can mean the same in other words: then the learner says so, and it counts."""
    player = Player(page, QUESTIONS).open(site / "short.html")
    player.play_at_once(lambda q: "right" if q.type == "choice" else "wrong")
    assert page.inner_text("#score") == "1 / 3"
    page.click('form[data-id="held-by"] [data-part=overrule]')
    assert page.inner_text("#score") == "2 / 3"
    page.click('form[data-id="held-by"] [data-part=overrule]')
    assert page.inner_text("#score") == "1 / 3"


def test_entries_can_be_dragged_as_well(site: Path, page: Page) -> None:
    """By their grip, with a pointer; the buttons beside it do the same without dragging."""
    page.emulate_media(reduced_motion="reduce")
    player = Player(page, QUESTIONS).open(site / "immediate.html")
    while player.asked.type != "ordering":
        page.click("#skip")
    before = player.texts(".entries > li > .text")
    grips = [grip.bounding_box() for grip in player.form.locator(".grip").all()]
    first, last = grips[0], grips[-1]
    assert first
    assert last
    page.mouse.move(first["x"] + 5, first["y"] + 5)
    page.mouse.down()
    page.mouse.move(last["x"] + 5, last["y"] + last["height"] - 2, steps=8)
    page.mouse.up()
    assert player.texts(".entries > li > .text") == [*before[1:], before[0]]
    page.mouse.move(first["x"] + 5, first["y"] + 5)
    assert player.texts(".entries > li > .text") == [*before[1:], before[0]]


def test_an_option_is_ticked_wherever_it_is_clicked(site: Path, page: Page) -> None:
    """Also where it holds code, which no label may."""
    player = Player(page, QUESTIONS).open(site / "immediate.html")
    while player.asked.id != "which-line":
        page.click("#skip")
    options = player.form.locator(".option")
    for place in range(3):
        options.nth(place).locator("pre").click()
        assert [each.is_checked() for each in options.locator("input").all()] == [
            at == place for at in range(3)
        ]


def test_options_stand_in_another_order_each_time(site: Path, page: Page) -> None:
    """But for those that the author wants last, and for true and false."""
    orders = set()
    page.goto((site / "short.html").as_uri())
    page.click("#begin")
    for _ in range(12):
        texts = [
            " ".join(text.split()) for text in page.locator("form:visible .option > .text").all_inner_texts()
        ]
        assert texts[-1] == "None of these"
        assert len(set(texts)) == 5
        orders.add(tuple(texts))
        page.click("#restart")
    assert len(orders) > 4
