"""The page of `deckgen serve` in a real browser: what a person does, and what comes of a save."""

from __future__ import annotations

import socket
from typing import TYPE_CHECKING

import pytest

from live.conftest import Looking, Served
from live.live_process import CARDS, FILES, save
from waiting import PATIENCE

if TYPE_CHECKING:
    from playwright.sync_api import Route

GOOD = FILES[CARDS]
SHEET = """
[[sheet]]
id = "test"
title = "A test"
outputs = ["paper", "quiz"]
versions = 2
from = ["file:sums"]
"""
LONG = "\n\n".join(f"Reason {n}." for n in range(120))


@pytest.mark.parametrize("settled", [False, True])
def test_every_save_is_seen(looking, settled):
    """Save after save comes to the screen, while the build of the one before goes on, and after it."""
    for turn in range(4):
        text = GOOD.replace("What is one and one?", f"What is one and one, turn {turn}?")
        save(looking.served.project / CARDS, text)
        looking.shows(f"turn {turn}?")
        if settled:
            looking.served.until("1 changed (one-and-one)")


def test_its_place_is_kept(looking):
    """Card, side, scroll, filter, light and width stay through a save, and through a reload of the page."""
    page, project = looking.page, looking.served.project
    long = GOOD.replace('distractors = ["five"', f'explanation = """\n{LONG}"""\ndistractors = ["five"')
    save(project / CARDS, long)
    page.locator("#tag").select_option("even")
    page.locator("#words").fill("two and")
    page.keyboard.press("Enter")
    assert looking.card() == "two-and-two"
    for key in "dw ":
        page.keyboard.press(key)
        looking.settle()
    looking.shows("Reason 1.")
    looking.frame.locator("#qa[data-side=back]").wait_for()
    looking.frame.locator("body").evaluate("() => scrollTo(0, 700)")
    looking.until("location.hash.includes('y=700')")

    save(project / CARDS, long.replace("Reason 40.", "Reason forty."))
    looking.shows("Reason forty.")
    looking.settle()

    def place():
        body = looking.frame.locator("body")
        return {
            "card": looking.card(),
            "side": looking.side(),
            "y": body.evaluate("() => scrollY"),
            "night": body.evaluate("() => document.body.classList.contains('nightMode')"),
            "narrow": body.evaluate("() => innerWidth < 400"),
            "tag": page.locator("#tag").input_value(),
            "words": page.locator("#words").input_value(),
            "rows": page.locator("#list .row").count(),
        }

    expected = {
        "card": "two-and-two",
        "side": "back",
        "y": 700,
        "night": True,
        "narrow": True,
        "tag": "even",
        "words": "two and",
        "rows": 1,
    }
    looking.equals(expected, place)
    page.reload()
    looking.shows("Reason forty.")
    looking.settle()
    looking.equals(expected, place)


def test_a_scroll_is_kept_while_another_frame_comes(looking):
    """Who scrolls on while the same card is on its way in other colours finds it where it was left."""
    page = looking.page
    long = GOOD.replace('distractors = ["five"', f'explanation = """\n{LONG}"""\ndistractors = ["five"')
    save(looking.served.project / CARDS, long)
    page.keyboard.press("j")
    looking.settle()
    page.keyboard.press(" ")
    looking.shows("Reason 1.")
    looking.frame.locator("#qa[data-side=back]").wait_for()
    held = []

    def hold(route):
        if route.request.resource_type == "document":
            held.append(route)
        else:
            route.continue_()

    page.route("**/card?*", hold)
    page.keyboard.press("d")
    looking.until("document.querySelector('#frames .coming')")
    looking.frame.locator("body").evaluate("() => scrollTo(0, 700)")
    looking.until("location.hash.includes('y=700')")
    looking.wait(lambda: held, "the frame that comes")
    held[0].continue_()
    looking.settle()
    looking.until("location.hash.includes('y=700')")
    body = looking.frame.locator("body")
    seen = "() => [scrollY, document.body.classList.contains('nightMode')]"
    looking.equals([700, True], lambda: body.evaluate(seen))


