"""Two questions ask the same, with the same answer.

Both would be on one sheet, and a learner would study one thing twice.
A question that is the same in two places is one item: sheets name it by its id.

Bad:
    ```toml
    [deck]
    name = "Arithmetic"

    [[question]]
    id     = "six-times-seven"
    type   = "short"
    prompt = "What is six times seven?"
    answer = "42"

    [[question]]
    id     = "product"
    type   = "short"
    prompt = "What is six times seven?"
    answer = "42"
    ```

Good:
    ```toml
    [deck]
    name = "Arithmetic"

    [[question]]
    id     = "six-times-seven"
    type   = "short"
    prompt = "What is six times seven?"
    answer = "42"
    ```
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from deckgen.core.text import Html, Text
from deckgen.diagnostics import Diagnostic, Place, Related
from deckgen.language.manuscript import Manuscript
from deckgen.language.question import Cloze
from deckgen.language.question.common import Question
from deckgen.rules._rule import Rule

RULE = Rule(__name__)


def check_all(manuscript: Manuscript) -> Iterator[Diagnostic]:
    """Compare what all questions ask and what is right."""
    first: dict[Any, Place] = {}
    for file in manuscript.files:
        for entry in file.entries:
            question: Any = entry.item
            if not isinstance(question, Question):
                continue
            asked = question.text if isinstance(question, Cloze) else getattr(question, "prompt", "")
            said = _folded(asked)
            if " " not in said and said.endswith("?"):
                # "Why?" is understood from what stands around it.
                continue
            key = (type(question), said, _answer(question))
            there = first.setdefault(key, entry.place)
            if there is not entry.place:
                place = entry.place.child("text" if isinstance(question, Cloze) else "prompt")
                related = (Related(there.child(place.path[-1]), "first asked here"),)
                yield RULE.warning("the same question twice", place, "remove one of the two", related=related)


def _answer(question: Any) -> object:
    """Return what is right, as something to compare."""
    for name in ("answer", "answers", "order", "pairs", "model"):
        value = getattr(question, name, None)
        if isinstance(value, str | Html):
            return _folded(value)
        if value is not None:
            return value
    return None


def _folded(text: Text) -> str:
    """Return a text as it looks: runs of white space are one space, capitals do not count."""
    return " ".join((text.html if isinstance(text, Html) else text).split()).casefold()
