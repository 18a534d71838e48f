"""Cards as a learner meets them: in Anki's frame, in a real browser, tapped, typed into and turned over."""

from __future__ import annotations

import pytest

from anki_reviewer import AnkiDroid, Cards, Desktop
from anki_samples import bare, course, full, item
from deckgen.core import Choice, Matching, Option, Ordering, Pair

SAMPLES = full()


@pytest.fixture(scope="module")
def cards():
    return Cards(course(*SAMPLES.values()))


@pytest.fixture
def desktop(page):
    return Desktop(page)


@pytest.fixture
def droid(page, tmp_path):
    return AnkiDroid(page, tmp_path)


@pytest.fixture(params=["desktop", "droid"])
def screen(request):
    """Each of the screens on which a learner's picks last till the back."""
    return request.getfixturevalue(request.param)


@pytest.fixture
def phone(browser):
    """A page on a phone that is tapped."""
    with browser.new_context(
        offline=True, viewport={"width": 390, "height": 780}, has_touch=True, is_mobile=True
    ) as context:
        yield context.new_page()


def show(screen, cards, sample, ordinal=0, **how):
    screen.show(cards.types[sample.kind], cards.render(sample, ordinal), ordinal, **how)
    return screen.page


def texts(page, selector=".options .text"):
    """The texts of some elements, without what the script adds to them."""
    return page.eval_on_selector_all(
        selector,
        """all => all.map(one => { const copy = one.cloneNode(true);
        copy.querySelectorAll('.note').forEach(note => note.remove()); return copy.textContent.trim(); })""",
    )


def pick(page, *options):
    for text in options:
        page.locator(".options label").filter(has_text=text).click()


def result(page):
    """The verdict above the question, or None."""
    found = page.locator(".result")
    return found.inner_text() if found.count() else None


# ---- Choice and multiple


def test_options_are_shuffled_at_each_review(screen, cards):
    """Ten reviews show several orders; what is to stay last always does, and nothing is lost."""
    page = show(screen, cards, SAMPLES["choice"])
    orders = set()
    for _ in range(10):
        screen.again()
        orders.add(tuple(texts(page)))
    assert len(orders) > 2
    assert {order[-1] for order in orders} == {"None of these"}
    assert {tuple(sorted(order)) for order in orders} == {
        tuple(sorted(option.text for option in SAMPLES["choice"].options))
    }


def test_the_right_option_can_stand_anywhere(desktop, cards):
    """Each place but those of options that stay last gets the right one, about as often."""
    page = show(desktop, cards, SAMPLES["multiple"])
    counts = page.evaluate("""async () => {
        const counts = [0, 0, 0, 0];
        for (let n = 0; n < 400; n++) {
            await show("front");
            counts[[...document.querySelectorAll(".options .text")].findIndex(t => t.textContent.includes("process"))]++;
        }
        return counts;
    }""")
    # 400 draws of probability 1/4: further than 45 from 100 happens once in 4,000,000 runs.
    assert all(abs(count - 100) < 45 for count in counts), counts


def test_the_back_keeps_order_and_pick(screen, cards):
    """The back has the front's order, marks the learner's pick and the right option, and gives the reason."""
    page = show(screen, cards, SAMPLES["choice"])
    pick(page, "32")
    front = texts(page)
    screen.flip()
    assert texts(page) == front
    assert result(page) == "Wrong"
    assert page.locator(".options > .chosen").inner_text().split("\n")[0] == "32 your choice, wrong"
    assert page.locator(".chosen .why").is_visible()
    assert page.locator(".options > .right").inner_text() == "16 right"
    assert page.locator(".options .note").all_inner_texts().count("Why not?") == 1


def test_a_right_pick_is_called_right(screen, cards):
    """A right pick is marked as such, and no reason of another option is unfolded."""
    page = show(screen, cards, SAMPLES["choice"])
    pick(page, "8", "16")
    screen.flip()
    assert result(page) == "Right"
    assert page.locator(".options > .chosen").inner_text() == "16 your choice, right"
    assert [why.is_visible() for why in page.locator(".why").all()] == [False, False]
    page.locator("summary").filter(has_text="8").click()
    assert page.locator(".why").filter(has_text="Eight bits").is_visible()


