"""Find an answer sheet on a picture: four corner marks that fit together, and one that tells which way up it is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import product

import cv2
import msgspec
import numpy as np

from deckgen.marking.arrays import Numbers
from deckgen.sheet.geometry import AnswerSheet, Mark, PaperSize
from deckgen.sheet.marks import Square

CORNERS = ("top-left", "top-right", "bottom-right", "bottom-left")
#: Marks are looked for in a picture of this length, dots.
_SEARCH = 1400
#: A mark's side as a share of the longer side of the picture: a whole page down to a photograph that it half fills.
_SIDES = (0.0055, 0.032)
#: What has less than this share of the light of the paper around it is dark.
_THRESHOLDS = (0.5, 0.65, 0.38)
#: A square fills its box; a filled circle π/4 of it.
_SOLID = 0.82
#: Candidates of each corner that are tried.
_TRIED = 5
#: How far a quadrilateral's proportions may be from those of the paper, in a photograph at an angle.
_PROPORTION = 0.25


class Layout(msgspec.Struct, frozen=True):
    """What the pages of all versions on one paper have at the same place."""

    paper: PaperSize
    marks: dict[str, Mark]
    bits: tuple[Square, ...]


class Found(msgspec.Struct, frozen=True):
    """A page that was found: the projection from mm to dots, 3 × 3."""

    layout: Layout
    projection: Numbers


def layouts(sheets: Sequence[AnswerSheet]) -> list[Layout]:
    """Return the different layouts of answer sheets."""
    made: dict[str, Layout] = {}
    for sheet in sheets:
        made.setdefault(sheet.paper.name, Layout(sheet.paper, sheet.marks, sheet.pages[0].bits))
    return list(made.values())


def places(picture: Numbers, known: Sequence[Layout]) -> Iterator[Found]:
    """Yield where a page may lie on a grey picture, the most likely place first; nothing on a page without marks.

    Each has four marks of one size at the corners of a quadrilateral with the paper's proportions, and the turn mark
    beside the first of them and no other.
    """
    for threshold in _THRESHOLDS:
        yield from _fitting(picture, _squares(picture, threshold), known)


def _fitting(picture: Numbers, squares: Numbers, known: Sequence[Layout]) -> Iterator[Found]:
    if len(squares) < len(CORNERS):
        return
    ranked: list[tuple[float, int, Layout, Numbers]] = []
    corners = _quadrilaterals(squares)
    turned = np.stack([np.roll(corners, -turns, axis=1) for turns in range(4)], axis=1).reshape(-1, 4, 3)
    for layout in known:
        misfits = _misfits(turned, layout)
        ranked += (
            (float(misfits[place]), len(known) * int(place), layout, turned[place])
            for place in np.flatnonzero(np.isfinite(misfits))
        )
    for _, _, layout, corners in sorted(ranked, key=lambda each: each[:2]):
        centres = np.array([_refined(picture, corner) for corner in corners])
        projection = cv2.getPerspectiveTransform(_millimetres(layout), centres.astype(np.float32))
        if _is_turned_right(picture, layout, projection):
            yield Found(layout, projection)


def _millimetres(layout: Layout) -> Numbers:
    return np.array([(layout.marks[name].x, layout.marks[name].y) for name in CORNERS], np.float32)


def _squares(picture: Numbers, threshold: float) -> Numbers:
    """Return the dark squares of a picture, those of x, y and side, dots."""
    scale = min(1.0, _SEARCH / max(picture.shape))
    size = round(picture.shape[1] * scale), round(picture.shape[0] * scale)
    small = cv2.resize(picture, size, interpolation=cv2.INTER_AREA) if scale < 1 else picture
    small = cv2.medianBlur(small, 3)
    # Against the paper around, so that a shadow is as good as light.
    around = cv2.dilate(small, np.ones((61, 61), np.uint8))
    dark = (small < threshold * around.astype(np.float32)).astype(np.uint8) * 255
    outlines, _ = cv2.findContours(dark, cv2.RETR_LIST, cv2.CHAIN_APPROX_SIMPLE)
    least, most = (side * max(small.shape) for side in _SIDES)
    found = []
    for outline in outlines:
        (x, y), (across, down), _ = cv2.minAreaRect(outline)
        # Outlines run through the middles of dots.
        across, down = across + 1, down + 1
        if not (
            least < min(across, down)
            and max(across, down) < most
            and max(across, down) < 1.6 * min(across, down)
        ):
            continue
        area = cv2.countNonZero(dark[_box(outline)])
        if (
            area < _SOLID * across * down * 0.9
            or cv2.contourArea(outline) + (across + down) < _SOLID * across * down
        ):
            continue
        found.append((x / scale, y / scale, float(np.sqrt(across * down)) / scale))
    return np.array(found, np.float32).reshape(-1, 3)


def _box(outline: Numbers) -> tuple[slice, slice]:
    x, y, width, height = cv2.boundingRect(outline)
    return slice(y, y + height), slice(x, x + width)


def _quadrilaterals(squares: Numbers) -> Numbers:
    """Return four squares each, clockwise from the top left, each near the end of its diagonal; (n, 4, 3)."""
    x, y = squares[:, 0], squares[:, 1]
    ends = (x + y, y - x, -x - y, x - y)
    near = [np.argsort(end, kind="stable")[:_TRIED] for end in ends]
    chosen = np.array([each for each in product(*near) if len(set(each)) == len(CORNERS)], np.intp)
    return squares[chosen.reshape(-1, 4)]


def _misfits(corners: Numbers, layout: Layout) -> Numbers:
    """Return how far four squares each are from the marks of a layout, infinite where they cannot be them; (n,)."""
    sides = corners[:, :, 2]
    large, small = sides.max(axis=1), sides.min(axis=1)
    places = corners[:, :, :2]
    ways = np.roll(places, -1, axis=1) - places
    edges = np.maximum(np.linalg.norm(ways, axis=2), 1e-6)
    top, right, bottom, left = edges.T
    after = np.roll(ways, -1, axis=1)
    # Not convex, or a page seen from behind.
    torn = np.any(ways[..., 0] * after[..., 1] <= ways[..., 1] * after[..., 0], axis=1)
    marks = _millimetres(layout)
    across, down = marks[1, 0] - marks[0, 0], marks[2, 1] - marks[1, 1]
    proportion = abs(np.log((left + right) / (top + bottom) / (down / across)))
    per_mm = (top + bottom + left + right) / 2 / (across + down)
    size = abs(np.log(sides.mean(axis=1) / (layout.marks["top-left"].side * per_mm)))
    bad = (
        (large > 1.7 * small)
        | (edges.min(axis=1) < 1)
        | (np.maximum(top, bottom) > 1.4 * np.minimum(top, bottom))
        | (np.maximum(left, right) > 1.4 * np.minimum(left, right))
        | torn
        | (proportion > _PROPORTION)
        | (size > 0.4)  # noqa: PLR2004
    )
    return np.where(bad, np.inf, proportion + size / 2 + np.log(large / small) / 2)


def _refined(picture: Numbers, corner: Numbers) -> Numbers:
    """Return the centre of a dark square to a part of a dot: the centre of gravity of its darkness."""
    x, y, side = corner
    reach = 0.85 * side
    left, top = max(0, int(x - reach)), max(0, int(y - reach))
    part = picture[top : int(y + reach) + 2, left : int(x + reach) + 2].astype(np.float32)
    dark, light = np.percentile(part, (15, 85))
    weight = np.clip((light - part) / max(light - dark, 1) - 0.25, 0, 0.5)
    # What touches the edge of the window is not the mark.
    total = weight.sum()
    if total <= 0:
        return np.array((x, y))
    down, across = np.indices(part.shape)
    # Dots are counted from their middles.
    return np.array((left + (across * weight).sum() / total, top + (down * weight).sum() / total))


def _is_turned_right(picture: Numbers, layout: Layout, projection: Numbers) -> bool:
    """Return whether the turn mark is beside the first corner, and not where a page that is upside down has it."""
    corner, turn = layout.marks["top-left"], layout.marks["turn"]
    between = (corner.x + turn.x) / 2 + corner.side / 8
    shares = []
    for far in (False, True):
        spots = [
            (layout.paper.width - x, layout.paper.height - y) if far else (x, y)
            for x, y in ((corner.x, corner.y), (between, turn.y), (turn.x, turn.y))
        ]
        # Each against the black and white next to it: one end of a page may lie in shadow.
        black, white, here = level(picture, projection, spots, turn.side / 4)
        if white - black < 25:  # noqa: PLR2004 -- of 255
            return False
        shares.append((white - here) / (white - black))
    return bool(shares[0] > 0.5 > shares[1])  # noqa: PLR2004


def level(
    picture: Numbers, projection: Numbers, middles: Sequence[tuple[float, float]], reach: float
) -> Numbers:
    """Return the mean grey, 0 to 255, of small squares around places in mm; white outside of the picture."""
    steps = np.linspace(-reach, reach, 5)
    grid = np.array([(across, down) for down in steps for across in steps])
    points = np.asarray(middles, np.float32)[:, None, :] + grid[None]
    dots = cv2.perspectiveTransform(points.reshape(1, -1, 2).astype(np.float32), projection)[0]
    values = cv2.remap(
        picture,
        dots[:, 0].reshape(1, -1).astype(np.float32),
        dots[:, 1].reshape(1, -1).astype(np.float32),
        cv2.INTER_LINEAR,
        borderMode=cv2.BORDER_CONSTANT,
        borderValue=255,
    )
    means: Numbers = values.reshape(len(middles), -1).mean(axis=1)
    return means
