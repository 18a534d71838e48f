"""How much ink each bubble of a page has, inside and around it."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

import cv2
import msgspec
import numpy as np

from deckgen.marking.arrays import Numbers, Truths

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from deckgen.marking.registration import Found
    from deckgen.sheet.bubbles import Bubble
    from deckgen.sheet.geometry import Page
    from deckgen.sheet.writing import WritingBox

#: Dots for a mm of a page that has been laid flat.
PER_MM = 8
#: The disc that is measured inside of a bubble, and the ring around it, as shares of its radius.
INSIDE, AROUND = 0.78, (1.24, 1.62)
#: Ink this near another bubble belongs to that one; as a share of its radius.
_OTHERS = 1.22
#: How far a bubble may be from its place, mm: paper is not flat, and feeders pull unevenly.
_SHIFT = 0.9
#: Fields of the head, across and down.
_HEAD = (36, 4)
#: Fields of boxes to write in: their width, what is left out at each line, and at the left, where numbers are; mm.
_FIELD, _FRAME, _LABEL = 8.0, 0.9, 6.0
#: A bubble's outline is seen where it looks like one so much (correlation).
_SEEN = 0.45


class Ink(msgspec.Struct, frozen=True):
    """What was measured on a page; one number for each bubble, 0 for white to 1 for the black of the marks."""

    #: Mean darkness inside.
    inside: tuple[float, ...]
    #: The darkness that three quarters of the inside have at least: high only where it is filled.
    filled: tuple[float, ...]
    #: Mean darkness of the ring around.
    around: tuple[float, ...]
    #: The share of the bubbles whose outlines are where they should be.
    aligned: float
    #: The darkness of the head, where the name is written, in fields, to recognise a page that was scanned twice.
    head: tuple[float, ...] = ()
    #: The darkness of the boxes to write in, in fields, from line to line.
    written: tuple[float, ...] = ()


def flat(picture: Numbers, found: Found) -> Numbers:
    """Return the page as it was printed, `PER_MM` dots for a mm, in grey."""
    paper = found.layout.paper
    size = round(paper.width * PER_MM), round(paper.height * PER_MM)
    scale = np.diag([PER_MM, PER_MM, 1.0])
    # Dots are counted from their middles.
    scale[:2, 2] = -0.5
    matrix = scale @ np.linalg.inv(found.projection)
    return cv2.warpPerspective(
        picture, matrix, size, flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_CONSTANT, borderValue=255
    )


def darkness(page: Numbers, mark: tuple[float, float, float]) -> Numbers:
    """Return how dark each dot of a flat page is against the paper around it: 0, or 1 as the mark at x, y, side."""
    small = cv2.resize(page, (page.shape[1] // PER_MM, page.shape[0] // PER_MM), interpolation=cv2.INTER_AREA)
    # The paper between what is printed and written: the lightest mm² within 4 mm.
    white = cv2.dilate(small, cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (9, 9)))
    white = cv2.GaussianBlur(white, (0, 0), 3)
    white = cv2.resize(white, (page.shape[1], page.shape[0]), interpolation=cv2.INTER_LINEAR)
    dark = 1 - page.astype(np.float32) / np.maximum(white, 1)
    x, y, side = mark
    reach = side / 4
    rows, columns = (
        slice(round((middle - reach) * PER_MM), round((middle + reach) * PER_MM)) for middle in (y, x)
    )
    black = float(np.median(dark[rows, columns]))
    return dark / max(black, 0.2)


def measure(picture: Numbers, found: Found, page: Page) -> tuple[Ink, Numbers]:
    """Measure the bubbles of a page, and return its flat picture too."""
    flattened = flat(picture, found)
    corner = found.layout.marks["top-left"]
    dark = darkness(flattened, (corner.x, corner.y, corner.side))
    places: Numbers = np.array([(bubble.x, bubble.y) for bubble in page.bubbles], np.float32).reshape(-1, 2)
    places = places * PER_MM - 0.5
    places, aligned = _aligned(dark, places, page.bubbles)
    zones = _zones(page.bubbles)
    reach = zones.reach
    padded = cv2.copyMakeBorder(dark, reach, reach, reach, reach, cv2.BORDER_REPLICATE)
    corners = np.rint(places).astype(np.intp)
    if not _are_within(corners, dark.shape):
        aligned = 0.0
        corners = np.clip(corners, 0, np.array(dark.shape[::-1]) - 1)
    start = corners[:, 1] * padded.shape[1] + corners[:, 0]
    inner = _at(padded, start, zones.inside)
    outer = _at(padded, start, zones.around)
    # A circle around may cover half of the ring, so its lighter part tells what the paper is.
    paper = _quarter(_at(cv2.blur(padded, (3, 3)), start, zones.around), zones.is_around)
    inside = inner.mean(axis=1, where=zones.is_inside) - paper
    filled = _quarter(inner, zones.is_inside) - paper
    around = outer.mean(axis=1, where=zones.is_around) - paper
    return (
        Ink(
            _rounded(inside),
            _rounded(filled),
            _rounded(around),
            round(aligned, 3),
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


@lru_cache(maxsize=64)
def _zones(bubbles: tuple[Bubble, ...]) -> _Zones:
    """Return which dots are inside of each bubble, and which around it and around no other."""
    reach = int(np.ceil(max((bubble.radius for bubble in bubbles), default=0.0) * AROUND[1] * PER_MM)) + 1
    steps = np.arange(-reach, reach + 1) / PER_MM
    across, down = _grid(steps)
    discs = np.zeros((len(bubbles), len(steps), len(steps)), bool)
    rings = discs.copy()
    for number, bubble in enumerate(bubbles):
        distance = _distance(bubble, across, down)
        discs[number] = distance <= INSIDE * bubble.radius
        ring = (distance >= AROUND[0] * bubble.radius) & (distance <= AROUND[1] * bubble.radius)
        for other in bubbles:
            dx, dy = other.x - bubble.x, other.y - bubble.y
            if other is not bubble and abs(dx) < 4 * bubble.radius and abs(dy) < 4 * bubble.radius:
                ring &= _distance(other, across - dx, down - dy) > _OTHERS * other.radius
        rings[number] = ring
    return _Zones(reach, *_dots(discs), *_dots(rings))


def _dots(zones: Truths) -> tuple[Numbers, Truths]:
    """Return the places of the dots that are in any zone, and in which they are."""
    used = zones.any(axis=0)
    return np.argwhere(used), zones[:, used]


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


def _grid(steps: Numbers) -> tuple[Numbers, Numbers]:
    """Return how far across and down each point of a square grid is."""
    across = np.broadcast_to(steps, (len(steps), len(steps)))
    return across, across.T


def _distance(bubble: Bubble, across: Numbers, down: Numbers) -> Numbers:
    if bubble.shape == "square":
        return np.maximum(abs(across), abs(down))
    return np.hypot(across, down)


def _aligned(dark: Numbers, places: Numbers, bubbles: Sequence[Bubble]) -> tuple[Numbers, float]:
    """Move places to where the outlines are seen, smoothly over the page; also return the share that fits."""
    half = cv2.resize(dark, (dark.shape[1] // 2, dark.shape[0] // 2), interpolation=cv2.INTER_AREA)
    scale = PER_MM / 2
    span = int(np.ceil(_SHIFT * scale))
    templates: dict[tuple[float, str], Numbers] = {}
    shifts = np.full((len(bubbles), 2), np.nan)
    for number, bubble in enumerate(bubbles):
        key = bubble.radius, bubble.shape
        if key not in templates:
            templates[key] = _outline(bubble, scale)
        template = templates[key]
        x, y = (places[number] + 0.5) / 2 - 0.5
        middle = template.shape[0] // 2
        side = middle + span
        left, top = round(float(x)) - side, round(float(y)) - side
        part = half[max(top, 0) : top + 2 * side + 1, max(left, 0) : left + 2 * side + 1]
        if part.shape != (2 * side + 1, 2 * side + 1):
            continue
        match = cv2.matchTemplate(part, template, cv2.TM_CCOEFF_NORMED)
        _, best, _, (dx, dy) = cv2.minMaxLoc(match)
        if best < _SEEN:
            continue
        shifts[number] = (
            2 * (left + middle + dx + _peak(match[dy], dx) - x),
            2 * (top + middle + dy + _peak(match[:, dx], dy) - y),
        )
    return _smooth(places, shifts)


def _peak(values: Numbers, at: int) -> float:
    """Return how far the top of a parabola through three values is from the middle one."""
    if not 0 < at < len(values) - 1:
        return 0.0
    before, here, after = (float(each) for each in values[at - 1 : at + 2])
    bend = before - 2 * here + after
    return 0.5 * (before - after) / bend if bend < -1e-6 else 0.0  # noqa: PLR2004


def _outline(bubble: Bubble, scale: float) -> Numbers:
    """Draw the outline of a bubble, 0.2 mm wide, white on black."""
    fine = 8
    reach = int(np.ceil(bubble.radius * 1.2 * scale))
    steps = (np.arange((2 * reach + 1) * fine) + 0.5) / fine - reach - 0.5
    across, down = _grid(steps / scale)
    line = np.abs(_distance(bubble, across, down) - bubble.radius) <= 0.12  # noqa: PLR2004
    drawn: Numbers = (
        line.astype(np.float32).reshape(2 * reach + 1, fine, 2 * reach + 1, fine).mean(axis=(1, 3))
    )
    return cv2.GaussianBlur(drawn, (0, 0), 0.8)


def _smooth(places: Numbers, shifts: Numbers) -> tuple[Numbers, float]:
    """Fit shifts by a polynomial of the place that outliers do not move, and apply it everywhere."""
    seen = ~np.isnan(shifts[:, 0])
    if seen.sum() < 3:  # noqa: PLR2004 -- a page has never so few bubbles that can be relied on
        return places, float(seen.mean()) if len(places) else 1.0
    low, high = places.min(axis=0), places.max(axis=0)
    x, y = ((places - (low + high) / 2) / np.maximum(high - low, 1)).T * 2
    count = int(seen.sum())
    terms = [np.ones_like(x)]
    if count >= 16:  # noqa: PLR2004
        terms += [x, y]
    if count >= 60:  # noqa: PLR2004
        terms += [x * y, x * x, y * y]
    base = np.stack(terms, 1)
    good = seen.copy()
    fit = np.zeros_like(shifts)
    limit = 0.25 * PER_MM
    middle = np.median(shifts[seen], axis=0)
    good &= np.where(seen, np.hypot(*(np.nan_to_num(shifts) - middle).T), np.inf) < 0.6 * PER_MM
    for _ in range(4):
        if good.sum() < 2 * base.shape[1]:
            fit = np.broadcast_to(middle, shifts.shape)
        else:
            solved, *_ = np.linalg.lstsq(base[good], shifts[good], rcond=None)
            fit = base @ solved
        away = np.hypot(*(np.nan_to_num(shifts) - fit).T)
        good = seen & (away < limit)
        if not good.any():
            break
    return places + fit, float(good.mean())