def test_no_pick_no_verdict(screen, cards):
    """Who turns the card over without a pick sees the answer, and no verdict."""
    page = show(screen, cards, SAMPLES["choice"])
    screen.flip()
    assert result(page) is None
    assert page.locator(".options > .right").inner_text() == "16 right"
    assert page.locator(".chosen").count() == 0


@pytest.mark.parametrize(
    ("picks", "verdict"),
    [
        (["the one end", "the other end"], "Right"),
        (["the one end"], "Partly right"),
        (["the one end", "the other end", "process"], "Partly right"),
        (["process"], "Wrong"),
    ],
)
def test_multiple_is_judged_as_a_whole(desktop, cards, picks, verdict):
    """All right ones and no other are right; some are partly; what was missed is shown as missed."""
    page = show(desktop, cards, SAMPLES["multiple"])
    pick(page, *picks)
    desktop.flip()
    assert result(page) == verdict
    missed = 2 - sum("end" in text for text in picks)
    assert page.locator(".missed").count() == missed


def test_a_second_look_shuffles_anew_and_forgets(screen, cards):
    """At the next review nothing is picked, whatever was picked before."""
    page = show(screen, cards, SAMPLES["choice"])
    pick(page, "32")
    screen.flip()
    screen.again()
    assert page.locator("input:checked").count() == 0
    screen.flip()
    assert result(page) is None


def test_a_redrawn_back_is_the_same(desktop, cards):
    """Anki draws the back anew after an edit: order, picks and verdict stay."""
    page = show(desktop, cards, SAMPLES["choice"])
    pick(page, "32")
    desktop.flip()
    before = page.locator("#qa").inner_html()
    desktop.flip()
    assert page.locator("#qa").inner_html() == before


def test_picks_do_not_go_to_another_card(page, cards, tmp_path):
    """The back of another note, shown alone, has no picks of the one before."""
    droid = AnkiDroid(page, tmp_path)
    show(droid, cards, SAMPLES["choice"])
    pick(page, "32")
    kept = page.evaluate("sessionStorage.getItem('deckgen')")
    other = item(Choice, "other", prompt="?", options=SAMPLES["choice"].options)
    show(droid, cards, other)
    page.evaluate("kept => sessionStorage.setItem('deckgen', kept)", kept)
    droid.flip()
    assert result(page) is None
    assert page.locator(".chosen").count() == 0


def test_an_edited_note_forgets_picks(page, cards, tmp_path):
    """Where the note got another number of options between front and back, nothing is marked wrongly."""
    droid = AnkiDroid(page, tmp_path)
    show(droid, cards, SAMPLES["choice"])
    page.evaluate(
        "sessionStorage.setItem('deckgen', JSON.stringify({id: 'port-bits', value: {order: [0, 1], picks: [1]}}))"
    )
    droid.flip()
    assert result(page) is None
    assert len(texts(page)) == 5


@pytest.mark.parametrize("label", ["choice", "true-false", "short", "numeric", "ordering", "matching"])
def test_without_storage_the_back_is_whole(page, cards, label):
    """Where picks are lost with the page, the back shows the answer and claims nothing."""
    droid = AnkiDroid(page)
    show(droid, cards, SAMPLES[label])
    if label == "choice":
        pick(page, "32")
    droid.flip()
    assert result(page) is None
    assert page.locator(".answer").inner_text().strip()


# ---- True or false


def test_a_misconception_is_refuted(screen, cards):
    """The back of a misconception says how it fails, what holds instead, and where it was met."""
    page = show(screen, cards, SAMPLES["true-false"])
    pick(page, "True")
    screen.flip()
    assert result(page) == "Wrong"
    assert texts(page) == ["True", "False"]
    assert page.locator(".options > .right").inner_text() == "False right"
    assert page.locator(".correction .label").inner_text() == "Misleading · In fact"
    assert "Software listens on it" in page.locator(".correction").inner_text()
    assert page.locator(".seen a").get_attribute("href") == "https://example.org/x"


