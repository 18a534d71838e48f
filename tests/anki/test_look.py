"""How cards look: read without scripts, in the dark, from right to left, in large letters, on the smallest screens."""

from __future__ import annotations

import pytest

from anki_reviewer import AnkiDroid, Cards, Desktop
from anki_samples import NASTY, bare, course, full, item, nasty
from deckgen.anki.cards import CardDecider
from deckgen.anki.preview import side_page, study_page
from deckgen.core import Choice, Option, Ordering
from laws import all_hold

SAMPLES = full()
#: Long words, a wide block of code, a wide table: whatever could stick out.
WIDE = nasty(
    "Donaudampfschifffahrtsgesellschaftskapitänswitwenrente `" + "x" * 80 + "`\n\n```\n" + "y " * 90 + "\n```"
)
#: axe's rules for a page as a whole: the page is Anki's.
OF_THE_FRAME = ("region:", "page-has-heading-one:", "landmark-one-main:", "document-title:", "bypass:")


@pytest.fixture(scope="module")
def cards():
    return Cards(course(*SAMPLES.values()))


@pytest.fixture(scope="module")
def arabic():
    return Cards(course(*SAMPLES.values(), language="ar"))


def sides(cards, sample):
    """Both sides of all cards of an item: ordinal, name of the side, HTML."""
    made = cards.types[sample.kind]
    for ordinal in CardDecider(made).ordinals(tuple(cards.fields(sample).values())):
        shown = cards.render(sample, ordinal, notice="Retired")
        yield ordinal, "front", shown.front
        yield ordinal, "back", shown.back


def answer(page, kind):
    """Give an answer that is partly wrong, so that the back has all of its marks."""
    if kind in ("choice", "multiple", "true-false"):
        page.locator(".options label").nth(1).click()
    elif kind in ("numeric", "short") or (kind == "word" and page.locator(".entry").count()):
        page.locator("#typeans").fill("acept")
    elif kind == "ordering":
        page.locator(".entries button").first.click()
    elif kind == "matching":
        page.locator(".rights button").first.click()


def both_screens(page, cards, sample, **how):
    """Show every side of an item as Anki on the desktop does, answered; give its ordinal and side."""
    made = cards.types[sample.kind]
    desktop = Desktop(page)
    for ordinal, side, _ in sides(cards, sample):
        if side == "front":
            desktop.show(made, cards.render(sample, ordinal, notice="Retired"), ordinal, **how)
            answer(page, sample.kind)
        else:
            desktop.flip()
            page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
        yield ordinal, side


def sticking_out(page):
    """What is wider than the screen and cannot be scrolled by itself."""
    return page.evaluate("""() => {
        const wide = document.documentElement.clientWidth;
        if (document.scrollingElement.scrollWidth <= wide) return [];
        return [...document.querySelectorAll(".deckgen *")]
            .filter(e => e.getBoundingClientRect().right > wide + 1 && !e.closest("pre"))
            .map(e => e.tagName + "." + e.className).concat("page");
    }""")


@pytest.mark.parametrize("night", [False, True])
def test_axe_finds_nothing(page, cards, axe, night):
    """Every side of every kind, answered and unfolded, keeps WCAG 2.2 AA, by day and by night."""
    page.set_viewport_size({"width": 390, "height": 780})
    for label, sample in SAMPLES.items():
        for ordinal, side in both_screens(page, cards, sample, night=night, phone=True):
            # By night only colours differ.
            rules = ("color-contrast",) if night else ()
            found = [one for one in axe(page, *rules) if not one.startswith(OF_THE_FRAME)]
            assert found == [], (label, ordinal, side)


def test_pages_are_valid_html(cards, html_errors):
    """The frames with every side of every kind in them are valid HTML."""
    pages = {}
    for label, sample in SAMPLES.items():
        style = cards.types[sample.kind].style
        for ordinal, side, html in sides(cards, sample):
            pages[f"{label}-{ordinal}-{side}.html"] = side_page(html, style, ordinal=ordinal).encode()
    shown = cards.render(SAMPLES["choice"])
    pages["study.html"] = study_page(shown.front, shown.back, cards.types["choice"].style).encode()
    assert html_errors(pages) == []


@pytest.mark.parametrize("items", [SAMPLES, WIDE], ids=["samples", "wide"])
def test_nothing_sticks_out(page, cards, items):
    """No side is wider than the screen, at 320 px as with letters twice the size; long words break, code scrolls."""
    for label, sample in items.items():
        for ordinal, side in both_screens(page, cards, sample):
            for width, letters in ((320, 100), (390, 200), (560, 100), (800, 100), (800, 200)):
                page.set_viewport_size({"width": width, "height": 700})
                page.evaluate(
                    "letters => { document.documentElement.style.fontSize = letters + '%'; }", letters
                )
                assert sticking_out(page) == [], (label, ordinal, side, width, letters)
            page.evaluate("document.documentElement.style.fontSize = ''")


