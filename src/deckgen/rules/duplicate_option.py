"""Two options of a question, or two accepted answers, are the same.

A learner who sees an option twice cannot know which of them is meant.

Bad:
    ```toml
    [deck]
    name = "Arithmetic"

    [[question]]
    id          = "six-times-seven"
    type        = "choice"
    prompt      = "What is six times seven?"
    answer      = "42"
    distractors = ["36", "48", "36"]
    ```

Good:
    ```toml
    [deck]
    name = "Arithmetic"

    [[question]]
    id          = "six-times-seven"
    type        = "choice"
    prompt      = "What is six times seven?"
    answer      = "42"
    distractors = ["36", "48", "49"]
    ```
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from deckgen.diagnostics import Diagnostic, Place, Related
from deckgen.language.question import Choice, Multiple, Short
from deckgen.language.word import Word
from deckgen.rules._options import folded, option_text
from deckgen.rules._rule import Rule
from deckgen.rules._words import same

RULE = Rule(__name__)
KINDS = (Choice, Multiple, Short, Word)


def check(question: Choice | Multiple | Short | Word, at: Place) -> Iterator[Diagnostic]:
    """Compare the options of each list with each other."""
    if isinstance(question, Word):
        terms = [(question.term, at.child("term"))]
        terms += [(text, at.child("accept", i)) for i, text in enumerate(question.accept)]
        yield from _repeated("term", terms, same)
        meanings = ((text, at.child("meaning", i)) for i, text in enumerate(question.meaning))
        yield from _repeated("meaning", meanings, same)
        return
    if isinstance(question, Short):
        if question.accept:
            accepted = [(question.answer, at.child("answer"))]
            accepted += [(text, at.child("accept", i)) for i, text in enumerate(question.accept)]
            yield from _repeated("accepted answer", accepted)
        return
    if isinstance(question, Multiple):
        answers = ((answer, at.child("answers", i)) for i, answer in enumerate(question.answers))
        yield from _repeated("answer", answers)
    if len({folded(option_text(option)) for option in question.distractors}) < len(question.distractors):
        options = ((option_text(o), at.child("distractors", i)) for i, o in enumerate(question.distractors))
        yield from _repeated("distractor", options)


def _repeated(
    what: str, options: Iterable[tuple[Any, Place]], fold: Callable[[Any], str] = folded
) -> Iterator[Diagnostic]:
    first: dict[str, Place] = {}
    for text, place in options:
        there = first.setdefault(fold(text), place)
        if there is not place:
            yield RULE.error(f"the same {what} twice", place, related=(Related(there, "first here"),))
