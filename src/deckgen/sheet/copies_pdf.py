"""Print numbered copies of a sheet as one PDF, through WeasyPrint.

Each version is set once. Its pages are then drawn for every copy, and onto them, as onto a form, who writes the copy
and the squares that programs read: so a hundred copies take little more time and space than one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

import msgspec

from deckgen.sheet.bubbles import SheetPage
from deckgen.sheet.copies import Copy
from deckgen.sheet.marks import QUESTION_PAGES, Square, bits, marks, serial
from deckgen.sheet.pdf import engine, opened
from deckgen.sheet.profile import POINT
from deckgen.sheet.student_number import Block
from deckgen.sheet.writing import width

#: Millimetres in a pixel of CSS.
_PIXEL = 25.4 / 96
#: Question sheets leave room for the squares at the top, and for the marks in the corners.
_ROOM = """
@page { margin-top: 21mm !important; margin-bottom: 19mm !important;
  @bottom-left { padding-left: 4mm } @bottom-right { padding-right: 4mm } }
"""
#: Where names are written, which becomes an anchor that WeasyPrint tells the place of.
_ANCHOR = "copy-name-"
#: Above this a line of text stands in the middle of the squares; mm.
_COPY_TOP, _COPY_GAP = 14.0, 3.0
#: Outline of squares that are white; mm.
_HAIR = 0.1


class VersionPages(msgspec.Struct, frozen=True, kw_only=True):
    """A version as pages of HTML."""

    code: str
    questions: bytes
    #: None where no question is answered with bubbles.
    answers: bytes | None
    answer_pages: tuple[SheetPage, ...]


class Place(msgspec.Struct, frozen=True):
    """Where a name is written, in mm, and its size in points."""

    left: float
    top: float
    width: float
    height: float
    size: float


class Written(msgspec.Struct, frozen=True):
    """A digit of the student number in its box; mm."""

    text: str
    left: float
    top: float
    width: float


class Text(msgspec.Struct, frozen=True, kw_only=True):
    """The words that are printed onto a page of a copy."""

    serial: int
    number: str
    name: str
    left: float
    top: float = _COPY_TOP
    width: float
    names: tuple[Place, ...] = ()
    digits: tuple[Written, ...] = ()


class _Base(msgspec.Struct, frozen=True, kw_only=True):
    """A page of a version: its index among all pages, and what is printed onto it."""

    index: int
    code: str
    #: As in the squares that say it.
    page: int
    is_answers: bool
    size: tuple[float, float]
    names: tuple[tuple[float, float, float, float], ...]
    student: Block | None


#: Makes the page of HTML with texts to print onto pages of a size.
Overlay = Callable[[Sequence[Text], tuple[float, float]], bytes]


def copies_pdf(
    versions: Mapping[tuple[str, bool], VersionPages],
    copies: Sequence[Copy],
    overlay: Overlay,
    *,
    large: bool = False,
    one_sided: bool = False,
) -> bytes:
    """Return all copies one after the other, each as its question sheet and its answer sheet.

    Both begin on the front of a sheet of paper; if they are printed `one_sided`, there are no empty pages for that.

    Raises:
        NoEngineError: if WeasyPrint is not installed.
    """
    documents: list[Any] = []
    bases = {kind: tuple(_set(each, documents)) for kind, each in versions.items()}
    texts: dict[tuple[float, float], list[Text]] = {}
    plan: list[tuple[Copy, list[tuple[_Base, tuple[float, float], int]]]] = []
    for copy in copies:
        pages = []
        for base in bases[copy.kind]:
            text = _text(base, copy, large=large)
            there = texts.setdefault(base.size, [])
            if text not in there[-3:]:
                there.append(text)
            pages.append((base, base.size, len(there) - 1 - there[::-1].index(text)))
        plan.append((copy, pages))
    first: dict[tuple[float, float], int] = {}
    for size, made in texts.items():
        first[size] = sum(len(document.pages) for document in documents)
        documents.append(opened(overlay(made, size)).render())

    def assemble(_document: Any, pdf: Any) -> None:
        joiner = _Joiner(pdf)
        for copy, pages in plan:
            for part in (False, True):
                drawn = [each for each in pages if each[0].is_answers == part]
                for base, size, number in drawn:
                    joiner.page(base.index, _drawing(base, copy), first[size] + number)
                if len(drawn) % 2 and not one_sided:
                    joiner.empty()
        joiner.finish()

    whole = documents[-1].copy([page for document in documents for page in document.pages])
    written: bytes = whole.write_pdf(finisher=assemble)
    return written


def _set(version: VersionPages, documents: list[Any]) -> Iterator[_Base]:
    """Set a version, and yield its pages."""
    for html, is_answers in ((version.questions, False), (version.answers, True)):
        if html is None:
            continue
        source = opened(html)
        found = (
            element
            for parent in source.etree_element.iter()
            if parent.get("class") == "who-name"
            for element in parent
        )
        for number, element in enumerate(found):
            element.set("id", f"{_ANCHOR}{number}")
        before = sum(len(document.pages) for document in documents)
        css = [] if is_answers else [engine().CSS(string=_ROOM)]
        document = source.render(stylesheets=css)
        documents.append(document)
        for number, page in enumerate(document.pages):
            yield _Base(
                index=before + number,
                code=version.code,
                page=number + 1 if is_answers else QUESTION_PAGES + number + 1,
                is_answers=is_answers,
                size=(round(page.width * _PIXEL, 2), round(page.height * _PIXEL, 2)),
                names=tuple(
                    tuple(round(side * _PIXEL, 2) for side in sides)
                    for name, sides in page.anchors.items()
                    if name.startswith(_ANCHOR)
                ),
                student=version.answer_pages[number].student if is_answers else None,
            )


def _text(base: _Base, copy: Copy, *, large: bool) -> Text:
    """Return the words for a page of a copy."""
    last = serial(0, base.size[0])[-1]
    left = last.x + last.side / 2 + _COPY_GAP
    return Text(
        serial=copy.serial,
        number=copy.number,
        name=copy.name,
        left=round(left, 2),
        width=round(base.size[0] - left - 20, 2),
        names=tuple(_name(sides, copy.name, large=large) for sides in base.names if copy.name),
        digits=tuple(_digits(base.student, copy.number)) if base.student else (),
    )


def _name(sides: tuple[float, float, float, float], name: str, *, large: bool) -> Place:
    left, top, right, bottom = sides
    # A letter is half as wide as it is high; a longer name is set smaller, down to what can be read.
    fits = (right - left) / (0.5 * width(name)) / POINT
    size = max(6.5, min(14.0 if large else 10.5, fits))
    return Place(left, round(top + 1.2, 2), round(right - left, 2), round(bottom - top, 2), round(size, 1))


def _digits(block: Block, number: str) -> Iterator[Written]:
    for box, digit in zip(block.boxes, number, strict=False):
        yield Written(digit, round(box.x - box.side / 2, 2), round(box.y - box.side / 2, 2), box.side)


def _drawing(base: _Base, copy: Copy) -> bytes:
    """Return the squares and filled bubbles of a page of a copy, as operators of a PDF."""
    across, height = base.size
    squares = [each for each in serial(copy.serial, across) if each.filled]
    if not base.is_answers:
        squares += [*marks(across, height).values(), *bits(base.code, base.page, across)]
    drawn = ["0 g 0 G", f"{_HAIR / POINT:.3f} w", *(_square(each, height) for each in squares)]
    if base.student:
        for bubble in base.student.bubbles:
            if copy.number[bubble.digit - 1 : bubble.digit] == bubble.option:
                # A line of no length with a round end is a disc (ISO 32000-1, 8.5.3.2).
                at = f"{bubble.x / POINT:.3f} {(height - bubble.y) / POINT:.3f}"
                drawn.append(f"1 J {2 * bubble.radius / POINT:.3f} w {at} m {at} l S")
    return "\n".join(drawn).encode()


def _square(square: Square, height: float) -> str:
    side = square.side / POINT
    left = square.x / POINT - side / 2
    low = (height - square.y) / POINT - side / 2
    return f"{left:.3f} {low:.3f} {side:.3f} {side:.3f} re {'f' if square.filled else 'S'}"


class _Joiner:
    """Makes pages of pages: what stands on them is kept once in the file."""

    def __init__(self, pdf: Any) -> None:
        self._pdf = pdf
        self._pages = [pdf.objects[number] for number in pdf.pages["Kids"][::3]]
        self._save, self._restore = (self._stream(each) for each in (b"q", b"Q"))
        pdf.pages["Kids"].clear()
        pdf.pages["Count"] = 0

    def page(self, base: int, drawing: bytes, text: int) -> None:
        """Add a page: page `base`, a drawing, and page `text`, one upon the other."""
        import pydyf

        below, above = self._pages[base], self._pages[text]
        page = pydyf.Dictionary({key: below[key] for key in ("Type", "Parent", "MediaBox", "Resources")})
        parts = (below["Contents"], self._stream(drawing), above["Contents"])
        page["Contents"] = pydyf.Array(
            [piece for part in parts for piece in (self._save, part, self._restore)]
        )
        self._pdf.add_page(page)
        self._last = page

    def empty(self) -> None:
        """Add an empty page as large as the last one."""
        import pydyf

        self._pdf.add_page(
            pydyf.Dictionary({key: self._last[key] for key in ("Type", "Parent", "MediaBox", "Resources")})
        )

    def finish(self) -> None:
        """Drop what leads to the pages of the versions themselves."""
        for key in ("Outlines", "Names", "PageMode"):
            self._pdf.catalog.pop(key, None)

    def _stream(self, content: bytes) -> Any:
        import pydyf

        stream = pydyf.Stream([content], compress=True)
        self._pdf.add_object(stream)
        return stream.reference
