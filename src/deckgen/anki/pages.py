"""Change rows of a table in the pages of a SQLite file, so that they come out as if it had been made from the start.

Rows that go in in the order of their ids fill one page after the other, each to where the next row finds no room. So
another text of a row changes the page that holds it, and those behind it until one ends with the row that it ended
with before; mostly that is the same page. The layout is that of https://sqlite.org/fileformat.html#b_tree_pages.

What is not as this module would have written it, or would come to another number of pages, is left alone: see `Unlike`.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import count
from typing import NamedTuple

#: Bytes of a page, as Python's SQLite makes them, and of those what is not its header.
PAGE = 4096
_ROOM = PAGE - 8
#: A longer row goes on in pages of its own: X of https://sqlite.org/fileformat.html#b_tree_pages.
_LONGEST = PAGE - 35
_INTERIOR, _LEAF = 5, 13
#: Where a page that leads to others holds the number of the last of them.
_LAST = 8
#: No tree of SQLite's has more levels (BTCURSOR_MAX_DEPTH in https://sqlite.org/src/file/src/btreeInt.h).
_DEEPEST = 20
#: Text, and the serial type of an empty one; each further byte counts two.
_TEXT = 13
_SIZES = (0, 1, 2, 3, 4, 6, 8, 8, 0, 0)


class Unlike(ValueError):  # noqa: N818 -- nothing is wrong
    """A file, or what is to become of it, is not of the simple kind."""


class Value(NamedTuple):
    """A column of a row: its serial type and its bytes."""

    serial: int
    content: bytes

    def integer(self) -> int:
        """Return the number it is.

        Raises:
            Unlike: if it is none.
        """
        if self.serial in (8, 9):
            return self.serial - 8
        if not 0 < self.serial < len(_SIZES) - 3:
            raise Unlike
        return int.from_bytes(self.content, "big", signed=True)

    def text(self) -> str:
        """Return the text it is.

        Raises:
            Unlike: if it is none.
        """
        if self.serial < _TEXT or not self.serial % 2:
            raise Unlike
        return self.content.decode()


def text(value: str) -> Value:
    """Return a column with a text."""
    content = value.encode()
    return Value(_TEXT + 2 * len(content), content)


Row = list[Value]


class _Leaf(NamedTuple):
    """A page with rows, and where the id of its last row stands as a divider: page and offset."""

    number: int
    divider: tuple[int, int] | None


class Pages:
    """The pages of a file that comes in pieces of whole pages, with the changes made to them."""

    def __init__(self, piece: Callable[[int], bytes], at_once: int) -> None:
        """Take what gives pieces by their number from 0: of `at_once` bytes each, the last of which may be shorter.

        Raises:
            Unlike: if pages are of another size.
        """
        self._piece = piece
        self._at_once = at_once
        self._changed: dict[int, bytes] = {}
        if piece(0)[16:21] != b"\x10\0\1\1\0":
            raise Unlike

    def __getitem__(self, number: int) -> bytes:
        """Return a page by its number, from 1."""
        changed = self._changed.get(number)
        if changed is not None:
            return changed
        piece, start = divmod((number - 1) * PAGE, self._at_once)
        return self._piece(piece)[start : start + PAGE]

    def __setitem__(self, number: int, page: bytes) -> None:
        if page != self[number]:
            self._changed[number] = page

    def pieces(self) -> dict[int, bytearray]:
        """Return the pieces that changed, by their number from 0."""
        made: dict[int, bytearray] = {}
        for number, page in self._changed.items():
            piece, start = divmod((number - 1) * PAGE, self._at_once)
            there = made.setdefault(piece, bytearray(self._piece(piece)))
            there[start : start + PAGE] = page
        return made

    def tables(self) -> dict[str, Table]:
        """Return the tables by name."""
        # The first page begins with the header of the file, and holds the table of tables.
        cells = _cells(self[1], 100)
        rows = [_row(cell) for _, cell in cells]
        return {row[1].text(): Table(self, row[3].integer()) for row in rows if row[0].content == b"table"}


class Table:
    """A table whose rows have ascending ids."""

    def __init__(self, pages: Pages, root: int) -> None:
        self._pages = pages
        self._root = root

    def rows(self, first: int) -> Iterator[tuple[int, Row]]:
        """Give rows and their ids, from an id on.

        Raises:
            Unlike: if the file is not of the simple kind.
        """
        for leaf in self._leaves(first):
            for id_, cell in _cells(self._pages[leaf.number]):
                if id_ >= first:
                    yield id_, _row(cell)

    def replace(self, rows: Mapping[int, Row]) -> None:
        """Put other rows in the place of those with the same ids, which are there.

        Raises:
            Unlike: if the file is not of the simple kind, or would not be any more.
        """
        cells = {id_: _cell(id_, row) for id_, row in sorted(rows.items())}
        done = -1
        for id_ in cells:
            if id_ > done:
                done = self._fill(id_, cells)

    def _fill(self, first: int, new: Mapping[int, bytes]) -> int:
        """Write the pages anew from that of a row on until they are as they were; return the last id in them."""
        # A row that begins a page may now find room on the one before.
        leaves = self._leaves(self._before(first))
        span: list[_Leaf] = []
        waiting: list[tuple[int, bytes]] = []
        #: How many rows stood, and stand, in the pages of the span up to and including each.
        stood: list[int] = []
        stand = 0

        def read_on() -> bool:
            leaf = next(leaves, None)
            if leaf is None:
                return False
            there = self._read(leaf)
            span.append(leaf)
            stood.append(sum(stood[-1:]) + len(there))
            waiting.extend((id_, new.get(id_, cell)) for id_, cell in there)
            return True

        for place in count():
            if place == len(span):
                read_on()
            room, taken = _ROOM, 0
            while taken < len(waiting) or read_on():
                room -= len(waiting[taken][1]) + 2
                if room < 0:
                    break
                taken += 1
            if not taken or place == len(span):
                break
            self._write(span[place], waiting[:taken])
            last = waiting[taken - 1][0]
            del waiting[:taken]
            stand += taken
            if stand == stood[place] and last >= first:
                return last
        # There would be more pages, or fewer.
        raise Unlike

    def _read(self, leaf: _Leaf) -> list[tuple[int, bytes]]:
        """Return the rows of a page, which is as it would be written."""
        page = self._pages[leaf.number]
        cells = _cells(page)
        if not cells or page != _page([cell for _, cell in cells]):
            raise Unlike
        if leaf.divider is not None:
            there, at = leaf.divider
            if _varint(self._pages[there], at)[0] != cells[-1][0]:
                raise Unlike
        return cells

    def _write(self, leaf: _Leaf, cells: Sequence[tuple[int, bytes]]) -> None:
        """Write a page, and its last id into its divider."""
        self._pages[leaf.number] = _page([cell for _, cell in cells])
        if leaf.divider is None:
            return
        number, at = leaf.divider
        page = self._pages[number]
        end, new = _varint(page, at)[1], _to_varint(cells[-1][0])
        if end - at != len(new):
            raise Unlike
        self._pages[number] = page[:at] + new + page[end:]

    def _leaves(self, first: int) -> Iterator[_Leaf]:
        """Give the pages with rows in their order, from that on which an id has or would have its place."""
        yield from self._below(_Leaf(self._root, None), first)

    def _below(self, node: _Leaf, first: int) -> Iterator[_Leaf]:
        page = self._pages[node.number]
        if page[0] == _LEAF:
            yield node
            return
        if page[0] != _INTERIOR:
            raise Unlike
        places, begin = _dividers(page, first)
        for at in places[begin:]:
            yield from self._below(_Leaf(_integer(page, at, 4), (node.number, at + 4)), first)
        yield from self._below(_Leaf(_integer(page, _LAST, 4), node.divider), first)

    def _before(self, id_: int) -> int:
        """Return the last id of the page before that of an id, or the id where there is none."""
        before, number = id_, self._root
        for _ in range(_DEEPEST):
            page = self._pages[number]
            if page[0] != _INTERIOR:
                return before
            places, there = _dividers(page, id_)
            if there:
                before = _varint(page, places[there - 1] + 4)[0]
            number = _integer(page, places[there] if there < len(places) else _LAST, 4)
        raise Unlike


def _dividers(page: bytes, id_: int) -> tuple[list[int], int]:
    """Return where the cells of a page are that leads to others, and the number of those whose last id is before one.

    Each holds the number of a page and the last id in it; the page behind them all stands in the header.
    """
    places = _places(page, 0, 12)
    return places, bisect_left(places, id_, key=lambda at: _varint(page, at + 4)[0])


def _cells(page: bytes, start: int = 0) -> list[tuple[int, bytes]]:
    """Return the rows of a page with their ids, whose header is at `start`, in their order."""
    if page[start] != _LEAF:
        raise Unlike
    cells = []
    for at in _places(page, start, 8):
        length, then = _varint(page, at)
        id_, then = _varint(page, then)
        if length > _LONGEST:
            raise Unlike
        cells.append((id_, page[at : then + length]))
    return cells


def _places(page: bytes, start: int, header: int) -> list[int]:
    """Return where the cells of a page are, in their order."""
    begin = start + header
    return [_integer(page, begin + 2 * place, 2) for place in range(_integer(page, start + 3, 2))]


def _page(cells: Sequence[bytes]) -> bytes:
    """Return a page with rows, which SQLite puts in from the end on."""
    places, end = bytearray(), PAGE
    for cell in cells:
        end -= len(cell)
        places += end.to_bytes(2, "big")
    head = bytes((_LEAF, 0, 0)) + len(cells).to_bytes(2, "big") + end.to_bytes(2, "big") + b"\0" + places
    return head.ljust(end, b"\0") + b"".join(reversed(cells))


def _row(cell: bytes) -> Row:
    """Return the columns of a row."""
    _, at = _varint(cell, 0)
    _, begin = _varint(cell, at)
    length, at = _varint(cell, begin)
    end = then = begin + length
    row: Row = []
    while at < end:
        serial, at = _varint(cell, at)
        size = _SIZES[serial] if serial < len(_SIZES) else (serial - 12) // 2
        row.append(Value(serial, cell[then : then + size]))
        then += size
    return row


def _cell(id_: int, row: Row) -> bytes:
    """Return a row with its id."""
    serials = b"".join(_to_varint(value.serial) for value in row)
    # The length counts itself, and has one byte up to so many.
    length = len(serials) + 1
    if length >= 1 << 7:
        raise Unlike
    payload = bytes((length,)) + serials + b"".join(value.content for value in row)
    if len(payload) > _LONGEST:
        raise Unlike
    return _to_varint(len(payload)) + _to_varint(id_) + payload


def _integer(page: bytes, at: int, size: int) -> int:
    return int.from_bytes(page[at : at + size], "big")


def _varint(page: bytes, at: int) -> tuple[int, int]:
    """Read an integer of up to eight bytes; return it, and where it ends."""
    value = 0
    for place in range(at, at + 8):
        byte = page[place]
        value = value << 7 | byte & 0x7F
        if byte < 1 << 7:
            return value, place + 1
    raise Unlike


def _to_varint(value: int) -> bytes:
    made = [value & 0x7F]
    while value := value >> 7:
        made.append(value & 0x7F | 0x80)
    return bytes(reversed(made))