def test_letters_grow_with_the_learners(page, cards):
    """Twice the learner's size of letters makes every text on a card twice as large."""
    size = "all => all.map(e => parseFloat(getComputedStyle(e).fontSize))"
    texts = ".deckgen, .deckgen :not([type=radio], [type=checkbox])"
    for label, sample in SAMPLES.items():
        for ordinal, side in both_screens(page, cards, sample):
            before = page.eval_on_selector_all(texts, size)
            grown = page.add_style_tag(content="html { font-size: 200% }")
            after = page.eval_on_selector_all(texts, size)
            grown.evaluate("style => style.remove()")
            assert all(abs(two - 2 * one) < 0.1 for one, two in zip(before, after, strict=True)), (
                label,
                ordinal,
                side,
            )


def test_what_can_be_tapped_is_large_enough(page, cards):
    """Every target has 24 px each way (WCAG 2.5.8), what answers a question 44 px of height."""
    page.set_viewport_size({"width": 390, "height": 780})
    for label, sample in SAMPLES.items():
        for ordinal, side in both_screens(page, cards, sample, phone=True):
            small = page.evaluate("""() => [...document.querySelectorAll("a, button, summary, label, #typeans:not(ul)")]
                .filter(e => e.checkVisibility())
                .map(e => [e.tagName, e.getBoundingClientRect()])
                .filter(([tag, box]) => box.width < 24 || box.height < (tag === "A" ? 24 : 43.9))
                .map(([tag, box]) => [tag, box.width, box.height])""")
            assert small == [], (label, ordinal, side)


def test_targets_do_not_turn_the_card(page, cards):
    """AnkiDroid turns the card over at a tap, unless on a link, a button, a field, or what is called tappable."""
    for label, sample in SAMPLES.items():
        for ordinal, side in both_screens(page, cards, sample):
            bare_targets = page.evaluate("""() => [...document.querySelectorAll("button, summary, label, input")]
                .filter(e => !e.closest("a, button, input, summary, .tappable")).length""")
            assert bare_targets == 0, (label, ordinal, side)


@pytest.fixture
def unscripted(browser):
    """A page that runs no scripts."""
    with browser.new_context(java_script_enabled=False, offline=True) as context:
        yield context.new_page()


#: What the front and the back of each kind must have even so.
READABLE = {
    "choice": (["16", "32", "None of these"], ["16", "✓", "That is the length of an IPv4 address."]),
    "multiple": (["The sequence number"], ["The sequence number", "✓"]),
    "true-false": (["True", "False"], ["✓", "Misleading · In fact", "A port is a number."]),
    "true": (["True", "False"], ["✓"]),
    "cloze": (["[...]", "[two words]"], ["pair", "port number"]),
    "cloze-code": (["[takes an address]"], ["server.bind"]),
    "numeric": (["km/s"], ["204,190 km/s ± 500"]),
    "short": (["Which call"], ["accept", "accept4"]),
    "ordering": (["listen()", "accept()"], ["listen()", "read() and write()"]),
    "matching": (["SSH", "443", "25"], ["SSH", "22", "HTTP/3"]),
    "open": (["Socket"], ["Model answer", "it has a type"]),
    "concept": (["Socket"], ["through a descriptor", "Berkeley socket", "Comparison"]),
    "concept-of-four": (["Stream socket"], ["stream of bytes"]),
    "word": (["la manzana"], ["feminine", "block (of houses)", "Como una manzana roja."]),
    "contrast-of-four": (["Raw socket", "Unix-domain socket"], ["SOCK_SEQPACKET"]),
    "contrast": (["How many", "Socket", "Port"], ["65,536 for each protocol"]),
}


def test_cards_are_read_without_scripts(unscripted, cards):
    """Where no script runs, every question can be answered in the head, and every answer is there to read."""
    screen = AnkiDroid(unscripted)

    def check(label):
        sample = SAMPLES[label]
        screen.show(cards.types[sample.kind], cards.render(sample))
        for wanted, turn in zip(READABLE[label], (lambda: None, screen.flip), strict=True):
            turn()
            shown = unscripted.locator("body").inner_text()
            marks = unscripted.locator(".options > .right > .text")
            shown += "".join(
                mark.evaluate("e => getComputedStyle(e, '::after').content") for mark in marks.all()
            )
            for text in wanted:
                assert text in shown

    all_hold(((label, label) for label in SAMPLES), check)
    assert READABLE.keys() == SAMPLES.keys()


def test_without_scripts_the_front_gives_nothing_away(unscripted, cards):
    """On a front without scripts the right option looks like the others, and the reasons are not to be seen."""
    for label in ("choice", "multiple", "true-false"):
        sample = SAMPLES[label]
        AnkiDroid(unscripted).show(cards.types[sample.kind], cards.render(sample))
        looks = {
            one.evaluate(
                "e => { const s = getComputedStyle(e); return s.borderColor + s.background + s.color; }"
            )
            for one in unscripted.locator(".options > li").all()
        }
        assert len(looks) == 1
        assert not any(why.is_visible() for why in unscripted.locator(".why").all())


