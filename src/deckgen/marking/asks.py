"""What a person has to decide, or has decided: unread pages, pages of one paper, whose it is, doubtful marks, points.

Each ask knows what to show, and puts a decision where it belongs. Nothing that is asked here is decided otherwise.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import msgspec

from deckgen.marking.deciding import Ask, Crop, head, put
from deckgen.marking.papers import Join
from deckgen.marking.responses import Response, points_given, written
from deckgen.marking.rows import Row
from deckgen.marking.unread import unread
from deckgen.marking.whose import whose
from deckgen.scoring import exact
from deckgen.sheet.geometry import WrittenAnswer
from deckgen.words.english import ENGLISH

if TYPE_CHECKING:
    from deckgen.marking.decisions import Decisions
    from deckgen.marking.marking import Pile

#: What is shown around a row, around a box, and before it, where its number is; mm.
_AROUND, _FRAME, _NUMBER = 9.0, 2.5, 6.5
#: Beyond so many points there are no buttons for them, and up to so many there are for halves.
_BUTTONS, _HALVES = 12, 4


def asks(
    pile: Pile, decisions: Decisions, names: Mapping[str, str], text: Mapping[str, str] = ENGLISH
) -> list[Ask]:
    """Return all that people have to decide or have decided, in the order in which it is best done.

    `text` has the fixed words of a language.
    """
    return [
        *unread(pile, decisions, text),
        *(JoinAsk(join, text) for join in pile.collated(decisions).joins),
        *whose(pile, decisions, names, text),
        *(MarkAsk(row, decisions.marked(row.place, row.options), text) for row in pile.doubtful),
        *_points(pile, decisions, text),
    ]


class JoinAsk(msgspec.Struct, frozen=True):
    """Whether two pages are of one paper."""

    join: Join
    #: Fixed words.
    text: Mapping[str, str]

    @property
    def id(self) -> str:
        return f"join/{self.join.page.key}"

    @property
    def decided(self) -> bool | None:
        return self.join.same_paper

    @property
    def crops(self) -> tuple[Crop, ...]:
        return head(self.join.before, self.text), head(self.join.page, self.text)

    @property
    def line(self) -> str:
        return self.text["review-left-pages"]

    def shown(self) -> dict[str, Any]:
        return {"kind": "join", "page": self.join.page.name, "before": self.join.before.name}

    def decide(self, decisions: Decisions, value: Any) -> bool:
        return put(decisions.joins, self.join.page.key, value, isinstance(value, bool))


class MarkAsk(msgspec.Struct, frozen=True):
    """What is marked in a row."""

    row: Row
    decided: tuple[str, ...] | None
    #: Fixed words.
    text: Mapping[str, str]

    @property
    def id(self) -> str:
        return f"mark/{self.row.page.key}/{self.row.question}/{self.row.row}"

    @property
    def crops(self) -> tuple[Crop, ...]:
        across, down = ([getattr(bubble, axis) for bubble in self.row.bubbles] for axis in "xy")
        text = self.text["review-crop-row"].format(row=self.row.name(self.text))
        sides = min(across) - 2 * _AROUND, min(down) - _AROUND, max(across) + _AROUND, max(down) + _AROUND
        return (Crop(self.row.page.key, *sides, text),)

    @property
    def line(self) -> str:
        return f"{self.row.page.name}: {self.row.name(self.text)}: {self.row.why(self.text)}"

    def shown(self) -> dict[str, Any]:
        return {
            "kind": "mark",
            "page": self.row.page.name,
            "name": self.row.name(self.text),
            "why": self.row.why(self.text),
            "options": self.row.options,
            "likely": self.row.likely,
        }

    def decide(self, decisions: Decisions, value: Any) -> bool:
        fits = isinstance(value, list) and all(each in self.row.options for each in value)
        return put(decisions.marks, self.row.place, tuple(value) if fits else value, fits)


class PointsAsk(msgspec.Struct, frozen=True):
    """How many points a written answer earns."""

    response: Response
    question: WrittenAnswer
    version: str
    decided: str | None
    #: Fixed words.
    text: Mapping[str, str]

    @property
    def id(self) -> str:
        return f"points/{self.response.boxes[0].page.key}/{self.question.number}"

    @property
    def key(self) -> str:
        """What is right, as HTML."""
        return self.question.key

    @property
    def crops(self) -> tuple[Crop, ...]:
        return tuple(
            Crop(
                page.key,
                box.x - _NUMBER,
                box.y - _FRAME,
                box.x + box.width + _FRAME,
                box.y + box.height + _FRAME,
                self.text["review-crop-answer"],
            )
            for page, box in self.response.boxes
        )

    @property
    def line(self) -> str:
        return self.text["review-left-points"].format(question=self.question.id)

    def shown(self) -> dict[str, Any]:
        question = self.question
        points = exact(question.points)
        step = Fraction(1, 2) if points <= _HALVES else Fraction(1)
        count = points / step if points <= _BUTTONS else Fraction(1)
        scale = [step * place for place in range(int(count) + 1)] if points <= _BUTTONS else [Fraction(0)]
        return {
            "kind": "points",
            "page": self.response.boxes[0].page.name,
            "question": question.number,
            "version": self.version,
            "of": float(points),
            "least": float(exact(question.floor)),
            "scale": [float(each) for each in dict.fromkeys((*scale, points))],
            "blank": all((box.question, box.part) in page.blank for page, box in self.response.boxes),
        }

    def decide(self, decisions: Decisions, value: Any) -> bool:
        question = self.question
        fits = isinstance(value, str) and points_given(question, value) is not None
        place = self.response.boxes[0].page.key, question.number
        return put(decisions.points, place, value, fits)


def _points(pile: Pile, decisions: Decisions, text: Mapping[str, str]) -> Iterator[PointsAsk]:
    """Yield written answers, question by question: who marks all answers to one is fairer, and faster."""
    found = [
        PointsAsk(
            each,
            each.question,
            paper.sheet.version,
            None if each.points is None else decisions.points[each.boxes[0].page.key, each.question.number],
            text,
        )
        for paper in pile.collated(decisions).papers
        for each in written(paper, decisions)
        if each.is_whole and isinstance(each.question, WrittenAnswer)
    ]
    order = {id_: place for place, id_ in enumerate(dict.fromkeys(each.question.id for each in found))}
    yield from sorted(found, key=lambda each: order[each.question.id])
