"""How much ink each bubble of a page has, inside and around it."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

import cv2
import msgspec
import numpy as np

from deckgen.marking.alignment import aligned, distance, grid
from deckgen.marking.arrays import Numbers, Truths
from deckgen.marking.flat import PER_MM, darkness, flat

if TYPE_CHECKING:
    from collections.abc import Iterator

    from deckgen.marking.registration import Found
    from deckgen.sheet.bubbles import Bubble
    from deckgen.sheet.geometry import Page
    from deckgen.sheet.writing import WritingBox

#: The disc that is measured inside of a bubble, and the ring around it, as shares of its radius.
INSIDE, AROUND = 0.78, (1.24, 1.62)
#: A corner of a square is so far from its middle, both across and down, as a share of half its side.
_CORNER = 0.9
#: Ink this near another bubble belongs to that one; as a share of its radius.
_OTHERS = 1.22
#: Fields of the head, across and down.
_HEAD = (36, 4)
#: Fields of boxes to write in: their width, what is left out at each line, and at the left, where numbers are; mm.
_FIELD, _FRAME, _LABEL = 8.0, 0.9, 6.0


class Ink(msgspec.Struct, frozen=True):
    """What was measured on a page; one number for each bubble, 0 for white to 1 for the black of the marks."""

    #: Mean darkness inside.
    inside: tuple[float, ...]
    #: The darkness that three quarters of the inside have at least: high only where it is filled.
    filled: tuple[float, ...]
    #: Mean darkness of the ring around; of a square also that of a corner above and one below, if both have more: the
    #: strokes of a cross leave it only there, and what is printed above or below it touches one side alone.
    around: tuple[float, ...]
    #: The share of the bubbles whose outlines are where they should be.
    aligned: float
    #: The darkness of the head, where the name is written, in fields, to recognise a page that was scanned twice.
    head: tuple[float, ...] = ()
    #: The darkness of the boxes to write in, in fields, from line to line.
    written: tuple[float, ...] = ()


def measure(picture: Numbers, found: Found, page: Page) -> tuple[Ink, Numbers]:
    """Measure the bubbles of a page, and return its flat picture too."""
    flattened = flat(picture, found)
    corner = found.layout.marks["top-left"]
    dark = darkness(flattened, (corner.x, corner.y, corner.side))
    places: Numbers = np.array([(bubble.x, bubble.y) for bubble in page.bubbles], np.float32).reshape(-1, 2)
    places = places * PER_MM - 0.5
    places, share = aligned(dark, places, page.bubbles)
    zones = _zones(page.bubbles)
    reach = zones.reach
    padded = cv2.copyMakeBorder(dark, reach, reach, reach, reach, cv2.BORDER_REPLICATE)
    corners = np.rint(places).astype(np.intp)
    if not _are_within(corners, dark.shape):
        share = 0.0
        corners = np.clip(corners, 0, np.array(dark.shape[::-1]) - 1)
    start = corners[:, 1] * padded.shape[1] + corners[:, 0]
    inner = _at(padded, start, zones.inside)
    outer = _at(padded, start, zones.around)
    # A circle around may cover half of the ring, so its lighter part tells what the paper is.
    paper = _quarter(_at(cv2.blur(padded, (3, 3)), start, zones.around), zones.is_around)
    inside = inner.mean(axis=1, where=zones.is_inside) - paper
    filled = _quarter(inner, zones.is_inside) - paper
    around = outer.mean(axis=1, where=zones.is_around) - paper
    around = np.maximum(around, _corners(outer, zones.is_corner) - paper)
    return (
        Ink(
            _rounded(inside),
            _rounded(filled),
            _rounded(around),
            round(share, 3),
            _head(dark),
            tuple(value for box in page.writing or () for value in _fields(dark, box)),
        ),
        flattened,
    )


def field_count(box: WritingBox) -> int:
    """Return how many fields of a box are measured."""
    return box.lines * _fields_of_line(box)


def _fields_of_line(box: WritingBox) -> int:
    return max(1, round((box.width - _LABEL) / _FIELD))


def _fields(dark: Numbers, box: WritingBox) -> Iterator[float]:
    """Yield the darkness of the fields of a box, between its printed lines."""
    step = box.height / box.lines
    columns = slice(round((box.x + _LABEL) * PER_MM), round((box.x + box.width - _FRAME) * PER_MM))
    for line in range(box.lines):
        top, bottom = box.y + line * step + _FRAME, box.y + (line + 1) * step - _FRAME
        part = dark[round(top * PER_MM) : round(bottom * PER_MM), columns]
        yield from _rounded(cv2.resize(part, (_fields_of_line(box), 1), interpolation=cv2.INTER_AREA).ravel())


def _head(dark: Numbers) -> tuple[float, ...]:
    height, width = dark.shape
    part = dark[round(0.09 * height) : round(0.15 * height), round(0.08 * width) : round(0.92 * width)]
    return _rounded(cv2.resize(part, _HEAD, interpolation=cv2.INTER_AREA).ravel())


def _rounded(values: Numbers) -> tuple[float, ...]:
    return tuple(round(float(value), 4) for value in values)


class _Zones(NamedTuple):
    """Which dots around the middle of each bubble are measured: their offsets from it, down and across."""

    #: How far they are from the middle at most.
    reach: int
    #: Offsets, two for each dot, and which bubbles' they are; (bubbles, dots).
    inside: Numbers
    is_inside: Truths
    around: Numbers
    is_around: Truths
    #: Which dots around are at each corner of a square, first above it, none for a circle; (corners, bubbles, dots).
    is_corner: Truths


@lru_cache(maxsize=64)
def _zones(bubbles: tuple[Bubble, ...]) -> _Zones:
    """Return which dots are inside of each bubble, and which around it and around no other."""
    reach = int(np.ceil(max((bubble.radius for bubble in bubbles), default=0.0) * AROUND[1] * PER_MM)) + 1
    steps = np.arange(-reach, reach + 1) / PER_MM
    across, down = grid(steps)
    discs = np.zeros((len(bubbles), len(steps), len(steps)), bool)
    rings = discs.copy()
    for number, bubble in enumerate(bubbles):
        away = distance(bubble, across, down)
        discs[number] = away <= INSIDE * bubble.radius
        ring = (away >= AROUND[0] * bubble.radius) & (away <= AROUND[1] * bubble.radius)
        for other in bubbles:
            dx, dy = other.x - bubble.x, other.y - bubble.y
            if other is not bubble and abs(dx) < 4 * bubble.radius and abs(dy) < 4 * bubble.radius:
                ring &= distance(other, across - dx, down - dy) > _OTHERS * other.radius
        rings[number] = ring
    around, is_around = _dots(rings)
    # A circle has no corners.
    begin = np.array([bubble.radius * _CORNER if bubble.shape == "square" else np.inf for bubble in bubbles])
    turned = (np.array((down, right)) * (around - reach) / PER_MM for down in (-1, 1) for right in (-1, 1))
    is_corner = np.array([is_around & (each.min(axis=1) > begin[:, None]) for each in turned])
    return _Zones(reach, *_dots(discs), around, is_around, is_corner)


def _dots(zones: Truths) -> tuple[Numbers, Truths]:
    """Return the places of the dots that are in any zone, and in which they are."""
    used = zones.any(axis=0)
    return np.argwhere(used), zones[:, used]


def _corners(values: Numbers, corners: Truths) -> Numbers:
    """Return what a corner above and one below each square both have at least, 0 for a circle."""
    means = (values * corners).sum(axis=2) / np.maximum(corners.sum(axis=2), 1)
    found: Numbers = np.minimum(means[:2].max(axis=0), means[2:].max(axis=0))
    return found


def _are_within(places: Numbers, shape: tuple[int, ...]) -> bool:
    return bool(np.all(places >= 0) and np.all(places < np.array(shape[::-1])))


def _at(padded: Numbers, start: Numbers, dots: Numbers) -> Numbers:
    """Return the values of dots of each bubble, given where its part of a picture begins; (bubbles, dots)."""
    steps = dots[:, 0] * padded.shape[1] + dots[:, 1]
    values: Numbers = padded.ravel()[start[:, None] + steps[None]]
    return values


def _quarter(values: Numbers, where: Truths) -> Numbers:
    """Return what three quarters of the values of each row have at least, interpolated as NumPy does."""
    if not len(values):
        return np.zeros(0)
    ranked = np.sort(np.where(where, values, np.inf), axis=1)
    place = 0.25 * (np.maximum(where.sum(axis=1), 1) - 1)
    below = place.astype(np.intp)
    rows = np.arange(len(values))
    low = ranked[rows, below]
    high = ranked[rows, np.minimum(below + 1, np.maximum(where.sum(axis=1) - 1, 0))]
    found: Numbers = low + (high - low) * (place - below)
    return found