def test_options_are_shuffled_alike_after_a_save(looking):
    """The options of a card stand in the order they had, so that an edit shows and nothing jumps."""
    page = looking.page
    page.keyboard.press("j")
    looking.shows("two and two")

    def options():
        return looking.frame.locator(".options > *").all_inner_texts()

    looking.frame.locator(".options > *").first.wait_for()
    before = options()
    assert len(before) == 4
    for turn in range(3):
        save(looking.served.project / CARDS, GOOD.replace("two and two?", f"two and two, {turn}?"))
        looking.shows(f"two and two, {turn}?")
        looking.settle()
        assert options() == before


def test_mistakes_are_shown_and_the_last_good_card_stays(looking):
    """File and line, the author's line and the repair stand above the card; fixed, they are gone."""
    page, path = looking.page, looking.served.project / CARDS
    save(path, GOOD.replace('answer = "two"', 'answr = "two"').replace("one and one?", "something else?"))
    page.locator("#problems article").first.wait_for()
    assert page.locator("#problems summary").inner_text().startswith("1 error")
    shown = page.locator("#problems").inner_text()
    assert f"{CARDS}:9:1" in shown
    assert 'answr = "two"' in shown
    assert "did you mean `answer`?" in shown
    looking.shows("What is one and one?")
    assert "(1)" in page.title()
    save(path, GOOD)
    page.locator("#problems").wait_for(state="hidden")
    looking.shows("What is one and one?")


def test_advice_waits_to_be_asked_for(looking):
    """What the literature advises stands above the card, folded, and is gone once it is followed."""
    page, path = looking.page, looking.served.project / CARDS
    question = '\n[[question]]\nid = "coin"\ntype = "choice"\nprompt = "Heads?"\nanswer = "Heads"\n'
    save(path, GOOD + question + 'distractors = ["Tails"]\n')
    summary = page.locator("#problems summary")
    summary.wait_for()
    assert summary.inner_text() == "1 piece of advice"
    assert page.locator("#problems details").get_attribute("open") is None
    summary.click()
    page.get_by_text("a choice between two").wait_for()
    save(path, GOOD + question + 'distractors = ["Tails", "Edge"]\n')
    page.locator("#problems").wait_for(state="hidden")


def test_it_can_begin_with_mistakes(project, browser):
    """A project that never was without mistakes shows these, and its cards once they are fixed; templates count."""
    front = "{{Question}} [[ nothing ]]"
    save(project / "templates/anki/short/front.html", front)
    save(project / CARDS, GOOD.replace('answer = "two"', 'answr = "two"'))
    with Served(project) as served, browser.new_context() as context:
        page = context.new_page()
        page.goto(served.url)
        page.get_by_text("did you mean `answer`?").wait_for()
        assert page.locator("#list .row").count() == 0
        save(project / CARDS, GOOD)
        page.get_by_text("templates/anki/short/front.html:1").first.wait_for()
        assert page.locator("#list .row").count() == 0
        save(project / "templates/anki/short/front.html", "Mine: {{Question}}")
        page.frame_locator("#frames iframe:not(.coming)").get_by_text("Mine: What is one and one?").wait_for()
        assert page.locator("#problems").is_hidden()


def test_a_broken_deckgen_toml_and_a_vanished_folder(looking):
    """Both are reported on the page, which shows what it had, and goes on when they are fixed."""
    page, project = looking.page, looking.served.project
    save(project / "deckgen.toml", "id = ")
    page.get_by_text("deckgen.toml:1").first.wait_for()
    save(project / "deckgen.toml", FILES["deckgen.toml"])
    page.locator("#problems").wait_for(state="hidden")
    project.rename(project.with_name("aside"))
    page.get_by_text("is gone; waiting for it to come back").wait_for()
    looking.shows("What is one and one?")
    project.with_name("aside").rename(project)
    page.locator("#problems").wait_for(state="hidden")


