"""Mark a pile of scans: read the pages, judge the marks, score the answers, write the outputs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from deckgen.engine.write import write_bytes
from deckgen.marking import decisions as kept
from deckgen.marking import spreadsheets
from deckgen.marking.papers import Collated, Paper, collate
from deckgen.marking.reading import Fault, Reading, read
from deckgen.marking.responses import Decisions, Response, Row, responses, rows, student
from deckgen.sheet.geometry import AnswerSheet

if TYPE_CHECKING:
    from deckgen.marking.files import Leaf


class Pile(msgspec.Struct, frozen=True):
    """All that was scanned, and what is in it."""

    sheets: tuple[AnswerSheet, ...]
    readings: tuple[Reading, ...]
    collated: Collated

    @property
    def faults(self) -> tuple[Reading, ...]:
        """The pages that were not read, without blank ones."""
        return tuple(each for each in self.readings if each.fault not in (None, Fault.BLANK))

    @property
    def blank(self) -> int:
        """How many pages are blank."""
        return Counter(each.fault for each in self.readings)[Fault.BLANK]

    def answered(self, decisions: Decisions) -> list[tuple[Paper, tuple[Response, ...]]]:
        """Return every paper with its answers."""
        return [(paper, responses(paper, decisions)) for paper in self.collated.papers]

    def students(self, decisions: Decisions) -> dict[int, str]:
        """Return the student numbers by the numbers of papers; what a person has to decide is a question mark."""
        if all(sheet.student_number is None for sheet in self.sheets):
            return {}
        return {
            paper.number: "?" if (found := student(paper, decisions)) is None else found
            for paper in self.collated.papers
        }

    def doubtful(self, decisions: Decisions) -> list[tuple[Paper, Row]]:
        """Return the rows that a person has to decide, in the order of the papers."""
        return [
            (paper, row)
            for paper in self.collated.papers
            for page in paper.pages
            for row in rows(page, decisions)
            if row.chosen is None
        ]


def read_pile(
    leaves: Sequence[Leaf],
    sheets: Sequence[AnswerSheet],
    out: Path,
    show: Callable[[str, int, int], None] = lambda _step, _done, _total: None,
) -> Pile:
    """Read all pages, and put them together.

    Raises:
        OSError: if the folder of the outputs cannot be written.
    """
    # Whatever is in the folder is about people: it must not get into a repository by accident.
    write_bytes(out, ".gitignore", b"*\n")
    readings = tuple(read(leaves, sheets, out, show))
    return Pile(tuple(sheets), readings, collate(readings, sheets))


def write_outputs(pile: Pile, decisions: Decisions, out: Path) -> None:
    """Write all outputs; the same scans and decisions give the same bytes.

    Raises:
        OSError: if one cannot be written.
    """
    answered, students = pile.answered(decisions), pile.students(decisions)
    kept.save(out, decisions)
    write_bytes(out, "scores.csv", spreadsheets.scores(answered, students))
    write_bytes(out, "answers.csv", spreadsheets.answers(answered, students))
