"""The formats for machines are read back as machines read them."""

from __future__ import annotations

import json
import re

from hypothesis import given

from deckgen.diagnostics import Severity
from deckgen.diagnostics.cells import visible
from deckgen.diagnostics.formats import FORMATS, Setting
from diagnostics.test_text import REPORT
from laws import law

SETTING = Setting(dict)


def unescaped(text: str) -> str:
    """Return what GitHub's runner makes of a property or message (`ActionCommand.cs`)."""
    for code, character in (("%3A", ":"), ("%2C", ","), ("%0D", "\r"), ("%0A", "\n"), ("%25", "%")):
        text = text.replace(code, character)
    return text


@law(30)
@given(REPORT)
def test_json_says_everything(report):
    """The JSON is in ASCII and holds every diagnostic in order, unchanged."""
    written = FORMATS["json"](report, SETTING)
    whole = json.loads(written)
    assert written.isascii()
    assert (whole["errors"], whole["warnings"]) == (report.errors, report.warnings)
    for one, item in zip(whole["diagnostics"], report.found, strict=True):
        diagnostic = item.diagnostic
        assert one["code"] == diagnostic.code
        assert one["message"] == diagnostic.message
        assert Severity(one["severity"]) is diagnostic.severity
        assert (one["line"], one["column"], one["endLine"], one["endColumn"]) == (item.span or (None,) * 4)
        assert [related["text"] for related in one["related"]] == [
            related.text for related in diagnostic.related
        ]


@law(30)
@given(REPORT)
def test_github_gets_one_command_a_diagnostic(report):
    """Nothing that an author writes ends a command early, adds one, or changes its properties."""
    commands = FORMATS["github"](report, SETTING).split("\n")
    assert commands.pop() == ""
    for command, item in zip(commands, report.found, strict=True):
        match = re.fullmatch(r"::(error|warning|notice) ([^:\r\n]*)::([^\r\n]*)", command)
        assert match
        properties = dict(pair.split("=", 1) for pair in match[2].split(","))
        assert unescaped(properties["file"]) == visible(item.diagnostic.place.file)
        assert unescaped(properties["title"]) == f"deckgen: {visible(item.diagnostic.code)}"
        assert visible(item.diagnostic.message) in unescaped(match[3])
        # GitHub refuses an annotation with columns if it spans several lines.
        assert ("col" in properties) == (item.span is not None and item.span.line == item.span.end_line)


def test_every_format_is_listed():
    """The words that `--format` takes."""
    assert list(FORMATS) == ["text", "json", "github", "sarif"]
