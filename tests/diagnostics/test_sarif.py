"""SARIF is valid against its schema, and says what code scanning needs."""

from __future__ import annotations

import json
from pathlib import Path
from urllib.parse import unquote

import jsonschema
import pytest
from hypothesis import given

from deckgen.diagnostics import Diagnostic, Located, Place, Report, Span
from deckgen.diagnostics.rule import parse_docstring
from deckgen.diagnostics.sarif import sarif
from diagnostics.case import CASES, read
from diagnostics.test_rule import DOC
from diagnostics.test_text import REPORT
from laws import law

SCHEMA = json.loads((Path(__file__).parent / "sarif" / "sarif-schema-2.1.0.json").read_text())
VALIDATOR = jsonschema.Draft7Validator(SCHEMA)
DOCS = {code: parse_docstring(code, DOC) for code in ("unknown-key", "never-found")}
FOLDERS = sorted(path.parent for path in CASES.glob("*/report.json"))


def run(report, **more):
    """Return the one run of the SARIF log."""
    return json.loads(sarif(report, DOCS, version="1.2.3", **more))["runs"][0]


def at(line: str, number: int, file: str = "a.toml") -> Report:
    """Return a report of one mistake in the given line, which stands alone at a line number."""
    item = Located(Diagnostic(code="x", message="m", place=Place(file)), Span(number, 1, number, 2))
    return Report((item,), {file: "\n" * (number - 1) + line})


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_cases_are_valid(folder):
    """Every case is valid SARIF 2.1.0."""
    VALIDATOR.validate(json.loads(sarif(read(folder)[0], DOCS, version="1.2.3", page="https://a.example/b")))


@given(REPORT)
@law(12)
def test_anything_is_valid(report):
    """Whatever is reported, the log is valid and in ASCII."""
    written = sarif(report, DOCS, version="1.2.3")
    VALIDATOR.validate(json.loads(written))
    assert written.isascii()


def test_schema_can_fail():
    """The validator sees a result without a message."""
    log = json.loads(sarif(at("x", 1), DOCS, version="1.2.3"))
    del log["runs"][0]["results"][0]["message"]
    assert not VALIDATOR.is_valid(log)


def test_rules_carry_their_documentation():
    """All rules are listed, found or not; each result points to its own."""
    report, _ = read(CASES / "unknown-key")
    log = run(report, page="https://a.example/diagnostics")
    rules = log["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == ["never-found", "unknown-key"]
    assert rules[1]["shortDescription"] == {"text": "The item does not know this key."}
    assert rules[1]["helpUri"] == "https://a.example/diagnostics#unknown-key"
    assert "answr" in rules[1]["help"]["markdown"]
    assert [rules[result["ruleIndex"]]["id"] for result in log["results"]] == ["unknown-key"]


def test_fix_replaces_what_is_wrong():
    """An edit is a fix whose range is the author's word."""
    report, _ = read(CASES / "unknown-key")
    change = run(report)["results"][0]["fixes"][0]["artifactChanges"][0]["replacements"][0]
    assert change == {
        "deletedRegion": {"startLine": 14, "startColumn": 1, "endLine": 14, "endColumn": 6},
        "insertedContent": {"text": "answer"},
    }


def test_fingerprint_stays_while_lines_move():
    """The same mistake further down is the same; in another line or file it is another."""
    prints = [
        run(report)["results"][0]["partialFingerprints"]["deckgen/v1"]
        for report in (at("id = 1", 2), at("  id = 1", 20), at("id = 2", 2), at("id = 1", 2, "b.toml"))
    ]
    assert prints[0] == prints[1]
    assert len(set(prints)) == 3


def test_equal_lines_have_fingerprints_of_their_own():
    """Two mistakes in equal lines are told apart."""
    items = tuple(
        Located(Diagnostic(code="x", message="m", place=Place("a.toml")), Span(number, 1, number, 2))
        for number in (1, 2)
    )
    prints = [
        result["partialFingerprints"]["deckgen/v1"]
        for result in run(Report(items, {"a.toml": "x\nx"}))["results"]
    ]
    assert prints[0] != prints[1]


@pytest.mark.parametrize("file", ["cards/ä b.toml", "cards/50%.toml", "a:b.toml", "x?y#z.toml", "日.toml"])
def test_uri_is_encoded(file):
    """A name is a relative URI reference and comes back as it was."""
    result = run(at("x", 1, file))["results"][0]
    uri = result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
    assert unquote(uri) == file
    assert uri.isascii()
    assert not set(uri) & set(" ?#:")


def test_brackets_are_no_link():
    """`[a](1)` in a message is text (SARIF 2.1.0, 3.11.6)."""
    item = Located(Diagnostic(code="x", message="see [a](1) and [b]", place=Place("a.toml")), None)
    assert run(Report((item,), {}))["results"][0]["message"]["text"] == r"see \[a](1) and [b]"
