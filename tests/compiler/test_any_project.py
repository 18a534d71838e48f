"""Compiling is total: any project has a course or says what is wrong, at places that it has."""

from __future__ import annotations

import json
from pathlib import Path

from hypothesis import event, example, given
from hypothesis import strategies as st

import deckgen.rules
from compiler.vocabulary import CARDS, PROJECTS, dump
from deckgen.compiler.compile import Compiled, compile_project
from deckgen.diagnostics import Report, Severity
from deckgen.diagnostics.fix import fix
from deckgen.diagnostics.formats import FORMATS, Setting
from deckgen.diagnostics.locate import locate
from deckgen.diagnostics.rule import codes_in, docs_in
from deckgen.language.manuscript import MediaProblem
from deckgen.reading import Snapshot
from laws import law

CODES = set(codes_in(deckgen.rules))
DOCS = docs_in(deckgen.rules)
GOOD_PROJECT = 'id = "good"\ntitle = "Good"\n'


def compiled(cards: dict[str, str], project: str = GOOD_PROJECT) -> tuple[Compiled, Report]:
    """Compile a project that is only in memory, and locate what is wrong with it."""
    snapshot = Snapshot(root=Path(), project=project, cards=cards, lock=None)
    result = compile_project(snapshot, lambda path: MediaProblem(path, "missing"), lambda: ["media/b.png"])
    return result, locate(result.diagnostics, cards | {"deckgen.toml": project})


def check(result: Compiled, report: Report) -> None:
    """Check what holds of every report."""
    errors = [one for one in result.diagnostics if one.severity is Severity.ERROR]
    assert (result.course is None) == bool(errors)
    assert {one.code for one in result.diagnostics} <= CODES
    for item in report.found:
        one = item.diagnostic
        assert one.message
        assert "\n" not in one.message
        assert not one.message.endswith(".") or one.message.endswith(("…", "..."))
        assert not one.label.endswith(".")
        if item.span:
            lines = report.texts[one.place.file].split("\n")
            assert 1 <= item.span.line <= item.span.end_line <= len(lines)
            assert item.span[:2] < item.span[2:]
            assert item.span.column <= len(lines[item.span.line - 1]) + 1
    order = [
        (item.diagnostic.place.file, item.span.line if item.span else 0, item.span.column if item.span else 0)
        for item in report.found
    ]
    assert order == sorted(order)


@law(60)
@given(st.lists(CARDS, min_size=1, max_size=2), PROJECTS | st.none())
@example([{"comparison": [{"row": [{"id": "a", "x": {"html": "a", "extra": 1}}]}]}], None)
@example([{"sheet": [{"id": "a", "title": "A", "from": ["several\n\nlines"]}]}], None)
def test_any_project_has_an_answer(
    documents: list[dict[str, object]], project: dict[str, object] | None
) -> None:
    """No project makes the compiler fail, and every mistake has a place, a known code and a plain sentence."""
    cards = {f"cards/{name}.toml": dump(document) for name, document in zip("ab", documents, strict=False)}
    result, report = compiled(cards, GOOD_PROJECT if project is None else dump(project))
    check(result, report)
    event(f"{'a course' if result.course else 'errors'}, {min(len(report.found), 3)} found")


@law(20)
@given(CARDS)
def test_every_format_takes_any_report(document: dict[str, object]) -> None:
    """Whatever is wrong, every format writes it; the machines' formats can be read back."""
    _, report = compiled({"cards/a.toml": dump(document)})
    for name, write in FORMATS.items():
        text = write(report, Setting(lambda: DOCS))
        if name in {"json", "sarif"}:
            assert json.loads(text)
        assert text.isprintable() or "\x1b" not in text


@law(20)
@given(st.lists(CARDS, min_size=1, max_size=2))
def test_the_same_project_has_the_same_answer(documents: list[dict[str, object]]) -> None:
    """Compiling twice gives the same course and the same report."""
    cards = {f"cards/{name}.toml": dump(document) for name, document in zip("ab", documents, strict=False)}
    first, second = compiled(cards), compiled(dict(cards))
    assert first[1] == second[1]
    assert first[0].course == second[0].course


@law(25)
@given(st.lists(CARDS, min_size=1, max_size=2))
def test_repairs_end(documents: list[dict[str, object]]) -> None:
    """Making all repairs over and over comes to an end where there is nothing left to repair."""
    cards = {f"cards/{name}.toml": dump(document) for name, document in zip("ab", documents, strict=False)}
    for _ in range(6):
        fixed = fix(compiled(cards)[1])
        if not fixed:
            return
        cards |= fixed
    assert not fixed
