"""Without scripts: the questions are there, the answers are not, and a link leads to the key."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from web.answers import questions, sheet

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser

QUESTIONS = questions()


def test_every_question_stands_on_the_page(site: Path, browser: Browser) -> None:
    """With its options, its number and its sections, and nothing that only scripts could work."""
    with browser.new_context(offline=True, java_script_enabled=False) as context:
        page = context.new_page()
        page.goto((site / "immediate.html").as_uri())
        forms = page.locator("form.question:visible")
        asked = [form.get_attribute("data-id") for form in forms.all()]
        sections = sheet("immediate")["section"]
        assert sorted(asked) == sorted(id_.removeprefix("id:") for each in sections for id_ in each["from"])
        text = page.inner_text("main")
        assert "Without it, all questions are listed here." in text
        for each in sections:
            assert each["title"] in text
        for number in range(1, len(asked) + 1):
            assert f"Question {number}" in text
        for phrase in (
            "The listening socket goes on listening.",
            "It stays as it was.",
            "It promises nothing",
        ):
            assert phrase not in text
        for selector in ("#begin", "#controls", "#result", ".move", ".answer", ".why"):
            assert page.locator(f"{selector}:visible").count() == 0, selector


def test_the_link_to_the_key_leads_to_the_key_of_this_version(site: Path, browser: Browser) -> None:
    """The page names the version and the code that stand in the key."""
    with browser.new_context(offline=True, java_script_enabled=False) as context:
        page = context.new_page()
        page.goto((site / "immediate.html").as_uri())
        version = re.search(r"Version (\w+), (\w+)\)", page.inner_text(".unscripted"))
        page.click(".unscripted a")
        assert page.url.endswith("/web/sheets/immediate/key.html")
        assert version
        assert version[2] in page.inner_text("body")


def test_a_script_that_is_not_let_run_brings_the_plain_page_back(
    files: dict[str, bytes], tmp_path: Path, browser: Browser
) -> None:
    """A host that rewrites pages breaks the hash of the script: then the questions must still be there."""
    html = files["web/short.html"]
    changed = html.replace(b'"use strict";', b'"use strict"; ', 1)
    assert changed != html
    (tmp_path / "short.html").write_bytes(changed)
    with browser.new_context(offline=True) as context:
        page = context.new_page()
        page.goto((tmp_path / "short.html").as_uri())
        assert page.locator("form.question:visible").count() == 3
        assert page.locator("#begin").is_hidden()


def test_the_index_lists_all_without_a_search(site: Path, browser: Browser) -> None:
    """Every concept is there as a link; the field that nothing would answer is not."""
    with browser.new_context(offline=True, java_script_enabled=False) as context:
        page = context.new_page()
        page.goto((site / "index.html").as_uri())
        assert page.locator("#concepts a:visible").all_inner_texts() == ["Élan vital", "Port", "Socket"]
        assert page.locator("#search").is_hidden()
