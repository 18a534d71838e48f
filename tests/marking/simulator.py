"""A class that fills in answer sheets, and the scanner or telephone that takes pictures of them.

It draws with Pillow on pages that the product printed, and knows only their JSON. It shares no code with the marker.
"""

from __future__ import annotations

import math
import random
import subprocess
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cache
from io import BytesIO
from typing import Any

from PIL import Image, ImageChops, ImageDraw, ImageFilter

Picture = Image.Image
#: A bubble of a page: question, row, option.
Place = tuple[int, int, str]


@dataclass(frozen=True)
class Pen:
    """How somebody writes: grey of the ink (0 is black), width of a line in mm, how full and how exact."""

    grey: int = 30
    #: Red, green and blue of the ink, 0 to 255: the scan is in colour then.
    colour: tuple[int, int, int] | None = None
    width: float = 0.5
    #: Radius of what is filled, as a share of the bubble's.
    full: tuple[float, float] = (0.85, 1.08)
    #: How far from the middle, mm.
    off: float = 0.25
    habit: str = "fill"


PENS = (
    Pen(),
    Pen(grey=60, width=0.7, full=(0.8, 1.05)),
    Pen(grey=95, width=0.5, full=(0.85, 1.1), off=0.35),
    Pen(grey=15, width=0.6, habit="scribble"),
)
#: Ball pens, and a felt pen that is nearly too light.
COLOURED = (
    Pen(colour=(28, 48, 150)),
    Pen(colour=(196, 32, 44), width=0.6),
    Pen(colour=(40, 110, 200), habit="scribble", width=0.6),
    Pen(colour=(214, 84, 60), full=(0.85, 1.1)),
)


@dataclass(frozen=True)
class Strange:
    """How often a response is not simply filled in."""

    faint: float = 0.0
    crossed: float = 0.0
    circled: float = 0.0
    erased: float = 0.0
    cancelled: float = 0.0
    double: float = 0.01
    blank: float = 0.03


@dataclass(frozen=True)
class Machine:
    """What takes the picture."""

    dpi: int = 200
    skew: float = 0.6
    moved: float = 1.5
    blur: float = 0.4
    noise: float = 3.0
    perspective: float = 0.0
    shadow: float = 0.0
    #: Grey of the paper and of printed black.
    paper: int = 250
    black: int = 20
    bilevel: bool = False
    #: Red, green and blue of the paper against white, for scans in colour.
    tint: tuple[int, int, int] = (255, 255, 255)
    #: Quality of JPEG; 0 for none.
    jpeg: int = 0
    upside_down: float = 0.1
    #: What is around the page, as a share of its width: a photograph.
    around: float = 0.0
    ground: int = 90


CLEAN = Machine()
BLACK_AND_WHITE = Machine(bilevel=True, noise=2)
DEGRADED = Machine(skew=2.0, moved=4, blur=0.9, noise=9, shadow=0.25, paper=228, black=50, jpeg=50)
COARSE = Machine(dpi=100, skew=1.2, blur=0.45, noise=5, jpeg=50)
FINE = Machine(dpi=600, skew=0.8, blur=1.5, noise=4)
YELLOW = Machine(tint=(255, 246, 188), jpeg=60)
PINK = Machine(tint=(255, 214, 220), skew=1.2, blur=0.7, noise=6, shadow=0.15, jpeg=50)
PHOTOGRAPH = Machine(
    skew=4, perspective=0.035, shadow=0.4, blur=0.9, noise=6, paper=215, black=45, around=0.12, jpeg=70
)


@dataclass
class Filled:
    """A page that somebody filled in."""

    picture: Picture
    code: str
    page: int
    #: What the writer means, for each row.
    meant: dict[tuple[int, int], frozenset[str]]
    #: Rows with a mark that is not simply filled.
    strange: set[tuple[int, int]] = field(default_factory=set)
    #: Questions that something is written to.
    written: set[int] = field(default_factory=set)


