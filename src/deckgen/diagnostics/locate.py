"""Look up the places of diagnostics, and sort them."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping
from typing import TYPE_CHECKING, Protocol

import msgspec

from deckgen.diagnostics.diagnostic import Diagnostic, Edit, Located, Place, Report, Severity, Span
from deckgen.diagnostics.lines import lines_of

if TYPE_CHECKING:
    from deckgen.toml.positions import Positions
    from deckgen.toml.spot import Spot

_SEVERITIES = tuple(Severity)


class Cells(Protocol):
    """What looks up places in spreadsheets."""

    def place(self, place: Place) -> Place:
        """Return a place in a row as that of its cell, or of the file of cards; any other as it is."""

    def edit(self, edit: Edit) -> Edit | None:
        """Return an edit of a cell with its span; None if it cannot be made."""

    def text(self, file: str) -> str | None:
        """Return the text of a spreadsheet that is one, and has been looked into."""


def locate(diagnostics: Iterable[Diagnostic], texts: Mapping[str, str], cells: Cells | None = None) -> Report:
    """Return the report of a run: every span looked up, what would read the same said once, sorted.

    `texts` are the authors' files by their names; a place in any other file has no span. A place
    that its file does not have (a missing key) is that of the nearest table around it. An edit is
    never moved like that: it gets the very span in `edit.place`, or is dropped. `cells` look up places in rows of
    spreadsheets.
    """
    if cells is not None:
        diagnostics = [_in_cells(each, cells) for each in diagnostics]
        files = {place.file for each in diagnostics for place in _places(each)}
        rows = {file: text for file in files if (text := cells.text(file)) is not None}
        texts = {**texts, **rows} if rows else texts
    find = _finder(texts)
    distinct: dict[Hashable, Located] = {}
    for diagnostic in diagnostics:
        item = _located(diagnostic, find)
        distinct.setdefault(_reading(item), item)
    found = tuple(sorted(distinct.values(), key=_order))
    files = {place.file for item in found for place in _places(item.diagnostic)}
    return Report(found, {file: texts[file] for file in sorted(files) if file in texts})


def below(report: Report, folder: str) -> Report:
    """Return the report with its files named from outside of the project: `folder/` before each name.

    For editors and CI, which know files by where the command was started (`deckgen -C folder check`).
    """

    def moved(place: Place) -> Place:
        return msgspec.structs.replace(place, file=f"{folder}/{place.file}")

    def renamed(item: Located) -> Located:
        old = item.diagnostic
        related = tuple(msgspec.structs.replace(one, place=moved(one.place)) for one in old.related)
        edit = old.edit and msgspec.structs.replace(old.edit, place=moved(old.edit.place))
        new = msgspec.structs.replace(old, place=moved(old.place), related=related, edit=edit)
        return msgspec.structs.replace(item, diagnostic=new)

    texts = {f"{folder}/{file}": whole for file, whole in report.texts.items()}
    return Report(tuple(map(renamed, report.found)), texts)


_Find = Callable[[Place, bool], Span | None]


def _finder(texts: Mapping[str, str]) -> _Find:
    """Return the function that looks up a place, exactly or nearly; it scans a file when first asked."""
    scanned: dict[str, Positions] = {}

    def find(place: Place, exact: bool) -> Span | None:
        if place.span is not None:
            text = texts.get(place.file, "") if place.piece else ""
            return _narrowed(place.span, place.piece, text) if text else place.span
        if not place.path or place.file not in texts:
            return None
        if place.file not in scanned:
            from deckgen.toml.positions import Positions

            scanned[place.file] = Positions(texts[place.file])
        spot = _spot(scanned[place.file], place, exact=exact)
        if spot is None:
            return None
        return _narrowed(Span(*spot), place.piece, texts[place.file]) if place.piece else Span(*spot)

    return find


def _spot(positions: Positions, place: Place, *, exact: bool) -> Spot | None:
    look = {"value": positions.value, "key": positions.key, "header": positions.header}[place.on]
    spot = look(place.path)
    return spot if spot or exact else positions.nearest(place.path)


def _narrowed(span: Span, piece: str, text: str) -> Span:
    """Return where a piece first occurs in a span; the span itself if it is not in one of its lines."""
    lines = lines_of(text)
    # In a basic string a backslash is written twice.
    for written in dict.fromkeys((piece.replace("\\", "\\\\"), piece)):
        for number in range(span.line, span.end_line + 1):
            line = lines[number - 1]
            end = span.end_column - 1 if number == span.end_line else len(line)
            at = line.find(written, span.column - 1 if number == span.line else 0, end)
            if at >= 0:
                return Span(number, at + 1, number, at + 1 + len(written))
    return span


def _located(diagnostic: Diagnostic, find: _Find) -> Located:
    span = find(diagnostic.place, False)
    related = tuple(find(one.place, False) for one in diagnostic.related)
    return Located(msgspec.structs.replace(diagnostic, edit=_edit(diagnostic.edit, find)), span, related)


def _reading(item: Located) -> Hashable:
    """Return what a reader sees: paths are not seen, so two that lead to one span read the same."""
    one = item.diagnostic
    related = tuple(
        (second.place.file, second.place.cell, span, second.text)
        for second, span in zip(one.related, item.related, strict=True)
    )
    place = (one.place.file, one.place.cell, item.span)
    return place, one.severity, one.code, one.message, one.label, one.help, related


def _edit(edit: Edit | None, find: _Find) -> Edit | None:
    span = edit and find(edit.place, True)
    return msgspec.structs.replace(edit, place=Place(edit.place.file, span=span)) if edit and span else None


def _in_cells(diagnostic: Diagnostic, cells: Cells) -> Diagnostic:
    """Look up the places in rows; most diagnostics have none."""
    if not any(place.table for place in _places(diagnostic)):
        return diagnostic
    edit = diagnostic.edit
    return msgspec.structs.replace(
        diagnostic,
        place=cells.place(diagnostic.place),
        related=tuple(
            msgspec.structs.replace(one, place=cells.place(one.place)) for one in diagnostic.related
        ),
        edit=cells.edit(edit) if edit and edit.place.table else edit,
    )


def _places(diagnostic: Diagnostic) -> list[Place]:
    edits = [diagnostic.edit.place] if diagnostic.edit else []
    return [diagnostic.place, *(one.place for one in diagnostic.related), *edits]


def _order(item: Located) -> tuple[str, int, int, int, str, str]:
    diagnostic, span = item.diagnostic, item.span
    cell = diagnostic.place.cell
    line, column = (span.line, span.column) if span else (cell.row, cell.number) if cell else (0, 0)
    severity = _SEVERITIES.index(diagnostic.severity)
    return diagnostic.place.file, line, column, severity, diagnostic.code, diagnostic.message
