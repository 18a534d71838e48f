"""Where the bubbles of a flat page are: their outlines are looked for around where they were printed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np

from deckgen.marking.arrays import Numbers
from deckgen.marking.flat import PER_MM

if TYPE_CHECKING:
    from collections.abc import Sequence

    from deckgen.sheet.bubbles import Bubble

#: How far a bubble may be from its place, mm: paper is not flat, and feeders pull unevenly.
_SHIFT = 0.9
#: A bubble's outline is seen where it looks like one so much (correlation).
_SEEN = 0.45


def grid(steps: Numbers) -> tuple[Numbers, Numbers]:
    """Return how far across and down each point of a square grid is."""
    across = np.broadcast_to(steps, (len(steps), len(steps)))
    return across, across.T


def distance(bubble: Bubble, across: Numbers, down: Numbers) -> Numbers:
    """Return how far points are from the middle of a bubble, measured as its shape is."""
    if bubble.shape == "square":
        return np.maximum(abs(across), abs(down))
    return np.hypot(across, down)


def aligned(dark: Numbers, places: Numbers, bubbles: Sequence[Bubble]) -> tuple[Numbers, float]:
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
    across, down = grid(steps / scale)
    line = np.abs(distance(bubble, across, down) - bubble.radius) <= 0.12  # noqa: PLR2004
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