def test_a_true_statement_has_no_correction(desktop, cards):
    """A statement that holds is told true, and nothing is corrected."""
    page = show(desktop, cards, SAMPLES["true"])
    pick(page, "True")
    desktop.flip()
    assert result(page) == "Right"
    assert page.locator(".correction, .seen").count() == 0


# ---- Ordering and matching, by tapping


def tap_in_order(page, *starts):
    for start in starts:
        page.locator(".entries button").filter(has_text=start).first.tap()


def test_ordering_by_tapping(phone, cards):
    """Taps put entries in order, a second tap gives one back, the last falls into place by itself."""
    screen = Desktop(phone)
    page = show(screen, cards, SAMPLES["ordering"], phone=True)
    tap_in_order(page, "socket", "listen")
    page.locator(".order button").filter(has_text="listen").tap()
    tap_in_order(page, "bind", "listen", "accept")
    assert texts(page, ".order .text") == ["socket()", "bind()", "listen()", "accept()", "read() and write()"]
    assert page.locator(".entries button").count() == 0
    screen.flip()
    assert result(page) == "Right"
    assert page.locator(".order > .right").count() == 5


def test_an_ordering_tells_where_each_entry_stood(phone, cards):
    """The back gives the right order, and for an entry in another place the place it was put in."""
    screen = Desktop(phone)
    page = show(screen, cards, SAMPLES["ordering"], phone=True)
    tap_in_order(page, "socket", "listen", "bind", "accept")
    screen.flip()
    assert result(page) == "Partly right"
    assert page.locator(".order .note").all_inner_texts() == [
        "right",
        "yours: 3",
        "yours: 2",
        "right",
        "right",
    ]


def test_an_ordering_never_begins_solved(desktop, cards):
    """Two entries are always shown the wrong way round, as the right way would be the answer."""
    two = item(Ordering, "two", prompt="?", entries=("first", "second"))
    page = show(desktop, cards, two)
    for _ in range(10):
        desktop.again()
        assert texts(page, ".entries .text") == ["second", "first"]


def test_matching_by_tapping(phone, cards):
    """Taps give the marked entry its partner and go on to the next; one partner may serve two entries."""
    screen = Desktop(phone)
    page = show(screen, cards, SAMPLES["matching"], phone=True)
    for chip in ("22", "443", "25", "443"):
        page.locator(".rights button", has_text=chip).tap()
    assert texts(page, ".slot") == ["22", "443", "25", "443"]
    page.locator(".left", has_text="DNS").tap()
    page.locator(".rights button", has_text="25").tap()
    assert texts(page, ".slot") == ["22", "443", "", "443"]
    page.locator(".rights button", has_text="53").tap()
    screen.flip()
    assert result(page) == "Right"
    assert page.locator(".pairs .right").count() == 4


def test_a_wrong_match_stands_beside_the_right_one(phone, cards):
    """The back has the right pairs, and struck out what was matched instead, also what matches nothing."""
    screen = Desktop(phone)
    page = show(screen, cards, SAMPLES["matching"], phone=True)
    for chip in ("25", "443"):
        page.locator(".rights button", has_text=chip).tap()
    screen.flip()
    assert result(page) == "Partly right"
    assert texts(page, ".pairs td > .text") == ["22", "443", "53", "443"]
    assert page.locator(".mine").all_inner_texts() == ["Your answer 25"]


def test_choices_stay_in_sight_beside_long_entries(phone, cards):
    """Where entries fill more than a screen, the choices stay at its foot, and the entry asked for is above them."""
    long = "A line that is long enough to be broken several times on the screen of a phone. " * 3
    pairs = tuple(Pair(f"{n}. {long}", "ab"[n % 2]) for n in range(6))
    screen = Desktop(phone)
    page = show(screen, cards, item(Matching, "long", prompt="?", pairs=pairs), phone=True)
    for n in range(5):
        page.locator(".rights button", has_text="ab"[n % 2]).tap()
        page.wait_for_function(
            """() => { const box = document.querySelector(".current").getBoundingClientRect();
            const foot = document.querySelector(".rights").getBoundingClientRect();
            return foot.bottom <= innerHeight && box.bottom <= foot.top && box.top >= 0; }"""
        )
    assert page.locator(".used").count() == 0
    screen.flip()
    assert page.locator(".pairs .right").count() == 5


