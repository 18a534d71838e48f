"""The frames of cards: what goes into them stays where it was put."""

from __future__ import annotations

from deckgen.anki.preview import body_classes, side_page, study_page

HOSTILE = "</title></script><!--<script>\"'&"


def test_nothing_breaks_out_of_the_frame(page):
    """Titles, languages and cards that look like the end of something are shown, not obeyed."""
    for made in (
        study_page(f"<p id=x>{HOSTILE}", "", "", title=HOSTILE, language=HOSTILE),
        side_page("<p id=x>", "", title=HOSTILE, language=HOSTILE),
    ):
        page.set_content(made)
        assert page.title() == HOSTILE
        assert page.evaluate("document.documentElement.lang") == HOSTILE
        assert page.locator("#x").count() == 1


def test_classes_are_ankis():
    """The body has the classes that Anki gives it: the card's number from 1, and both names of the night."""
    assert body_classes(1, night=True) == "card card2 nightMode night_mode"
    assert body_classes(0, night=False) == "card card1"


def test_a_missing_card_side_is_an_empty_page(page):
    """A card with empty sides shows and turns over without an error."""
    page.set_content(study_page("", "", ""))
    page.keyboard.press("Enter")
    page.wait_for_selector("#qa[data-side=back]", state="attached")
    assert page.locator("#qa").inner_text() == ""
