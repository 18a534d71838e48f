"""A quiz that is interrupted: closed, reloaded, begun anew, changed by its author."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from waiting import until
from web.answers import questions
from web.conftest import put
from web.player import Player

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Page

QUESTIONS = questions()


@pytest.mark.parametrize("sheet", ["immediate", "final"])
def test_a_reload_at_any_question_loses_nothing(site: Path, page: Page, sheet: str) -> None:
    """Order of questions, order of options, what was answered, verdict and place are as before."""
    player = Player(page, QUESTIONS, seed=8).open(site / f"{sheet}.html")

    def seen() -> list[object]:
        fields = player.form.locator("fieldset :is(input, textarea, select)").all()
        return [
            player.place,
            player.form.inner_text(),
            [field.input_value() for field in fields],
            [field.is_checked() for field in player.form.locator("fieldset input[value]").all()]
            if player.asked.type in ("choice", "multiple", "true-false")
            else [],
            page.title(),
        ]

    kinds: set[str] = set()
    for _ in range(player.place[1] - 1):
        kind = player.form.get_attribute("data-kind") or ""
        if sheet == "final" and kind in kinds:
            page.click("#primary")
            continue
        kinds.add(kind)
        player.answer(player.asked, "random")
        if sheet == "immediate":
            page.click("#primary")
        before = seen()
        page.reload()
        assert seen() == before
        if player.asked.type == "judged" and sheet == "immediate":
            player.judge("right")
        page.click("#primary")


@pytest.mark.parametrize(
    "stale", ["localStorage[Object.keys(localStorage)[0]] = text", "history.replaceState(text, '')"]
)
def test_the_newer_of_two_memories_counts(site: Path, page: Page, stale: str) -> None:
    """The storage can be behind when the page is opened by another process, and so can the history of a tab."""
    player = Player(page, QUESTIONS, seed=8).open(site / "final.html")
    page.click("#primary")
    text = page.evaluate("Object.values(localStorage)[0]")
    then = page.evaluate("Date.now()")
    until(lambda: page.evaluate("Date.now()") > then, "the clock going on")
    page.click("#primary")
    assert player.place[0] == 3
    page.evaluate(f"text => {{ {stale} }}", text)
    page.reload()
    assert player.place[0] == 3


def test_a_result_outlives_a_reload(site: Path, page: Page) -> None:
    """So do the marks, the judgements and what was overruled; and `Start over` begins anew."""
    player = Player(page, QUESTIONS, seed=2).open(site / "short.html")
    player.play_at_once(lambda q: "right" if q.type == "choice" else "wrong")
    page.click('form[data-id="held-by"] [data-part=overrule]')
    selectors = ("#score", "#percent", "#counts", "#ended")
    before = [page.inner_text(what) for what in selectors]
    assert before[0] == "2 / 3"
    page.reload()
    assert [page.inner_text(what) for what in selectors] == before
    page.click("#startover")
    assert player.place == (1, 3)
    assert page.locator("form.question:visible :checked").count() == 0


def test_starting_over_asks_before_it_drops_answers(site: Path, page: Page) -> None:
    """Once something was answered, and not before."""
    messages: list[str] = []

    def refuse(dialog: object) -> None:
        messages.append(dialog.message)  # type: ignore[attr-defined]
        dialog.dismiss()  # type: ignore[attr-defined]

    page.on("dialog", refuse)
    player = Player(page, QUESTIONS).open(site / "short.html")
    page.click("#restart")
    assert messages == []
    player.answer(player.asked, "right")
    page.click("#primary")
    page.click("#primary")
    page.click("#restart")
    assert messages == ["Discard your answers and start over?"]
    assert player.place == (2, 3)


def test_a_changed_quiz_forgets_the_old_answers(files: dict[str, bytes], tmp_path: Path, page: Page) -> None:
    """Answers to what is no longer asked would count for the wrong questions."""
    site = put(files, tmp_path)
    player = Player(page, QUESTIONS).open(site / "short.html")
    player.answer(player.asked, "right")
    page.reload()
    assert player.place == (1, 3)
    html = files["web/short.html"]
    changed = html.replace(b'"hash":"', b'"hash":"0')
    assert changed != html
    # The policy names the scripts that run by their hashes; data may change.
    (site / "short.html").write_bytes(changed)
    page.reload()
    assert page.locator("#begin").is_visible()


@pytest.mark.parametrize("text", ['{"phase":"done"}', "null", "[", '{"run":["nobody"],"at":99}', '"done"'])
def test_a_broken_memory_does_no_harm(site: Path, page: Page, text: str) -> None:
    """Whatever is found in the browser's storage, the quiz can be begun."""
    page.goto((site / "short.html").as_uri())
    page.evaluate("text => localStorage.setItem('deckgen web-tests short', text)", text)
    page.reload()
    page.click("#begin")
    assert page.inner_text("#place") == "1 / 3"


def test_without_storage_a_reload_still_loses_nothing(site: Path, page: Page) -> None:
    """Storage may be forbidden; then the history of the tab remembers."""
    page.add_init_script(
        "Object.defineProperty(window, 'localStorage', {get() { throw new Error('forbidden') }})"
    )
    player = Player(page, QUESTIONS).open(site / "short.html")
    page.click("#skip")
    player.answer(player.asked, "right")
    page.click("#primary")
    page.reload()
    assert player.place == (2, 3)
    assert player.texts("[data-part=verdict]") == ["Right"]


def test_a_skipped_question_is_asked_afresh(site: Path, page: Page) -> None:
    """`Skip` drops what was begun, the list of open questions leads back, and the result can be had anyway."""
    player = Player(page, QUESTIONS).open(site / "short.html")
    player.answer(player.asked, "wrong")
    page.click("#skip")
    for _ in range(2):
        player.answer(player.asked, "right")
        page.click("#primary")
        page.click("#primary")
    assert page.inner_text("#open-title") == "Not answered yet"
    page.get_by_role("button", name="Question 1").click()
    assert player.form.locator(":checked").count() == 0
    page.click("#primary")
    assert page.inner_text("#complaint") == "Answer first, or skip the question."
    player.answer(player.asked, "right")
    assert page.locator("#complaint").is_hidden()
    page.click("#primary")
    while page.locator("#result").is_hidden():
        page.click("#primary")
    assert page.inner_text("#score") == "3 / 3"