def test_everything_can_be_done_with_the_keyboard(looking):
    """Space turns the card over and back, j and k go on and back, / searches, Escape leads to the list, arrows move."""
    page = looking.page
    assert (looking.card(), looking.side()) == ("one-and-one", "front")
    page.keyboard.press(" ")
    looking.until("document.querySelector('#back').getAttribute('aria-pressed') === 'true'")
    looking.shows("two")
    assert looking.side() == "back"
    page.keyboard.press(" ")
    looking.until("document.querySelector('#front').getAttribute('aria-pressed') === 'true'")
    page.keyboard.press("j")
    looking.shows("What is two and two?")
    assert looking.card() == "two-and-two"
    page.keyboard.press("j")
    assert looking.card() == "two-and-two"
    page.keyboard.press("k")
    looking.shows("What is one and one?")
    page.keyboard.press("/")
    page.keyboard.type("k two")
    assert page.locator("#words").input_value() == "k two"
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.id") == "list"
    page.locator("#words").fill("")
    page.locator("#list").focus()
    page.keyboard.press("End")
    assert looking.card() == "two-and-two"
    page.keyboard.press("Home")
    assert looking.card() == "one-and-one"


def test_a_card_can_be_used_as_in_anki(looking):
    """What is typed into a card's field stays there; Enter turns it over; then keys are the page's again."""
    page = looking.page
    field = looking.frame.locator("input")
    field.click()
    page.keyboard.type("jk w")
    assert field.input_value() == "jk w"
    page.keyboard.press("Enter")
    looking.until("document.querySelector('#back').getAttribute('aria-pressed') === 'true'")
    assert looking.side() == "back"
    looking.frame.locator("body").click(position={"x": 5, "y": 5})
    page.keyboard.press("j")
    looking.shows("What is two and two?")


def test_cards_come_and_go(looking):
    """A deleted card makes room for its neighbour; a new one is in the list at once; the filters know new tags."""
    page, path = looking.page, looking.served.project / CARDS
    first, second = GOOD.split("[[question]]", 1)[0], GOOD.rpartition("[[question]]")[2]
    save(path, f"{first}[[question]]{second}")
    looking.shows("What is two and two?")
    page.get_by_text("1 card", exact=True).wait_for()
    save(path, GOOD.replace('tags = ["even"]', 'tags = ["odd"]'))
    page.get_by_text("2 cards", exact=True).wait_for()
    assert "odd" in page.locator("#tag option").all_inner_texts()
    assert looking.card() == "two-and-two"


def test_sheets_and_web_pages_are_shown_and_renewed(looking):
    """Without a sheet one is told how to get it; a sheet lies on its paper, a quiz can be done, both follow a save."""
    page, project = looking.page, looking.served.project
    page.locator("[data-view=sheets]").click()
    page.get_by_text("No sheet: a [[sheet]] in a file of cards makes one", exact=True).wait_for()
    save(project / "cards/sheets.toml", SHEET)
    looking.until("document.querySelector('[data-view=sheets] .number').textContent !== ''")
    page.locator("[data-view=sheets]").click()
    looking.shows("A test")
    assert abs(looking.frame.locator("body").evaluate("b => b.offsetWidth") - 794) < 2  # A4, 96 dpi
    save(project / CARDS, GOOD.replace("What is one and one?", "What is 1 + 1?"))
    looking.shows("What is 1 + 1?")
    pdf = page.request.get(
        looking.served.url.rstrip("/") + page.locator("#pdf").get_attribute("href"), timeout=1000 * PATIENCE
    )
    assert pdf.body().startswith(b"%PDF-")
    page.locator("[data-view=web]").click()
    page.locator(".row", has_text="A test").click()
    looking.frame.locator("form.question").first.wait_for(state="attached")
    save(project / CARDS, GOOD.replace("What is one and one?", "What is I + I?"))
    looking.frame.locator("form.question", has_text="What is I + I?").wait_for(state="attached")


