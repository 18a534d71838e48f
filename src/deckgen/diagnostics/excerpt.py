"""The author's lines, quoted, with carets under what is meant."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from deckgen.diagnostics.cells import width
from deckgen.diagnostics.paint import Line, Piece, stripped
from deckgen.diagnostics.window import Window, window

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from deckgen.diagnostics.diagnostic import Span


class Mark(NamedTuple):
    """What is underlined in one line; `start` and `end` count characters from 0, the end exclusive."""

    line: int
    start: int
    end: int
    #: Holds nothing that could command a terminal.
    label: str
    #: How it is painted: `error`, `warning`, or `second` for a related place.
    role: str


class Frame(NamedTuple):
    """The dimensions of an excerpt."""

    #: Digits of the greatest line number.
    gutter: int
    #: Cells for the author's text.
    room: int
    #: Whether lines have numbers: those of a file, not those of a cell.
    numbered: bool = True

    def row(self, text: Line = (), number: int | None = None) -> Line:
        """Return a line of the excerpt with its number and bar."""
        shown = number if self.numbered and number is not None else ""
        head = Piece(f"{shown:>{self.gutter}} |", "frame")
        return stripped((head, Piece(" "), *text))


class _Label(NamedTuple):
    """A text at a cell of a row under the author's line."""

    column: int
    text: str
    role: str


def marks_of(span: Span, lines: Sequence[str], label: str, role: str) -> list[Mark]:
    """Return the underlines of a span: one, or those of its first and its last line.

    A span may lie outside of the text or end before it starts: what is not in the text has no mark.
    """
    if not 1 <= span.line <= len(lines):
        return []
    length = len(lines[span.line - 1])
    start = min(max(span.column - 1, 0), length)
    last, end = _last(span, lines)
    if last == span.line:
        return [Mark(span.line, start, max(start, end), label, role)]
    tail = lines[last - 1]
    indent = len(tail) - len(tail.lstrip())
    return [Mark(span.line, start, length, "", role), Mark(last, min(indent, end), end, label, role)]


def excerpt(lines: Sequence[str], marks: Sequence[Mark], frame: Frame) -> Iterator[Line]:
    """Yield the marked lines with their underlines and labels; `...` replaces lines that are left out."""
    by_line: dict[int, list[Mark]] = {}
    for mark in marks:
        by_line.setdefault(mark.line, []).append(mark)
    before = 0
    for number in sorted(by_line):
        if before and number - before == 2:  # noqa: PLR2004 - one line between, which `...` would not spare
            between = window(lines[before], 0, 0, 0, frame.room)
            yield frame.row(between.shown(), before + 1)
        elif before and number - before > 1:
            yield (Piece("...", "frame"),)
        yield from _quoted(lines[number - 1], number, by_line[number], frame)
        before = number


def _last(span: Span, lines: Sequence[str]) -> tuple[int, int]:
    """Return the last line of a span, and how many of its characters lie before the end."""
    if span.end_line < span.line:
        return span.line, 0
    if span.end_line > len(lines):
        return len(lines), len(lines[-1])
    if span.end_column <= 1 and span.end_line > span.line:  # it ends with the line break before
        return span.end_line - 1, len(lines[span.end_line - 2])
    return span.end_line, min(max(span.end_column - 1, 0), len(lines[span.end_line - 1]))


def _quoted(line: str, number: int, marks: list[Mark], frame: Frame) -> Iterator[Line]:
    """Yield one line and what is under it, and repeat it for marks too far away to be shown with the first."""
    waiting = sorted(marks, key=lambda mark: (mark.start, mark.end))
    while waiting:
        near = [mark for mark in waiting if mark.end - waiting[0].start < frame.room // 2] or waiting[:1]
        beside = 1 + width(near[-1].label)
        view = window(line, near[0].start, max(mark.end for mark in near), beside, frame.room)
        yield frame.row(view.shown(), number)
        for layer in _layers(near, view):
            for labels in _underlines(layer, view, frame.room):
                yield frame.row(_laid(labels))
        waiting = [mark for mark in waiting if mark not in near]


def _layers(marks: list[Mark], view: Window) -> list[list[Mark]]:
    """Put marks that overlap into separate rows."""
    layers: list[list[Mark]] = []
    for mark in marks:
        start = view.column(mark.start)
        for layer in layers:
            if start > max(view.column(layer[-1].start), view.column(layer[-1].end) - 1):
                layer.append(mark)
                break
        else:
            layers.append([mark])
    return layers


def _underlines(layer: list[Mark], view: Window, room: int) -> Iterator[list[_Label]]:
    """Yield the rows under a line: underlines with the last label after them, then the other labels below."""
    lines = [_underline(mark, view) for mark in layer]
    beside = lines[-1].column + len(lines[-1].text) + 1
    label = _Label(beside, layer[-1].label, layer[-1].role)
    fits = beside + width(label.text) <= room
    yield [*lines, label] if fits else lines
    hung = [
        _Label(line.column, mark.label, mark.role)
        for mark, line in zip(layer, lines, strict=True)
        if mark.label and not (fits and mark is layer[-1])
    ]
    if fits or len(hung) > 1:
        yield from [[_Label(each.column, "|", each.role) for each in hung]] if hung else []
    for index in reversed(range(len(hung))):
        column, text, role = hung[index]
        column = min(column, max(0, room - width(text)))
        bars = [_Label(each.column, "|", each.role) for each in hung[:index] if each.column < column]
        yield [*bars, _Label(column, text, role)]


def _underline(mark: Mark, view: Window) -> _Label:
    start, end = view.column(mark.start), view.column(mark.end)
    return _Label(start, ("-" if mark.role == "second" else "^") * max(1, end - start), mark.role)


def _laid(labels: list[_Label]) -> Line:
    """Return one row with each label at its cell."""
    row: list[Piece] = []
    at = 0
    for label in labels:
        row += (Piece(" " * (label.column - at)), Piece(label.text, label.role))
        at = label.column + width(label.text)
    return tuple(row)
