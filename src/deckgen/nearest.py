"""Did you mean …?"""

from __future__ import annotations

import heapq
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

#: Mistypings in a word of so many letters at most are forgiven one for every third letter.
_LETTERS_PER_SLIP = 3
_MOST_SLIPS = 4
#: Words are compared letter by letter with so many candidates at most, the likeliest ones.
_MOST_COMPARED = 400
#: Longer words are not typing mistakes; only their case and their hyphens are forgiven.
_LONGEST = 80
#: A shorter beginning says too little: `co` is not meant to be `correction`.
_SHORTEST_BEGINNING = 3
#: From here on it need not be the whole of either word: `explain` is meant to be `explanation`.
_LONG_BEGINNING = 4


class _Form(NamedTuple):
    """A candidate as it is compared."""

    #: In small letters, with `-` for `_` and spaces.
    text: str
    #: One bit for each letter that occurs.
    letters: int
    candidate: str


class _Index(NamedTuple):
    """Candidates by what finds them at once."""

    by_squashed: dict[str, str]
    by_words: dict[tuple[str, ...], str]
    by_last_part: dict[str, str]
    by_length: dict[int, list[_Form]]
    forms: list[_Form]


def did_you_mean(near: str | None, otherwise: str = "") -> str:
    """Return the question that proposes a word; where there is none, what to say otherwise."""
    return f"did you mean `{near}`?" if near else otherwise


def and_did_you_mean(near: str | None) -> str:
    """Return that question as the end of a sentence, empty where there is nothing to propose."""
    return f"; {did_you_mean(near)}" if near else ""


def nearest(word: str, candidates: Iterable[str]) -> str | None:
    """Return the candidate that was meant by a word, if one is near enough.

    In this order: the same but for case, hyphens, plural or the order of words; mistyped (letters
    missing, added, changed or swapped, one for every three); the last part of a longer id; a
    beginning (`def` for `definition`, `explain` for `explanation`). The order of the candidates does
    not matter, and ten thousand of them take some milliseconds.
    """
    index = _index(tuple(candidates))
    text = _normal(word)
    return (
        _same(text, index)
        or _mistyped(text, index)
        or index.by_last_part.get(text)
        or _beginning(text, index)
    )


@lru_cache(maxsize=16)
def _index(candidates: tuple[str, ...]) -> _Index:
    index = _Index({}, {}, {}, {}, [])
    for candidate in sorted(set(candidates)):
        text = _normal(candidate)
        form = _Form(text, _letters(text), candidate)
        index.by_squashed.setdefault(_squashed(text), candidate)
        index.by_words.setdefault(_words(text), candidate)
        index.by_last_part.setdefault(text.rpartition("/")[2], candidate)
        index.by_length.setdefault(len(text), []).append(form)
        index.forms.append(form)
    return index


def _normal(word: str) -> str:
    return word.strip().casefold().replace("_", "-").replace(" ", "-")


def _squashed(text: str) -> str:
    return text.replace("-", "").replace(".", "")


def _words(text: str) -> tuple[str, ...]:
    return tuple(sorted(text.split("-")))


def _letters(text: str) -> int:
    bits = 0
    for letter in text:
        bits |= 1 << (ord(letter) & 63)
    return bits


def _same(text: str, index: _Index) -> str | None:
    """Look for what differs in nothing but writing, number or the order of words."""
    squashed = _squashed(text)
    for form in (squashed, *_numbers(squashed)):
        if form in index.by_squashed:
            return index.by_squashed[form]
    return index.by_words.get(_words(text))


def _numbers(squashed: str) -> Iterator[str]:
    """Yield the plurals of a word, and what it may be the plural of."""
    yield f"{squashed}s"
    yield f"{squashed}es"
    for plural, singular in (("ies", "y"), ("es", ""), ("s", "")):
        if squashed.endswith(plural) and len(squashed) > len(plural) + 1:
            yield squashed.removesuffix(plural) + singular
    if squashed.endswith("y"):
        yield f"{squashed[:-1]}ies"


def _mistyped(text: str, index: _Index) -> str | None:
    if not text or len(text) > _LONGEST:
        return None
    most = max(1, min(len(text) // _LETTERS_PER_SLIP, _MOST_SLIPS))
    likely = heapq.nsmallest(_MOST_COMPARED, _likely(text, most, index))
    best: tuple[int, int, str] | None = None
    for unlike, form_text, candidate in likely:
        slips = _distance(text, form_text, best[0] if best else most)
        if slips is not None and (best is None or (slips, unlike, candidate) < best):
            best = (slips, unlike, candidate)
    return best[2] if best else None


def _likely(text: str, most: int, index: _Index) -> Iterator[tuple[int, str, str]]:
    """Yield the candidates that can be so few slips away, each with how unlike its letters are.

    A slip brings or takes one letter at most, so the sets of letters differ by no more on either side.
    """
    letters = _letters(text)
    for length in range(len(text) - most, len(text) + most + 1):
        for form in index.by_length.get(length, ()):
            missing, added = letters & ~form.letters, form.letters & ~letters
            if missing.bit_count() <= most and added.bit_count() <= most:
                unlike = missing.bit_count() + added.bit_count() - shared_start(text, form.text)
                yield unlike, form.text, form.candidate


def shared_start(one: Sequence[str], other: Sequence[str]) -> int:
    """Return how many members two texts, or two lists of texts, have in common at their start."""
    count = 0
    for mine, theirs in zip(one, other, strict=False):
        if mine != theirs:
            break
        count += 1
    return count


def _distance(one: str, other: str, most: int) -> int | None:
    """Count the slips between two words (optimal string alignment); None if they are more than `most`."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, mine in enumerate(one, 1):
        before, last, row = row, before, [i]
        for j, theirs in enumerate(other, 1):
            if mine == theirs:
                slips = before[j - 1]
            else:
                slips = 1 + min(before[j], row[j - 1], before[j - 1])
                if i > 1 and j > 1 and mine == other[j - 2] and one[i - 2] == theirs:
                    slips = min(slips, 1 + last[j - 2])
            row.append(slips)
        if min(row) > most:
            return None
    return row[-1] if row[-1] <= most else None


def _beginning(text: str, index: _Index) -> str | None:
    """Look for the candidate that begins most like the word, the shortest of those."""
    if len(text) < _SHORTEST_BEGINNING:
        return None
    start = text[:_LONG_BEGINNING]
    alike = [
        (-shared_start(text, form.text), len(form.text), form.candidate)
        for form in index.forms
        if form.text.startswith(start) or text.startswith(form.text)
    ]
    good = [one for one in alike if _is_beginning(-one[0], len(text), one[1])]
    return min(good)[2] if good else None


def _is_beginning(shared: int, length: int, other: int) -> bool:
    """Return whether one word begins the other, or both begin with two thirds of the shorter one."""
    shorter = min(length, other)
    return shared >= _SHORTEST_BEGINNING and (
        shared == shorter or (shared >= _LONG_BEGINNING and 3 * shared >= 2 * shorter)
    )
