"""Put pages together to papers: one answer sheet that one student filled in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import msgspec

from deckgen.marking.judging import Mark, judge, printed
from deckgen.sheet.geometry import AnswerSheet, Page

if TYPE_CHECKING:
    from deckgen.marking.reading import Reading

#: Two pictures of one page differ by less: the mean ink of marked bubbles, and the most ink of a field of the head.
_SAME_MARKS, _SAME_HEAD = 0.03, 0.06


class MarkedPage(msgspec.Struct, frozen=True):
    """A page and what is in each of its bubbles."""

    key: str
    name: str
    page: Page
    marks: tuple[Mark, ...]


class Paper(msgspec.Struct, frozen=True):
    """An answer sheet that somebody filled in."""

    #: From 1, in the order of the scans.
    number: int
    #: The serial number of the copy, 0 where copies are not numbered.
    serial: int
    sheet: AnswerSheet
    pages: tuple[MarkedPage, ...]

    @property
    def missing(self) -> tuple[int, ...]:
        """The numbers of its pages that were not scanned."""
        there = {each.page.page for each in self.pages}
        return tuple(page.page for page in self.sheet.pages if page.page not in there)

    @property
    def name(self) -> str:
        """Its name for people: its first page among the scans."""
        return self.pages[0].name


class Collated(msgspec.Struct, frozen=True):
    """What was scanned."""

    papers: tuple[Paper, ...]
    #: Names of pages that were scanned twice, and of those that they are the same as.
    doubles: tuple[tuple[str, str], ...]
    #: Pages with the serial number of one that was scanned before, and other marks: the first one counts.
    differing: tuple[tuple[str, str], ...]


def collate(readings: Sequence[Reading], sheets: Sequence[AnswerSheet]) -> Collated:
    """Judge all pages that were read, and put them together.

    A page that was scanned before is left out. Pages with one serial number are of one paper. A page without belongs to
    the same paper as the page scanned just before it, if that is of the same version and has no such page yet.
    """
    by_code = {sheet.code: sheet for sheet in sheets}
    layout: Mapping[tuple[str, int], Page] = {
        (sheet.code, page.page): page for sheet in sheets for page in sheet.pages
    }
    good = [reading for reading in readings if reading.fault is None and reading.ink is not None]
    known = printed((layout[each.code, each.page], each.ink) for each in good if each.ink)
    papers: list[tuple[str, int, list[MarkedPage]]] = []
    by_serial: dict[tuple[str, int], list[MarkedPage]] = {}
    doubles, differing = [], []
    before: dict[tuple[str, int], list[tuple[Reading, tuple[Mark, ...]]]] = {}
    for reading in good:
        if reading.ink is None:
            continue
        page = layout[reading.code, reading.page]
        marks = judge(page, reading.ink, known)
        earlier = before.setdefault((reading.code, reading.page), [])
        same = next(
            (
                other
                for other, theirs in earlier
                if other.serial == reading.serial and _is_same(reading, marks, other, theirs)
            ),
            None,
        )
        if same:
            doubles.append((reading.name, same.name))
            continue
        earlier.append((reading, marks))
        made = MarkedPage(reading.key, reading.name, page, marks)
        code, serial, last = papers[-1] if papers else ("", 0, [])
        if reading.serial:
            code, serial = reading.code, reading.serial
            if (code, serial) not in by_serial:
                papers.append((code, serial, by_serial.setdefault((code, serial), [])))
            last = by_serial[code, serial]
            if other := next((each for each in last if each.page.page == reading.page), None):
                differing.append((reading.name, other.name))
                continue
            last.append(made)
        elif (code, serial) == (reading.code, 0) and all(other.page.page != reading.page for other in last):
            last.append(made)
        else:
            papers.append((reading.code, 0, [made]))
    return Collated(
        tuple(
            Paper(number, serial, by_code[code], tuple(sorted(pages, key=lambda each: each.page.page)))
            for number, (code, serial, pages) in enumerate(papers, start=1)
        ),
        tuple(doubles),
        tuple(differing),
    )


def _is_same(one: Reading, marks: Sequence[Mark], other: Reading, theirs: Sequence[Mark]) -> bool:
    """Return whether two pictures show one page: the same marks, as dark as each other, and the same handwriting."""
    if one.ink is None or other.ink is None:
        return False
    places = [
        place
        for place, pair in enumerate(zip(marks, theirs, strict=True))
        if any(mark is not Mark.EMPTY for mark in pair)
    ]
    if any((marks[place] is Mark.MARKED) != (theirs[place] is Mark.MARKED) for place in places):
        return False
    apart = [abs(one.ink.inside[place] - other.ink.inside[place]) for place in places]
    head = max(
        (abs(here - there) for here, there in zip(one.ink.head, other.ink.head, strict=True)), default=0.0
    )
    return sum(apart) < _SAME_MARKS * max(len(apart), 1) and head < _SAME_HEAD
