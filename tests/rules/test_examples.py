"""Each rule's documentation is true: its bad example has that mistake and no other, its good one has none."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import deckgen.rules
from deckgen.cli.session import compile_at, rows_of
from deckgen.diagnostics.locate import locate
from deckgen.diagnostics.rule import RuleDoc, docs_in
from deckgen.diagnostics.text import text
from deckgen.reading.project import LOCK_FILE
from deckgen.root import PROJECT_FILE
from laws import all_hold
from rules.example_project import write_project

DOCS = docs_in(deckgen.rules)
#: What no TOML text can show; each has a test of its own in `tests/cli`, `tests/reading`, `tests/importing`, `tests/engine` or `tests/sheet`.
ELSEWHERE = {
    "unreadable-deck",
    "unreadable-file",
    "not-utf8",
    "missing-project",
    "large-media",
    "bad-class-list",
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


def test_the_bad_example_has_that_mistake_only(
    tmp_path: Path, expect_file: Callable[[Path, str], None]
) -> None:
    """The bad example shows the rule's mistake and nothing else, and what an author reads is what was reviewed."""

    def check(code: str) -> None:
        write_project(tmp_path / code, DOCS[code].bad)
        codes, shown = diagnose(tmp_path / code)
        assert set(codes) == {code}
        expect_file(EXPECTED / f"{code}.txt", shown)

    all_hold(zip(SHOWN, SHOWN, strict=True), check)


def test_the_good_example_is_clean(tmp_path: Path) -> None:
    """The good example has no mistake at all."""

    def check(code: str) -> None:
        write_project(tmp_path / code, DOCS[code].good)
        codes, shown = diagnose(tmp_path / code)
        assert not codes, shown

    all_hold(zip(SHOWN, SHOWN, strict=True), check)


def test_every_rule_is_either_shown_or_tested_elsewhere() -> None:
    """No rule is forgotten, and none is excused that exists no more."""
    assert set(DOCS) >= ELSEWHERE


def test_documentation_is_plain() -> None:
    """A summary is one sentence without the jargon of the code."""

    def check(doc: RuleDoc) -> None:
        assert doc.summary.endswith(".")
        assert len(doc.summary) <= 120

    all_hold(DOCS.items(), check)
