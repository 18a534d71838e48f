"""Whose a paper is: what a person is asked where the student number does not say so for certain."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

import msgspec

from deckgen.marking.deciding import Crop, head, put
from deckgen.marking.rows import MarkedPage, digits, student_number

if TYPE_CHECKING:
    from deckgen.marking.decisions import Decisions
    from deckgen.marking.marking import Pile
    from deckgen.marking.papers import Paper

#: Students of the list that are proposed, and in how many digits they may differ from what was read.
_PROPOSED, _NEAR = 8, 2


class WhoAsk(msgspec.Struct, frozen=True):
    """Whose a paper is."""

    page: MarkedPage
    why: str
    #: As it was read: `_` for an empty column, `?` for a doubtful one; empty where its page was not scanned.
    read: str
    #: Students that it may be: number, name, whether another paper is theirs.
    candidates: tuple[tuple[str, str, bool], ...]
    #: How many digits a number has at most.
    most: int
    decided: str | None
    #: Fixed words.
    text: Mapping[str, str]

    @property
    def id(self) -> str:
        return f"who/{self.page.key}"

    @property
    def crops(self) -> tuple[Crop, ...]:
        top = head(self.page, self.text)
        low = max((each.y + each.radius for each in self.page.page.student), default=0.0)
        return (msgspec.structs.replace(top, bottom=max(top.bottom, low + 3)),)

    @property
    def line(self) -> str:
        return f"{self.page.name}: {self.why}"

    def shown(self) -> dict[str, Any]:
        return {
            "kind": "who",
            "page": self.page.name,
            "why": self.why,
            "read": self.read,
            "candidates": self.candidates,
            "most": self.most,
        }

    def decide(self, decisions: Decisions, value: Any) -> bool:
        fits = isinstance(value, str) and len(value) <= self.most and (not value or value.isdecimal())
        return put(decisions.students, self.page.key, value, fits)


def whose(
    pile: Pile, decisions: Decisions, names: Mapping[str, str], text: Mapping[str, str]
) -> Iterator[WhoAsk]:
    """Yield the papers of which that is not certain, and those of which a person said so; `text` has fixed words."""
    most = max((sheet.student_number.digits for sheet in pile.sheets if sheet.student_number), default=0)
    if not most:
        return
    papers = pile.collated(decisions).papers
    numbers = {paper.key: student_number(paper.pages, decisions) for paper in papers}
    by_key = {paper.key: paper for paper in papers}
    owners: dict[str, list[Paper]] = {}
    for each in papers:
        owners.setdefault(numbers[each.key] or "", []).append(each)
    for page in pile.judged.pages:
        paper = by_key.get(page.key)
        decided = decisions.students.get(page.key)
        why = _unclear(paper, numbers[page.key], owners, names, text) if paper and decided is None else ""
        if why or decided is not None:
            read = digits((paper.pages if paper else (page,)), decisions)
            yield WhoAsk(page, why, read, tuple(_candidates(read, names, owners)), most, decided, text)


def _unclear(
    paper: Paper,
    found: str | None,
    owners: Mapping[str, list[Paper]],
    names: Mapping[str, str],
    text: Mapping[str, str],
) -> str:
    """Return why nobody knows whose a paper is, empty where that is known."""
    if found is None:
        return text["review-student-unread"]
    if not found and not any(page.page.student for page in paper.pages):
        return text["review-student-page"]
    if not found:
        return text["review-student-missing"]
    others = [other for other in owners[found] if other is not paper]
    if others:
        return text["review-student-twice"].format(number=found, other=others[0].name)
    unknown = names and found not in names
    return text["review-student-unknown"].format(number=found) if unknown else ""


def _candidates(
    read: str, names: Mapping[str, str], owners: Mapping[str, list[Paper]]
) -> Iterator[tuple[str, str, bool]]:
    """Yield the students of the list that a paper may be of: those whose numbers are near first."""

    def apart(student: str) -> float:
        pairs = zip(read, student.ljust(len(read), "_"), strict=False)
        return sum(0.0 if one == other else 0.5 if one in "?_" else 1.0 for one, other in pairs)

    empty = not read.strip("_")
    ranked = sorted((0.0 if empty else apart(each), each in owners, each) for each in names)
    for distance, taken, student in ranked[:_PROPOSED]:
        if distance <= _NEAR:
            yield student, names[student], taken
