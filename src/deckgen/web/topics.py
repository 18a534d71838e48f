"""By what the score of a quiz is broken down."""

from __future__ import annotations

from typing import TYPE_CHECKING

from deckgen.text import plain

if TYPE_CHECKING:
    from collections.abc import Mapping

    from deckgen.sheet.version import Version


def topics_of(version: Version) -> tuple[tuple[str, ...], Mapping[int, tuple[int, ...]]]:
    """Return the topics' names, and for each question number the topics it counts for.

    Topics are the sheet's titled sections; else the decks its questions are from, else their tags,
    leaving out what does not distinguish questions.
    """
    for names in (_sections(version), _decks(version), _tags(version)):
        topics = tuple(dict.fromkeys(name for each in names.values() for name in each))
        if len(topics) > 1:
            place = {topic: number for number, topic in enumerate(topics)}
            return topics, {number: tuple(place[name] for name in each) for number, each in names.items()}
    return (), {question.number: () for question in version.questions}


def _sections(version: Version) -> dict[int, tuple[str, ...]]:
    titles = [(plain(part.title), part) for part in version.parts]
    return {q.number: (title,) if title else () for title, part in titles for q in part.questions}


def _decks(version: Version) -> dict[int, tuple[str, ...]]:
    return {q.number: (q.item.subject,) for q in version.questions}


def _tags(version: Version) -> dict[int, tuple[str, ...]]:
    questions = version.questions
    common = set.intersection(*(set(q.item.tags) for q in questions)) if questions else set()
    return {q.number: tuple(tag for tag in q.item.tags if tag not in common) for q in questions}
