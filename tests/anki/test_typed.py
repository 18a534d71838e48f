"""What a typed answer is worth: cards of the kinds `short` and `numeric`, judged on their backs in a real browser."""

from __future__ import annotations

import pytest

from anki_reviewer import AnkiDroid, Cards, Desktop
from anki_samples import course, full, item
from deckgen.core import Numeric, Short

SAMPLES = full()


@pytest.fixture(scope="module")
def cards():
    return Cards(course(*SAMPLES.values()))


@pytest.fixture
def judge(page, cards):
    """Give a function that types answers into a card, one after the other, and returns its verdicts."""

    def verdicts(sample, *given):
        Desktop(page).show(cards.types[sample.kind], cards.render(sample))
        return page.evaluate(
            """async (all) => {
            const found = [];
            for (const given of all) {
                await show("front");
                const input = document.querySelector("#typeans");
                input.value = given;
                input.dispatchEvent(new Event("input", {bubbles: true}));
                await show("back");
                const result = document.querySelector(".result");
                found.push(result ? [...result.classList].pop() : "");
            }
            return found;
        }""",
            list(given),
        )

    return verdicts


def numeric(answer, tolerance="0", unit=""):
    return item(Numeric, f"n{answer}", prompt="?", answer=answer, tolerance=tolerance, unit=unit)


def short(answer, *accept):
    return item(Short, f"s{answer}", prompt="?", answer=answer, accept=accept)


RIGHT_NUMBERS = {
    "a tolerance holds up to its end": (numeric("100", "5"), ["95", "105", "97.5", "1e2", "100.0"]),
    "a decimal point or comma": (
        numeric("0.5"),
        ["0.5", ".5", "0,5", "+0.5", "0.50", "5e-1", "5E-1", "50e-2"],
    ),
    "thousands, however grouped": (
        numeric("1234567"),
        [
            "1234567",
            "1,234,567",
            "1.234.567",
            "1 234 567",
            "1\u202f234\u202f567",
            "1'234'567",
            "1’234’567",
            "1_234_567",
        ],
    ),
    "a point or a comma that may be either": (numeric("1500"), ["1.500", "1,500", "1500"]),
    "the same read as a fraction": (numeric("1.5"), ["1.500", "1,500", "1.5"]),
    "any minus sign": (numeric("-3"), ["-3", "−3", "–3", "- 3", "-3.0"]),
    "powers of ten": (
        numeric("6.02e23"),
        ["6.02e23", "6.02E+23", "6.02×10^23", "6.02 · 10^23", "6,02*10^23", "6.02×10²³", "6.02 x 10**23"],
    ),
    "a bare power of ten": (numeric("0.001"), ["10^-3", "10⁻³", "1e-3", "0,001"]),
    "a unit, if it is the right one": (
        numeric("204190", "500", "km/s"),
        ["204190", "204 190 km/s", "204190km/s", "204,500 KM/S", "2.0419e5 km / s"],
    ),
    "a unit with a sign": (numeric("50", unit="%"), ["50", "50%", "50 %"]),
    "a unit with a raised figure": (numeric("2", unit="m²"), ["2", "2 m²", "2 m2"]),
    "a unit that has two code points": (numeric("3", unit="µm"), ["3 µm", "3 μm"]),
    "a word for what is counted": (numeric("16"), ["16", "16 bits", "16 Bits."]),
    "figures of other scripts": (numeric("42.5"), ["٤٢٫٥", "۴۲٫۵", "४२.५", "４２.５"]),
    "another base as its author wrote it": (numeric("0x1F"), ["31", "0x1f", "0b11111", "0o37"]),
    "more figures than a float has": (numeric("12345678901234567890"), ["12345678901234567890"]),
    "nought": (numeric("0"), ["0", "0.0", "-0", "0e5"]),
}
WRONG_NUMBERS = {
    "outside the tolerance": (numeric("100", "5"), ["94.999", "105.001", "1e3", "-100"]),
    "one too many at the end": (
        numeric("12345678901234567890"),
        ["12345678901234567891", "12345678901234567000"],
    ),
    "another unit": (numeric("204190", "500", "km/s"), ["204190 m/s", "204190 km", "km/s"]),
    "no number": (numeric("16"), ["sixteen", "16 or 17", "?", "1 6 7", "16e", "e16", "--16"]),
    "a missing sign": (numeric("-3"), ["3", "+3"]),
    "a grouping of two": (numeric("1234"), ["12,34"]),
}


@pytest.mark.parametrize("why", RIGHT_NUMBERS)
def test_numbers_that_are_right(judge, why):
    """A number counts however it is written, within the tolerance, with its unit or without."""
    sample, given = RIGHT_NUMBERS[why]
    assert dict(zip(given, judge(sample, *given), strict=True)) == dict.fromkeys(given, "right")


@pytest.mark.parametrize("why", WRONG_NUMBERS)
def test_numbers_that_are_wrong(judge, why):
    """Another number, another unit and what is no number are wrong."""
    sample, given = WRONG_NUMBERS[why]
    assert dict(zip(given, judge(sample, *given), strict=True)) == dict.fromkeys(given, "wrong")


WORDS = {
    "right": (
        short("accept", "accept()", "accept4"),
        ["accept", "Accept", " ACCEPT ", "accept.", "accept()", "accept4", "ＡＣＣＥＰＴ"],
    ),
    "almost": (short("iterative"), ["itertaive", "iteratve", "iiterative", "iterativ", "iterayive"]),
    "wrong": (short("iterative"), ["recursive", "iter", "it", "non-iterative"]),
}


@pytest.mark.parametrize("verdict", WORDS)
def test_words(judge, verdict):
    """Case, spaces and a full stop make no other word; a slip of the pen is almost right; the rest is wrong."""
    sample, given = WORDS[verdict]
    assert dict(zip(given, judge(sample, *given), strict=True)) == dict.fromkeys(given, verdict)


def test_quotes_dashes_and_accents(judge):
    """Typewriter quotes and dashes stand for the real ones; accents left out make an answer almost right."""
    assert judge(short("Moore’s law"), "moore's law", "Moore’s  law") == ["right", "right"]
    assert judge(short("three–way handshake"), "three-way handshake") == ["right"]
    assert judge(short("Ångström"), "Ångström", "Angstrom") == ["right", "almost"]


def test_a_short_word_has_no_slips(judge):
    """Of words of four letters and of those with figures, another letter makes another word."""
    assert judge(short("TCP"), "UCP", "TCP", "TC") == ["wrong", "right", "wrong"]
    assert judge(short("IPv6 address"), "IPv4 address") == ["wrong"]


def test_an_answer_of_signs_is_compared_as_it_is(judge):
    """An answer that is nothing but punctuation is not emptied by what is forgiven elsewhere."""
    assert judge(short("..."), "...", "?") == ["right", "wrong"]
    assert judge(short("<b> & {{x}}"), "<b> & {{x}}", "<b>") == ["right", "wrong"]


def test_nothing_typed_is_not_judged(judge):
    """Who types nothing but spaces gets the answer and no verdict."""
    assert judge(SAMPLES["short"], "", "  ") == ["", ""]


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
    """The back has the number as its author wrote it, its unit, and how far off still counts."""
    desktop = Desktop(page)
    desktop.show(cards.types["numeric"], cards.render(SAMPLES["numeric"]))
    assert page.locator(".entry").inner_text() == "km/s"
    assert page.locator("#typeans").get_attribute("inputmode") == "decimal"
    desktop.flip()
    assert page.locator(".solution").inner_text() == "204190 km/s ± 500"


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
