r"""Lines in arrays: `{cc|c}` and `\hline`, which latex2mathml loses in part and ziamath does not draw.

The lines are taken out of the LaTeX, and a private-use character in the next cell says where one was: before
which column, before which row. From the MathML they are taken out again, and become attributes of the table, which a
table of our own draws.
"""

from __future__ import annotations

import re
from math import inf
from typing import TYPE_CHECKING, Any, NamedTuple

from deckgen.patterns import lazy_pattern

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_ARRAY = lazy_pattern(r"(\\begin\s*\{array\})\s*\{([lcr|\s]*)\}")
_HLINE = lazy_pattern(r"\\hline(?![A-Za-z])\s*")
_ROW = "\ue000"
#: The line before the column of an index.
_FIRST_COLUMN = 0xE100
_MOST_COLUMNS = 256
_PRIVATE = lazy_pattern("[\ue000-\ue1ff]")
_COLUMNS, _ROWS = "data-column-lines", "data-row-lines"


def mark(latex: str) -> str:
    """Replace lines of arrays by private-use characters."""
    if "array" not in latex:
        return latex
    return _HLINE.sub(f"{{{_ROW}}}", _ARRAY.sub(_mark_columns, latex))


def _mark_columns(found: re.Match[str]) -> str:
    columns = 0
    marks = ""
    for character in found[2]:
        if character == "|":
            marks += f"{{{chr(_FIRST_COLUMN + min(columns, _MOST_COLUMNS - 1))}}}"
        elif not character.isspace():
            columns += 1
    return f"{found[1]}{{{re.sub('[^lcr]', '', found[2])}}}{marks}"


def rule(root: Element) -> None:
    """Turn these characters into attributes of their tables."""
    for table in root.iter("mtable"):
        columns: set[int] = set()
        rows: set[int] = set()
        for number, row in enumerate(list(table)):
            for mark_ in _taken(row):
                if mark_ == _ROW:
                    rows.add(number)
                else:
                    columns.add(ord(mark_) - _FIRST_COLUMN)
            if _is_empty(row) and number == len(table) - 1 and number in rows:
                table.remove(row)
        if columns:
            table.set(_COLUMNS, " ".join(map(str, sorted(columns))))
        if rows:
            table.set(_ROWS, " ".join(map(str, sorted(rows))))


def _taken(element: Element) -> list[str]:
    """Remove these characters from the descendants of an element, except inner tables, and return them."""
    found: list[str] = []
    for child in list(element):
        if child.tag == "mtable":
            continue
        if child.text and _PRIVATE.search(child.text):
            found += _PRIVATE.findall(child.text)
            child.text = _PRIVATE.sub("", child.text)
        found += _taken(child)
        if (
            child.tag in ("mi", "mo", "mn", "mtext", "mrow")
            and not len(child)
            and not (child.text or "").strip()
        ):
            element.remove(child)
    return found


def _is_empty(row: Element) -> bool:
    return not any(
        (element.text or "").strip() or element.tag in ("mfrac", "msqrt") for element in row.iter()
    )


def register() -> None:
    """Make ziamath draw tables with a class that draws lines: it uses the last class defined for a tag."""
    from ziamath.drawable import HLine, VLine
    from ziamath.nodes.mtable import Mtable

    class _RuledTable(Mtable, tag="mtable"):
        """A table with lines between and around its columns and rows."""

        def _setup(self, **kwargs: Any) -> None:
            super()._setup(**kwargs)
            columns, rows = _numbers(self.element, _COLUMNS), _numbers(self.element, _ROWS)
            if not (columns or rows) or not self.nodes:
                return
            cells = list(zip(self.nodes, self.nodexy, strict=True))
            pad = self.size_px("0.35em")
            extents = _extents(cells, [len(row) for row in self.element], pad)
            left, right, top, bottom = extents.box(0 in columns, len(extents.lefts) in columns)
            thickness = max(self.size_px("0.05em"), 0.6)
            for x in map(extents.between_columns, columns):
                self._add(VLine(bottom - top, thickness, style=self.style), x, top)
            for y in map(extents.between_rows, rows):
                self._add(HLine(right - left, thickness, style=self.style), left, y)
            box = self.bbox
            self.bbox = type(box)(
                min(box.xmin, left), max(box.xmax, right), min(box.ymin, -bottom), max(box.ymax, -top)
            )

        def _add(self, line: Any, x: float, y: float) -> None:
            self.nodes.append(line)
            self.nodexy.append((x, y))


def _numbers(element: Element, name: str) -> list[int]:
    return [int(number) for number in element.get(name, "").split()]


class _Extents(NamedTuple):
    """Ends of the columns and rows of a table, in pixels to the right and downward, and the room outside of them."""

    lefts: list[float]
    rights: list[float]
    tops: list[float]
    bottoms: list[float]
    pad: float

    def between_columns(self, column: int) -> float:
        """Return the position of the line before a column; for the number of columns, that after the last one."""
        if column == 0:
            return self.lefts[0] - self.pad
        if column >= len(self.lefts):
            return self.rights[-1] + self.pad
        return (self.rights[column - 1] + self.lefts[column]) / 2

    def between_rows(self, row: int) -> float:
        """Return the position of the line before a row; for the number of rows, that below the last one."""
        if row == 0:
            return self.tops[0] - self.pad / 2
        if row >= len(self.tops):
            return self.bottoms[-1] + self.pad / 2
        return (self.bottoms[row - 1] + self.tops[row]) / 2

    def box(self, ruled_left: bool, ruled_right: bool) -> tuple[float, float, float, float]:
        """Return left, right, top and bottom of the table with its lines."""
        left = self.between_columns(0) if ruled_left else self.lefts[0]
        right = self.between_columns(len(self.lefts)) if ruled_right else self.rights[-1]
        return left, right, self.between_rows(0), self.between_rows(len(self.tops))


def _extents(cells: list[Any], counts: list[int], pad: float) -> _Extents:
    """Measure the cells, which come row by row as a node and its position."""
    columns = max(counts)
    lefts, rights = [inf] * columns, [0.0] * columns
    tops: list[float] = []
    bottoms: list[float] = []
    at = 0
    for count in counts:
        row = cells[at : at + count]
        at += count
        for column, (node, (x, _)) in enumerate(row):
            lefts[column] = min(lefts[column], x)
            rights[column] = max(rights[column], x + node.bbox.xmax)
        tops.append(min(y - node.bbox.ymax for node, (_, y) in row))
        bottoms.append(max(y - node.bbox.ymin for node, (_, y) in row))
    return _Extents(lefts, rights, tops, bottoms, pad)
