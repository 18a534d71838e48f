"""Read scans of answer sheets: a program that knows nothing but the JSON beside them."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from marking.simulator import projection

if TYPE_CHECKING:
    from PIL import Image

LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
Point = tuple[float, float]


class Reading(NamedTuple):
    """What was found on a page."""

    version: str
    page: int
    #: Filled options by question and row.
    filled: dict[tuple[int, int], list[str]]
    #: The student number; `_` where a digit is left empty, `?` where two are filled.
    student: str = ""
    #: The number of the copy, None where it has none.
    serial: int | None = None


@cache
def _disc(radius: int) -> list[tuple[int, int]]:
    """Return the places of a disc around its middle."""
    reach = range(-radius, radius + 1)
    return [(across, down) for down in reach for across in reach if down**2 + across**2 <= radius**2]


class Scan:
    """A page on the glass: finds its marks, and maps millimetres to dots."""

    def __init__(self, picture: Image.Image, geometry: dict[str, Any]) -> None:
        self.picture = picture
        self.dots = picture.load()
        self.width, self.height = picture.size
        self.per_mm = picture.width / geometry["paper"]["width"]
        marks = geometry["marks"]
        corners = [name for name in marks if name != "turn"]
        found = [self._mark(marks[name]) for name in corners]
        self._map = projection([(marks[name]["x"], marks[name]["y"]) for name in corners], found)

    def at(self, x: float, y: float) -> Point:
        """Return the dot at a place of the page, mm."""
        a, b, c, d, e, f, g, h = self._map
        below = g * x + h * y + 1
        return (a * x + b * y + c) / below, (d * x + e * y + f) / below

    def darkness(self, x: float, y: float, reach: float) -> float:
        """Return how dark a disc is, 0 to 1."""
        steps = max(2, round(reach * self.per_mm))
        step = reach / steps
        levels = [self.level(*self.at(x + across * step, y + down * step)) for across, down in _disc(steps)]
        return 1 - sum(levels) / len(levels) / 255

    def bits(self, squares: list[dict[str, float]]) -> str:
        """Return `1` for each black square and `0` for each white one."""
        return "".join("01"[self.darkness(bit["x"], bit["y"], bit["side"] / 4) > 0.5] for bit in squares)

    def level(self, across: float, down: float) -> int:
        """Return the grey of a dot, white outside of the picture."""
        x, y = round(across), round(down)
        return self.dots[x, y] if 0 <= x < self.width and 0 <= y < self.height else 255

    def _mark(self, mark: dict[str, float]) -> Point:
        """Find a black square near where it should be: the largest dark spot that is as large as the mark."""
        left, right = (round((mark["x"] + reach) * self.per_mm) for reach in (-9, 9))
        top, bottom = (round((mark["y"] + reach) * self.per_mm) for reach in (-9, 9))
        dots = self.dots
        todo = {
            (x, y)
            for x in range(max(left, 0), min(right, self.width))
            for y in range(max(top, 0), min(bottom, self.height))
            if dots[x, y] < 128
        }
        best: list[Point] = []
        while todo:
            spot = [todo.pop()]
            for x, y in spot:
                for near in ((x + 1, y), (x - 1, y), (x, y + 1), (x, y - 1)):
                    if near in todo:
                        todo.remove(near)
                        spot.append(near)
            best = max(best, spot, key=len)
        size = (mark["side"] * self.per_mm) ** 2
        if not 0.7 * size < len(best) < 1.4 * size:
            raise ValueError(f"no mark near {mark}")
        return sum(x for x, _ in best) / len(best), sum(y for _, y in best) / len(best)


def read(picture: Image.Image, geometries: list[dict[str, Any]]) -> Reading:
    """Read a scanned page of one of some answer sheets, whichever way up it lay on the glass."""
    scan = Scan(picture, geometries[0])
    turn = geometries[0]["marks"]["turn"]
    if scan.darkness(turn["x"], turn["y"], turn["side"] / 3) < 0.5:
        picture = picture.rotate(180)
        scan = Scan(picture, geometries[0])
    bits = [bit == "1" for bit in scan.bits(geometries[0]["pages"][0]["bits"])]
    for geometry in geometries:
        for page in geometry["pages"]:
            if [bit["filled"] for bit in page["bits"]] == bits:
                return Reading(
                    geometry["version"],
                    page["page"],
                    _filled(scan, page),
                    student(scan, page),
                    serial(scan, page["serial"]),
                )
    raise ValueError(f"no answer sheet has the code {bits}")


def serial(scan: Scan, squares: list[dict[str, float]] | None) -> int | None:
    """Return the number of a copy, from the squares that say it."""
    bits = scan.bits(squares or [])
    fours = [int(bits[place : place + 4], 2) for place in range(0, len(bits), 4)]
    if fours and sum(fours[:-1]) % 16 != fours[-1]:
        raise ValueError(f"no number of a copy: {bits}")
    return int(bits[:-4], 2) if fours and any(fours) else None


def code(scan: Scan, squares: list[dict[str, float]]) -> tuple[str, int]:
    """Return the code and the page that the squares of any page say, also of a question sheet."""
    bits = scan.bits(squares)
    fours = [int(bits[place : place + 4], 2) for place in range(0, len(bits), 4)]
    if sum(fours[:-1]) % 16 != fours[-1]:
        raise ValueError(f"no code: {bits}")
    letters = [LETTERS[int(bits[place : place + 5], 2)] for place in range(0, 20, 5)]
    return "".join(letters), int(bits[20:28], 2)


def _filled(scan: Scan, page: dict[str, Any]) -> dict[tuple[int, int], list[str]]:
    filled: dict[tuple[int, int], list[str]] = {}
    for bubble in page["bubbles"]:
        if _is_filled(scan, bubble):
            filled.setdefault((bubble["question"], bubble["row"]), []).append(bubble["option"])
    return filled


def student(scan: Scan, page: dict[str, Any]) -> str:
    """Return the student number that is filled in on a page; empty where the page asks for none."""
    digits: dict[int, list[str]] = {}
    for bubble in page["student"]:
        filled = digits.setdefault(bubble["digit"], [])
        if _is_filled(scan, bubble):
            filled.append(bubble["option"])
    return "".join(
        found[0] if len(found) == 1 else "?" if found else "_" for _, found in sorted(digits.items())
    )


def _is_filled(scan: Scan, bubble: dict[str, Any]) -> bool:
    return scan.darkness(bubble["x"], bubble["y"], 0.6 * bubble["radius"]) > 0.5