def test_long_choices_do_not_cover_the_entries(phone, cards):
    """Choices that are long themselves are not held in sight, as they would hide what they are for."""
    long = "A line that is long enough to be broken several times on the screen of a phone. " * 3
    sample = item(Matching, "long", prompt="?", pairs=(Pair("a", f"1 {long}"), Pair("b", f"2 {long}")))
    page = show(Desktop(phone), cards, sample, phone=True)
    assert page.eval_on_selector(".rights", "e => getComputedStyle(e).position") == "static"


def test_pieces_of_formulas_are_typeset_where_they_go(desktop, cards):
    """A choice with a formula is handed to MathJax in its new place, from the text it had before MathJax came.

    Its button is named by that text: of what MathJax sets, Chromium makes no name.
    """
    sample = item(Matching, "f", prompt="?", pairs=(Pair("a", "$x^2$"), Pair("b", "$x^3$")))
    page = desktop.page
    page.add_init_script(
        "window.MathJax = {typesetPromise: async (all) => all.forEach((one) => "
        "one.querySelectorAll('.slot, .text').forEach((e) => (e.innerHTML = e.innerHTML.replace(/\\\\\\((.*?)\\\\\\)/g, '<i>$1</i>'))))}"
    )
    page.goto("about:blank")
    show(desktop, cards, sample)
    assert {each.get_attribute("aria-label") for each in page.locator(".rights button").all()} == {
        "x^2",
        "x^3",
    }
    assert page.locator(".lefts button").first.get_attribute("aria-label") is None
    page.locator(".rights button", has_text="x^2").click()
    assert "x^2" in page.locator(".slot").first.inner_text()
    assert page.locator(".lefts button").first.get_attribute("aria-label") == "a: x^2"
    desktop.flip()
    assert texts(page, ".pairs td > .text") == ["x^2", "x^3"]


def test_entries_of_formulas_have_names(desktop, cards):
    """An entry to put in order is named by its text, with formulas as they are written."""
    sample = item(
        Ordering,
        "f",
        prompt="?",
        entries=("$x$", "$x^2$ is **more**", "much", "$x$ of ![a dot](media/dot.svg)"),
    )
    page = show(desktop, cards, sample)
    labels = {each.get_attribute("aria-label") for each in page.locator("button").all()}
    assert labels == {"x", "x^2 is more", None, "x of a dot"}


# ---- Keyboard


def test_ankis_own_keys_stay_ankis(desktop, cards):
    """On the desktop Space turns the card over, and a digit, which answers there, picks nothing."""
    page = show(desktop, cards, SAMPLES["choice"])
    for key in "1234567":
        page.keyboard.press(key)
    assert page.locator("input:checked").count() == 0
    page.keyboard.press(" ")
    desktop.wait_for_back()


def test_arrows_choose(desktop, cards):
    """Arrows choose without a click before: Anki's focus is on the card."""
    page = show(desktop, cards, SAMPLES["choice"])
    for key in ("ArrowDown", "ArrowRight", "ArrowUp"):
        page.keyboard.press(key)
    assert page.locator(".chosen .text").inner_text() == texts(page)[0]
    page.keyboard.press("ArrowUp")
    assert page.locator(".chosen .text").inner_text() == "None of these"
    page.keyboard.press("Enter")
    desktop.wait_for_back()
    assert result(page) == "Wrong"


def test_anki_puts_the_focus_on_the_card(desktop, cards):
    """Cards that are answered hold the element that Anki puts the focus on; else Anki takes it to its own button."""
    for label in ("choice", "multiple", "true-false", "numeric", "short", "ordering", "matching"):
        page = show(desktop, cards, SAMPLES[label])
        focused = page.evaluate("document.querySelector('.deckgen').contains(document.activeElement)")
        assert focused, label


