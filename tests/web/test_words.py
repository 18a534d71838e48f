"""Words on the site: typed in the language of the answer, listed in the study guide, found by search."""

from __future__ import annotations

from pathlib import Path

import pytest

from deckgen import sheet
from deckgen.cli.starter import starter
from engine.projects import write_files
from web.conftest import TEMPLATES, course_of, files_of, put


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The files of the course of words that `new` makes."""
    root = tmp_path_factory.mktemp("words")
    write_files(root, starter("spanish-test", "Spanish", "vocabulary"))
    course = course_of(root)
    return files_of(course) | sheet.export(course, TEMPLATES, {})


@pytest.fixture(scope="module")
def folder(made: dict[str, bytes], tmp_path_factory: pytest.TempPathFactory) -> Path:
    return put(made, tmp_path_factory.mktemp("site"))


def test_pages_are_valid_html(made: dict[str, bytes], html_errors) -> None:
    """Tests on paper with their keys, the quiz, the study guides and the index."""
    pages = {name: content for name, content in made.items() if name.endswith(".html") and content}
    assert len(pages) > 6
    assert html_errors(pages) == []


@pytest.mark.parametrize("name", ["index.html", "study/spanish.html", "practice.html"])
def test_pages_are_accessible(page, folder: Path, axe, name: str) -> None:
    """Every one keeps WCAG 2.2 AA."""
    page.goto((folder / name).as_uri())
    assert axe(page) == []


def test_a_quiz_of_words_is_typed(page, folder: Path) -> None:
    """Each field takes any of the meanings, or the term, and says in which language it is."""
    page.goto((folder / "practice.html").as_uri())
    page.click("#begin")
    languages = []
    for _ in range(18):
        form = page.locator("form.question:visible")
        if form.get_attribute("data-kind") == "choice":
            form.locator("li:has([data-right]) label").click()
        else:
            field = form.locator("fieldset input")
            languages.append(field.get_attribute("lang"))
            field.fill(field.evaluate("e => JSON.parse(e.dataset.accept).at(-1)").upper())
        page.click("#primary")
        assert form.locator("[data-part=verdict]").inner_text().strip().endswith("Right")
        page.click("#primary")
    assert page.locator("#score").inner_text().startswith("18 / 18")
    assert languages == ["en"] * 6 + ["es"] * 6


def test_words_are_found_by_what_they_mean(page, folder: Path) -> None:
    """The search knows terms, with or without their accents, and meanings; the guide has a row for each word."""
    page.goto((folder / "index.html").as_uri())
    for typed, found in (("jardin", "el jardín"), ("garden", "el jardín"), ("to shut", "cerrar")):
        page.fill("#search", typed)
        assert page.locator("#concepts li:visible a").all_inner_texts()[0] == found
    page.locator("#concepts li:visible a").first.click()
    assert page.url.endswith("study/spanish.html#cerrar")
    row = page.locator("#cerrar")
    assert row.locator("th").get_attribute("lang") == "es"
    assert "to close · to shut" in row.inner_text()
    assert page.locator("table.words tbody tr").count() == 24
