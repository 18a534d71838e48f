"""Mark a pile of scans: read the pages, judge the marks, score the answers, write the outputs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from deckgen.engine.write import write_bytes
from deckgen.marking import corrected, report, spreadsheets
from deckgen.marking import decisions as kept
from deckgen.marking.analysis import Person, analyse, of_responses
from deckgen.marking.asks import asks
from deckgen.marking.papers import Collated, Paper, collate, judged
from deckgen.marking.reading import LEFT_ASIDE, Reading, read
from deckgen.marking.responses import Response, grade, responses
from deckgen.marking.rows import doubtful_rows, student_number
from deckgen.sheet.geometry import AnswerSheet
from deckgen.words import words
from deckgen.words.english import ENGLISH

if TYPE_CHECKING:
    from deckgen.marking.decisions import Decisions
    from deckgen.marking.files import Leaf
    from deckgen.marking.report import Wording

#: Where papers to give back are, below the folder of the outputs.
PAPERS_FOLDER = "papers"


class Pile:
    """All that was scanned, and what is in it."""

    def __init__(self, sheets: Sequence[AnswerSheet], readings: Sequence[Reading]) -> None:
        """Judge the pages that were read."""
        self.sheets = tuple(sheets)
        self.readings = tuple(readings)
        self.judged = judged(readings, sheets)
        #: The rows of questions that a person has to look at.
        self.doubtful = doubtful_rows(self.judged.pages)

    @property
    def faults(self) -> tuple[Reading, ...]:
        """The pages that could not be read."""
        return tuple(each for each in self.readings if each.fault not in (None, *LEFT_ASIDE))

    @property
    def blank(self) -> int:
        """How many pages are blank, or of question sheets."""
        return sum(each.fault in LEFT_ASIDE for each in self.readings)

    def collated(self, decisions: Decisions) -> Collated:
        """Return the papers."""
        return collate(self.judged.pages, self.sheets, decisions)

    def answered(self, decisions: Decisions) -> list[tuple[Paper, tuple[Response, ...]]]:
        """Return every paper with its answers."""
        return [(paper, responses(paper, decisions)) for paper in self.collated(decisions).papers]

    def students(self, decisions: Decisions) -> dict[int, str]:
        """Return the student numbers by the numbers of papers; what a person has to decide is a question mark."""
        if all(sheet.student_number is None for sheet in self.sheets):
            return {}
        return {
            paper.number: "?" if (found := student_number(paper.pages, decisions)) is None else found
            for paper in self.collated(decisions).papers
        }


def left(
    pile: Pile, decisions: Decisions, names: Mapping[str, str], text: Mapping[str, str] = ENGLISH
) -> dict[str, int]:
    """Return what nobody decided yet, in the fixed words of a language, and how often."""
    return dict(Counter(each.line for each in asks(pile, decisions, names, text) if each.decided is None))


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
    return Pile(sheets, tuple(read(leaves, sheets, out, show)))


def write_outputs(
    pile: Pile,
    decisions: Decisions,
    out: Path,
    wordings: Mapping[str, Wording],
    more: Sequence[Person] = (),
    names: Mapping[str, str] = MappingProxyType({}),
    language: str = "en",
) -> None:
    """Write all outputs; the same scans and decisions give the same bytes.

    `names` are those of students by their numbers; the report is in a BCP 47 `language`. `more` are persons that
    answered on a screen: they are analysed, and get no points here.

    Raises:
        OSError: if one cannot be written.
    """
    answered, students = pile.answered(decisions), pile.students(decisions)
    kept.save(out, decisions)
    # All versions ask the same questions, of options with the same places in the source.
    questions = {each.id: each for sheet in reversed(pile.sheets) for each in sheet.answered_here}
    figures = analyse(
        [questions[id_] for id_ in sorted(questions, key=_order(pile))],
        [*(of_responses(given) for _, given in answered), *more],
    )
    write_bytes(out, "items.csv", spreadsheets.items(figures, wordings))
    write_bytes(out, "misconceptions.csv", spreadsheets.misconceptions(figures))
    open_ = left(pile, decisions, names, words(language))
    given_grades = Counter(grade(paper, given) for paper, given in answered)
    grades = {each.name: given_grades[each.name] for each in pile.sheets[0].grades_here}
    write_bytes(
        out,
        "report.html",
        report.page(pile.sheets[0].title, figures, wordings, open_, grades, language=language),
    )
    for paper, given in answered:
        name = f"{PAPERS_FOLDER}/{paper.number:04}.pdf"
        write_bytes(out, name, corrected.pdf(paper, given, out), lasting=False)
    write_bytes(out, "scores.csv", spreadsheets.scores(answered, students, names))
    write_bytes(out, "answers.csv", spreadsheets.answers(answered, students))


def _order(pile: Pile) -> Callable[[str], int]:
    """Return the place of a question in the first version that has it."""
    ids = list(dict.fromkeys(each.id for sheet in pile.sheets for each in sheet.answered_here))
    return ids.index
