"""Repairs: what an edit changes in a text, and the texts with all of them made."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from deckgen.diagnostics.diagnostic import Edit, Report, Span
from deckgen.diagnostics.lines import line_break_of, lines_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


class Change(NamedTuple):
    """A range of a file and its new text; a range may be empty."""

    file: str
    span: Span
    text: str


def change_of(edit: Edit, texts: Mapping[str, str]) -> Change | None:
    """Return what a located edit changes; None if its place is not in the texts.

    A line to insert becomes an insertion after the last line of the place, with the file's own
    kind of line break.
    """
    file, span = edit.place.file, edit.place.span
    if span is None or file not in texts:
        return None
    lines = lines_of(texts[file])
    if not 1 <= span.line <= span.end_line <= len(lines):
        return None
    line_break = line_break_of(texts[file])
    text = edit.text.replace("\n", line_break)
    if not edit.insert:
        return Change(file, span, text)
    last = span.end_line - (span.end_column <= 1 and span.end_line > span.line)
    column = len(lines[last - 1]) + 1
    return Change(file, Span(last, column, last, column), line_break + text)


def fix(report: Report) -> dict[str, str]:
    """Return the new texts of the files that the report's edits change, by name.

    Where two edits overlap the first one in the text is made; checking again brings up the other.
    """
    by_file: dict[str, set[Change]] = {}
    for item in report.found:
        change = item.diagnostic.edit and change_of(item.diagnostic.edit, report.texts)
        if change:
            by_file.setdefault(change.file, set()).add(change)
    return {file: _apply(report.texts[file], sorted(changes)) for file, changes in by_file.items()}


def edited(text: str, edits: Iterable[Edit]) -> str:
    """Return a text with located edits made, regardless of the file they name."""
    changes = (change_of(edit, {edit.place.file: text}) for edit in edits)
    return _apply(text, sorted(change for change in changes if change))


def _apply(text: str, changes: list[Change]) -> str:
    starts = [0]
    for line in text.split("\n"):
        starts.append(starts[-1] + len(line) + 1)
    parts, at = [], 0
    for change in changes:
        span = change.span
        start = starts[span.line - 1] + span.column - 1
        end = starts[span.end_line - 1] + span.end_column - 1
        if start >= at:
            parts += [text[at:start], change.text]
            at = end
    return "".join([*parts, text[at:]])