def test_a_cards_script_reaches_nothing(project, browser):
    """A script in a card's template sees neither the page nor the server, and asks nobody for anything."""
    front = """<p id="got">nothing</p>{{Question}}<script>
    const got = [];
    const tries = {
      page: () => parent.document.title,
      storage: () => localStorage.length,
      cookie: () => document.cookie,
      origin: () => { if (self.origin !== "null") return self.origin; throw 0; },
    };
    for (const name in tries) try { tries[name](); got.push(name); } catch {}
    const late = [fetch("/notes"), fetch("https://example.com/")].map((one, n) => one.then(() => got.push(n), () => {}));
    const image = new Image();
    late.push(new Promise((done) => (image.onload = image.onerror = done)).then(() => {}));
    image.src = "/icon.svg?seen";
    try { top.location = "https://example.com/"; } catch {}
    const peer = new RTCPeerConnection({ iceServers: [{ urls: "stun:127.0.0.1:PORT" }] });
    late.push(new Promise((done) => {
      peer.onicegatheringstatechange = () => { if (peer.iceGatheringState === "complete") done(); };
    }));
    peer.createDataChannel("x");
    peer.createOffer().then((offer) => peer.setLocalDescription(offer));
    Promise.allSettled(late).then(() => (document.getElementById("got").textContent = "got: " + got));
    </script>"""
    listener = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    listener.bind(("127.0.0.1", 0))
    listener.setblocking(False)
    save(project / "templates/anki/short/front.html", front.replace("PORT", str(listener.getsockname()[1])))
    with listener, Served(project) as served, browser.new_context() as context:
        page = context.new_page()
        answered = []
        page.on("response", lambda answer: answered.append(answer.url))
        page.goto(served.url)
        got = page.frame_locator("#frames iframe:not(.coming)").locator("#got", has_text="got:")
        got.wait_for()
        assert got.inner_text() == "got:"
        assert page.url.startswith(served.url)
        assert not [url for url in answered if "seen" in url or "example.com" in url]
        with pytest.raises(BlockingIOError):
            listener.recv(1)


@pytest.mark.parametrize(("scheme", "width", "height"), [("light", 1280, 800), ("dark", 390, 844)])
def test_the_page_is_accessible(served, browser, axe, scheme, width, height):
    """Nothing is found by axe on a desktop in the light, on a phone in the dark, with cards and web pages, with mistakes."""
    size = {"width": width, "height": height}
    with browser.new_context(viewport=size, color_scheme=scheme) as context:
        looking = Looking(context.new_page(), served)
        save(served.project / CARDS, GOOD.replace('answer = "two"', 'answr = "two"'))
        looking.page.locator("#problems pre").first.wait_for()
        assert axe(looking.page) == []
        save(served.project / CARDS, GOOD)
        looking.page.locator("#problems").wait_for(state="hidden")
        looking.page.locator("[data-view=web]").click()
        looking.settle()
        assert axe(looking.page) == []
        assert looking.page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_a_server_that_ends_is_said(looking):
    """When `serve` is stopped the page says so, and keeps showing what it had."""
    assert looking.served.interrupt() == 0
    looking.page.get_by_text("has ended").wait_for()
    looking.shows("What is one and one?")


def test_what_is_saved_while_the_page_loads_is_shown(looking):
    """The list of notes is asked for again at each news then, and the card comes with the last answer."""
    page, project = looking.page, looking.served.project
    held: list[Route] = []

    def hold(route):
        held.append(route)

    page.route("**/notes", hold)
    page.reload()
    looking.wait(lambda: held, "the list is asked for")
    save(project / CARDS, GOOD.replace("What is one and one?", "What is one and one now?"))
    looking.wait(lambda: "1 changed" in page.locator("#said").inner_text(), "the news of the build")
    for route in held:
        route.continue_()
    looking.shows("What is one and one now?")
