"""The output folder after a build holds what that build made, and what was never ours."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from deckgen.engine import worker
from deckgen.engine.write import publish
from deckgen.pipeline import checks, notes, pipeline
from deckgen.pipeline.outcome import Options
from deckgen.pipeline.outputs import Outputs
from deckgen.pipeline.pipeline import build
from history_author import Branch, Content, Written


def test_a_renamed_deck_leaves_no_package_behind(tmp_path: Path) -> None:
    """The package of a deck that is called otherwise now goes: who imports the folder would import both."""
    branch = Branch(tmp_path, Content(items=[Written(1, "short", 2, "q1")]))
    branch.build(1000)
    foreign = tmp_path / "dist/anki/mine.txt"
    foreign.write_text("not deckgen's")
    assert [path.name for path in branch.packages] == ["Other.apkg"]
    branch.content.renames = (0, 0, 1)
    branch.build(1000)
    assert [path.name for path in branch.packages] == ["Other 1.apkg"]
    assert foreign.exists()


def test_a_failed_build_takes_nothing_away(tmp_path: Path) -> None:
    """Where there are errors the outputs of the build before stay as they are."""
    branch = Branch(tmp_path, Content(items=[Written(1, "short", 2, "q1")]))
    branch.build(1000)
    (tmp_path / "cards/c.toml").write_text("[deck]\nname = 1\n")
    assert build(tmp_path, Options(now=1000)).failed
    assert [path.name for path in branch.packages] == ["Other.apkg"]


@pytest.mark.parametrize("can_link", [True, False])
def test_copies_of_an_output_go_their_own_ways(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, can_link: bool
) -> None:
    """What is written twice is on the disk once, where the disk can do that; a change of one is none of the other."""
    if not can_link:
        monkeypatch.setattr(os, "link", _refused)
    one, other = tmp_path / "dist" / "deck.apkg", tmp_path / "dist" / "web" / "deck.apkg"
    content = b"a deck"
    publish(tmp_path, {"deck.apkg": content}, {"web/deck.apkg": "deck.apkg"})
    assert one.read_bytes() == other.read_bytes() == content
    assert one.samefile(other) == can_link
    publish(tmp_path, {"deck.apkg": b"another"}, {}, ["web/deck.apkg"])
    assert (one.read_bytes(), other.read_bytes()) == (b"another", content)
    publish(tmp_path, {}, {"web/deck.apkg": "deck.apkg"}, ["deck.apkg"])
    assert (one.read_bytes(), other.read_bytes()) == (b"another", b"another")


@pytest.mark.parametrize("way", ["apart", "killed", "no fork"])
def test_a_large_course_is_written_down_apart(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, way: str
) -> None:
    """Its files are those of any course; where the other process dies, or there can be none, this one does it all."""
    content = Content(items=[Written(1, "short", 2, "q1"), Written(2, "choice", 3, "q2")])
    built = [Branch(tmp_path / "small", content), Branch(tmp_path / "large", content)]
    built[0].build(1000)
    monkeypatch.setattr(checks, "_LARGE", 0)
    here = os.getpid()
    made: list[int] = []

    def written(building: Any, begin: Any) -> Any:
        made.append(os.getpid())
        if way == "killed" and os.getpid() != here:
            os._exit(1)
        return write(building, begin)

    write = pipeline._Building._written
    monkeypatch.setattr(pipeline._Building, "_written", written)
    # Where a test before has started a browser, a thread waits for its end.
    monkeypatch.setattr(worker, "_can_fork", lambda: way != "no fork")
    built[1].build(1000)
    assert made == ([] if way == "apart" else [here])
    small, large = (
        {path.relative_to(branch.root): path.read_bytes() for path in branch.root.glob("dist/**/*.*")}
        for branch in built
    )
    assert small.keys() == large.keys()
    assert small == large
    # What the other process stored for the next build is not swept away.
    kept = [{path.name for path in branch.root.glob(".deckgen/pieces/*")} for branch in built]
    assert kept[0] == kept[1] != set()


def _refused(*_: object) -> None:
    raise OSError(errno.EPERM, "no links here")


@pytest.mark.parametrize("large", [False, True])
def test_sheets_are_begun_before_the_notes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, large: bool
) -> None:
    """Another process works on them meanwhile; a large course, which each would hold a copy of, is made by one."""
    steps = tmp_path / "steps"

    def noted(step: str, call: Callable[..., Any]) -> Callable[..., Any]:
        def again(*given: Any) -> Any:
            # In a file: it may be another process.
            with steps.open("a", encoding="utf-8") as stream:
                stream.write(f"{step} ")
            return call(*given)

        return again

    monkeypatch.setattr(Outputs, "begin", noted("sheets", Outputs.begin))
    monkeypatch.setattr(notes, "note", noted("note", notes.note))
    if large:
        monkeypatch.setattr(checks, "_LARGE", 0)
    Branch(tmp_path, Content(items=[Written(1, "short", 2, "q1")])).build(1000)
    assert steps.read_text(encoding="utf-8").split() == (["note"] if large else ["sheets", "note"])
