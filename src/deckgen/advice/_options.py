"""The options of a question, with their places."""

from __future__ import annotations

from collections.abc import Iterator

from deckgen.core.text import Text
from deckgen.diagnostics import Place
from deckgen.language.question import Choice, Multiple
from deckgen.rules._options import option_text


def wrong_options(question: Choice | Multiple, at: Place) -> Iterator[tuple[Text, Place]]:
    """Yield the distractors."""
    for index, option in enumerate(question.distractors):
        yield option_text(option), at.child("distractors", index)


def all_options(question: Choice | Multiple, at: Place) -> Iterator[tuple[Text, Place]]:
    """Yield the right options, then the distractors."""
    if isinstance(question, Choice):
        yield question.answer, at.child("answer")
    else:
        for index, answer in enumerate(question.answers):
            yield answer, at.child("answers", index)
    yield from wrong_options(question, at)
