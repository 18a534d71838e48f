"""The table `[sheet]` of `deckgen.toml`: read, checked, described."""

from __future__ import annotations

import tomllib

import jsonschema
import pytest

from deckgen import core
from deckgen.compiler.parse import parse_project
from deckgen.language.schema import schema

_HEAD = 'id = "sample"\ntitle = "Sample"\n[sheet]\n'
_FULL = """\
paper = "Letter"
profile = "ink-saving"
also = ["large-print", "two-up"]
study_guides = false
flashcards = 10
flip = "short-edge"
bubble_sheets = true
"""


def test_the_table_says_how_the_project_is_printed() -> None:
    """Every key reaches the targets."""
    project, mistakes = parse_project("deckgen.toml", _HEAD + _FULL)
    assert mistakes == []
    assert project
    assert project.lower().printing == core.Printing(
        paper="Letter",
        profile="ink-saving",
        also=("large-print", "two-up"),
        study_guides=False,
        flashcards=10,
        flip="short-edge",
        bubble_sheets=True,
    )


@pytest.mark.parametrize(
    ("line", "path", "code", "label"),
    [
        ('papr = "A4"', ("sheet", "papr"), "unknown-key", "did you mean `paper`?"),
        ('profile = "large"', ("sheet", "profile"), "unknown-value", 'did you mean "large-print"?'),
        ('also = ["two-up", "landscap"]', ("sheet", "also", 1), "unknown-value", 'did you mean "landscape"?'),
        ('flashcards = "8"', ("sheet", "flashcards"), "wrong-type", "write it without quotes"),
    ],
)
def test_a_mistake_in_the_table_is_located(line: str, path: tuple[str, ...], code: str, label: str) -> None:
    """At the key or the value, with what was meant; and the schema refuses it too."""
    _, mistakes = parse_project("deckgen.toml", _HEAD + line)
    assert [(found.place.path, found.code, found.label) for found in mistakes] == [(path, code, label)]
    assert not _fits(_HEAD + line)


def test_the_schema_describes_the_table() -> None:
    """It takes what is right, and no number of flashcards that no page holds."""
    assert _fits(_HEAD + _FULL)
    assert not _fits(_HEAD + "flashcards = 9")


def _fits(text: str) -> bool:
    return jsonschema.Draft202012Validator(schema("project")).is_valid(tomllib.loads(text))
