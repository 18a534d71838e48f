"""The judges of pages see what is wrong, and what they said is remembered of the very page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from browser import judge

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

RIGHT = (
    b'<!DOCTYPE html>\n<html lang="en"><head><title>A page</title></head><body><p>Text.</p></body></html>\n'
)
WRONG = RIGHT.replace(b"<p>Text.</p>", b'<p>Text.</i>\n<img src="a.png">')


def test_both_judges_object_to_a_wrong_page(tmp_path: Path) -> None:
    """They are really asked here, whatever is remembered; each names the page and the line."""
    (tmp_path / "right.html").write_bytes(RIGHT)
    (tmp_path / "wrong.html").write_bytes(WRONG)
    said = judge(tmp_path)
    assert {(who, page) for who, page, _ in said} == {("nu", "wrong"), ("html-validate", "wrong")}
    assert {text.partition(":")[0] for *_, text in said} >= {"2", "3"}


def test_objections_are_remembered(html_errors: Callable[[Mapping[str, bytes]], list[str]]) -> None:
    """Asked again, by itself or beside another page, under another name: the same is said, of the page alone."""
    said = html_errors({"a/wrong.html": WRONG, "right.html": RIGHT, "same.html": RIGHT})
    assert {each.partition(": wrong.html:")[0] for each in said} == {"nu", "html-validate"}
    assert html_errors({"wrong.html": WRONG}) == said
    assert html_errors({"right.html": RIGHT}) == []
    assert html_errors({"x.html": WRONG}) == [each.replace("wrong.html", "x.html") for each in said]
