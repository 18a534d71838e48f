"""A page as it was printed, from a scan: laid flat, and how dark it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np

from deckgen.marking.arrays import Numbers

if TYPE_CHECKING:
    from deckgen.marking.registration import Found

#: Dots for a mm of a page that has been laid flat.
PER_MM = 8


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
