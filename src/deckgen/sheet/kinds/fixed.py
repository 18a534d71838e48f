"""Kinds with nothing to shuffle: every version prints them alike."""

from __future__ import annotations

from typing import TYPE_CHECKING

from deckgen.sheet.arrangement import Arrangement

if TYPE_CHECKING:
    from deckgen.core import Cloze, Item, Numeric, Short, TrueFalse, Word
    from deckgen.ranks import Key


def true_false(item: TrueFalse, _key: Key, versions: int) -> tuple[Arrangement, ...]:
    """Return `true` or `false`."""
    return (Arrangement(solution=str(item.answer).lower()),) * versions


def cloze(item: Cloze, _key: Key, versions: int) -> tuple[Arrangement, ...]:
    """Return what belongs in the gaps, in the order of the text."""
    return (Arrangement(solution=" | ".join(gap.answer for gap in item.gaps)),) * versions


def numeric(item: Numeric, _key: Key, versions: int) -> tuple[Arrangement, ...]:
    """Return the number."""
    return (Arrangement(solution=item.answer),) * versions


def short(item: Short, _key: Key, versions: int) -> tuple[Arrangement, ...]:
    """Return the word or phrase."""
    return (Arrangement(solution=item.answer),) * versions


def word(item: Word, _key: Key, versions: int) -> tuple[Arrangement, ...]:
    """Return what is to be written; nothing for a word that no sheet asks."""
    if item.ask == "fill":
        solution = " | ".join(gap.answer for gap in item.examples[0].gaps)
    elif item.ask == "recognise":
        solution = " / ".join(item.meanings)
    else:
        solution = item.term if item.ask else ""
    return (Arrangement(solution=solution),) * versions


def judged(_item: Item, _key: Key, versions: int) -> tuple[Arrangement, ...]:
    """Return nothing: a person judges what is written."""
    return (Arrangement(solution=""),) * versions
