"""Put pages together to papers: one answer sheet that one student filled in."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import msgspec

from deckgen.marking.judging import empty_boxes, judge, printed
from deckgen.marking.rows import MarkedPage, student_number
from deckgen.sheet.bubble_marks import Mark
from deckgen.sheet.geometry import AnswerSheet, Page

if TYPE_CHECKING:
    from collections.abc import Mapping

    from deckgen.marking.decisions import Decisions
    from deckgen.marking.reading import Reading

#: Two pictures of one page differ by less: the mean ink of marked bubbles, the most ink of a field that is written in.
_SAME_MARKS, _SAME_FIELD = 0.03, 0.06
#: A page with fewer marks and fields with ink tells nothing: two that are nearly empty are alike, whoever's they are.
_TELLING, _WRITTEN = 5, 0.04


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
    def key(self) -> str:
        """What decisions about it are kept by: the key of its first page."""
        return self.pages[0].key

    @property
    def name(self) -> str:
        """Its name for people: its first page among the scans."""
        return self.pages[0].name


class Join(msgspec.Struct, frozen=True):
    """A page without a serial number that is taken for one of the paper of the page before it."""

    page: MarkedPage
    before: MarkedPage
    #: None where nobody said so.
    same_paper: bool | None


class Judged(msgspec.Struct, frozen=True):
    """The pages that could be read, in the order of the scans, each once."""

    pages: tuple[MarkedPage, ...]
    #: Names of pages that were scanned twice, and of those that they are the same as.
    doubles: tuple[tuple[str, str], ...]


class Collated(msgspec.Struct, frozen=True):
    """The papers of a pile."""

    papers: tuple[Paper, ...]
    #: Pages with the serial number of one that was scanned before, and other marks: the first one counts.
    differing: tuple[tuple[str, str], ...]
    joins: tuple[Join, ...]


def judged(readings: Sequence[Reading], sheets: Sequence[AnswerSheet]) -> Judged:
    """Judge all pages that were read; one that was scanned before is left out."""
    layout: Mapping[tuple[str, int], Page] = {
        (sheet.code, page.page): page for sheet in sheets for page in sheet.pages
    }
    good = [reading for reading in readings if reading.fault is None and reading.ink is not None]
    known = printed((layout[each.code, each.page], each.ink) for each in good if each.ink)
    bare: dict[tuple[str, int], tuple[float, ...]] = {}
    for each in good:
        if each.ink:
            fields = each.ink.head + each.ink.written
            bare[each.code, each.page] = tuple(map(min, bare.get((each.code, each.page), fields), fields))
    pages, doubles = [], []
    before: dict[tuple[str, int, int], list[tuple[Reading, tuple[Mark, ...]]]] = {}
    for reading in good:
        if reading.ink is None:
            continue
        page = layout[reading.code, reading.page]
        marks = judge(page, reading.ink, known)
        earlier = before.setdefault((reading.code, reading.page, reading.serial), [])
        least = bare[reading.code, reading.page]
        again = (other for other, theirs in earlier if _is_same(reading, marks, other, theirs, least))
        if same := next(again, None):
            doubles.append((reading.name, same.name))
            continue
        earlier.append((reading, marks))
        blank = empty_boxes(page, reading.ink)
        pages.append(MarkedPage(reading.key, reading.name, reading.code, reading.serial, page, marks, blank))
    return Judged(tuple(pages), tuple(doubles))


class _Pile(msgspec.Struct):
    """Pages of one paper, while more are looked for."""

    code: str
    serial: int
    pages: list[MarkedPage]

    def lacks(self, page: MarkedPage) -> bool:
        """Return whether a page may be of this paper."""
        return self.code == page.code and all(each.page.page != page.page.page for each in self.pages)

    @property
    def first(self) -> MarkedPage:
        """Return its first page, whatever came first out of the scanner."""
        return min(self.pages, key=lambda each: each.page.page)

    @property
    def has_number(self) -> bool:
        """Return whether it has the page with the bubbles of the student number."""
        return any(page.page.student for page in self.pages)


def collate(pages: Sequence[MarkedPage], sheets: Sequence[AnswerSheet], decisions: Decisions) -> Collated:
    """Put pages together.

    Pages with one serial number are of one paper. A page without belongs to the same paper as the page scanned just
    before it, if that is of the same version and has no such page yet, and no person says otherwise.
    """
    by_code = {sheet.code: sheet for sheet in sheets}
    piles: list[_Pile] = []
    by_serial: dict[tuple[str, int], _Pile] = {}
    differing, joins = [], []
    before: MarkedPage | None = None
    for page in pages:
        if page.serial:
            place = page.code, page.serial
            if place not in by_serial:
                by_serial[place] = _Pile(page.code, page.serial, [])
                piles.append(by_serial[place])
            pile = by_serial[place]
            if pile.lacks(page):
                pile.pages.append(page)
            else:
                other = next(each for each in pile.pages if each.page.page == page.page.page)
                differing.append((page.name, other.name))
        elif piles and before and not piles[-1].serial and piles[-1].lacks(page):
            joins.append(Join(page, before, decisions.joins.get(page.key)))
            if joins[-1].same_paper is False:
                piles.append(_Pile(page.code, 0, [page]))
            else:
                piles[-1].pages.append(page)
        else:
            piles.append(_Pile(page.code, 0, [page]))
        before = page
    papers = (
        Paper(
            number,
            pile.serial,
            by_code[pile.code],
            tuple(sorted(pile.pages, key=lambda each: each.page.page)),
        )
        for number, pile in enumerate(_of_students(piles, decisions), start=1)
    )
    return Collated(tuple(papers), tuple(differing), tuple(joins))


def _of_students(piles: Sequence[_Pile], decisions: Decisions) -> list[_Pile]:
    """Put pages that a person gave to a student to the paper with the number of that student."""
    given = [pile for pile in piles if decisions.students.get(pile.first.key) and not pile.has_number]
    whole = [pile for pile in piles if pile not in given]
    numbers = [student_number(pile.pages, decisions) if given else None for pile in whole]
    for pile in given:
        number = decisions.students[pile.first.key]
        homes = (
            home
            for home, its in zip(whole, numbers, strict=False)
            if its == number and all(home.lacks(page) for page in pile.pages)
        )
        if home := next(homes, None):
            home.pages += pile.pages
        else:
            whole.append(pile)
    return whole


def _is_same(
    one: Reading, marks: Sequence[Mark], other: Reading, theirs: Sequence[Mark], bare: Sequence[float]
) -> bool:
    """Return whether two pictures show one page: the same marks, as dark as each other, and the same handwriting.

    `bare` is the ink of each field of such a page that nobody wrote in.
    """
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
    fields = list(zip(one.ink.head + one.ink.written, other.ink.head + other.ink.written, strict=True))
    telling = sum(min(pair) > _WRITTEN + least for pair, least in zip(fields, bare, strict=True))
    if one.serial == 0 and len(places) + telling < _TELLING:
        return False
    most = max((abs(here - there) for here, there in fields), default=0.0)
    return sum(apart) < _SAME_MARKS * max(len(apart), 1) and most < _SAME_FIELD
