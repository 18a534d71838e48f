"""A gap of a cloze text is not closed, empty, numbered wrongly, or where it cannot be asked.

Gaps are numbered in order, or all by hand (`{{c1::…}}`), from 1 to 500, which is as many as Anki takes.
A gap cannot stand in another gap, nor in the address of a link or the alternative text of a picture, which nobody sees.
Where gaps are numbered by hand, `{{…}}` without a number is code in code.

Bad:
    ```toml
    [deck]
    name = "Arithmetic"

    [[question]]
    id   = "product"
    type = "cloze"
    text = "Six times {{seven} is 42."
    ```

Good:
    ```toml
    [deck]
    name = "Arithmetic"

    [[question]]
    id   = "product"
    type = "cloze"
    text = "Six times {{seven}} is {{42::number}}."
    ```
"""

from __future__ import annotations

from collections.abc import Iterator

from deckgen.diagnostics import Diagnostic, Place
from deckgen.language.question import Cloze
from deckgen.language.question.gaps import HIGHEST_GAP, hidden_gaps, read_gaps
from deckgen.language.word import Word
from deckgen.patterns import lazy_pattern
from deckgen.rules._rule import Rule

RULE = Rule(__name__)
_GAP = lazy_pattern(r"\{\{[^{}]*\}\}")
KINDS = (Cloze, Word)

_SAYS = {
    "unclosed": ("a gap that is not closed", "close it with `}}`"),
    "empty": ("a gap without an answer", "write the answer between the braces"),
    "number": ("a gap with a number that Anki does not take", f"number gaps from 1 to {HIGHEST_GAP}"),
    "mixed": ("some gaps are numbered and some are not", "number all of them or none"),
    "nested": ("a gap inside a gap", "close the outer one before, or ask for one of the two"),
    "hidden": ("a gap that nobody sees, in an address or an alternative text", "put it into the text"),
}


def check(item: Cloze | Word, at: Place) -> Iterator[Diagnostic]:
    """Read the gaps and say what is wrong with them."""
    if isinstance(item, Cloze):
        yield from of_text(item.text, at.child("text"))
        return
    for index, example in enumerate(item.examples):
        here = at.child("examples", index)
        if isinstance(example, str):
            yield from of_text(example, here)
        elif isinstance(example.text, str):
            yield from of_text(example.text, here.child("text"))


def of_text(text: str, place: Place) -> Iterator[Diagnostic]:
    """Give what is wrong with the gaps of a text."""
    problems = read_gaps(text)[2]
    for problem in problems or hidden_gaps(text):
        message, label = _SAYS[problem.what]
        rest = text[problem.offset :].split("\n", maxsplit=1)[0]
        whole = _GAP.match(rest)
        excerpt = whole[0] if whole else rest[:24]
        yield RULE.error(f"{message}: `{excerpt}`", place.part(excerpt), label)
