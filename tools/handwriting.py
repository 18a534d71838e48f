"""A hand that writes: letters as lines of a pen, for pictures of answers that somebody wrote."""

from __future__ import annotations

import random
from collections.abc import Iterator

#: How wide each letter is, and its strokes: points that a pen goes through, up from the line. Small letters are 5 high.
_LETTERS = {
    " ": "3",
    ",": "2 | 1,.7 1.1,-.3 .5,-1.4",
    ".": "2 | .8,.2 1,.4",
    ":": "2 | .8,.3 1,.5 | .9,4 1.1,4.2",
    "O": "6.6 | 3.9,9.5 1.6,8.5 .5,5 1.4,1 3.4,0 5.6,1.5 6.4,5.2 5.4,8.7 3.6,9.5",
    "T": "5.6 | 0,9.1 3,9.5 6.2,9.5 | 3.1,9.4 2.8,5 2.9,0",
    "a": "5.3 | 4.2,4.3 2.7,5 1,4.1 .4,2 1.2,.3 2.6,.4 3.9,2.6 4.4,4.8 | 4.4,4.8 4.1,1.6 4.6,.2 5.5,.7",
    "b": "4.9 | .9,9.5 .7,5 .7,.3 | .7,3 1.7,4.8 3.2,5 4.3,3.7 4.2,1.4 3,.1 1.5,.2 .7,1.3",
    "c": "4.5 | 4,4.2 2.8,5 1.2,4.3 .5,2.4 1.2,.5 2.7,0 4.3,.9",
    "d": "5.3 | 4.2,4.2 2.7,5 1,4.1 .4,2 1.2,.3 2.6,.3 4,2.2 | 4.6,9.5 4.2,4 4.4,.9 5.4,.5",
    "e": "4.5 | .6,2.5 2.4,2.8 3.9,3.7 3.3,4.9 2,5 .8,3.8 .6,1.8 1.6,.2 3,.1 4.5,1.2",
    "f": "3.6 | 4.2,8.8 3.1,9.6 2,8.6 1.7,5 1.5,-.2 | .2,4.8 3.5,5.1",
    "g": "5.1 | 4.2,4.3 2.7,5 1,4.1 .5,2.2 1.3,.6 2.7,.8 4,2.8 | 4.5,4.8 4.2,0 3.7,-2.9 2.3,-4 .7,-3.1",
    "h": "5.1 | .9,9.6 .7,4 .7,0 | .7,2.6 2,4.7 3.4,4.8 3.9,3.3 3.9,1 4.4,.1 5.3,.7",
    "i": "2.2 | .8,4.9 .7,1.4 1.1,.1 2.2,.8 | 1,7 1.2,7.2",
    "l": "2.2 | 1,9.6 .8,2 1.2,.2 2.2,.8",
    "m": "7 | .6,4.9 .7,0 | .7,2.6 1.8,4.7 2.9,4.7 3.2,3 3.1,0 | 3.1,2.6 4.3,4.7 5.5,4.7 5.8,3 5.8,1 6.2,.1 7.2,.7",
    "n": "5 | .6,4.9 .7,0 | .7,2.6 2,4.7 3.3,4.7 3.8,3.2 3.8,1 4.2,.1 5.2,.7",
    "o": "4.7 | 2.7,5 1,4.2 .5,2.2 1.3,.3 2.8,.2 4.1,1.8 4,3.9 2.7,5 3.4,4.6 4.9,4.8",
    "p": "4.9 | .6,4.9 .7,1 .5,-4 | .7,2.9 1.7,4.8 3.3,4.9 4.3,3.5 4.1,1.3 2.9,.1 1.5,.3 .8,1.4",
    "r": "3.6 | .6,4.9 .7,0 | .7,2.6 1.6,4.5 2.7,4.9 3.6,4.4",
    "s": "4 | 3.6,4.3 2.4,5 1,4.4 1.1,3.2 2.8,2.3 3.4,1.1 2.2,0 .4,.6",
    "t": "3.4 | 1.8,7.8 1.5,3 1.6,.9 2.4,.1 3.5,.8 | .2,4.9 3.3,5.3",
    "u": "5.1 | .6,4.9 .5,1.6 1.3,.2 2.7,.5 3.9,2.6 | 4.1,4.9 3.9,1.2 4.4,.1 5.3,.7",
    "v": "4.2 | .4,4.8 1.2,2.4 2,.2 3,2.6 3.6,4.9 4.4,4.7",
    "w": "6.4 | .4,4.8 1,2.4 1.7,.2 2.6,2.4 3.3,4.2 4,2 4.7,.2 5.6,2.6 6,4.9 6.7,4.7",
    "y": "4.6 | .5,4.9 .8,1.8 2,.6 3.7,2.6 | 4.2,4.9 3.6,0 2.8,-3 1.6,-4 .4,-3.3",
}
_SLANT = 0.14


def strokes(text: str, x: float, y: float, unit: float, chance: random.Random) -> Iterator[str]:
    """Yield the strokes of a text as paths of SVG, from a place on its line on; five units are as high as an `a`."""
    for letter in text:
        width, *lines = _LETTERS[letter].split(" | ")
        size = unit * chance.uniform(0.94, 1.06)
        up = y + unit * chance.uniform(-0.3, 0.3)
        slant = _SLANT + chance.uniform(-0.04, 0.04)
        for line in lines:
            points = [tuple(map(float, point.split(","))) for point in line.split()]
            yield _path([(x + size * (across + slant * high), up - size * high) for across, high in points])
        x += unit * (float(width) + chance.uniform(0.2, 0.7))


def _path(points: list[tuple[float, float]]) -> str:
    """Return a smooth line through points (Catmull and Rom 1974)."""
    ends = [points[0], *points, points[-1]]
    made = f"M{points[0][0]:.2f} {points[0][1]:.2f}"
    for before, start, end, after in zip(ends, ends[1:], ends[2:], ends[3:], strict=False):
        bends = [
            (start[axis] + (end[axis] - before[axis]) / 6, end[axis] - (after[axis] - start[axis]) / 6)
            for axis in (0, 1)
        ]
        first, second = zip(*bends, strict=True)
        made += "C" + " ".join(f"{each:.2f}" for each in (*first, *second, *end))
    return made