def printed(pdf: bytes, dpi: int) -> list[Picture]:
    """Return the pages of a PDF in grey."""
    drawn = subprocess.run(
        ["pdftoppm", "-r", str(dpi), "-gray", "-"], input=pdf, capture_output=True, check=True
    )
    stream, pages = BytesIO(drawn.stdout), []
    while stream.tell() < len(drawn.stdout):
        begun = stream.tell()
        fields: list[bytes] = []
        while len(fields) < 4:
            fields += stream.readline().split()
        size = int(fields[1]), int(fields[2])
        pages.append(Image.frombytes("L", size, stream.read(size[0] * size[1])))
        assert begun < stream.tell()
    return pages


def filled(
    blank: Picture,
    geometry: dict[str, Any],
    page: dict[str, Any],
    chance: random.Random,
    pen: Pen,
    strange: Strange,
    wanted: Callable[[dict[str, Any], int], Sequence[str]] | None = None,
    student: str = "",
) -> Filled:
    """Fill in a page with random answers, or with those `wanted` of a question's row, and a student number."""
    hand = _Hand(blank.convert("RGB" if pen.colour else "L"), geometry, chance, pen)
    rows: dict[tuple[int, int], list[dict[str, Any]]] = {}
    for bubble in page["bubbles"]:
        rows.setdefault((bubble["question"], bubble["row"]), []).append(bubble)
    questions = {question["number"]: question for question in geometry["questions"]}
    done = Filled(hand.picture, geometry["code"], page["page"], {})
    for place, bubbles in rows.items():
        question = questions[place[0]]
        if wanted:
            chosen = [bubble for bubble in bubbles if bubble["option"] in wanted(question, place[1])]
        elif question["several"]:
            chosen = [bubble for bubble in bubbles if chance.random() < 0.4]
        elif len(bubbles) == 1:
            # A sign, which not every number has.
            chosen = bubbles if chance.random() < 0.4 else []
        else:
            chosen = [] if chance.random() < strange.blank else [chance.choice(bubbles)]
            if chosen and chance.random() < strange.double:
                chosen = chance.sample(bubbles, min(2, len(bubbles)))
        done.meant[place] = frozenset(bubble["option"] for bubble in chosen)
        for bubble in chosen:
            if hand.mark(bubble, strange):
                done.strange.add(place)
        others = [bubble for bubble in bubbles if bubble not in chosen]
        if others and chance.random() < strange.erased:
            hand.erased(chance.choice(others))
            done.strange.add(place)
        if others and chance.random() < strange.cancelled:
            hand.cancelled(chance.choice(others))
            done.strange.add(place)
    for bubble in page.get("student", ()):
        if student[bubble["digit"] - 1 : bubble["digit"]] == bubble["option"]:
            hand.mark(bubble, Strange())
    for box in page.get("writing", ()):
        if chance.random() >= strange.blank:
            hand.write(box)
            done.written.add(box["question"])
    hand.name()
    return done


