"""Papers to give back: each page as it was scanned, with what is right and the points drawn on it, as a PDF."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from deckgen.confined import read_bytes
from deckgen.marking.flat import PER_MM
from deckgen.marking.reading import PAGES_FOLDER
from deckgen.marking.responses import total
from deckgen.marking.spreadsheets import shown
from deckgen.sheet.geometry import WrittenAnswer

if TYPE_CHECKING:
    from deckgen.marking.papers import Paper
    from deckgen.marking.responses import Response
    from deckgen.marking.rows import MarkedPage, Row
    from deckgen.sheet.bubbles import Bubble

#: Points (1/72 inch) of a mm.
_POINT = 72 / 25.4
_RIGHT, _WRONG, _OPEN = "0.06 0.42 0.2", "0.75 0.09 0.09", "0.6 0.35 0"
#: A quarter of a circle as a Bézier curve.
_ARC = 0.5523


def pdf(paper: Paper, given: Sequence[Response], out: Path) -> bytes:
    """Return a paper as PDF (ISO 32000), always the same for the same pages and points.

    Right options have a ring, wrong marks a cross; the points stand behind each question, their sum at the top.

    Raises:
        OSError: if the picture of a page is not there.
    """
    font = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica-Bold >>"
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>", b"", font]
    width, height = paper.sheet.paper.width, paper.sheet.paper.height
    size = round(width * PER_MM), round(height * PER_MM)
    kids = []
    for page in paper.pages:
        picture = read_bytes(out, f"{PAGES_FOLDER}/{page.key}.jpg")
        drawn = "\n".join(_drawn(paper, page, given, first=page is paper.pages[0])).encode()
        number = len(objects) + 1
        kids.append(f"{number} 0 R")
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {width * _POINT:.2f} {height * _POINT:.2f}] "
            f"/Contents {number + 1} 0 R "
            f"/Resources << /Font << /F 3 0 R >> /XObject << /P {number + 2} 0 R >> >> >>".encode()
        )
        objects.append(_stream("", drawn))
        kind = (
            f"/Type /XObject /Subtype /Image /Width {size[0]} /Height {size[1]} /ColorSpace /DeviceGray "
            "/BitsPerComponent 8 /Filter /DCTDecode "
        )
        objects.append(_stream(kind, picture))
    objects[1] = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(kids)} >>".encode()
    return _file(objects)


def _stream(kind: str, content: bytes) -> bytes:
    return f"<< {kind}/Length {len(content)} >>\nstream\n".encode() + content + b"\nendstream"


def _file(objects: Sequence[bytes]) -> bytes:
    made = bytearray(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
    places = []
    for number, content in enumerate(objects, start=1):
        places.append(len(made))
        made += f"{number} 0 obj\n".encode() + content + b"\nendobj\n"
    start = len(made)
    made += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    made += b"".join(f"{place:010} 00000 n \n".encode() for place in places)
    made += f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n".encode()
    return bytes(made)


def _drawn(paper: Paper, page: MarkedPage, given: Sequence[Response], *, first: bool) -> Iterator[str]:
    """Yield what is drawn on a page; lengths are mm from the top left, as in the JSON."""
    width, height = paper.sheet.paper.width, paper.sheet.paper.height
    yield f"q {width * _POINT:.2f} 0 0 {height * _POINT:.2f} 0 0 cm /P Do Q"
    yield f"{_POINT:.6f} 0 0 {-_POINT:.6f} 0 {height * _POINT:.3f} cm 0.5 w 1 J"
    if first:
        points = total(given)
        reached = "?" if points is None else shown(points)
        color = _OPEN if points is None else _RIGHT
        yield _text(24, 8, f"{reached} / {paper.sheet.total_here:g}", color, 4.6)
    for each in given:
        color = _OPEN if each.points is None else _RIGHT if each.right else _WRONG
        reached = "?" if each.points is None else shown(each.points)
        if isinstance(each.question, WrittenAnswer):
            for home, box in each.boxes[:1]:
                if home is page:
                    text = f"{reached} / {each.question.points:g}"
                    yield _text(box.x + box.width - 2.2 * len(text), box.y + 4.4, text, color, 3.6)
            continue
        there = [row for row in each.rows if row.page is page]
        for row in there:
            yield from _row(row, each.question.right[row.row - 1])
        if there:
            bubbles = [bubble for row in there for bubble in row.bubbles]
            top = min(bubble.y for bubble in bubbles)
            # Behind the first line of the question; above columns of digits there is a box.
            end = max(bubble.x + bubble.radius for bubble in bubbles if bubble.y == top) + 1.6
            yield _text(end, top + 1.1, reached, color, 3.2)


def _row(row: Row, right: Sequence[str]) -> Iterator[str]:
    for bubble in row.bubbles:
        if bubble.option in right:
            yield _ring(bubble)
        elif row.chosen is not None and bubble.option in row.chosen:
            reach = bubble.radius * 1.25
            x, y = bubble.x, bubble.y
            yield (
                f"{_WRONG} RG {x - reach:.2f} {y - reach:.2f} m {x + reach:.2f} {y + reach:.2f} l "
                f"{x - reach:.2f} {y + reach:.2f} m {x + reach:.2f} {y - reach:.2f} l S"
            )


def _ring(bubble: Bubble) -> str:
    x, y, r = bubble.x, bubble.y, bubble.radius * 1.22
    c = r * _ARC
    return (
        f"{_RIGHT} RG {x + r:.2f} {y:.2f} m "
        f"{x + r:.2f} {y + c:.2f} {x + c:.2f} {y + r:.2f} {x:.2f} {y + r:.2f} c "
        f"{x - c:.2f} {y + r:.2f} {x - r:.2f} {y + c:.2f} {x - r:.2f} {y:.2f} c "
        f"{x - r:.2f} {y - c:.2f} {x - c:.2f} {y - r:.2f} {x:.2f} {y - r:.2f} c "
        f"{x + c:.2f} {y - r:.2f} {x + r:.2f} {y - c:.2f} {x + r:.2f} {y:.2f} c S"
    )


def _text(x: float, y: float, text: str, color: str, size: float) -> str:
    """Write digits and signs; the page is upside down to letters, which are turned back."""
    return f"BT {color} rg /F {size} Tf 1 0 0 -1 {x:.2f} {y:.2f} Tm ({text}) Tj ET"
