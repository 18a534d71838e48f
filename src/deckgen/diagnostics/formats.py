"""The formats of diagnostics by the words for them: `--format text|json|github|sarif`."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import deckgen

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from deckgen.diagnostics.diagnostic import Report
    from deckgen.diagnostics.rule import RuleDoc


class Setting(NamedTuple):
    """What a renderer may want to know besides the report."""

    #: Called by the formats that carry the rules' documentation; the others do not load the rules.
    docs: Callable[[], Mapping[str, RuleDoc]]
    color: bool = False
    #: Of the terminal, in cells.
    width: int = 100
    #: Whether prose is broken at that width as well, and not the author's lines alone.
    wrap: bool = False
    #: Of deckgen, for the formats that name it.
    version: str = deckgen.__version__


def _text(report: Report, setting: Setting) -> str:
    from deckgen.diagnostics.text import text

    return text(report, color=setting.color, width=setting.width, wrap=setting.wrap)


def _json(report: Report, _setting: Setting) -> str:
    from deckgen.diagnostics.json import json

    return json(report)


def _github(report: Report, _setting: Setting) -> str:
    from deckgen.diagnostics.github import github

    return github(report)


def _sarif(report: Report, setting: Setting) -> str:
    from deckgen.diagnostics.sarif import sarif

    return sarif(report, setting.docs(), version=setting.version)


#: A new format is a file next to this one and a line here.
FORMATS: Mapping[str, Callable[[Report, Setting], str]] = {
    "text": _text,
    "json": _json,
    "github": _github,
    "sarif": _sarif,
}
