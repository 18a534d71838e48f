"""Find the position of a key or a value of a decoded file."""

from __future__ import annotations

from contextlib import suppress
from functools import cached_property
from typing import TYPE_CHECKING, TypeAlias

from .outline import Block, Outline
from .scanner import Entry, Mistake, elements, members, statements
from .spot import Lines, Path, Span, Spot

if TYPE_CHECKING:
    from collections.abc import Iterator

Place: TypeAlias = tuple[Span | None, Span]
"""The span of a key, which array elements have not, and of its value."""


class Table:
    """The entries of one table, found by the names of their keys."""

    def __init__(self, entries: Iterator[Entry]) -> None:
        """Take the entries up to the first mistake; of two with one name the first counts."""
        self.entries: dict[Path, Entry] = {}
        # The tables that dotted keys make: `a` and `a.b` of `a.b.c = 1`.
        self.passed: dict[Path, Entry] = {}
        with suppress(Mistake):
            for entry in entries:
                self.entries.setdefault(entry.names, entry)
                for length in range(1, len(entry.names)):
                    self.passed.setdefault(entry.names[:length], entry)

    def place(self, names: Path) -> Place | None:
        """Find a key of this table, which may be a part of a dotted one."""
        entry = self.entries.get(names)
        if entry:
            return entry.keys[-1], entry.value
        entry = self.passed.get(names)
        if entry:
            return entry.keys[len(names) - 1], (entry.keys[0][0], entry.value[1])
        return None

    def holder(self, names: Path) -> Entry | None:
        """Find the entry whose value contains the last of these names."""
        for length in range(len(names) - 1, 0, -1):
            entry = self.entries.get(names[:length])
            if entry:
                return entry
        return None


class Positions:
    """The positions of the keys and values of one text; paths are those of the decoded file.

    Nothing is parsed before the first query, and then only the headers and the blocks that are needed.
    In a text that is not TOML, nothing after the first mistake has a position.
    """

    def __init__(self, text: str) -> None:
        self._text = text
        self._tables: dict[int, Table] = {}
        self._arrays: dict[int, list[Span]] = {}

    def key(self, path: Path) -> Spot | None:
        """Return the spot of a key's last name; array elements have none."""
        place = next(self.places(path), None)
        return self._lines.spot(place[0]) if place and place[0] else None

    def value(self, path: Path) -> Spot | None:
        """Return the spot of a value with its quotes or brackets, or of a table's header."""
        place = next(self.places(path), None)
        return self._lines.spot(place[1]) if place else None

    def header(self, path: Path) -> Spot | None:
        """Return the spot of the `[table]` or `[[array element]]` of just this path."""
        block = self.outline.by_path.get(path)
        return self._lines.spot(block.header.span) if block and block.header else None

    def nearest(self, path: Path) -> Spot:
        """Return the value of the longest beginning of the path that exists, or the file's start."""
        for length in range(len(path), 0, -1):
            spot = self.value(path[:length])
            if spot:
                return spot
        return Spot(1, 1, 1, 2)

    def leaves(self) -> Iterator[tuple[Path, Span]]:
        """Yield the path and span of every value that is neither a table nor an array, in order."""
        for block in self.outline.blocks:
            pending = self._inside(block.path, self._block(block))
            while pending:
                path, span = pending.pop()
                first = self._text[span[0]]
                if first == "{":
                    pending += self._inside(path, self._inline_table(span[0]))
                elif first == "[":
                    array = self._array(span[0])
                    pending += [((*path, n), array[n]) for n in reversed(range(len(array)))]
                else:
                    yield path, span

    def _inside(self, path: Path, table: Table) -> list[tuple[Path, Span]]:
        entries = reversed(table.entries.values())
        return [((*path, *entry.names), entry.value) for entry in entries]

    def places(self, path: Path) -> Iterator[Place]:
        """Yield where a path is made: in a decoded file mostly once, and else to be compared."""
        block = self.outline.by_path.get(path)
        if block and block.header:
            key = None if block.header.is_array else block.header.keys[-1]
            yield key, block.header.span
        if path in self.outline.passed:
            header, number = self.outline.passed[path]
            yield header.keys[number], header.span
        for length in range(len(path) - 1, -1, -1):
            block = self.outline.by_path.get(path[:length])
            place = self._descend(self._block(block), path[length:]) if block else None
            if place:
                yield place

    def _descend(self, table: Table, path: Path) -> Place | None:
        """Follow a path from a table through the inline tables and arrays inside it."""
        while True:
            place = table.place(path)
            if place:
                return place
            holder = table.holder(path)
            if not holder:
                return None
            path = path[len(holder.names) :]
            span = holder.value
            while self._text[span[0]] == "[":
                array, index = self._array(span[0]), path[0]
                if isinstance(index, str) or not 0 <= index < len(array):
                    return None
                span, path = array[index], path[1:]
                if not path:
                    return None, span
            if self._text[span[0]] != "{":
                return None
            table = self._inline_table(span[0])

    def _block(self, block: Block) -> Table:
        table = self._tables.get(block.body)
        if table is None:
            table = Table(statements(self._text, block.body, block.end))
            self._tables[block.body] = table
        return table

    def _inline_table(self, opened: int) -> Table:
        table = self._tables.get(opened)
        if table is None:
            table = self._tables[opened] = Table(members(self._text, opened))
        return table

    def _array(self, opened: int) -> list[Span]:
        array = self._arrays.get(opened)
        if array is None:
            array = self._arrays[opened] = []
            with suppress(Mistake):
                array.extend(elements(self._text, opened))
        return array

    @cached_property
    def outline(self) -> Outline:
        """The headers of the text."""
        return Outline(self._text)

    @cached_property
    def _lines(self) -> Lines:
        return Lines(self._text)
