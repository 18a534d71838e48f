"""Diagnostics for editors and scripts: one JSON object.

::

    {"version": 1, "errors": 1, "warnings": 0, "diagnostics": [
      {"code": "unknown-key", "severity": "error", "message": "unknown key `answr` in a choice question",
       "label": "did you mean `answer`?", "help": "",
       "file": "cards/it-quiz.toml", "line": 14, "column": 1, "endLine": 14, "endColumn": 6,
       "related": [{"text": "…", "file": "…", "line": 3, "column": 1, "endLine": 3, "endColumn": 4}],
       "fix": {"file": "…", "line": 14, "column": 1, "endLine": 14, "endColumn": 6, "text": "answer"}}]}

Lines and columns count from 1, columns in Unicode characters; an end is exclusive. They are null
where a whole file is meant, and in spreadsheets that are not text. In a spreadsheet there is also
`"cell": {"sheet": "Lesson 1", "row": 12, "column": "C", "text": "Lima"}`, its rows counted as the
spreadsheet does; `sheet` is empty in CSV, `column` where the whole row is meant. `fix` is null where
there is none; with it made, the range holds `text`.
New keys may be added; `version` changes when one goes or changes its meaning.
"""

from __future__ import annotations

import json as _json
from typing import TYPE_CHECKING, Any

from deckgen.diagnostics.diagnostic import Place
from deckgen.diagnostics.fix import change_of

if TYPE_CHECKING:
    from deckgen.diagnostics.diagnostic import Cell, Edit, Located, Report, Span

VERSION = 1


def json(report: Report) -> str:
    """Return the report as JSON in ASCII, so that it passes through any terminal and any pipe."""
    whole = {
        "version": VERSION,
        "errors": report.errors,
        "warnings": report.warnings,
        "diagnostics": [_diagnostic(item, report) for item in report.found],
    }
    return _json.dumps(whole, indent=2) + "\n"


def _diagnostic(item: Located, report: Report) -> dict[str, Any]:
    diagnostic = item.diagnostic
    return {
        "code": diagnostic.code,
        "severity": diagnostic.severity.value,
        "message": diagnostic.message,
        "label": diagnostic.label,
        "help": diagnostic.help,
        **_at(diagnostic.place, item.span),
        "related": [
            {"text": related.text, **_at(related.place, span)}
            for related, span in zip(diagnostic.related, item.related, strict=True)
        ],
        "fix": _fix(diagnostic.edit, report),
    }


def _fix(edit: Edit | None, report: Report) -> dict[str, Any] | None:
    change = edit and change_of(edit, report.texts)
    return {**_at(Place(change.file), change.span), "text": change.text} if change else None


def _at(place: Place, span: Span | None) -> dict[str, Any]:
    line, column, end_line, end_column = span or (None,) * 4
    at = {"file": place.file, "line": line, "column": column, "endLine": end_line, "endColumn": end_column}
    return {**at, "cell": _cell(place.cell)} if place.cell else at


def _cell(cell: Cell) -> dict[str, Any]:
    return {"sheet": cell.sheet, "row": cell.row, "column": cell.column, "text": cell.text}
