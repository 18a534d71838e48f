"""Each rule's documentation is true: its bad example has that mistake and no other, its good one has none."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

import deckgen.rules
from deckgen.cli.session import compile_at, rows_of
from deckgen.diagnostics.locate import locate
from deckgen.diagnostics.rule import RuleDoc, docs_in
from deckgen.diagnostics.text import text
from deckgen.reading.project import LOCK_FILE
from deckgen.root import PROJECT_FILE
from rules.example_project import write_project

DOCS = docs_in(deckgen.rules)
#: What no TOML text can show; each has a test of its own in `tests/reading`, `tests/engine` or `tests/sheet`.
ELSEWHERE = {
    "unreadable-file",
    "not-utf8",
    "missing-project",
    "large-media",
    "bad-lock",
    "note-type-changed",
    "frozen-note-type",
    "duplicate-guid",
    "outdated-lock",
    "moved-note",
    "late-was",
    "lost-id",
    "lost-note",
    "common-id",
    "stale-schema",
    "unused-media",
    "older-lock",
    "doubtful-encoding",
    "wrong-guid",
}
SHOWN = [code for code in DOCS if code not in ELSEWHERE]
EXPECTED = Path(__file__).parent / "expected"


def diagnose(root: Path) -> tuple[list[str], str]:
    """Return the codes of a project's diagnostics, and the report as people read it."""
    _, snapshot, found = compile_at(root)
    texts = (
        snapshot.cards
        | snapshot.templates
        | {PROJECT_FILE: snapshot.project or "", LOCK_FILE: snapshot.lock or ""}
    )
    report = locate(found, texts, rows_of(snapshot))
    return [item.diagnostic.code for item in report.found], text(report)


@pytest.mark.parametrize("code", SHOWN)
def test_the_bad_example_has_that_mistake_only(code: str, tmp_path: Path) -> None:
    """The bad example shows the rule's mistake and nothing else."""
    write_project(tmp_path, DOCS[code].bad)
    codes, _ = diagnose(tmp_path)
    assert set(codes) == {code}


@pytest.mark.parametrize("code", SHOWN)
def test_the_good_example_is_clean(code: str, tmp_path: Path) -> None:
    """The good example has no mistake at all."""
    write_project(tmp_path, DOCS[code].good)
    codes, shown = diagnose(tmp_path)
    assert not codes, shown


@pytest.mark.parametrize("code", SHOWN)
def test_the_bad_example_is_reported_as_expected(
    code: str, tmp_path: Path, expect_file: Callable[[Path, str], None]
) -> None:
    """What an author reads is what was reviewed."""
    write_project(tmp_path, DOCS[code].bad)
    expect_file(EXPECTED / f"{code}.txt", diagnose(tmp_path)[1])


def test_every_rule_is_either_shown_or_tested_elsewhere() -> None:
    """No rule is forgotten, and none is excused that exists no more."""
    assert set(DOCS) >= ELSEWHERE


@pytest.mark.parametrize("doc", DOCS.values(), ids=DOCS)
def test_documentation_is_plain(doc: RuleDoc) -> None:
    """A summary is one sentence without the jargon of the code."""
    assert doc.summary.endswith(".")
    assert len(doc.summary) <= 120
