"""Mark a printed sheet with its printed key, as a person does: by what stands on the two papers.

Both are read back from PDF. Random items (`quizzes.random_items`) begin every prompt, option and entry
with a word met nowhere else, by which they are found; what is right is known from the items.
"""

from __future__ import annotations

import itertools
import re
from typing import TYPE_CHECKING, NamedTuple

from deckgen import core
from sheet.paper import MM

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from deckgen.sheet import PageProfile
    from sheet.paper import Paper, Word


class Asked(NamedTuple):
    """A question as it was read from paper."""

    number: int
    item: core.Item
    words: tuple[Word, ...]
    #: Pages and columns that it stands in.
    places: frozenset[tuple[int, int]]

    @property
    def torn(self) -> bool:
        """Whether it stands on more than one page, or in more than one column."""
        return len(self.places) > 1

    def find(self, text: core.Text) -> Word:
        """Find the first word of a text, which must be there once."""
        first = str(text).split()[0]
        found = [word for word in self.words if word.text.rstrip(".?") == first.rstrip(".?")]
        assert len(found) == 1, (first, self.number, [word.text for word in self.words])
        return found[0]

    def letter_of(self, text: core.Text) -> str:
        """Return the letter that stands before a text, on its line."""
        word = self.find(text)
        before = [
            other
            for other in self.words
            if other.page == word.page
            and other.right <= word.left + 1
            and other.top < word.bottom
            and other.bottom > word.top
            and re.fullmatch(r"[A-Z]{1,2}", other.text)
        ]
        return max(before, key=lambda other: other.right).text


class Layout(NamedTuple):
    """Where a profile prints: the left edge of each column of questions, and the room for numbers (points)."""

    columns: tuple[float, ...]
    hang: float
    #: Whether the head stands above all columns, or in the first.
    head_above: bool

    def column(self, word: Word) -> int:
        """Return the column that a word stands in, from 0."""
        return sum(word.left > edge - 2 for edge in self.columns) - 1


def layout(profile: PageProfile) -> Layout:
    """Return where a profile ought to print; written down here a second time, in mm."""
    left = {"plain": 20.0, "large-print": 20.0, "ink-saving": 12.0, "landscape": 14.0, "two-up": 14.0}[
        profile.name
    ]
    gap = 28.0 if profile.name == "two-up" else 12.0
    columns = (left, (profile.width + gap) / 2) if profile.columns > 1 else (left,)
    return Layout(
        tuple(edge * MM for edge in columns),
        (13.0 if profile.large else 7.0) * MM,
        head_above=profile.name != "two-up",
    )


def read_sheet(paper: Paper, items: Sequence[core.Item], laid: Layout) -> list[Asked]:
    """Find the questions of random items on paper."""
    by_mark = {f"{item.id}x": item for item in items}
    asked = []
    for number, words in numbered(paper, laid).items():
        # A row whose cells do not fit beside each other comes in several tables, each of which says what it is about.
        found = list({word.text: by_mark[word.text] for word in words if word.text in by_mark}.values())
        assert len(found) == 1, (number, found)
        asked.append(
            Asked(number, found[0], words, frozenset((word.page, laid.column(word)) for word in words))
        )
    return asked


def numbered(paper: Paper, laid: Layout) -> dict[int, tuple[Word, ...]]:
    """Return the words of each question: they reach from its number down to the next, column by column."""
    head = next(word for word in paper.words if word.text == "Name")

    def place(word: Word) -> tuple[int, int, float]:
        return word.page, laid.column(word), word.top

    def in_head(word: Word) -> bool:
        return word.page == 1 and word.top < head.bottom and (laid.head_above or laid.column(word) == 0)

    words = sorted(
        (word for word in paper.words if not in_foot(word, paper) and not in_head(word)), key=place
    )
    starts = [word for word in words if _is_number(word, laid.columns[laid.column(word)], laid.hang)]
    # The head of a table of several questions belongs to none of them.
    heads = [
        word
        for word in words
        if re.fullmatch(r"table\S*h", word.text)
        and not any(place(word)[:2] == place(start)[:2] and abs(word.top - start.top) < 6 for start in starts)
    ]
    edges = sorted([*starts, *heads], key=place)
    ends = [(*place(edge)[:2], edge.top - 3) for edge in edges[1:]] + [(len(paper.sizes) + 1, 0, 0.0)]
    return {
        int(start.text): tuple(
            word
            for word in words
            # Heads of columns come again over each page of a table.
            if (*place(start)[:2], start.top - 3) <= place(word) < end and not _is_term(word)
        )
        for start, end in zip(edges, ends, strict=True)
        if start not in heads
    }


def in_foot(word: Word, paper: Paper) -> bool:
    """Whether a word stands in the foot of its page."""
    return word.bottom > paper.sizes[word.page - 1][1] - 38