class _Hand:
    def __init__(self, picture: Picture, geometry: dict[str, Any], chance: random.Random, pen: Pen) -> None:
        self.picture = picture
        self._mm = picture.width / geometry["paper"]["width"]
        self._width = geometry["paper"]["width"]
        self._chance = chance
        self._pen = pen

    def mark(self, bubble: dict[str, Any], strange: Strange) -> bool:
        """Mark a bubble; return whether in a strange way."""
        draw = self._chance.random()
        if draw < strange.faint:
            self._disc(bubble, self._chance.randrange(165, 215))
        elif draw < strange.faint + strange.crossed:
            self._cross(bubble, 0.8)
        elif draw < strange.faint + strange.crossed + strange.circled:
            self._circle(bubble)
        elif self._pen.habit == "cross":
            self._cross(bubble, 0.85)
            return False
        elif self._pen.habit == "scribble":
            self._scribble(bubble)
            return False
        else:
            self._disc(bubble, self._pen.grey)
            return False
        return True

    def erased(self, bubble: dict[str, Any]) -> None:
        """What a rubber leaves."""
        self._disc(bubble, self._chance.randrange(205, 243))

    def cancelled(self, bubble: dict[str, Any]) -> None:
        """Filled, then crossed out with long strokes."""
        self._disc(bubble, self._pen.grey)
        self._cross(bubble, self._chance.uniform(1.7, 2.1))

    def name(self) -> None:
        """Write a name: a wavy line of its own."""
        self._words(32.0, 35.0 + self._chance.uniform(-0.5, 0.5), self._chance.randrange(17, 52))

    def write(self, box: dict[str, Any]) -> None:
        """Write some lines into a box."""
        step = box["height"] / box["lines"]
        for line in range(self._chance.randrange(1, box["lines"] + 1)):
            long = (box["width"] - 12) * self._chance.uniform(0.4, 0.95)
            self._words(box["x"] + 7, box["y"] + (line + 0.6) * step, long)

    def _words(self, x: float, y: float, long: float) -> None:
        points, end = [], x + long
        while x < end:
            x += self._chance.uniform(0.3, 1.4)
            points.append((x, y + self._chance.uniform(-2.5, 1.5)))
        self._lines([points], 0.4, self._pen.grey)

    def _somewhere(self, bubble: dict[str, Any]) -> tuple[float, float]:
        off = self._pen.off
        return bubble["x"] + self._chance.uniform(-off, off), bubble["y"] + self._chance.uniform(-off, off)

    def _disc(self, bubble: dict[str, Any], grey: int) -> None:
        x, y = self._somewhere(bubble)
        radius = bubble["radius"] * self._chance.uniform(*self._pen.full)
        points = []
        for step in range(24):
            turn = step * math.tau / 24
            reach = radius * self._chance.uniform(0.93, 1.03)
            points.append(((x + reach * math.cos(turn)) * self._mm, (y + reach * math.sin(turn)) * self._mm))
        self._darken([points], 0, lambda pen, moved: pen.polygon(moved[0], fill=self._ink(grey)))

    def _cross(self, bubble: dict[str, Any], size: float) -> None:
        x, y = self._somewhere(bubble)
        reach = bubble["radius"] * size * 0.75
        width = max(self._pen.width, 0.45)
        self._lines(
            [
                [(x - reach, y - reach * self._chance.uniform(0.8, 1.1)), (x + reach, y + reach)],
                [(x - reach, y + reach * self._chance.uniform(0.8, 1.1)), (x + reach, y - reach)],
            ],
            width,
            self._pen.grey,
        )

    def _circle(self, bubble: dict[str, Any]) -> None:
        x, y = self._somewhere(bubble)
        reach = bubble["radius"] * self._chance.uniform(1.25, 1.5)
        turns = [step * math.tau / 30 for step in range(32)]
        self._lines(
            [[(x + reach * math.cos(turn), y + reach * math.sin(turn)) for turn in turns]],
            0.45,
            self._pen.grey,
        )

    def _scribble(self, bubble: dict[str, Any]) -> None:
        x, y = self._somewhere(bubble)
        radius = bubble["radius"] * self._chance.uniform(0.85, 1.0)
        points = []
        count = round(2 * radius / 0.42)
        for step in range(count + 1):
            down = -radius + 2 * radius * step / count
            half = math.sqrt(max(radius**2 - down**2, 0)) * self._chance.uniform(0.85, 1.05)
            points += [(x - half, y + down), (x + half, y + down)]
        self._lines([points], self._pen.width, self._pen.grey)

    def _lines(self, lines: Sequence[Sequence[tuple[float, float]]], width: float, grey: int) -> None:
        broad = max(1, round(width * self._mm))

        def draw(pen: ImageDraw.ImageDraw, moved: list[list[tuple[float, float]]]) -> None:
            for line in moved:
                pen.line(line, fill=self._ink(grey), width=broad, joint="curve")

        self._darken([[(x * self._mm, y * self._mm) for x, y in line] for line in lines], broad, draw)

    def _ink(self, grey: int) -> int | tuple[int, ...]:
        """Return the colour of ink that is as light as a grey."""
        if self._pen.colour is None:
            return grey
        paler = max(0.0, (grey - self._pen.grey) / (255 - self._pen.grey))
        return tuple(round(each + (255 - each) * paler) for each in self._pen.colour)

    def _darken(
        self,
        lines: list[list[tuple[float, float]]],
        broad: int,
        paint: Callable[[ImageDraw.ImageDraw, list[list[tuple[float, float]]]], None],
    ) -> None:
        """Ink only darkens: what is printed below shows through."""
        across, down = ([point[axis] for line in lines for point in line] for axis in (0, 1))
        left, top = (math.floor(min(each)) - broad - 2 for each in (across, down))
        right, bottom = (math.ceil(max(each)) + broad + 2 for each in (across, down))
        layer = Image.new(self.picture.mode, (right - left, bottom - top), "white")
        paint(ImageDraw.Draw(layer), [[(x - left, y - top) for x, y in line] for line in lines])
        box = left, top, right, bottom
        self.picture.paste(ImageChops.darker(self.picture.crop(box), layer), box)


