"""Diagnostics for people: the message, the author's line, a caret, the repair."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from deckgen.counting import counted
from deckgen.diagnostics.cells import visible
from deckgen.diagnostics.diagnostic import Span
from deckgen.diagnostics.excerpt import Frame, Mark, excerpt, marks_of
from deckgen.diagnostics.lines import lines_of
from deckgen.diagnostics.paint import Line, Paint, Piece, painted, painter, stripped

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from deckgen.diagnostics.diagnostic import Cell, Located, Place, Report

#: A related place at most so many lines away is in the same excerpt.
NEAR = 6
#: The least number of cells for the author's text, even in a narrower terminal.
_LEAST_ROOM = 24

Texts = dict[str, tuple[str, ...]]


class _LabelledPlace(NamedTuple):
    """A place, its label, and the role of the label."""

    file: str
    span: Span | None
    label: str
    role: str
    #: The lines that the span is in: of the file, or of the cell.
    lines: Sequence[str]
    cell: Cell | None
    #: Whether these are the lines of a cell: its file has none.
    in_cell: bool


def _labelled(place: Place, span: Span | None, label: str, role: str, lines: Texts) -> _LabelledPlace:
    own: Sequence[str] = lines.get(place.file, ())
    in_cell = place.cell is not None and span is None
    if place.cell is not None and in_cell:
        own = lines_of(place.cell.text)
        span = _within(own, place.piece)
    return _LabelledPlace(place.file, span, label, role, own, place.cell, in_cell)


def _within(lines: Sequence[str], piece: str) -> Span:
    """Return where a piece stands in a cell, or the whole of it."""
    for number, line in enumerate(lines, 1):
        if piece and (at := line.find(piece)) >= 0:
            return Span(number, at + 1, number, at + 1 + len(piece))
    return Span(1, 1, len(lines), len(lines[-1]) + 1)


def text(report: Report, *, color: bool = False, width: int = 100, wrap: bool = False) -> str:
    """Return the report to be read in a terminal `width` cells wide; empty if nothing was found.

    Excerpts always fit; with `wrap` messages do, too, which a file would rather have in one line.
    Its only escape sequences are those of colours.
    """
    if not report.found:
        return ""
    paint = painter(color=color)
    closing = summary(report, paint)
    if wrap and len(summary(report, painter(color=False))) > width:
        closing = closing.replace("; ", ";\n", 1)
    shown = [painted(block, paint) for block in blocks(report, width, wrap=wrap)]
    return "\n\n".join([*shown, closing]) + "\n"


def blocks(report: Report, width: int, *, wrap: bool = False) -> list[list[Line]]:
    """Return the lines of each diagnostic: the message, the place, and what follows."""
    room = width if wrap else 0
    lines = {file: lines_of(whole) for file, whole in report.texts.items()}
    explained: set[str] = set()
    result: list[list[Line]] = []
    for item in report.found:
        rows = [*_diagnostic(item, lines, width, room)]
        if item.diagnostic.code not in explained:
            explained.add(item.diagnostic.code)
            explain = f"`deckgen explain {item.diagnostic.code}`"
            rows += _remark("help", explain, _gutter(item, lines), room)
        result.append(rows)
    return result


def summary(report: Report, paint: Paint) -> str:
    """Return the closing line: `3 errors, 1 warning in 2 files`."""
    counts = [
        paint(role, counted(count, one, several))
        for role, one, several, count in (
            ("error", "error", "", report.errors),
            ("warning", "warning", "", report.warnings),
            ("advice", "piece of advice", "pieces of advice", report.advice),
        )
        if count
    ]
    files = len({item.diagnostic.place.file for item in report.found})
    fixable = sum(item.diagnostic.edit is not None for item in report.found)
    line = f"{', '.join(counts)} in {counted(files, 'file')}"
    if fixable:
        what = "it" if len(report.found) == 1 else f"{fixable} of them"
        line += f"; `deckgen check --fix` fixes {what}"
    return line


def _diagnostic(item: Located, lines: Texts, width: int, room: int) -> Iterator[Line]:
    """Yield a diagnostic's lines, without the pointer to `deckgen explain`.

    `room` is how many cells a line of prose may take, 0 for any number.
    """
    diagnostic = item.diagnostic
    role = diagnostic.severity.value
    head = f"{role}[{visible(diagnostic.code)}]"
    first_line, *others = _wrapped(f"{head}: {visible(diagnostic.message)}", room, "  ")
    yield Piece(head, role), Piece(first_line.removeprefix(head), "strong")
    yield from ((Piece(line, "strong"),) for line in others)
    gutter = _gutter(item, lines)
    frame = Frame(gutter, max(_LEAST_ROOM, width - gutter - 3))
    first = _labelled(diagnostic.place, item.span, diagnostic.label, role, lines)
    near, far = _split(first, item, lines)
    yield from _quote([first, *near], frame)
    if first.label and not _is_quoted(first):
        yield from _remark("note", first.label, gutter, room)
    for place in far:
        yield frame.row()
        note, *others = _wrapped(f"note: {visible(place.label)}", room, "  ")
        yield Piece("note", "strong"), Piece(note.removeprefix("note"))
        yield from ((Piece(line),) for line in others)
        yield from _quote([place._replace(label="")], frame)
    yield from _remark("help", diagnostic.help, gutter, room)


def _quote(places: Sequence[_LabelledPlace], frame: Frame) -> Iterator[Line]:
    """Yield `--> file:line:column` of the first place, and the excerpt with all of them."""
    first = places[0]
    at = f":{first.span.line}:{first.span.column}" if first.span and not first.in_cell else ""
    cell = f": {visible(str(first.cell))}" if first.cell else ""
    yield Piece(" " * frame.gutter), Piece("-->", "frame"), Piece(f" {visible(first.file)}{at}{cell}")
    own, frame = first.lines, frame._replace(numbered=not first.in_cell)
    marks: list[Mark] = []
    for place in places:
        if place.span:
            marks += marks_of(place.span, own, visible(place.label), place.role)
    if marks:
        yield frame.row()
        yield from excerpt(own, marks, frame)


def _split(
    first: _LabelledPlace, item: Located, lines: Texts
) -> tuple[list[_LabelledPlace], list[_LabelledPlace]]:
    """Split the related places into those near enough for the same excerpt, and the others."""
    near: list[_LabelledPlace] = []
    far: list[_LabelledPlace] = []
    for related, span in zip(item.diagnostic.related, item.related, strict=True):
        place = _labelled(related.place, span, related.text, "second", lines)
        (near if _is_near(place, first) else far).append(place)
    return near, far


def _is_near(place: _LabelledPlace, first: _LabelledPlace) -> bool:
    if place.file != first.file or not place.span or not first.span or place.in_cell:
        return False
    return abs(place.span.line - first.span.line) <= NEAR and _is_quoted(place) and _is_quoted(first)


def _is_quoted(place: _LabelledPlace) -> bool:
    """Return whether the place is in a text, so that a line with its label can be shown."""
    return place.span is not None and 1 <= place.span.line <= len(place.lines)


def _gutter(item: Located, lines: Texts) -> int:
    """Return the digits of the greatest line number that the excerpts can show."""
    diagnostic = item.diagnostic
    places = [(diagnostic.place.file, item.span)]
    places += zip((one.place.file for one in diagnostic.related), item.related, strict=True)
    numbers = [min(max(span.line, span.end_line), len(lines.get(file, ()))) for file, span in places if span]
    return len(str(max(numbers, default=1)))


def _remark(kind: str, words: str, gutter: int, room: int) -> Iterator[Line]:
    """Yield `= help: …`; further lines are indented to its first word."""
    if not words:
        return
    indent = gutter + len(kind) + 5
    first, *others = (
        part for line in words.split("\n") for part in _wrapped(visible(line), max(room - indent, 0), "")
    )
    yield Piece(" " * (gutter + 1)), Piece("=", "frame"), Piece(" "), Piece(kind, "help"), Piece(f": {first}")
    for line in others:
        yield stripped((Piece(f"{' ' * indent}{line}"),))


def _wrapped(prose: str, room: int, indent: str) -> list[str]:
    """Break a line of prose between words where it takes more than `room` cells; 0 is any number."""
    if room < _LEAST_ROOM or len(prose) <= room:
        return [prose]
    import textwrap

    return textwrap.wrap(
        prose, room, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False
    )
