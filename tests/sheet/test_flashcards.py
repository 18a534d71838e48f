"""Paper flashcards: backs lie exactly behind fronts, and nothing is cut off."""

from __future__ import annotations

import re
import subprocess
from io import BytesIO
from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec
import pytest
from PIL import Image, ImageChops, ImageFilter, ImageOps

from deckgen import core
from deckgen.sheet import export
from deckgen.sheet.flashcards import ABOVE, BELOW, SIDE, grid
from deckgen.sheet.profile import PAPERS
from deckgen.templating.own import templates_of
from sheet.engines import weasyprint_pdf
from sheet.paper import MM, overlapping, read
from sheet.quizzes import course, head, random_items, showcase

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from playwright.sync_api import Page

    from deckgen.sheet.flashcards import Grid
    from sheet.paper import Paper

TEMPLATES = templates_of({})


def cards(made: core.Course, **printing: Any) -> bytes:
    """Return the page of flashcards of a course's only top-level deck."""
    settings = core.Printing(study_guides=False, **{"flashcards": 8, **printing})
    project = msgspec.structs.replace(made.project, printing=settings)
    files = export(msgspec.structs.replace(made, project=project, sheets=()), TEMPLATES, {})
    (html,) = files.values()
    return html


class Side(NamedTuple):
    """A side of a card on its page: where its printed number ends and stands, mm."""

    page: int
    right: float
    top: float


def sides(paper: Paper, grid_: Grid) -> dict[str, list[Side]]:
    """Find the numbers in the corners of cards, small and at the right; fronts and backs by number."""
    rights = [(grid_.left + n * grid_.width - SIDE) * MM for n in (1, 2)]
    found: dict[str, list[Side]] = {}
    for word in paper.words:
        small = word.bottom - word.top < 9.5
        if small and word.text.isdigit() and any(abs(word.right - right) < MM / 2 for right in rights):
            found.setdefault(word.text, []).append(Side(word.page, word.right / MM, word.top / MM))
    return found


