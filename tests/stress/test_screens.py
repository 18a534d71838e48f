"""The stress course on cards, in `serve` and on pages, measured in a browser: nothing sticks out, is cut or broken."""

from __future__ import annotations

import re
from io import BytesIO

import pytest
from PIL import Image

from stress.screens import (
    SAMPLE,
    SCREENS,
    Screen,
    look,
    measure,
    set_night,
    show_all,
    write_cards,
    write_pages,
    write_served,
)

#: One card of each sort for the quick test; the long one looks at all.
CARDS = (
    "long-options-0",
    "narrow-options-0",
    "long-pairs-0",
    "wide-table-0",
    "table-in-order-0",
    "long-lines-0",
    "formula-options-0",
    "wide-formula-0",
    "formula-gaps-1",
    "picture-options-0",
    "english-in-arabic-0",
    "stream-socket-0",
)
#: Those that `serve` shows otherwise than Anki: with formulas drawn, and in another page.
SERVED = (
    "formula-options-0",
    "wide-formula-0",
    "formula-gaps-1",
    "options-of-tables-0",
    "english-in-arabic-0",
)
#: Rules of axe for pages, and one that sees no text in what MathJax sets; a card is a part of Anki's page.
NOT_OF_CARDS = ("landmark-one-main", "page-has-heading-one", "region", "empty-table-header")
PAGES = ("code", "formulas", "pictures", "scripts", "tables/five-sockets")


@pytest.fixture(scope="module")
def cards(tmp_path_factory):
    """All study screens by name."""
    return dict(write_cards(tmp_path_factory.mktemp("cards")))


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    """All cards as `serve` shows them, by name."""
    return dict(write_served(tmp_path_factory.mktemp("served")))


@pytest.fixture(scope="module")
def pages(tmp_path_factory):
    """All pages of the site by name, without `web/` and `.html`."""
    written = dict(write_pages(tmp_path_factory.mktemp("site")))
    return {name.removeprefix("web/").removesuffix(".html"): path for name, path in written.items()}


def open_card(page, path, side="front"):
    """Open a study screen and wait until a side is there, formulas set."""
    page.goto(path.as_uri())
    page.wait_for_selector("#qa[data-side=front]", state="attached")
    if side == "back":
        turn(page)


def turn(page):
    """Turn the card over, and unfold what is folded."""
    page.evaluate("show('back')")
    page.wait_for_selector("#qa[data-side=back]", state="attached")
    page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")


def sides(page, path):
    """Open a study screen, then turn the card over, as Anki does; give the name of each side."""
    open_card(page, path)
    yield "front"
    turn(page)
    yield "back"


def mistakes_of_card(page, path, screens):
    """Return what is wrong with either side of a card, by side and screen."""
    found = {}
    for side in sides(page, path):
        for screen in screens:
            set_night(page, night=screen.dark)
            look(page, screen)
            if wrong := measure(page):
                found[side, screen] = wrong
    return found


def complaints_of_card(page, path, axe):
    """Return what axe finds on either side of a card, by day and night, when only colours differ."""
    found = {}
    for side in sides(page, path):
        for night, rules in ((False, ()), (True, ("color-contrast",))):
            set_night(page, night=night)
            look(page, Screen(320))
            if wrong := [one for one in axe(page, *rules) if not one.startswith(NOT_OF_CARDS)]:
                found[side, night] = wrong
    return found


def mistakes_of_page(page, path, screens):
    """Return what is wrong with a page, all of its questions answered, by screen."""
    page.goto(path.as_uri())
    show_all(page)
    found = {}
    for screen in screens:
        look(page, screen)
        if wrong := measure(page):
            found[screen] = wrong
    return found


@pytest.mark.parametrize("name", CARDS)
def test_cards(page, cards, name):
    """On the narrowest screen, with letters twice the size, at night and on a wide one, a card is whole."""
    assert mistakes_of_card(page, cards[name], SAMPLE) == {}


@pytest.mark.parametrize("name", SERVED)
def test_cards_in_serve(page, served, axe, name):
    """In the frames of `serve` a card is as whole; its formulas are drawn, and axe finds nothing by day and night."""
    assert mistakes_of_card(page, served[name], SAMPLE) == {}
    assert not re.search(r"\\[(\[]", page.locator("#qa").inner_text())
    assert complaints_of_card(page, served[name], axe) == {}


