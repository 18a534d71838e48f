"""The geometry of answer sheets, which programs read that mark scans: `A.json` beside `A.html`."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Annotated, Any, Final, Literal

import msgspec
from msgspec import UNSET, Meta, UnsetType

from deckgen import scoring
from deckgen.core import Paper, Partial
from deckgen.sheet.bubble_rows import Printed
from deckgen.sheet.bubbles import Bubble
from deckgen.sheet.marks import Square
from deckgen.sheet.student_number import Digit
from deckgen.sheet.writing import WritingBox

if TYPE_CHECKING:
    from fractions import Fraction

#: Another number, another meaning; keys may be added under the same one.
FORMAT: Final = "deckgen-answer-sheet/2"


class PaperSize(msgspec.Struct, frozen=True):
    """The paper; mm."""

    name: Paper
    width: float
    height: float


class Mark(msgspec.Struct, frozen=True):
    """A black square by its centre; mm."""

    x: float
    y: float
    side: float


class Marked(msgspec.Struct, frozen=True, kw_only=True):
    """A question that is answered with bubbles."""

    number: Annotated[int, Meta(description="As printed, from 1.")]
    id: Annotated[str, Meta(description="The author's id: the same in every version.")]
    kind: str
    points: float
    penalty: Annotated[float, Meta(description="Points off for an answer that earns nothing.")]
    floor: Annotated[float, Meta(description="The lowest points of an answer, 0 or less.")]
    partial: Annotated[Partial, Meta(description="The rule by which parts of the answer earn points.")]
    several: Annotated[bool, Meta(description="Whether several bubbles of a row may be filled.")]
    right: Annotated[
        tuple[tuple[str, ...], ...],
        Meta(description="For each row the letters to fill, in the order printed."),
    ]
    options: Annotated[
        tuple[Printed, ...], Meta(description="What the letters of all rows stand for; empty for numbers.")
    ]
    entries: Annotated[
        tuple[int, ...],
        Meta(
            description="Of an ordering or a matching: for each row the place of its entry, or pair, in the author's "
            "text, from 0; empty for all others."
        ),
    ]
    answer: Annotated[
        str | UnsetType,
        Meta(
            description="Of a number: any digits that make it, within the tolerance, are right, in any place."
        ),
    ] = UNSET
    tolerance: Annotated[
        str | UnsetType, Meta(description="As in the language: `0.05`, `1 %`, `3 digits`.")
    ] = UNSET


class Grade(msgspec.Struct, frozen=True):
    """A grade, and the least points of the whole version that it wants."""

    name: str
    least: float


class Written(msgspec.Struct, frozen=True):
    """A question that is answered on the question sheet, and marked by hand."""

    number: int
    id: str
    kind: str
    points: float


class WrittenAnswer(Written, frozen=True, kw_only=True):
    """A question that is answered in boxes of the answer sheet, and marked by hand."""

    floor: Annotated[float, Meta(description="The lowest points of an answer, 0 or less.")]
    key: Annotated[str, Meta(description="The question and what is right, as in the key; HTML.")]

    @property
    def options(self) -> tuple[Printed, ...]:
        """Return what letters stand for: none do."""
        return ()

    @property
    def entries(self) -> tuple[int, ...]:
        """Return no entries, as of a question with bubbles that has none."""
        return ()


class Page(msgspec.Struct, frozen=True, kw_only=True):
    """What is printed on a page."""

    page: Annotated[int, Meta(description="From 1.")]
    bits: Annotated[
        tuple[Square, ...],
        Meta(
            description="Squares that say the version's code (5 bits a letter), the page (8) and a check (4), the "
            "highest bit first."
        ),
    ]
    serial: Annotated[
        tuple[Mark, ...] | None,
        Meta(
            description="Where the squares of the serial number are: 16 bits, the highest first, and 4 that check "
            "them. They are black or not printed. Null where copies are not numbered."
        ),
    ]
    bubbles: tuple[Bubble, ...]
    student: Annotated[
        tuple[Digit, ...], Meta(description="Bubbles of the student number; none but on the first page.")
    ]
    writing: Annotated[
        tuple[WritingBox, ...] | UnsetType, Meta(description="Boxes to write in, where the sheet has any.")
    ] = UNSET


class StudentNumber(msgspec.Struct, frozen=True):
    """What is asked for on the first page; shorter numbers leave columns empty."""

    digits: int


class AnswerSheet(msgspec.Struct, frozen=True, kw_only=True):
    """Where the bubbles of a version are, what they mean, and which are right."""

    format: Literal["deckgen-answer-sheet/2"] = FORMAT
    unit: Literal["mm"] = "mm"
    origin: str = "top left corner of the page"
    paper: PaperSize
    sheet: Annotated[str, Meta(description="Id of the sheet.")]
    title: str
    version: Annotated[str, Meta(description="A, B, C, …")]
    code: Annotated[str, Meta(description="Four letters that change when what is right does.")]
    marks: Annotated[
        dict[str, Mark],
        Meta(description="One in each corner (`top-left` …), and `turn` next to that of the top left."),
    ]
    total: Annotated[float, Meta(description="The points of the whole version.")]
    total_bubbles: Annotated[float, Meta(description="The points of the questions with bubbles.")]
    questions: Annotated[tuple[Marked, ...], Meta(description="Those with bubbles, by number.")]
    on_paper: Annotated[tuple[Written, ...], Meta(description="All others, by number.")]
    student_number: Annotated[
        StudentNumber | None, Meta(description="Null where the sheet does not ask for it.")
    ]
    grades: Annotated[
        tuple[Grade, ...], Meta(description="From the best one down; empty where there are none.")
    ]
    written: Annotated[
        tuple[WrittenAnswer, ...] | UnsetType,
        Meta(description="Those answered in boxes of the answer sheet, by number; then `on_paper` is empty."),
    ] = UNSET
    pages: tuple[Page, ...]

    @property
    def answered_here(self) -> tuple[Marked | WrittenAnswer, ...]:
        """Return the questions that are answered on the answer sheet, by number."""
        return tuple(sorted((*self.questions, *(self.written or ())), key=lambda each: each.number))

    @property
    def total_here(self) -> float:
        """Return the points of these questions."""
        return self.total_bubbles + sum(each.points for each in self.written or ())

    @property
    def grades_here(self) -> tuple[Grade, ...]:
        """Return the grades that these questions alone decide on: none, where others are answered elsewhere."""
        return () if self.on_paper else self.grades

    def grade(self, points: Fraction) -> str:
        """Return the grade of so many points for these questions; empty where they decide on none."""
        grades = [(each.name, scoring.exact(each.least)) for each in self.grades_here]
        return scoring.grade(points, grades) if grades else ""


def geometry_json(described: AnswerSheet) -> bytes:
    """Return the geometry as its file has it."""
    return msgspec.json.format(msgspec.json.encode(described), indent=1) + b"\n"


def schema() -> dict[str, Any]:
    """Return the JSON Schema (draft 2020-12) of the file."""
    made = msgspec.json.schema(AnswerSheet)
    for definition in made["$defs"].values():
        # What has a default is written all the same.
        written = [
            name for name, key in definition["properties"].items() if key.pop("default", key) is not key
        ]
        definition["required"] += written
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": FORMAT, **made}


def schema_text() -> str:
    """Return the schema as it is written to a file."""
    return json.dumps(schema(), indent=2, ensure_ascii=False) + "\n"