def test_x_ticks(desktop, cards):
    """With several right ones arrows only move, and x ticks and unticks."""
    page = show(desktop, cards, SAMPLES["multiple"])
    for key in ("ArrowDown", "x", "ArrowDown", "x", "ArrowDown", "x", "x"):
        page.keyboard.press(key)
    assert page.eval_on_selector_all(".options input", "all => all.map(i => i.checked)") == [
        True,
        True,
        False,
        False,
    ]


def test_digits_pick_where_they_are_free(droid, cards):
    """Where digits reach the card, each picks the option of its place."""
    page = show(droid, cards, SAMPLES["choice"])
    page.keyboard.press("2")
    assert page.locator(".chosen .text").inner_text() == texts(page)[1]


def test_ordering_by_keyboard(desktop, cards):
    """Arrows and x put entries in order and give them back."""
    page = show(desktop, cards, SAMPLES["ordering"])
    first = texts(page, ".entries .text")[0]
    page.keyboard.press("ArrowDown")
    page.keyboard.press("x")
    assert texts(page, ".order .text") == [first]
    for _ in range(3):
        page.keyboard.press("x")
    assert page.locator(".entries button").count() == 0
    page.keyboard.press("x")
    assert page.locator(".entries button").count() == 1


def test_matching_by_keyboard(desktop, cards):
    """Arrows sideways go through the partners, up and down through the entries."""
    page = show(desktop, cards, SAMPLES["matching"])
    chips = texts(page, ".rights .text")
    for key in ("ArrowRight", "ArrowRight", "ArrowDown", "ArrowLeft"):
        page.keyboard.press(key)
    assert texts(page, ".slot") == [chips[1], chips[-1], "", ""]


def test_h_unfolds(desktop, cards):
    """The key h opens and closes the hint, and on the back tables and reasons, but not while one types."""
    page = show(desktop, cards, SAMPLES["open"])
    hint = page.locator(".hint .text")
    assert not hint.is_visible()
    page.keyboard.press("h")
    assert hint.is_visible()
    page.keyboard.press("h")
    assert not hint.is_visible()
    page = show(desktop, cards, SAMPLES["concept"])
    desktop.flip()
    page.keyboard.press("h")
    assert page.locator(".comparison").is_visible()
    page = show(desktop, cards, SAMPLES["short"])
    page.keyboard.type("half")
    assert page.locator("#typeans").input_value() == "half"
    assert not page.locator(".hint .text").is_visible()


def test_keys_of_a_card_end_with_it(desktop, cards):
    """After the card is turned over or gone, its keys do nothing and raise nothing."""
    page = show(desktop, cards, SAMPLES["choice"])
    page.evaluate("document.getElementById('qa').innerHTML = '<p>a card of another deck</p>'")
    for key in ("ArrowDown", "x", "h", "9"):
        page.keyboard.press(key)
    assert page.locator("#qa").inner_text() == "a card of another deck"


# ---- Text, gaps, concepts


def test_a_gap_is_asked_alone(desktop, cards):
    """A card asks for the gaps of its number with their hints, the others are there; the back fills them in."""
    page = show(desktop, cards, SAMPLES["cloze"], 1)
    assert (
        "A connection is a pair of [plural noun], and each of them" in page.locator(".question").inner_text()
    )
    desktop.flip()
    assert "a pair of sockets, and each of them" in page.locator(".question").inner_text()
    page = show(desktop, cards, SAMPLES["cloze"], 0)
    assert "is a [...] of sockets" in page.locator(".question").inner_text()
    assert "with a [two words]." in page.locator(".question").inner_text()


def test_gaps_in_code_and_formulas(desktop, cards):
    """A gap in a block of code or in a formula is asked and filled in its place."""
    page = show(desktop, cards, SAMPLES["cloze-code"], 0)
    assert 'server.[takes an address](("", 8080))' in page.locator("pre").inner_text()
    desktop.flip()
    assert 'server.bind(("", 8080))' in page.locator("pre").inner_text()
    page = show(desktop, cards, SAMPLES["cloze-code"], 2)
    assert r"\(n = [\text{a power} ]\)" in page.locator(".question").inner_text()
    desktop.flip()
    assert r"\(n = 2^{7}\)" in page.locator(".question").inner_text().replace("} )", "})").replace(
        r"} \)", r"}\)"
    )