@pytest.mark.parametrize("name", PAGES)
def test_pages(page, pages, name):
    """On the narrowest screen, with letters twice the size, in the dark and on a wide one, a page is whole."""
    assert mistakes_of_page(page, pages[name], SAMPLE) == {}


@pytest.mark.long
@pytest.mark.parametrize("where", ["cards", "served"])
def test_all_cards_on_all_screens(page, request, where):
    """Every card of the course is whole at every width, by day and night, in both sizes of letters."""
    paths = request.getfixturevalue(where)
    found = {name: mistakes_of_card(page, path, SCREENS) for name, path in paths.items()}
    assert {name: wrong for name, wrong in found.items() if wrong} == {}


@pytest.mark.long
def test_all_pages_on_all_screens(page, pages):
    """Every page of the course is whole at every width, by day and night, in both sizes of letters."""
    found = {name: mistakes_of_page(page, path, SCREENS) for name, path in pages.items()}
    assert {name: wrong for name, wrong in found.items() if wrong} == {}


def test_what_is_wrong_is_found(page, cards):
    """The measure sees what sticks out, a word broken amid its letters, and texts over each other."""
    open_card(page, cards["narrow-options-0"])
    look(page, SAMPLE[0])
    assert measure(page) == []
    page.add_style_tag(content=".question { margin-left: 300px; }")
    assert any("wide" in wrong or "sticks out" in wrong for wrong in measure(page))
    page.add_style_tag(
        content=".question { margin-left: 0; } .options .text { max-width: 3em; word-break: break-all; }"
    )
    assert any("is broken" in wrong for wrong in measure(page))
    page.add_style_tag(content=".question { height: 0; } .options { margin-top: -1.2em !important; }")
    assert any("overlaps" in wrong for wrong in measure(page))


def test_contrast_holds_in_the_dark(page, cards, pages, axe):
    """By day and by night every text stands out from its ground (WCAG 1.4.3)."""
    for name in ("wide-table-0", "long-lines-0", "picture-options-0"):
        open_card(page, cards[name], "back")
        for night in (False, True):
            set_night(page, night=night)
            assert axe(page, "color-contrast") == []
    for name in ("code", "tables/five-sockets"):
        page.goto(pages[name].as_uri())
        show_all(page)
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            assert axe(page, "color-contrast") == []


@pytest.mark.long
@pytest.mark.parametrize("where", ["cards", "served"])
def test_all_cards_are_accessible(page, request, axe, where):
    """On both sides of every card, by day and night, axe finds nothing: no weak contrast, nothing without a name."""
    paths = request.getfixturevalue(where)
    found = {name: complaints_of_card(page, path, axe) for name, path in paths.items()}
    assert {name: wrong for name, wrong in found.items() if wrong} == {}


@pytest.mark.long
def test_all_pages_are_accessible(page, pages, axe):
    """On every page, all of its questions shown, in both colour schemes, axe finds nothing."""
    found = {}
    for name, path in pages.items():
        page.goto(path.as_uri())
        show_all(page)
        # axe takes nothing in a disabled fieldset for focusable, and judges no contrast there.
        page.evaluate("for (const fields of document.querySelectorAll('fieldset')) fields.disabled = false")
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            found[name, scheme] = axe(page)
    assert {where: wrong for where, wrong in found.items() if wrong} == {}


#: Where the first and the last character of a text of an element are, from the left.
ENDS = """(element) => {
    const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
    const node = walker.nextNode();
    const range = document.createRange();
    const at = (from) => { range.setStart(node, from); range.setEnd(node, from + 1); return range.getBoundingClientRect().left; };
    return [at(0), at(node.data.trimEnd().length - 1)];
}"""


def ends_of(page, selector, text):
    """Return where the first and the last character of an element with a text are."""
    return page.locator(selector, has_text=text).first.evaluate(ENDS)


def test_every_text_finds_its_direction(page, cards, pages):
    """The full stop of a Hebrew option stands at its left, the one of `C++` at its right, whatever the page's way is."""
    open_card(page, cards["hebrew-in-english-0"])
    first, last = ends_of(page, ".options .text", "שלום!")
    assert last < first
    open_card(page, cards["english-in-arabic-0"], "back")
    page.evaluate("document.querySelector('.deckgen').dir = 'rtl'")
    first, last = ends_of(page, ".options .text", "C++")
    assert first < last
    first, last = ends_of(page, ".options .text", "Hello, world!")
    assert first < last
    page.goto(pages["scripts"].as_uri())
    show_all(page)
    first, last = ends_of(page, ".option .text", "שלום!")
    assert last < first
    page.evaluate("document.documentElement.dir = 'rtl'")
    first, last = ends_of(page, ".option .text", "C#")
    assert first < last


