"""Diagnostics as annotations of a GitHub workflow: one command a line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from deckgen.diagnostics.cells import visible
from deckgen.diagnostics.diagnostic import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from deckgen.diagnostics.diagnostic import Located, Place, Report, Span

_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.ADVICE: "notice"}


def github(report: Report) -> str:
    """Return one workflow command for each diagnostic; empty if nothing was found.

    Format and escapes: GitHub's "Workflow commands", and `command.ts` of its toolkit.
    """
    return "".join(f"{_command(item)}\n" for item in report.found)


def _command(item: Located) -> str:
    diagnostic = item.diagnostic
    properties = {
        "file": visible(diagnostic.place.file),
        **_region(item.span),
        "title": f"deckgen: {visible(diagnostic.code)}",
    }
    listed = ",".join(f"{key}={_property(value)}" for key, value in properties.items())
    return f"::{_COMMANDS[diagnostic.severity]} {listed}::{_data(chr(10).join(_lines(item)))}"


def _region(span: Span | None) -> dict[str, str]:
    if span is None:
        return {}
    region = {"line": str(span.line), "col": str(span.column), "endLine": str(span.end_line)}
    if span.line == span.end_line:
        # An end column counts within the last line, the first one cannot be given apart from it.
        return {**region, "endColumn": str(span.end_column)}
    del region["col"]  # GitHub refuses columns of a range of several lines.
    return region


def _lines(item: Located) -> Iterator[str]:
    """Yield the message, then help and related places; the log shows them without the annotation's place."""
    diagnostic = item.diagnostic
    label = f" ({diagnostic.label})" if diagnostic.label else ""
    yield f"{_at(diagnostic.place, item.span)}: {visible(diagnostic.message + label)}"
    for related, span in zip(diagnostic.related, item.related, strict=True):
        yield f"note: {visible(related.text)}: {_at(related.place, span)}"
    if diagnostic.help:
        yield "help: " + "\n".join(map(visible, diagnostic.help.split("\n")))


def _at(place: Place, span: Span | None) -> str:
    at = visible(place.file) + (f":{span.line}:{span.column}" if span else "")
    return f"{at}: {visible(str(place.cell))}" if place.cell else at


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
