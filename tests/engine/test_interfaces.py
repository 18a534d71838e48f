"""The interface of a file of cards changes with all that others see of it, and with nothing else."""

from __future__ import annotations

import pytest

from deckgen.compiler.parse import parse
from deckgen.engine.interfaces import interface

FILE = """\
[deck]
name = "Sums"

[[question]]
id = "q1"
type = "choice"
prompt = "What is one and one?"
answer = "two"
distractors = ["three", { text = "four", misconception = "sums-are-products", why = "No." }]
tags = ["easy"]
difficulty = "easy"
sources = ["euclid#1"]
explanation = "![a sum](media/sum.svg)"
was = ["q0"]
"""


def interface_of(text: str) -> str:
    """Return the interface of a file without mistakes of shape."""
    file, found = parse("cards/a.toml", text)
    assert not found
    return interface(file)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('id = "q1"', 'id = "q2"'),
        ('type = "choice"', 'type = "multiple"'),
        ('["easy"]', '["easy", "sums"]'),
        ('difficulty = "easy"', 'difficulty = "hard"'),
        ("euclid#1", "euclid#2"),
        ("sums-are-products", "sums-are-powers"),
        ("media/sum.svg", "media/two.svg"),
        ('["q0"]', '["q00"]'),
        ('name = "Sums"', 'name = "Products"'),
    ],
)
def test_what_others_see_is_in_it(old: str, new: str) -> None:
    """Ids, types, tags, difficulties, sources, misconceptions, pictures and decks."""
    text = FILE.replace(old, new)
    if "multiple" in new:
        text = text.replace('answer = "two"', 'answers = ["two"]')
    assert text != FILE
    assert interface_of(text) != interface_of(FILE)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("What is one", "How much is one"),
        ('"three"', '"five"'),
        ('answer = "two"', 'answer = "2"'),
        ("No.", "By no means."),
        ("[a sum]", "[another sum]"),
    ],
)
def test_what_a_question_says_is_not(old: str, new: str) -> None:
    """The words of a question are its own."""
    text = FILE.replace(old, new)
    assert text != FILE
    assert interface_of(text) == interface_of(FILE)
