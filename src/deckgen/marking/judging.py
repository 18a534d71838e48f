"""What is a mark: each bubble's ink against the empty ones of its page. What is neither a mark nor none is doubtful.

- A bubble is *empty* if it has no more ink than an empty one with the same letter, and nothing is drawn around it.
- It is *marked* if it has more than half as much ink as the most marked one of its page, at least about a third of
  what fits in, and nothing is drawn around it. Where nearly all marks of a page are lines, crosses or ticks, less is
  enough, so that a page of crosses is read; but what is grey all over is never taken for a cross.
- All else is *doubtful*: faint, partly filled, rubbed out, circled, crossed out. A person decides.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

import msgspec
import numpy as np

from deckgen.marking.arrays import Numbers
from deckgen.marking.ink import field_count
from deckgen.sheet.bubble_marks import Mark

if TYPE_CHECKING:
    from deckgen.marking.ink import Ink
    from deckgen.sheet.bubbles import Bubble
    from deckgen.sheet.geometry import Page

#: What is printed in a bubble: its radius and letter.
_Print = tuple[float, str]
#: How much of it there is: the ink of an empty circle; a square, which has more room, has a smaller share of it.
Printed = Mapping[_Print, float]

#: A letter is known by so many bubbles of a page, or of all pages.
_ENOUGH, _ENOUGH_OF_ALL = 4, 12
#: Ink that three quarters of the inside have: no printed letter is so dense.
_DENSE = 0.12
#: No letter has so much more ink than the emptiest bubble of its page.
_LETTER = 0.2
#: Bounds of the most ink that counts as empty, and of the least that counts as a mark, filled or of lines.
_EMPTY, _FILLED, _LINES = (0.045, 0.09), (0.3, 0.45), (0.09, 0.3)
#: A page tells what its writer's marks are by so many; if they are lines, by this share of them.
_SAMPLE, _MOSTLY = 5, 0.8
#: Lines leave a quarter of the inside nearly as white as paper.
_LINED = 0.3
#: Ink around a bubble.
_AROUND = 0.03
#: A bubble with more around it tells nothing about empty ones.
_CLEAR = 0.06
#: The most ink of a field of an empty box: a line that is printed a little beside its place.
_UNWRITTEN = 0.02
#: A page of which fewer outlines are found lies otherwise than it seems.
_ALIGNED = 0.4


def is_aligned(ink: Ink) -> bool:
    """Return whether the bubbles are where they should be, so that the page can be judged."""
    return ink.aligned >= _ALIGNED


def printed(pages: Iterable[tuple[Page, Ink]]) -> Printed:
    """Return the ink of empty bubbles, learnt from all pages: a tenth of those that are not filled have less."""
    values: dict[_Print, list[float]] = defaultdict(list)
    for page, ink in pages:
        for bubble, inside, dense, ring in zip(page.bubbles, ink.inside, ink.filled, ink.around, strict=True):
            if dense < _DENSE and ring < _CLEAR:
                values[_print(bubble)].append(inside / _share(bubble))
    return {
        key: float(np.quantile(found, 0.1)) for key, found in values.items() if len(found) >= _ENOUGH_OF_ALL
    }


def _print(bubble: Bubble) -> _Print:
    return bubble.radius, bubble.option


def _share(bubble: Bubble) -> float:
    return math.pi / 4 if bubble.shape == "square" else 1.0


class _Limits(msgspec.Struct, frozen=True):
    """The most ink that is nothing, and the least that is a mark; more around is something."""

    empty: float
    filled: float
    lines: float
    around: float


def judge(page: Page, ink: Ink, known: Printed) -> tuple[Mark, ...]:
    """Return what is in each bubble of a page, given the ink of empty bubbles on all pages."""
    if not page.bubbles:
        return ()
    inside, dense, around = (np.array(each) for each in (ink.inside, ink.filled, ink.around))
    low, high = _blank(page, inside, np.where(around < _CLEAR, dense, 1), known)
    least, most = inside - high, inside - low
    limits = _limits(least, most, dense, around)
    return tuple(
        _mark(float(low_), float(high_), float(thick), float(ring), limits)
        for low_, high_, thick, ring in zip(least, most, dense, around, strict=True)
    )


def empty_boxes(page: Page, ink: Ink) -> frozenset[tuple[int, int]]:
    """Return the boxes to write in, by question and part, that seem to be empty: a proposal to a person, no more."""
    empty, start = set(), 0
    for box in page.writing or ():
        end = start + field_count(box)
        if max(ink.written[start:end], default=0.0) < _UNWRITTEN:
            empty.add((box.question, box.part))
        start = end
    return frozenset(empty)


def _blank(page: Page, inside: Numbers, dense: Numbers, known: Printed) -> tuple[Numbers, Numbers]:
    """Return the least and the most ink that each bubble would have if it were empty."""
    share = np.array([_share(bubble) for bubble in page.bubbles])
    inside = inside / share
    places: dict[_Print, list[int]] = defaultdict(list)
    for number, bubble in enumerate(page.bubbles):
        places[_print(bubble)].append(number)
    emptiest = float(np.quantile(inside, 0.1))
    learnt: dict[_Print, float] = {}
    for key, numbers in places.items():
        open_ = [number for number in numbers if dense[number] < _DENSE]
        of_all = known.get(key)
        here = float(np.quantile(inside[open_], 0.25)) if len(open_) >= _ENOUGH else None
        if here is not None:
            learnt[key] = min(here, of_all + 0.04 if of_all is not None else emptiest + _LETTER)
        elif of_all is not None:
            learnt[key] = min(of_all, emptiest + _LETTER)
    most = max(learnt.values(), default=emptiest + _LETTER / 2)
    low, high = np.full(len(inside), emptiest), np.full(len(inside), max(most, emptiest))
    for key, numbers in places.items():
        if key in learnt:
            low[numbers] = high[numbers] = learnt[key]
    return np.minimum(low, high) * share, high * share


def _limits(least: Numbers, most: Numbers, dense: Numbers, around: Numbers) -> _Limits:
    """Learn from a page what is empty and what is a mark."""
    near = most[np.abs(most) < _EMPTY[1]]
    noise = 1.48 * float(np.median(np.abs(near - np.median(near)))) if len(near) else 0.0
    empty = float(np.clip(6 * noise, *_EMPTY))
    strong = least > empty + 0.02
    lined = strong & (dense < _LINED * least)
    filled, lines = _FILLED[1], 1.0
    if strong.sum() >= _SAMPLE:
        filled = float(np.clip(0.6 * least[strong].max(), *_FILLED))
        if lined.sum() >= _MOSTLY * strong.sum():
            lines = max(float(np.clip(0.5 * least[lined].max(), *_LINES)), empty + 0.02)
    # Even where something is drawn around most bubbles, a quarter of them tell what there is around empty ones.
    return _Limits(empty, filled, lines, min(float(np.quantile(around, 0.25)), _AROUND / 2) + _AROUND)


def _mark(least: float, most: float, dense: float, ring: float, limits: _Limits) -> Mark:
    """Judge a bubble by the least and the most that its ink exceeds that of an empty one."""
    if most < limits.empty and dense < limits.empty:
        # Lighter than an empty one: what is around it is not paper.
        return Mark.EMPTY if ring < limits.around and least > -_EMPTY[1] else Mark.AROUND
    if least >= limits.filled or (least >= limits.lines and dense < _LINED * least):
        return Mark.MARKED if ring < limits.around else Mark.CROSSED_OUT
    return Mark.UNSURE if least < limits.empty <= most and dense < limits.empty else Mark.FAINT