def marked(
    blank: Picture, geometry: dict[str, Any], bubbles: Sequence[dict[str, Any]], chance: random.Random
) -> Picture:
    """Return a page with some bubbles filled."""
    hand = _Hand(blank.copy(), geometry, chance, PENS[0])
    for bubble in bubbles:
        hand.mark(bubble, Strange())
    return hand.picture


def taken(page: Picture, machine: Machine, chance: random.Random) -> Picture:
    """Return the picture that a machine takes of a page."""
    levels = [machine.black + value * (machine.paper - machine.black) // 255 for value in range(256)]
    picture = page.point(levels * len(page.getbands()))
    if picture.mode == "RGB":
        picture = ImageChops.multiply(picture, Image.new("RGB", picture.size, machine.tint))
    if machine.around:
        picture = _on_a_table(picture, machine)
    picture = _laid(picture, machine, chance)
    if machine.shadow:
        shade = _shade(picture.size, machine.shadow, chance)
        picture = ImageChops.multiply(picture, shade.convert(picture.mode))
    if machine.blur:
        picture = picture.filter(ImageFilter.GaussianBlur(machine.blur))
    if machine.noise:
        grain = _grain(picture.size, machine.noise)
        moved = ImageChops.offset(grain, chance.randrange(grain.width), chance.randrange(grain.height))
        picture = ImageChops.add(picture, moved.convert(picture.mode), 1, -128)
    if machine.bilevel:
        limit = chance.randrange(120, 170)
        picture = picture.point(lambda value: 255 if value > limit else 0)
    if chance.random() < machine.upside_down:
        picture = picture.transpose(Image.Transpose.ROTATE_180)
    return picture


def stored(picture: Picture, machine: Machine) -> tuple[str, bytes]:
    """Return the ending and the content of the file of a picture."""
    stream = BytesIO()
    if machine.jpeg:
        picture.save(stream, "JPEG", quality=machine.jpeg, dpi=(machine.dpi, machine.dpi))
        return ".jpg", stream.getvalue()
    made = picture.convert("1") if machine.bilevel else picture
    made.save(stream, "PNG", compress_level=1, dpi=(machine.dpi, machine.dpi))
    return ".png", stream.getvalue()


def _on_a_table(picture: Picture, machine: Machine) -> Picture:
    border = round(machine.around * picture.width)
    size = picture.width + 2 * border, picture.height + 2 * border
    table = Image.new(picture.mode, size, _fill(picture, machine.ground))
    table.paste(picture, (border, border))
    return table


def _laid(picture: Picture, machine: Machine, chance: random.Random) -> Picture:
    width, height = picture.size
    turn = math.radians(chance.uniform(-machine.skew, machine.skew))
    moved = machine.moved / 25.4 * machine.dpi
    shift = chance.uniform(-moved, moved), chance.uniform(-moved, moved)
    corners = []
    for x, y in ((0, 0), (0, height), (width, height), (width, 0)):
        across = x + chance.uniform(-1, 1) * machine.perspective * width - width / 2
        down = y + chance.uniform(-1, 1) * machine.perspective * height - height / 2
        corners.append(
            (
                width / 2 + across * math.cos(turn) - down * math.sin(turn) + shift[0],
                height / 2 + across * math.sin(turn) + down * math.cos(turn) + shift[1],
            )
        )
    if machine.perspective:
        places = [(0, 0), (0, height), (width, height), (width, 0)]
        way = projection(corners, places)
        fill = _fill(picture, machine.ground)
        return picture.transform(
            picture.size, Image.Transform.PERSPECTIVE, way, Image.Resampling.BILINEAR, fillcolor=fill
        )
    (x0, y0), (x1, y1), _, (x3, y3) = corners
    # An affine map from the picture that is taken to the page.
    a, b, c, d = (x3 - x0) / width, (x1 - x0) / height, (y3 - y0) / width, (y1 - y0) / height
    whole = a * d - b * c
    way = (d / whole, -b / whole, (b * y0 - d * x0) / whole, -c / whole, a / whole, (c * x0 - a * y0) / whole)
    fill = _fill(picture, machine.paper)
    return picture.transform(
        picture.size, Image.Transform.AFFINE, way, Image.Resampling.BILINEAR, fillcolor=fill
    )


def _fill(picture: Picture, grey: int) -> int | tuple[int, ...]:
    return (grey,) * 3 if picture.mode == "RGB" else grey


@cache
def _grain(size: tuple[int, int], noise: float) -> Picture:
    """Return grey dots at random, around 128; each picture has them elsewhere."""
    return Image.effect_noise(size, noise)


def _shade(size: tuple[int, int], depth: float, chance: random.Random) -> Picture:
    """Return a soft shadow: dark by at most `depth`."""
    small = Image.new("L", (24, 32), 255)
    draw = ImageDraw.Draw(small)
    dark = round(255 * (1 - depth))
    kind = chance.randrange(3)
    if kind == 0:
        x = chance.randrange(4, 20)
        draw.polygon([(0, 0), (x, 0), (x + chance.randrange(-4, 5), 32), (0, 32)], fill=dark)
    elif kind == 1:
        draw.ellipse((chance.randrange(-8, 12), chance.randrange(-8, 16), 26, 36), fill=dark)
    else:
        for row in range(32):
            draw.line((0, row, 24, row), fill=round(255 - (255 - dark) * row / 31))
    soft = small.filter(ImageFilter.GaussianBlur(1.5))
    return soft.resize(size, Image.Resampling.BICUBIC)


def projection(places: Sequence[tuple[float, float]], dots: Sequence[tuple[float, float]]) -> list[float]:
    """Return the eight coefficients of the projection that takes four places to four dots."""
    rows = []
    for (x, y), (u, v) in zip(places, dots, strict=True):
        rows.append([x, y, 1, 0, 0, 0, -u * x, -u * y, u])
        rows.append([0, 0, 0, x, y, 1, -v * x, -v * y, v])
    for column in range(8):
        pivot = max(range(column, 8), key=lambda row: abs(rows[row][column]))
        rows[column], rows[pivot] = rows[pivot], rows[column]
        rows[column] = [value / rows[column][column] for value in rows[column]]
        for other in range(8):
            if other != column:
                factor = rows[other][column]
                rows[other] = [a - factor * b for a, b in zip(rows[other], rows[column], strict=True)]
    return [row[8] for row in rows]
