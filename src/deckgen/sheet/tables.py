"""Fit authors' tables to the width of a page: smaller type, then columns below each other, never inside a number."""

from __future__ import annotations

import re
from functools import partial

from deckgen.sheet.measure import BETWEEN, longest_word
from deckgen.sheet.pieces import read

_TABLE = re.compile(r"<table>.*?</table>", re.DOTALL)
_ROW = re.compile(r"<tr>(.*?)</tr>", re.DOTALL)
_CELL = re.compile(r"<t[hd]\b[^>]*>.*?</t[hd]>", re.DOTALL)
#: The smallest type of a table, in parts of that around it.
_SMALLEST = 0.7


def fitted(html: str, width: float) -> str:
    """Return `html`, which may be the author's raw HTML, with its tables fitted to a column of `width` em.

    A table whose longest words do not fit side by side is set smaller, to 70 % at least; where that is not
    enough, its columns come in several tables below each other, each of which begins with the first column.
    """
    return _TABLE.sub(partial(_fit, width), html) if "<table>" in html else html


def _fit(width: float, table: re.Match[str]) -> str:
    rows = [_CELL.findall(row) for row in _ROW.findall(table[0])]
    # Merged cells have no columns to count.
    if not rows or len({len(row) for row in rows}) > 1 or "span=" in table[0]:
        return table[0]
    columns = [max(longest_word(read(row[place])) for row in rows) + BETWEEN for place in range(len(rows[0]))]
    scale = width / sum(columns)
    if scale >= 1:
        return table[0]
    if scale >= _SMALLEST:
        return _table(rows, range(len(columns)), scale)
    groups = _groups(columns, width / _SMALLEST)
    return "".join(
        _table(rows, group, min(1.0, width / sum(columns[place] for place in group))) for group in groups
    )


def _groups(columns: list[float], width: float) -> list[list[int]]:
    """Group columns that fit side by side, each group after the first column."""
    groups: list[list[int]] = [[0]]
    for place in range(1, len(columns)):
        here = groups[-1]
        if len(here) > 1 and sum(columns[each] for each in (*here, place)) > width:
            groups.append([0, place])
        else:
            here.append(place)
    return groups


def _table(rows: list[list[str]], places: range | list[int], scale: float) -> str:
    head, *body = ["".join(row[place] for place in places) for row in rows]
    # What fits in no way breaks anywhere.
    torn = ' class="torn"' if scale < _SMALLEST else ""
    size = f' style="font-size: {max(scale, _SMALLEST):.0%}"' if scale < 1 else ""
    inner = "\n".join(f"<tr>{row}</tr>" for row in body)
    if not head.startswith("<th"):
        return f"<table{torn}{size}><tbody><tr>{head}</tr>\n{inner}</tbody></table>"
    return f"<table{torn}{size}><thead><tr>{head}</tr></thead><tbody>\n{inner}\n</tbody></table>"
