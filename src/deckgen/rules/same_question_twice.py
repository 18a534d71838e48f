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
    for kind, entries in manuscript.by_class.items():
        if issubclass(kind, Question):
            yield from _in_kind(entries, "text" if issubclass(kind, Cloze) else "prompt")


def _in_kind(entries: list[Entry], key: str) -> Iterator[Diagnostic]:
    """Compare questions of one kind, which ask in this key."""
    asked = [_folded(getattr(entry.item, key, "")) for entry in entries]
    times = Counter(asked)
    if len(times) == len(asked):
        return
    first: dict[Any, Place] = {}
    for entry, said in zip(entries, asked, strict=True):
        # "Why?" is understood from what stands around it.
        if times[said] > 1 and (" " in said or not said.endswith("?")):
            there = first.setdefault((said, _answer(entry.item)), entry.place)
            if there is not entry.place:
                place = entry.place.child(key)
                related = (Related(there.child(key), "first asked here"),)
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
