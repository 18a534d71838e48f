"""Paper flashcards: fronts, and after each its back, to be printed on both sides and cut."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import msgspec
from markupsafe import Markup

from deckgen.core import Paper
from deckgen.sheet.kinds import ARRANGE
from deckgen.sheet.measure import Extent, Picture, extent, fits, least_height
from deckgen.sheet.pieces import Pieces, read
from deckgen.sheet.profile import PAPERS, PageProfile, handout_profile
from deckgen.sheet.tables import fitted
from deckgen.sheet.version import Question

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    import jinja2

    from deckgen.core import Deck, Edge, Item, Printing, Project

#: Width and height of a card in mm, by paper and cards a page. 10 on Letter is 3.5 × 2 inches, the size of
#: perforated business cards.
_CARDS = {
    ("A4", 8): (95.0, 67.0),
    ("A4", 10): (90.0, 54.0),
    ("Letter", 8): (98.0, 63.0),
    ("Letter", 10): (88.9, 50.8),
}
COLUMNS = 2
Sizes = tuple[tuple[float, float], ...]
#: Margins of a card in mm: left and right, above and below (the line with deck and number counts as above).
SIDE, ABOVE, BELOW = 6.0, 9.0, 5.0
#: Type sizes that are tried, the largest first, and the distance of lines; points.
_SIZES = (
    (20.0, 25.0), (18.0, 22.5), (16.0, 20.0), (14.0, 17.5), (12.5, 16.0), (11.5, 14.75), (10.5, 13.5),
    (9.75, 12.75), (9.0, 11.75), (8.0, 10.5), (7.0, 9.25), (6.0, 8.0), (5.0, 6.5),
)  # fmt: skip
_LARGE_SIZES = (48, 40, 34, 30, 27, 24, 21, 20, 18, 16, 14, 12, 10)
#: A long card gets a page with fewer and higher ones before its type gets smaller than this, or than large print.
_READABLE = 8.0
_POINT = 25.4 / 72
#: Cut marks: distance from the cards, length; mm.
_OFF, _LONG = 1.5, 4.0


def cards_profile(printing: Printing) -> PageProfile:
    """Return the profile of flashcards, which fit tables to their own width."""
    return msgspec.structs.replace(handout_profile(printing), on_cards=True)


class Grid(msgspec.Struct, frozen=True):
    """How the cards of a page lie; mm from its top left corner."""

    paper: Paper
    rows: int
    left: float
    top: float
    width: float
    height: float

    def place(self, index: int, back_of: Edge | None = None) -> tuple[float, float]:
        """Return the corner of a card, counted along the rows; on a back page, that after it.

        Turning over the long edge of an upright page swaps left and right; over the short one, top and bottom.
        """
        row, column = divmod(index, COLUMNS)
        if back_of == "long-edge":
            column = COLUMNS - 1 - column
        elif back_of == "short-edge":
            row = self.rows - 1 - row
        return round(self.left + column * self.width, 3), round(self.top + row * self.height, 3)

    @property
    def cuts(self) -> list[tuple[float, float, float, float]]:
        """Return the marks to cut at, as lines `x1, y1, x2, y2`: outside of the cards, and where four meet."""
        across = [self.left + n * self.width for n in range(COLUMNS + 1)]
        down = [self.top + n * self.height for n in range(self.rows + 1)]
        marks = []
        for x in across:
            marks += [
                (x, down[0] - _OFF - _LONG, x, down[0] - _OFF),
                (x, down[-1] + _OFF, x, down[-1] + _OFF + _LONG),
            ]
        for y in down:
            marks += [
                (across[0] - _OFF - _LONG, y, across[0] - _OFF, y),
                (across[-1] + _OFF, y, across[-1] + _OFF + _LONG, y),
            ]
        for x in across[1:-1]:
            for y in down[1:-1]:
                marks += [(x - 1, y, x + 1, y), (x, y - 1, x, y + 1)]
        return [(round(a, 3), round(b, 3), round(c, 3), round(d, 3)) for a, b, c, d in marks]


class Side(msgspec.Struct, frozen=True):
    """What one side of a card says, and the size of its type and its lines in points."""

    text: Markup
    size: float
    line: float


class Card(msgspec.Struct, frozen=True, kw_only=True):
    """A card as it is set, independent of its place in the deck."""

    kind: str
    #: Name of its deck below the top-level one.
    deck: str
    #: As `Item.language`.
    language: str
    front: Side
    back: Side
    #: Rows of its page: as many as there are, or 2 or 1 for long cards.
    rows: int


class Placed(msgspec.Struct, frozen=True):
    """A side of a card on a page, with its corner in mm; `number` counts through the deck, from 1."""

    number: int
    card: Card
    side: Side
    x: float
    y: float


class Sided(msgspec.Struct, frozen=True, kw_only=True):
    """A printed page: the fronts of some cards, or their backs."""

    back: bool
    number: int
    grid: Grid
    cards: tuple[Placed, ...]


def page(project: Project, deck: Deck, cards: Sequence[Card], env: jinja2.Environment) -> bytes:
    """Return pages of fronts, each followed by the page of its backs.

    Raises:
        jinja2.TemplateError: if a template is wrong.
    """
    printing = project.printing
    pages = sided(cards, handout_profile(printing).paper, printing.flashcards, printing.flip)
    text = env.get_template("sheet/flashcards.html").render(
        project=project,
        deck=deck,
        pages=tuple(pages),
        flip=printing.flip,
        side=SIDE,
        above=ABOVE,
        below=BELOW,
    )
    return text.encode()


@cache
def grid(paper: Paper, cards: int, rows: int) -> Grid:
    """Return the grid of a page for `cards` cards; higher cards have fewer `rows`."""
    width, height = _CARDS[paper, cards]
    across, down = PAPERS[paper]
    whole = height * (cards // COLUMNS)
    return Grid(
        paper,
        rows,
        round((across - COLUMNS * width) / 2, 3),
        round((down - whole) / 2, 3),
        width,
        round(whole / rows, 3),
    )


def sided(cards: Sequence[Card], paper: Paper, count: int, flip: Edge) -> Iterator[Sided]:
    """Lay cards out on pages, fronts and backs alternating; pages with higher cards come last, to be cut."""
    number = 0
    for rows in (count // COLUMNS, 2, 1):
        mine = [(place, each) for place, each in enumerate(cards, start=1) if each.rows == rows]
        lattice = grid(paper, count, rows)
        for start in range(0, len(mine), COLUMNS * rows):
            number += 1
            there = mine[start : start + COLUMNS * rows]
            for back in (False, True):
                places = [lattice.place(index, flip if back else None) for index in range(len(there))]
                yield Sided(
                    back=back,
                    number=number,
                    grid=lattice,
                    cards=tuple(
                        Placed(place, each, each.back if back else each.front, x, y)
                        for (place, each), (x, y) in zip(there, places, strict=True)
                    ),
                )


def card(env: jinja2.Environment, item: Item, profile: PageProfile, count: int) -> Card:
    """Return the card of an item for pages of `count` cards.

    It follows from these values, the templates of the item's kind and the pictures that the item names.
    """
    arrangement = ARRANGE[item.kind](item, ("flashcards", item.lasting_name), 1)[0]
    # The number on a card is not part of its sides.
    question = Question(0, item, arrangement)

    def text(name: str, *, explained: bool = False) -> Markup:
        template = env.get_template(f"sheet/{item.kind}/{name}.html")
        # The template escapes what is not markup.
        return Markup(template.render(q=question, item=item, explained=explained).strip())  # noqa: S704

    front, back = text("front"), text("back")
    rows = _rows((read(front), read(back)), profile, count)
    lattice = grid(profile.paper, count, rows)
    after = _side(back, lattice, _sizes(profile))
    if item.explanation:
        longer = text("back", explained=True)
        if _fits(read(longer), lattice, *_readable(profile)[-1]):
            after = _side(longer, lattice, _readable(profile))
    return Card(
        kind=item.kind,
        deck=item.topic or " › ".join(item.deck.split("::")[1:]),
        language=item.language,
        front=_side(front, lattice, _sizes(profile)),
        back=after,
        rows=rows,
    )


def _sizes(profile: PageProfile) -> Sizes:
    if not profile.large:
        return _SIZES
    largest = max(30.0, profile.size)
    return tuple((float(size), round(1.28 * size, 2)) for size in _LARGE_SIZES if size <= largest)


def _readable(profile: PageProfile) -> Sizes:
    least = profile.size if profile.large else _READABLE
    return tuple(each for each in _sizes(profile) if each[0] >= least) or _sizes(profile)[:1]


def _rows(sides: Iterable[Pieces], profile: PageProfile, count: int) -> int:
    """Return how many rows a page may have for all sides to be readable; 1 where they never are."""
    smallest = _readable(profile)[-1]
    return next(
        (
            rows
            for rows in (count // COLUMNS, 2)
            if all(_fits(side, grid(profile.paper, count, rows), *smallest) for side in sides)
        ),
        1,
    )


def _side(text: Markup, lattice: Grid, sizes: Sizes) -> Side:
    """Set a side in the largest size that breaks no word; where all do, in the largest."""
    pieces = read(text)
    whole = extent(pieces)
    for size in sizes:
        if _may_fit(whole, lattice, *size) and _fits(pieces, lattice, *size, whole=True):
            return Side(text, *size)
    for size in sizes:
        narrower = Markup(fitted(text, _width(lattice, size[0])))  # noqa: S704 -- markup, and cut between its cells
        if _fits(read(narrower), lattice, *size):
            return Side(narrower, *size)
    return Side(Markup(fitted(text, _width(lattice, sizes[-1][0]))), *sizes[-1])  # noqa: S704 -- same


def _width(lattice: Grid, size: float) -> float:
    return (lattice.width - 2 * SIDE) / (size * _POINT)


def _height(lattice: Grid, line: float) -> float:
    return (lattice.height - ABOVE - BELOW) / (line * _POINT)


def _may_fit(whole: Extent, lattice: Grid, size: float, line: float) -> bool:
    """Return quickly whether a side may fit: most sizes need not be tried."""
    return least_height(whole, _width(lattice, size)) <= _height(lattice, line)


def _fits(side: Pieces, lattice: Grid, size: float, line: float, *, whole: bool = False) -> bool:
    return fits(side, _width(lattice, size), _height(lattice, line), picture(lattice, line), whole=whole)


def picture(lattice: Grid, line: float) -> Picture:
    """Return the room for a picture on a card: 45 % of its height, which the style sheet says too."""
    return Picture(0.45 * lattice.height / (line * _POINT), 1.0)
