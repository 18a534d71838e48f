"""Sheets as Chromium prints them: every question there once, whole, and marked right by the printed key."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from deckgen.sheet import export
from deckgen.templating import Templates, read_folder, shipped_folder
from sheet.marking import in_foot, mark, read_key, read_sheet
from sheet.paper import overlapping, read, spilled
from sheet.quizzes import course, random_items, showcase, whole

if TYPE_CHECKING:
    from collections.abc import Callable

    from deckgen.core import Course

TEMPLATES = Templates(read_folder(shipped_folder()))


def pages(made: Course) -> dict[str, bytes]:
    """Export a course with the shipped templates."""
    return export(made, TEMPLATES, {})


QUIZZES = [(1, 1), (2, 7), (9, 3), (60, 4), pytest.param(200, 5, marks=pytest.mark.long)]


@pytest.mark.parametrize(("count", "seed"), QUIZZES)
def test_every_version_is_whole_and_its_key_agrees(
    count: int, seed: int, print_pdf: Callable[[bytes], bytes]
) -> None:
    """Read back from paper: numbers, prompts, options, pages; then marked with the key's own column."""
    items = random_items(count, seed)
    made = course(items, whole(items, versions=2, seed=seed))
    files = pages(made)
    key = read_key(read(print_pdf(files["sheets/quiz/key.html"])), ("A", "B"))
    for version in ("A", "B"):
        paper = read(print_pdf(files[f"sheets/quiz/{version}.html"]))
        assert spilled(paper, margin=8) == []
        assert overlapping(paper) == []
        asked = read_sheet(paper, items)
        assert [question.number for question in asked] == list(range(1, count + 1))
        assert sorted(question.item.id for question in asked) == sorted(item.id for item in items)
        assert [question.item.id for question in asked if question.torn] == []
        assert mark(asked, key[version]) == []
        for page in range(1, len(paper.sizes) + 1):
            foot = " ".join(word.text for word in paper.on(page) if in_foot(word, paper))
            assert f"Page {page} of {len(paper.sizes)}" in foot
            assert f"quiz · Version {version} ·" in foot


def test_head_has_lines_for_name_class_date_and_score(print_pdf: Callable[[bytes], bytes]) -> None:
    """And the title, the subtitle, how many questions, points and minutes, the version and its code."""
    paper = read(print_pdf(pages(showcase())["sheets/quiz/A.html"]))
    top = " ".join(word.text for word in paper.on(1) if word.top < 220)
    for said in (
        "IT Quiz",
        "Sockets, ports and a little IT",
        "14 questions · 18.5 points · 45 minutes",
        "Version A",
        "8GV4",
        "Name",
        "Class",
        "Date",
        "Score / 18.5",
    ):
        assert said in top
