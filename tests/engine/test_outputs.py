"""The output folder after a build holds what that build made, and what was never ours."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from deckgen.engine.write import publish
from deckgen.pipeline import checks, notes
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


def _refused(*_: object) -> None:
    raise OSError(errno.EPERM, "no links here")


@pytest.mark.parametrize("large", [False, True])
def test_sheets_are_begun_before_the_notes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, large: bool
) -> None:
    """Another process works on them meanwhile; a large course, which each would hold a copy of, is made by one."""
    steps: list[str] = []

    def noted(step: str, call: Callable[..., Any]) -> Callable[..., Any]:
        def again(*given: Any) -> Any:
            steps.append(step)
            return call(*given)

        return again

    monkeypatch.setattr(Outputs, "begin", noted("sheets", Outputs.begin))
    monkeypatch.setattr(notes, "note", noted("note", notes.note))
    if large:
        monkeypatch.setattr(checks, "_LARGE", 0)
    Branch(tmp_path, Content(items=[Written(1, "short", 2, "q1")])).build(1000)
    assert steps == (["note"] if large else ["sheets", "note"])