@pytest.mark.parametrize("screen", [Desktop, AnkiDroid])
def test_night_is_dark(page, cards, screen):
    """At night paper is dark and ink is light, under either of the classes that the apps give."""
    brightness = """() => { const s = getComputedStyle(document.body);
        const sum = (c) => c.match(/[0-9.]+/g).slice(0, 3).reduce((a, b) => a + Number(b), 0);
        return [sum(s.backgroundColor), sum(s.color)]; }"""
    shown = cards.render(SAMPLES["choice"])
    for night in (False, True):
        screen(page).show(cards.types["choice"], shown, night=night)
        paper, ink = page.evaluate(brightness)
        assert (paper < 150 and ink > 500) if night else (ink < 150 and paper > 600)
    for kept in ("card nightMode", "card night_mode"):
        page.evaluate("classes => { document.body.className = classes; }", kept)
        paper, ink = page.evaluate(brightness)
        assert paper < 150
        assert ink > 500


def test_right_to_left(page, arabic):
    """In Arabic the marks stand right of the options, the verdict left, and Arrow Left goes forward."""
    texts = ("ستة عشر", "ثمانية", "أربعة")
    sample = item(
        Choice,
        "rtl",
        prompt="كم عدد البتات؟",
        options=tuple(Option(text, n == 0, "" if n == 0 else "لا") for n, text in enumerate(texts)),
        citations=SAMPLES["choice"].citations,
    )
    desktop = Desktop(page)
    desktop.show(arabic.types["choice"], arabic.render(sample))
    page.keyboard.press("ArrowLeft")
    assert "chosen" in page.locator(".options > li").first.get_attribute("class").split()
    left = "e => e.getBoundingClientRect().left"
    assert page.eval_on_selector(".mark", left) > page.eval_on_selector(".options .text", left)
    desktop.flip()
    assert page.eval_on_selector(".result", left) < page.eval_on_selector(".task .deck", left)
    assert page.eval_on_selector(".judged .mark", left) > page.eval_on_selector(".judged .text", left)
    assert sticking_out(page) == []


def test_code_runs_left_to_right_in_any_language(page, arabic):
    """In Arabic too, the brackets of a call stand right of its name, on cards and in sources."""
    desktop = Desktop(page)
    sample = item(
        Ordering, "code", prompt="`bind()`", entries=("a", "b"), citations=SAMPLES["choice"].citations
    )
    desktop.show(arabic.types["ordering"], arabic.render(sample))
    ends = """e => { const text = document.createTreeWalker(e, NodeFilter.SHOW_TEXT).nextNode();
        const at = (n) => { const range = document.createRange(); range.setStart(text, n); range.setEnd(text, n + 1);
            return range.getBoundingClientRect().left; };
        return [at(0), at(text.length - 1)]; }"""
    desktop.flip()
    for place in (".question code", ".sources li:nth-child(2)"):
        first, last = page.eval_on_selector(place, ends)
        assert first < last, place


def test_right_to_left_everywhere(page, arabic):
    """Nothing sticks out of any side when the writing runs from right to left."""
    page.set_viewport_size({"width": 320, "height": 700})
    for label, sample in SAMPLES.items():
        for ordinal, side in both_screens(page, arabic, sample):
            left = page.evaluate(
                "Math.min(...[...document.querySelectorAll('.deckgen *')].filter(e => e.checkVisibility()"
                " && !e.closest('pre') && !e.matches('input')).map(e => e.getBoundingClientRect().left))"
            )
            assert left >= 0, (label, ordinal, side)
            assert sticking_out(page) == [], (label, ordinal, side)


def test_hard_texts_are_shown_as_they_are(page, cards):
    """Templates, clozes and tags in a text are text: what an author typed is what a learner reads."""
    desktop = Desktop(page)
    for text in NASTY[:3]:
        plain = " ".join(text.split())
        sample = item(Ordering, "hard", prompt=f"`{text}`", entries=("a", "b"))
        desktop.show(cards.types["ordering"], cards.render(sample))
        assert page.locator(".question").inner_text() == plain
        for kind in ("short", "concept", "numeric"):
            hard = nasty(text)[kind]
            desktop.show(cards.types[kind], cards.render(hard))
            desktop.flip()
            place = {"short": ".solution", "concept": ".term", "numeric": ".unit"}[kind]
            assert plain in page.locator(place).first.inner_text()


def test_the_question_stays_where_it_was(page, cards):
    """Turning a card over does not move its question, so that eyes need not look for it again."""
    desktop = Desktop(page)
    top = "e => e.getBoundingClientRect().top + window.scrollY"
    for label, sample in (SAMPLES | bare()).items():
        if sample.kind == "cloze" or label == "concept":
            continue
        desktop.show(cards.types[sample.kind], cards.render(sample))
        before = page.eval_on_selector(".question", top)
        answer(page, sample.kind)
        desktop.flip()
        assert abs(page.eval_on_selector(".question", top) - before) < 1, label