def test_a_concept_is_asked_both_ways(desktop, cards):
    """One card asks for the meaning, one for the term; both backs have aliases, example and the table folded."""
    page = show(desktop, cards, SAMPLES["concept"], 0)
    assert page.locator(".front").inner_text().split("\n")[-1] == "Socket"
    desktop.flip()
    assert "through a descriptor" in page.locator(".answer").inner_text()
    page = show(desktop, cards, SAMPLES["concept"], 1)
    front = page.locator(".front").inner_text()
    assert "through a descriptor" in front
    assert "Berkeley" not in front
    desktop.flip()
    answer = page.locator(".answer").inner_text()
    assert "Socket" in answer
    assert "Berkeley socket" in answer
    page.locator("summary").click()
    heads = page.locator(".comparison thead th").all_inner_texts()
    assert heads == ["Socket", "Port"]


def test_a_contrast_asks_for_each_concept(desktop, cards):
    """The front names what is compared and in what, the back tells what is true of each."""
    page = show(desktop, cards, SAMPLES["contrast"])
    assert page.locator(".concepts li").all_inner_texts() == ["Socket", "Port"]
    desktop.flip()
    assert page.locator(".cells dt").all_inner_texts() == ["Socket", "Port"]
    assert "65,536" in page.locator(".cells").inner_text()


def test_sources_are_small_and_below(desktop, cards):
    """Sources stand last, smaller than the answer, each a link where it has a page."""
    page = show(desktop, cards, SAMPLES["choice"])
    assert page.locator(".sources").count() == 0
    desktop.flip()
    last = page.locator(".deckgen > :last-child")
    assert "sources" in last.get_attribute("class")
    size = "e => parseFloat(getComputedStyle(e).fontSize)"
    assert page.eval_on_selector(".sources a", size) < 0.8 * page.eval_on_selector(".explanation", size)
    assert page.locator(".sources a").count() == 2
    assert page.locator(".sources li").count() == 3


def test_a_retired_card_says_so(desktop, cards):
    """The banner of a retired note is the first thing on both sides."""
    sample = SAMPLES["choice"]
    shown = cards.render(sample, notice="Retired")
    desktop.show(cards.types["choice"], shown)
    assert desktop.page.locator(".deckgen > :first-child").inner_text() == "Retired"
    desktop.flip()
    assert desktop.page.locator(".deckgen > :first-child").inner_text() == "Retired"


def test_nothing_is_asked_of_the_network_nor_said_to_the_console(desktop, cards):
    """Front, back and front again of every kind, day and night: no request, no error (the fixture tells)."""
    for sample in SAMPLES.values():
        for night in (False, True):
            show(desktop, cards, sample, night=night)
            desktop.flip()
            desktop.again()


def test_bare_items_make_whole_cards(desktop, cards):
    """An item with nothing but what it must have shows a question and an answer."""
    for label, sample in bare().items():
        page = show(desktop, cards, sample)
        assert page.locator(".deckgen").inner_text().strip(), label
        desktop.flip()
        assert page.locator(".answer").inner_text().strip(), label


def test_options_of_a_choice_are_one_group_to_assistive_technology(desktop, cards):
    """Options are radio buttons or checkboxes with their texts as names, in a named role."""
    page = show(desktop, cards, SAMPLES["choice"])
    assert page.get_by_role("radiogroup", name="Choose one").count() == 1
    assert page.get_by_role("radio", name="16").count() == 1
    page = show(desktop, cards, SAMPLES["multiple"])
    assert page.get_by_role("checkbox").count() == 4


def test_texts_of_options_are_kept_apart(desktop, cards):
    """An option whose text begins like another's is judged by itself."""
    sample = item(
        Choice, "alike", prompt="?", options=(Option("1", True), Option("10", False), Option("1", False))
    )
    page = show(desktop, cards, sample)
    page.locator(".options label").filter(has_text="10").click()
    desktop.flip()
    assert result(page) == "Wrong"
    assert page.locator(".chosen .text").inner_text().startswith("10")
