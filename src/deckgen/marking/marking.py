"""Mark a pile of scans: read the pages, judge the marks, score the answers, write the outputs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

import msgspec

from deckgen.engine.write import write_bytes
from deckgen.marking import corrected, report, spreadsheets
from deckgen.marking import decisions as kept
from deckgen.marking.analysis import Person, analyse, of_responses
from deckgen.marking.papers import Collated, Paper, collate
from deckgen.marking.reading import Fault, Reading, read
from deckgen.marking.responses import Decisions, Response, Row, responses, rows, student
from deckgen.sheet.geometry import AnswerSheet

if TYPE_CHECKING:
    from deckgen.marking.files import Leaf
    from deckgen.marking.report import Wording

#: Where papers to give back are, below the folder of the outputs.
PAPERS_FOLDER = "papers"


class Pile(msgspec.Struct, frozen=True):
    """All that was scanned, and what is in it."""

    sheets: tuple[AnswerSheet, ...]
    readings: tuple[Reading, ...]
    collated: Collated

    @property
    def faults(self) -> tuple[Reading, ...]:
        """The pages that were not read, without blank ones."""
        return tuple(each for each in self.readings if each.fault not in (None, Fault.BLANK, Fault.QUESTIONS))

    @property
    def blank(self) -> int:
        """How many pages are blank, or of question sheets."""
        faults = Counter(each.fault for each in self.readings)
        return faults[Fault.BLANK] + faults[Fault.QUESTIONS]

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

    def same_student(self, decisions: Decisions) -> list[tuple[Paper, Paper, str]]:
        """Return papers with the student number of an earlier one, and that one."""
        found = []
        first: dict[str, Paper] = {}
        numbers = self.students(decisions)
        for paper in self.collated.papers:
            number = numbers.get(paper.number, "")
            if number in ("", "?"):
                continue
            if first.setdefault(number, paper) is not paper:
                found.append((paper, first[number], number))
        return found

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


def write_outputs(
    pile: Pile,
    decisions: Decisions,
    out: Path,
    wordings: Mapping[str, Wording],
    more: Sequence[Person] = (),
    names: Mapping[str, str] = MappingProxyType({}),
) -> None:
    """Write all outputs; the same scans and decisions give the same bytes.

    `names` are those of students by their numbers. `more` are persons that answered on a screen: they are analysed, and
    get no points here.

    Raises:
        OSError: if one cannot be written.
    """
    answered, students = pile.answered(decisions), pile.students(decisions)
    kept.save(out, decisions)
    # All versions ask the same questions, of options with the same places in the source.
    questions = {each.id: each for sheet in reversed(pile.sheets) for each in sheet.questions}
    figures = analyse(
        [questions[id_] for id_ in sorted(questions, key=_order(pile))],
        [*(of_responses(given) for _, given in answered), *more],
    )
    write_bytes(out, "items.csv", report.items_csv(figures, wordings))
    write_bytes(out, "misconceptions.csv", report.misconceptions_csv(figures))
    write_bytes(out, "report.html", report.page(pile.sheets[0].title, figures, wordings))
    for paper, given in answered:
        name = f"{PAPERS_FOLDER}/{paper.number:04}.pdf"
        write_bytes(out, name, corrected.pdf(paper, given, out), lasting=False)
    write_bytes(out, "scores.csv", spreadsheets.scores(answered, students, names))
    write_bytes(out, "answers.csv", spreadsheets.answers(answered, students))


def _order(pile: Pile) -> Callable[[str], int]:
    """Return the place of a question in the first version that has it."""
    ids = list(dict.fromkeys(each.id for sheet in pile.sheets for each in sheet.questions))
    return ids.index
