"""Index, study guide and comparison table: what is there, where links lead, what a search finds."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

import pytest

from laws import all_hold
from web.test_access import DESKTOP, PHONE, assert_fits, assert_targets

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from playwright.sync_api import Page

PAGES = ("index.html", "study/networking.html", "tables/socket-vs-port.html")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", PAGES)
def test_no_page_to_read_has_a_barrier(
    site: Path, page: Page, axe: Callable[..., list[str]], name: str, scheme: str
) -> None:
    """By axe, on a phone with everything unfolded and on a desktop."""
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size(PHONE)
    page.goto((site / name).as_uri())
    page.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true })")
    assert_fits(page)
    assert_targets(page)
    # In the dark only colours differ.
    rules = () if scheme == "light" else ("color-contrast",)
    assert axe(page, *rules) == []
    page.set_viewport_size(DESKTOP)
    assert_fits(page)
    assert axe(page, *rules) == []


def test_every_link_leads_somewhere(site: Path, page: Page) -> None:
    """Each relative link of each page is a file of the site, and each fragment is an element there."""
    ids: dict[Path, set[str]] = {}
    links: list[tuple[str, Path, str]] = []
    for path in sorted(site.glob("*.html")) + sorted(site.glob("*/*.html")):
        page.goto(path.as_uri())
        ids[path] = set(page.evaluate("[...document.querySelectorAll('[id]')].map(e => e.id)"))
        for href in page.evaluate("[...document.links].map(a => a.getAttribute('href'))"):
            parts = urlsplit(href)
            if not parts.scheme:
                target = (path.parent / unquote(parts.path)).resolve() if parts.path else path
                links.append((f"{path.name}: {href}", target, unquote(parts.fragment)))
    assert len(links) > 40
    broken = [
        said
        for said, target, fragment in links
        if not target.is_file()
        or site.resolve() not in target.resolve().parents
        or (fragment and fragment not in ids[target])
    ]
    assert broken == []


def test_the_index_offers_all_there_is(site: Path, page: Page) -> None:
    """Quizzes with their papers and keys, decks, guides, tables."""
    page.goto((site / "index.html").as_uri())
    text = " ".join(page.inner_text("main").split())
    for phrase in (
        "Every kind of question",
        "Quizzes Every kind, told at once With all that there is 19 questions · about 20 minutes Every kind, told at",
        "On paper Every kind, told at once Version A large print Version A Answer sheet Version A Answer key",
        "A quiz with the name of another page Version A Version B PDF large print Version A Version B Answer sheet",
        "Decks for Anki Open the file with Anki",
        "Networking 30 notes On paper Flashcards",
        "3 concepts · 1 table · 3 misconceptions On paper Study guide On paper, large print Study guide",
        "Socket and port Socket · Port",
    ):
        assert phrase in text, text
    package = page.locator('a[href="anki/Networking.apkg"]')
    assert package.get_attribute("download") == ""
    page.click("text=A quiz with the name of another page")
    assert page.url.endswith("/index_.html")
    assert page.inner_text("h1") == "A quiz with the name of another page"
    page.click("nav a")
    assert page.url.endswith("/index.html")


FOUND = {
    "port": ["Port"],
    "PROTO": ["Port"],
    "elan": ["Élan vital"],
    "endpoint": ["Socket"],
    "e": ["Élan vital", "Socket", "Port"],
    "vital élan": ["Élan vital"],
    "  ": ["Élan vital", "Port", "Socket"],
    "nothing": [],
    "<b>": [],
}


def test_search_over_the_concepts(site: Path, page: Page) -> None:
    """By name, alias or text, without case and accents; names first; the count is spoken."""
    page.goto((site / "index.html").as_uri())

    def check(typed: str) -> None:
        page.fill("#search", typed)
        found = FOUND[typed]
        assert page.locator("#concepts li > a:visible").all_inner_texts() == found
        assert page.locator("#none").is_visible() == (not found)
        assert page.text_content("#found") == (f"Found: {len(found)}" if typed.strip() else "")
        assert page.locator("#home").is_visible() == (not typed.strip())

    all_hold(((typed, typed) for typed in FOUND), check)


def test_a_concept_found_is_a_click_away(site: Path, page: Page) -> None:
    """From the search to its place in the study guide, by keyboard."""
    page.goto((site / "index.html").as_uri())
    page.fill("#search", "sock")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**/study/networking.html#socket")
    assert page.locator(":target h3").inner_text().startswith("Socket")


def test_each_cell_has_its_sources_a_click_away(site: Path, page: Page) -> None:
    """Named briefly, with the full title on hover; a source without an address is named all the same."""
    page.goto((site / "tables/socket-vs-port.html").as_uri())
    cells = page.locator("tbody tr:not(.about) td")
    assert cells.count() == 4
    assert [cell.locator(".cites").all_inner_texts() for cell in cells.all()] == [
        ["UNIX Network Programming"],
        ["RFC 9293, 3.1"],
        [],
        ["RFC 9293, 3.1\nAn Article"],
    ]
    link = cells.nth(1).locator(".cites a")
    assert link.get_attribute("href") == "https://www.rfc-editor.org/rfc/rfc9293#section-3.1"
    assert link.get_attribute("title") == "RFC 9293: Transmission Control Protocol, 3.1"


@pytest.mark.parametrize("name", PAGES[1:])
def test_misconceptions_are_marked_at_what_they_get_wrong(site: Path, page: Page, name: str) -> None:
    """At the cell, at the row, at the concept; a click shows the claim, and the guide says what holds."""
    page.goto((site / name).as_uri())
    row = page.locator("table.comparison tbody tr").first
    cells = row.locator("td")
    assert cells.nth(0).locator("details").count() == 0
    assert cells.nth(1).locator("summary").inner_text() == "1 misconception"
    assert not cells.nth(1).locator("text=A port is a piece of software.").is_visible()
    cells.nth(1).locator("summary").click()
    assert cells.nth(1).locator("text=A port is a piece of software.").is_visible()
    about = page.locator("table.comparison tr.about summary")
    assert about.inner_text() == "About the whole row: 1 misconception"
    if name == "study/networking.html":
        assert page.locator("#socket summary").inner_text() == "1 misconception"
        cells.nth(1).locator("text=A port is a piece of software.").click()
        assert page.url.endswith("#port-is-software")
    claim = page.locator("section > .refutation, td .refutation:has(blockquote)").filter(
        has_text="piece of software"
    )
    for phrase in ("False.", "A port is a 16-bit number in a header.", "Seen in An Article", "RFC 9293, 3.1"):
        assert phrase in " ".join(claim.first.inner_text().split())


def test_a_guide_has_all_of_its_deck(site: Path, page: Page) -> None:
    """Contents, concepts with aliases and examples, the table, differences in prose, misconceptions, references."""
    page.goto((site / "study/networking.html").as_uri())
    assert page.locator("h1").inner_text() == "Networking"
    assert page.locator("h2").all_inner_texts() == [
        "Concepts", "Socket and port", "Main differences", "Misconceptions", "References",
    ]  # fmt: skip
    assert page.locator(".contents a").count() == 5
    text = page.inner_text("main")
    for phrase in (
        "network socket, communication endpoint",
        "socket(AF_INET, SOCK_STREAM, 0)",
        "Socket. An object that a program holds",
        "Misleading. They are made, named and used in different ways.",
        "W. R. Stevens: UNIX Network Programming, 1990",
    ):
        assert phrase in " ".join(text.split()), phrase
    assert page.locator(".quizzes a").all_inner_texts() == [
        "Every kind, told at once", "Every kind, told at the end", "A quiz with the name of another page", "A short one",
    ]  # fmt: skip
    page.click(".contents a >> text=References")
    assert page.locator(":target").inner_text() == "References"


def test_on_a_phone_a_table_stands_cell_below_cell(site: Path, page: Page) -> None:
    """Each cell then says its column, which on a desktop only the head does."""
    page.goto((site / "tables/socket-vs-port.html").as_uri())
    page.set_viewport_size(PHONE)
    first, second = (page.locator("tbody td").nth(place).bounding_box() for place in (0, 1))
    assert first
    assert second
    assert first["y"] + first["height"] <= second["y"]
    assert page.locator("tbody td .term").first.is_visible()
    page.set_viewport_size(DESKTOP)
    assert not page.locator("tbody td .term").first.is_visible()
