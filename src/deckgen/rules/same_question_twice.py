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

from collections import Counter
from collections.abc import Iterator
from typing import Any

from deckgen.core.text import Html, Text
from deckgen.diagnostics import Diagnostic, Place, Related
from deckgen.language.manuscript import Entry, Manuscript
from deckgen.language.question import Cloze
from deckgen.language.question.common import Question
from deckgen.rules._rule import Rule

RULE = Rule(__name__)


def check_all(manuscript: Manuscript) -> Iterator[Diagnostic]:
    """Compare what all questions ask and what is right."""
    asked: list[tuple[Entry, str]] = []
    for entry in manuscript.items:
        question = entry.item
        if isinstance(question, Question):
            said = _folded(question.text if isinstance(question, Cloze) else getattr(question, "prompt", ""))
            # "Why?" is understood from what stands around it.
            if " " in said or not said.endswith("?"):
                asked.append((entry, said))
    times = Counter(said for _, said in asked)
    first: dict[Any, Place] = {}
    for entry, said in asked:
        if times[said] > 1:
            question = entry.item
            there = first.setdefault((type(question), said, _answer(question)), entry.place)
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
