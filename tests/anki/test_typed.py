"""Cards to type into, `short` and `numeric`: what they show. What answers are worth is in `tests/typed`."""

from __future__ import annotations

import pytest

from anki_reviewer import AnkiDroid, Cards, Desktop, render_card
from anki_samples import course, full

SAMPLES = full()


@pytest.fixture(scope="module")
def cards():
    return Cards(course(*SAMPLES.values()))


def test_nothing_typed_is_not_judged(page, cards):
    """Who types nothing but spaces gets the answer and no verdict."""
    desktop = Desktop(page)
    for typed in ("", "  "):
        desktop.show(cards.types["short"], cards.render(SAMPLES["short"]))
        page.locator("#typeans").fill(typed)
        desktop.flip()
        assert page.locator(".result").count() == 0


def test_the_back_sets_the_answers_side_by_side(page, cards):
    """Unless it is the answer letter for letter, what was typed stands above it, and what else is right below."""
    desktop = Desktop(page)
    desktop.show(cards.types["short"], cards.render(SAMPLES["short"]))
    page.keyboard.type("acept")
    page.keyboard.press("Enter")
    desktop.wait_for_back()
    assert page.locator(".typed").inner_text() == "acept"
    assert page.locator(".solution").inner_text() == "accept"
    assert page.locator(".accept li").all_inner_texts() == ["accept()", "accept(2)", "accept4"]
    desktop.again()
    page.keyboard.type("accept")
    desktop.flip()
    assert page.locator(".typed").count() == 0
    assert page.locator(".result").inner_text() == "Right"


def test_a_number_is_shown_with_unit_and_tolerance(page, cards):
    """The back has the number in the way of the language, its unit, and how far off still counts."""
    desktop = Desktop(page)
    desktop.show(cards.types["numeric"], cards.render(SAMPLES["numeric"]))
    assert page.locator(".entry").inner_text() == "km/s"
    assert page.locator("#typeans").get_attribute("inputmode") is None
    desktop.flip()
    assert page.locator(".solution").inner_text() == "204,190 km/s ± 500"


def test_what_cannot_be_read_is_asked_again(page, cards):
    """Enter does not turn the card for what is no number; who insists gets the answer."""
    desktop = Desktop(page)
    desktop.show(cards.types["numeric"], cards.render(SAMPLES["numeric"]))
    page.keyboard.type("about 200")
    page.keyboard.press("Enter")
    assert page.locator("p.reading").inner_text().startswith("This cannot be read as a number")
    assert page.locator(".front").count() == 1
    page.keyboard.press("Enter")
    desktop.wait_for_back()
    assert page.locator(".result.unread").count() == 1


def test_a_card_with_a_number_of_an_older_version_is_judged(page, cards):
    """Its field holds the author's notation, and no note is rewritten for how a number looks."""
    made = cards.types["numeric"]
    fields = cards.fields(SAMPLES["numeric"]) | {"Answer": "0.5", "Tolerance": "0.1", "Unit": ""}
    desktop = Desktop(page)
    for typed, verdict in (("0,4", "right"), ("0.39", "wrong")):
        desktop.show(made, render_card(made, fields))
        page.locator("#typeans").fill(typed)
        desktop.flip()
        assert page.locator(f".result.{verdict}").count() == 1


def test_an_answer_waits_in_the_storage(page, cards, tmp_path):
    """Where the back is a page of its own, what was typed is there all the same."""
    droid = AnkiDroid(page, tmp_path)
    droid.show(cards.types["short"], cards.render(SAMPLES["short"]))
    page.locator("#typeans").fill("accept4")
    droid.flip()
    assert page.locator(".result").inner_text() == "Right"
    droid.again()
    assert page.locator("#typeans").input_value() == ""


def test_enter_turns_the_card_where_the_app_offers_it(page, cards, tmp_path):
    """AnkiDroid's own function is called at Enter, and an app that offers none is left alone."""
    droid = AnkiDroid(page, tmp_path)
    droid.show(cards.types["short"], cards.render(SAMPLES["short"]))
    page.locator("#typeans").press("Enter")
    page.evaluate("window.showAnswer = () => { window.shown = true; }")
    page.locator("#typeans").press("Enter")
    assert page.evaluate("window.shown") is True


@pytest.mark.parametrize("night", [False, True])
def test_the_field_has_our_colours(page, cards, tmp_path, night):
    """The field to type in looks the same under the rules that the apps have for fields."""
    looks = set()
    for screen in (Desktop(page), AnkiDroid(page, tmp_path)):
        screen.show(cards.types["short"], cards.render(SAMPLES["short"]), night=night)
        page.evaluate("document.activeElement.blur()")
        looks.add(
            page.eval_on_selector(
                "#typeans",
                "e => (({color, backgroundColor, borderTopColor, fontSize, height}) => "
                "[color, backgroundColor, borderTopColor, fontSize, height].join())(getComputedStyle(e))",
            )
        )
    assert len(looks) == 1, looks


@pytest.mark.parametrize(
    ("typed", "verdict"),
    [("La manzana", "Right"), ("una manzana", "Right"), ("la manzána", "Wrong"), ("apple", "Wrong")],
)
def test_a_word_is_spelled_in_its_own_language(page, cards, typed, verdict):
    """The field is in the language of the term; accents count as the deck says, and other terms of the word are right."""
    desktop = Desktop(page)
    spell = 3
    desktop.show(cards.types["word"], cards.render(SAMPLES["word"], spell), spell)
    assert page.locator("#typeans").evaluate("e => e.closest('[lang]').lang") == "es"
    page.locator("#typeans").fill(typed)
    desktop.flip()
    assert verdict in page.locator(".result").inner_text()
    assert page.locator(".solution .term").inner_text() == "la manzana"
