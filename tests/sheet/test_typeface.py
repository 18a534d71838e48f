"""A page carries its faces: those it uses, and no others."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from deckgen import core
from deckgen.sheet import export
from deckgen.sheet.typeface import rules
from deckgen.templating.own import templates_of
from sheet.paper import fonts
from sheet.quizzes import course, head, whole

if TYPE_CHECKING:
    from collections.abc import Callable

TEMPLATES = templates_of({})


def families(content: str, *, large: bool = False) -> set[str]:
    return set(re.findall(r'font-family: "([^"]+)"', rules(content, large=large)))


@pytest.mark.parametrize(
    ("content", "more"),
    [
        ("plain words, “quoted”, naïve", set()),
        ("Łódź", {"STIX Two Text latin-ext", "Atkinson Hyperlegible Next latin-ext"}),
        ("λ", {"STIX Two Text greek"}),
        ("порт", {"STIX Two Text cyrillic"}),
        ("<code>bind</code>", {"Atkinson Hyperlegible Mono"}),
    ],
)
def test_faces_follow_from_what_is_written(content: str, more: set[str]) -> None:
    """By script, and by whether there is code."""
    assert families(content) == {"STIX Two Text", "Atkinson Hyperlegible Next"} | more


def test_large_print_has_no_serifs() -> None:
    """Not even the file of them."""
    assert families("plain λ", large=True) == {"Atkinson Hyperlegible Next"}


def test_pages_are_set_in_their_own_faces(print_pdf: Callable[[bytes], bytes]) -> None:
    """Whatever the machine has: Latin of all Europe, Greek and Cyrillic come from the page."""
    item = core.Short(**head("q"), prompt="Łódź, *œuvre*, **λόγος**, порт: `bind`?", answer="a")
    made = course((item,), whole((item,)))
    used = fonts(print_pdf(export(made, TEMPLATES, {})["sheets/quiz/A.html"]))
    assert {re.sub(r"^[A-Z]{6}\+", "", name).partition("-")[0] for name in used} <= {
        "STIXTwoText",
        "AtkinsonHyperlegibleNext",
        "AtkinsonHyperlegibleMonoExtraLight",  # so it is called inside, whatever its weight
    }
    assert all(used.values())