def _is_number(word: Word, edge: float, hang: float) -> bool:
    return word.text.isdigit() and word.left > edge - 1 and word.right < edge + hang


def _is_term(word: Word) -> bool:
    return bool(re.fullmatch(r"table\S*t\d", word.text))


def read_key(paper: Paper, versions: Sequence[str]) -> dict[str, dict[int, str]]:
    """Read the marking tables: for each version, what is right by number."""
    right: dict[str, dict[int, str]] = {version: {} for version in versions}
    foot = [word.text for word in paper.on(1) if in_foot(word, paper)]
    codes = foot[foot.index("key") + 2 :]
    for page in range(1, len(paper.sizes) + 1):
        words = [word for word in paper.on(page) if not in_foot(word, paper)]
        if any(word.text == "explanations" for word in words):
            break
        for columns, inside in _tables(words, versions, codes[0]):
            numbers = [word for word in inside if word.text.isdigit() and word.right < columns[0][1]]
            numbers.sort(key=lambda word: word.top)
            for place, number in enumerate(numbers):
                until = numbers[place + 1].top if place + 1 < len(numbers) else float("inf")
                row = [word for word in inside if number.top - 3 <= word.top < until - 3]
                for (name, left), (_, end) in zip(columns, [*columns[1:], ("", float("inf"))], strict=True):
                    if name in right:
                        cell = [word for word in row if left - 2 <= word.left < end - 2]
                        right[name][int(number.text)] = " ".join(word.text for word in cell)
    return right


def _tables(
    words: Sequence[Word], versions: Sequence[str], first_code: str
) -> Iterator[tuple[list[tuple[str, float]], list[Word]]]:
    """Give the columns (name, left edge) of each table on a page, and the words below them."""
    heads = [
        word
        for word, code in itertools.pairwise(words)
        if word.text == versions[0] and code.text == first_code and abs(word.top - code.top) < 9
    ]
    for head in heads:
        left = head.left - 40
        beside = [
            other.left - 40 for other in heads if abs(other.top - head.top) < 2 and other.left > head.left
        ]
        below = [other.top for other in heads if abs(other.left - head.left) < 2 and other.top > head.top]
        below += [word.top for word in words if word.text == "Gaps"]  # the note under the tables
        right, bottom = min(beside, default=float("inf")), min(below, default=float("inf"))
        mine = [word for word in words if left < word.left < right and head.top - 4 < word.top < bottom - 4]
        first_line = [word for word in mine if abs(word.bottom - head.bottom) < 6]
        columns = [(word.text, word.left) for word in first_line if word.text in {*versions, "Points"}]
        yield (
            sorted(columns, key=lambda column: column[1]),
            [word for word in mine if word.top > head.bottom - 2],
        )


def mark(asked: Sequence[Asked], key: dict[int, str]) -> list[str]:
    """Return what the key gets wrong, by what is known of the items."""
    assert sorted(key) == [question.number for question in asked]
    return [
        f"{question.number} ({question.item.id}): the key says {key[question.number]!r}"
        for question in asked
        if not _is_right(question, key[question.number])
    ]


def _is_right(question: Asked, said: str) -> bool:
    item = question.item
    if isinstance(item, core.Choice):
        letters = {option.text: question.letter_of(option.text) for option in item.options}
        assert len(set(letters.values())) == len(letters)
        return said.split(", ") == sorted(letters[option.text] for option in item.options if option.right)
    if isinstance(item, core.TrueFalse):
        return said == str(item.answer)
    if isinstance(item, core.Cloze):
        return said == " · ".join(gap.answer for gap in item.gaps)
    if isinstance(item, core.Numeric):
        # English groups digits from five on.
        number = f"{int(item.answer):,}" if len(item.answer) > 4 else item.answer
        return said == f"{number} {item.unit}".strip()
    if isinstance(item, core.Short):
        return said == item.answer
    if isinstance(item, core.Ordering):
        return [
            text
            for _, text in sorted(zip(map(int, said.split(", ")), _down(question, item.entries), strict=True))
        ] == list(item.entries)
    if isinstance(item, core.Matching):
        rights = {
            question.letter_of(text): text for text in [*(pair.right for pair in item.pairs), *item.extra]
        }
        found = zip(_down(question, [pair.left for pair in item.pairs]), said.split(", "), strict=True)
        return {(left, rights[letter]) for left, letter in found} == {
            (pair.left, pair.right) for pair in item.pairs
        }
    return said == "see below"


def _down(question: Asked, texts: Sequence[core.Text]) -> list[core.Text]:
    """Return texts from top to bottom."""
    return sorted(texts, key=lambda text: (question.find(text).page, question.find(text).top))
