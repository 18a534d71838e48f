"""What learners may type for words, on cards and on screens."""

from __future__ import annotations

from typing import TYPE_CHECKING

from deckgen.patterns import lazy_pattern
from deckgen.text.ruby import base

if TYPE_CHECKING:
    from deckgen.core import Text, Word

#: What explains a meaning, with its space: `to know (a fact)`.
_IN_BRACKETS = lazy_pattern(r"\s*(?:\([^()]*\)|（[^（）]*）)\s*")


def typed_terms(word: Word) -> tuple[str, ...]:
    """Return the terms that are right when typed, the word's own first."""
    return _distinct([base(term) for term in (word.term, *word.accept)])


def typed_meanings(word: Word) -> tuple[str, ...]:
    """Return the meanings that are right when typed; what is in brackets may be left out."""
    meanings = [base(meaning) for meaning in word.meanings]
    bare = [" ".join(_IN_BRACKETS.sub(" ", meaning).split()) for meaning in meanings]
    return _distinct([*meanings, *filter(None, bare)])


def typed_answers(word: Word) -> tuple[str, ...]:
    """Return what is right when typed for a word as a sheet asks it."""
    return typed_meanings(word) if word.ask == "recognise" else typed_terms(word)


def heard(word: Word, label: str) -> Text:
    """Return the Markdown that plays a word, with a label for those who do not see the player."""
    return word.sound.replace("![](", f"![{label}](", 1) if isinstance(word.sound, str) else word.sound


def _distinct(texts: list[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(texts))
