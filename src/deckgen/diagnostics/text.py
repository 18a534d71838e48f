"""Diagnostics for people: the message, the author's line, a caret, the repair."""

from __future__ import annotations

from typing import TYPE_CHECKING

from deckgen.diagnostics.cells import visible
from deckgen.diagnostics.excerpt import Frame, Mark, excerpt, marks_of
from deckgen.diagnostics.paint import Paint, painter

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from deckgen.diagnostics.diagnostic import Located, Report, Span

#: A related place so many lines away at most stands in the same excerpt.
NEAR = 6
#: A narrower terminal is written to as if it had so many cells for the author's text.
_LEAST_ROOM = 24

Lines = dict[str, list[str]]


def text(report: Report, *, color: bool = False, width: int = 100) -> str:
    """Return the report to be read in a terminal `width` cells wide; empty if nothing was found.

    The only escape sequences in it are those of its own colours.
    """
    if not report.found:
        return ""
    paint = painter(color=color)
    lines = {file: lines_of(whole) for file, whole in report.texts.items()}
    explained: set[str] = set()
    blocks = []
    for item in report.found:
        rows = [*_diagnostic(item, lines, width, paint)]
        if item.diagnostic.code not in explained:
            explained.add(item.diagnostic.code)
            rows.extend(_help(f"`deckgen explain {item.diagnostic.code}`", _gutter(item, lines), paint))
        blocks.append("\n".join(rows))
    return "\n\n".join([*blocks, summary(report, paint)]) + "\n"


def lines_of(whole: str) -> list[str]:
    """Split a text as TOML does, at LF and CRLF only; a text always has a last line, often empty."""
    return [line.removesuffix("\r") for line in whole.split("\n")]


def summary(report: Report, paint: Paint) -> str:
    """Return the closing line: `3 errors, 1 warning in 2 files`."""
    counts = [
        paint(role, _counted(count, role))
        for role, count in (("error", report.errors), ("warning", report.warnings))
        if count
    ]
    files = len({item.diagnostic.place.file for item in report.found})
    mended = sum(item.diagnostic.edit is not None for item in report.found)
    line = f"{', '.join(counts)} in {_counted(files, 'file')}"
    if mended:
        what = "it" if len(report.found) == 1 else f"{mended} of them"
        line += f"; `deckgen check --fix` mends {what}"
    return line


def _diagnostic(item: Located, lines: Lines, width: int, paint: Paint) -> Iterator[str]:
    """Yield a diagnostic's lines, without the pointer to `deckgen explain`."""
    diagnostic = item.diagnostic
    role = diagnostic.severity.value
    head = paint(role, f"{role}[{visible(diagnostic.code)}]")
    yield head + paint("strong", f": {visible(diagnostic.message)}")
    gutter = _gutter(item, lines)
    frame = Frame(gutter, max(_LEAST_ROOM, width - gutter - 3), paint)
    near, far = _split(item)
    places = [(item.span, diagnostic.label, role)] + [(span, words, "second") for span, words, _ in near]
    yield from _quote(diagnostic.place.file, places, lines, frame)
    for span, words, file in far:
        yield paint("strong", f"note: {visible(words)}")
        yield from _quote(file, [(span, "", "second")], lines, frame)
    yield from _help(diagnostic.help, gutter, paint)


def _quote(
    file: str, places: Sequence[tuple[Span | None, str, str]], lines: Lines, frame: Frame
) -> Iterator[str]:
    """Yield `--> file:line:column` of the first place, and the excerpt with all of them."""
    span = places[0][0]
    at = f":{span.line}:{span.column}" if span else ""
    yield f"{' ' * frame.gutter}{frame.paint('frame', '-->')} {visible(file)}{at}"
    own = lines.get(file, [])
    marks: list[Mark] = []
    for place, words, role in places:
        if place:
            marks += marks_of(place, own, visible(words), role)
    if marks:
        yield frame.row("")
        yield from excerpt(own, marks, frame)


def _split(item: Located) -> tuple[list[tuple[Span, str, str]], list[tuple[Span | None, str, str]]]:
    """Part the related places into those near enough for the same excerpt, and the others."""
    near: list[tuple[Span, str, str]] = []
    far: list[tuple[Span | None, str, str]] = []
    file = item.diagnostic.place.file
    for related, span in zip(item.diagnostic.related, item.related, strict=True):
        if span and item.span and related.place.file == file and abs(span.line - item.span.line) <= NEAR:
            near.append((span, related.text, file))
        else:
            far.append((span, related.text, related.place.file))
    return near, far


def _gutter(item: Located, lines: Lines) -> int:
    """Return the digits of the greatest line number that the excerpts can show."""
    diagnostic = item.diagnostic
    places = [(diagnostic.place.file, item.span)]
    places += zip((one.place.file for one in diagnostic.related), item.related, strict=True)
    numbers = [min(max(span.line, span.end_line), len(lines.get(file, []))) for file, span in places if span]
    return len(str(max(numbers, default=1)))


def _help(words: str, gutter: int, paint: Paint) -> Iterator[str]:
    """Yield a help line; further lines of it stand under its first word."""
    if not words:
        return
    first, *others = words.split("\n")
    head = f"{' ' * gutter} {paint('frame', '=')} {paint('help', 'help')}"
    yield f"{head}: {visible(first)}"
    for line in others:
        yield f"{' ' * (gutter + 9)}{visible(line)}".rstrip()


def _counted(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"
