"""A second process does its share, and nobody can tell but by the time."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from deckgen.cli.starter import starter
from deckgen.engine import colleague
from deckgen.engine.outcome import Options, Outcome
from deckgen.engine.pipeline import build
from engine.projects import differing, outputs, write_files

NOW = 1_790_000_000
MORE = """
[deck]
name = "Others"

[[question]]
id = "seven"
type = "choice"
prompt = "What is three and four? ![dot](media/dot.svg)"
answer = "seven"
distractors = ["six", "eight"]
"""
DOT = '<svg xmlns="http://www.w3.org/2000/svg" width="8" height="8"><circle cx="4" cy="4" r="2"/></svg>'

pytestmark = pytest.mark.skipif(not colleague._is_possible(), reason="one processor, or no fork")


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Write a project of several files, of which the last are done elsewhere."""
    write_files(tmp_path / "a", {**starter("c", "C"), "cards/zz.toml": MORE, "media/dot.svg": DOT})
    return tmp_path / "a"


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    """Make any course worth a colleague; the list tells of each one that began to work."""
    begun: list[bool] = []
    start = colleague.Colleague._start

    def counted(self: colleague.Colleague, *arguments: object) -> None:
        start(self, *arguments)  # type: ignore[arg-type]
        begun.append(bool(self.share))

    monkeypatch.setattr(colleague.Colleague, "_start", counted)
    monkeypatch.setattr(colleague, "WORTH_IT", 1)
    # A browser that other tests have open leaves a thread, which does nothing but wait for its end.
    monkeypatch.setattr("threading.active_count", lambda: 1)
    return begun


def alone(project: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Outcome, dict[str, bytes]]:
    """Build a copy by one process."""
    copy = project.parent / "alone"
    shutil.copytree(project, copy)
    with monkeypatch.context() as patch:
        patch.setattr(colleague, "WORTH_IT", 1 << 40)
        outcome = build(copy, Options(now=NOW))
    return outcome, outputs(copy) if not outcome.failed else {}


def test_two_make_what_one_makes(project: Path, started: list[bool], monkeypatch: pytest.MonkeyPatch) -> None:
    """Every output is the same to the byte."""
    _, expected = alone(project, monkeypatch)
    assert not build(project, Options(now=NOW)).failed
    assert started == [True]
    assert differing(outputs(project), expected) == set()


@pytest.mark.parametrize("file", ["cards/measuring.toml", "cards/zz.toml"])
def test_two_find_what_one_finds(
    project: Path, started: list[bool], monkeypatch: pytest.MonkeyPatch, file: str
) -> None:
    """A mistake is told alike, in whichever part it is made."""
    text = (project / file).read_text(encoding="utf-8")
    wrong = text.replace("\nanswer", '\ntags = ["a b"]\nanswer', 1)
    (project / file).write_text(wrong, encoding="utf-8", newline="\n")
    expected, _ = alone(project, monkeypatch)
    found = build(project, Options(now=NOW))
    assert found.failed
    assert set(found.diagnostics) == set(expected.diagnostics)


@pytest.mark.parametrize("answers", [0, 1, 2, 3, 4])
def test_one_does_what_the_other_leaves(
    project: Path, started: list[bool], monkeypatch: pytest.MonkeyPatch, answers: int
) -> None:
    """A colleague that dies after some answers costs time, and nothing else."""
    _, expected = alone(project, monkeypatch)
    work = colleague.Colleague._work

    def tired(self: colleague.Colleague, *arguments: object) -> Iterator[bytes]:
        for number, answer in enumerate(work(self, *arguments)):  # type: ignore[arg-type]
            if number == answers:
                raise MemoryError
            yield answer

    monkeypatch.setattr(colleague.Colleague, "_work", tired)
    assert not build(project, Options(now=NOW)).failed
    assert differing(outputs(project), expected) == set()


def test_a_mistake_in_a_template_is_told_all_the_same(
    project: Path, started: list[bool], monkeypatch: pytest.MonkeyPatch
) -> None:
    """What fails elsewhere is done again here, where it can be told."""
    write_files(project, {"templates/sheet/page.html": "{{ sheet.nothing.at_all }}"})
    expected, _ = alone(project, monkeypatch)
    found = build(project, Options(now=NOW))
    assert found.failed
    assert set(found.diagnostics) == set(expected.diagnostics)