def test_a_picture_is_enlarged_by_a_tap(page, cards, pages):
    """A picture that is no option fills the screen at a tap, and goes back at the next."""
    page.set_viewport_size({"width": 360, "height": 640})
    open_card(page, cards["tall-picture-0"])
    picture = page.locator(".question img")
    assert picture.bounding_box()["height"] <= 0.45 * 640 + 1
    picture.click()
    assert picture.bounding_box() == {"x": 0, "y": 0, "width": 360, "height": 640}
    picture.click()
    assert picture.bounding_box()["height"] <= 0.45 * 640 + 1
    page.goto(pages["pictures"].as_uri())
    show_all(page)
    page.locator("img.zoom").first.focus()
    page.keyboard.press("Enter")
    assert page.locator("img.large").bounding_box() == {"x": 0, "y": 0, "width": 360, "height": 640}
    page.keyboard.press("Escape")
    assert page.locator("img.large").count() == 0


def test_options_that_are_pictures_stand_beside_each_other(page, cards, pages):
    """On a phone two pictures to choose from share a row."""
    page.set_viewport_size({"width": 360, "height": 640})
    for path, boxes in ((cards["picture-options-0"], ".options > li"), (pages["pictures"], ".option")):
        page.goto(path.as_uri())
        if path == cards["picture-options-0"]:
            open_card(page, path)
        else:
            show_all(page)
        first, second = (page.locator(boxes).nth(at).bounding_box() for at in (0, 1))
        assert first["y"] == second["y"]
        assert first["x"] + first["width"] <= second["x"]


def test_pictures_stand_on_light_ground_at_night(page, cards, pages):
    """What is drawn in black without a ground is seen in the dark."""
    brightness = (
        "e => getComputedStyle(e).backgroundColor.match(/[0-9.]+/g).slice(0, 3).reduce((a, b) => a + +b, 0)"
    )
    open_card(page, cards["picture-options-0"])
    set_night(page, night=True)
    assert page.locator(".options img").first.evaluate(brightness) > 700
    page.emulate_media(color_scheme="dark")
    page.goto(pages["pictures"].as_uri())
    show_all(page)
    assert page.locator("img").first.evaluate(brightness) > 700


def test_no_shadow_where_nothing_scrolls(page, cards, pages):
    """A table that is seen whole has no line at its side, whatever a part of a dot its width ends at."""
    for path, selector in (
        (cards["options-of-tables-0"], ".options table"),
        (pages["options"], ".option table"),
    ):
        if path == cards["options-of-tables-0"]:
            open_card(page, path)
        else:
            page.goto(path.as_uri())
            show_all(page)
        table = page.locator(selector)
        assert shades(table)[0] >= shades(table)[1] - 1
        table.locator("th").first.evaluate(
            "cell => { cell.style.minInlineSize = cell.style.paddingInlineEnd = '60em'; }"
        )
        assert shades(table)[0] < shades(table)[1] - 10


def shades(table):
    """Return the darkest and the lightest shade above the text of a table."""
    image = Image.open(BytesIO(table.screenshot())).convert("L")
    return image.crop((0, 2, image.width, 4)).getextrema()


def test_code_is_copied(page, pages):
    """A button beside a block of code copies it, and says so."""
    page.goto(pages["code"].as_uri())
    show_all(page)
    page.evaluate("navigator.clipboard.writeText = async (text) => { window.copied = text; }")
    button = page.locator(".copy").first
    button.click()
    page.wait_for_function("window.copied")
    assert page.evaluate("window.copied").startswith("def connections_of(")
    assert button.inner_text() == "Copied"


def test_formula_only_options_have_names(page, cards, pages):
    """A screen reader says `1/3`, and spells no LaTeX."""
    open_card(page, cards["formula-options-0"])
    assert page.get_by_role("radio", name="1/3", exact=True).count() == 1
    page.goto(pages["formulas"].as_uri())
    show_all(page)
    assert page.get_by_role("radio", name="1/3", exact=True).count() == 1