@pytest.mark.parametrize(
    ("paper_size", "count", "flip", "engine"),
    [
        ("A4", 8, "long-edge", "chromium"),
        ("A4", 10, "short-edge", "weasyprint"),
        ("Letter", 8, "short-edge", "chromium"),
        ("Letter", 10, "long-edge", "weasyprint"),
    ],
)
def test_backs_lie_behind_their_fronts(
    paper_size: core.Paper, count: int, flip: core.Edge, engine: str, print_pdf: Callable[[bytes], bytes]
) -> None:
    """Measured on the printed pages: turned over the edge, a back covers the card of its number to 0.15 mm."""
    items = random_items(24, 8)
    html = cards(course(items), flashcards=count, paper=paper_size, flip=flip)
    heights = {
        number: float(height)
        for height, number in re.findall(
            r'; height: ([\d.]+)mm; font.*?class="which">(\d+)<', html.decode(), re.DOTALL
        )
    }
    paper = read(print_pdf(html) if engine == "chromium" else weasyprint_pdf(html))
    across, down = PAPERS[paper_size]
    assert all(size == pytest.approx((across * MM, down * MM), abs=1) for size in paper.sizes)
    lattice = grid(paper_size, count, count // 2)
    found = sides(paper, lattice)
    assert sorted(found) == sorted(str(number) for number in range(1, len(items) + 1))
    # From the top of a card to its number it is the same way on both sides.
    into = min(front.top for front, _ in found.values()) - lattice.top
    for number, (front, back) in found.items():
        assert (front.page % 2, back.page) == (1, front.page + 1)
        if flip == "long-edge":
            # A card reaches from `right - width + SIDE` to `right + SIDE`.
            assert across - (back.right + SIDE) == pytest.approx(front.right + SIDE - lattice.width, abs=0.15)
            assert back.top == pytest.approx(front.top, abs=0.15)
        else:
            assert back.right == pytest.approx(front.right, abs=0.15)
            assert down - (back.top - into) - heights[number] == pytest.approx(front.top - into, abs=0.15)


def test_cut_marks_of_both_sides_are_one(print_pdf: Callable[[bytes], bytes]) -> None:
    """The margins of a page of backs are the mirror image of those of its fronts: 300 dpi, to 3 dots (0.25 mm)."""
    pdf = print_pdf(cards(showcase()))
    front, back = (margins(picture(pdf, page)) for page in (1, 2))
    mirrored = ImageOps.mirror(back)
    assert count_black(front) > 500
    for one, other in ((front, mirrored), (mirrored, front)):
        near = other.point(lambda level: 0 if level < 200 else 255).filter(ImageFilter.MinFilter(7))
        alone = ImageChops.lighter(one, ImageOps.invert(near))
        assert count_black(alone) == 0


def picture(pdf: bytes, page: int) -> Image.Image:
    drawn = subprocess.run(
        ["pdftoppm", "-r", "300", "-gray", "-f", str(page), "-l", str(page), "-"],
        input=pdf, capture_output=True, check=True,
    ).stdout  # fmt: skip
    return Image.open(BytesIO(drawn)).convert("L")


def margins(page: Image.Image) -> Image.Image:
    """Blank the cards and the foot."""
    mm = 300 / 25.4
    lattice = grid("A4", 8, 4)
    box = (lattice.left - 1, lattice.top - 1, 210 - lattice.left + 1, 297 - lattice.top + 1)
    page.paste(255, tuple(round(each * mm) for each in box))
    for x in (lattice.left, 105):
        page.paste(
            255,
            (
                round((x + 1) * mm),
                round((297 - lattice.top + 1) * mm),
                round((x + lattice.width - 1) * mm),
                round(296 * mm),
            ),
        )
    return page


def count_black(page: Image.Image) -> int:
    return sum(page.histogram()[:200])


#: For each text of a card: its number and how far it sticks out of the room for it, in px. Spaces hang at the end
#: of lines of code.
_OVERFULL = """([boxes, side, above, below]) => boxes.map(box => {
  const mm = 96 / 25.4, whole = box.closest(".card").getBoundingClientRect();
  const room = {left: whole.left + side * mm, right: whole.right - side * mm, top: whole.top + above * mm, bottom: whole.bottom - below * mm};
  const inside = [...box.querySelectorAll(":not(pre > code)")].map(each => each.getBoundingClientRect()).filter(each => each.width);
  const out = Math.max(0, ...inside.map(each => Math.max(each.bottom - room.bottom, room.top - each.top, each.right - room.right - 1, room.left - each.left - 1)));
  return [box.closest(".card").querySelector(".which").innerText, Math.round(out)];
}).filter(([, out]) => out > 1)"""


def long_items() -> tuple[core.Item, ...]:
    """Return items with more on them than a usual card holds."""
    said = "A program asks the system for a socket, WHICH it holds by a number; Müller’s says “so”. "
    code = "\n".join(f"    line_{n} = call_number_{n}(argument, another_argument)" for n in range(25))
    table = "| Left | Right |\n|---|---|\n" + "\n".join(
        f"| `call_{n}()` does it | {said} |" for n in range(6)
    )
    return (
        core.Short(**head("x1"), prompt=said * 4, answer="a"),
        core.Open(**head("x2"), prompt="Why?", model=said * 12),
        core.Open(**head("x3"), prompt="Why?", model=said * 40),
        core.Short(**head("x4"), prompt=f"What does it print?\n\n```python\n{code}\n```", answer="a"),
        core.Short(**head("x5"), prompt=f"Which?\n\n{table}", answer="a"),
        core.Short(**head("x6"), prompt="- " + "\n- ".join([said] * 9), answer="a", explanation=said * 3),
        core.Open(**head("x7"), prompt="為什麼？" * 30, model="通信の終点であり、プログラムがそれを使う。" * 20),
        core.Short(**head("x8"), prompt="x" * 900, answer="W" * 90),
        core.Open(**head("x9"), prompt="$$\\sum_{i=0}^{n} \\frac{a_i}{b_i}$$\n\n" * 5, model="لماذا؟ " * 120),
        core.Concept(**head("x10"), term="Donaudampfschifffahrtsgesellschaftskapitän " * 3, definition=said * 9, example=said),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("printing", "items"),
    [
        ({}, random_items(70, 21)),
        ({"flashcards": 10, "paper": "Letter"}, random_items(70, 22)),
        ({"profile": "large-print"}, random_items(40, 23)),
        ({"flashcards": 10}, long_items()),
        ({}, long_items()),
    ],
    ids=["8", "10", "large", "long on 10", "long on 8"],
)
def test_nothing_sticks_out_of_a_card(
    printing: dict[str, Any], items: tuple[core.Item, ...], page: Page
) -> None:
    """The estimate of room errs on the large side, for every kind, letters of every script, code, tables, formulas."""
    page.set_content(cards(course(items), **printing).decode())
    found = f"([side, above, below]) => ({_OVERFULL})([[...document.querySelectorAll('.card .text')], side, above, below])"
    assert page.evaluate(found, [SIDE, ABOVE, BELOW]) == []


def test_both_sides_of_every_item_are_there(print_pdf: Callable[[bytes], bytes]) -> None:
    """Each card once, in the order of the source among cards of one height; what is asked on the front alone."""
    items = random_items(60, 4)
    paper = read(print_pdf(cards(course(items))))
    assert overlapping(paper) == []
    marks = [word.text for word in paper.words if word.page % 2]
    assert sorted(mark for mark in marks if mark.endswith("x") and mark.startswith("item")) == sorted(
        f"{item.id}x" for item in items
    )
    for item in items:
        if isinstance(item, core.Choice):
            (front,) = {word.page for word in paper.words if word.text == f"{item.id}x"}
            right = str(next(option.text for option in item.options if option.right)).split()[0]
            wrong = (
                str(next(option.text for option in item.options if not option.right)).split()[0]
                if not all(o.right for o in item.options)
                else ""
            )
            back = [word.text for word in paper.on(front + 1)]
            assert right in back
            assert wrong not in back


def test_long_cards_come_on_pages_of_their_own() -> None:
    """So that a stack can be cut through: all cards of a page have one height."""
    html = cards(course((*random_items(20, 3), *long_items()))).decode()
    heights = [
        set(re.findall(r"; height: ([\d.]+)mm; font-size", part)) for part in html.split("<section")[1:]
    ]
    assert all(len(each) == 1 for each in heights)
    assert len({next(iter(each)) for each in heights}) == 3


def test_cards_are_valid_without_barriers(
    page: Page, axe: Callable[[Page], list[str]], html_errors: Callable[[Mapping[str, bytes]], list[str]]
) -> None:
    """All kinds, in both directions of writing."""
    made = {
        "en.html": cards(showcase()),
        "ar.html": cards(
            msgspec.structs.replace(showcase(), project=core.Project(id="x", title="X", language="ar"))
        ),
    }
    assert [said for said in html_errors(made) if "appears to be written in" not in said] == []
    for html in made.values():
        page.set_content(html.decode())
        assert axe(page) == []


def test_items_for_sheets_alone_have_no_card() -> None:
    """As in Anki; and without the setting there are no cards at all."""
    items = (
        core.Short(**head("a"), prompt="In?", answer="a"),
        core.Short(**head("b", in_deck=False), prompt="Out?", answer="b"),
    )
    html = cards(course(items)).decode()
    assert "In?" in html
    assert "Out?" not in html
    assert not any(name.startswith("flashcards/") for name in export(showcase(), TEMPLATES, {}))


def test_the_room_of_text_is_that_of_the_style_sheet() -> None:
    """What is measured is what is set."""
    html = cards(showcase()).decode()
    assert f"padding: {ABOVE}mm {SIDE}mm {BELOW}mm" in html
    lattice = grid("A4", 8, 4)
    assert f"--width: {lattice.width - 2 * SIDE}mm; --height: {lattice.height - ABOVE - BELOW}mm" in html
