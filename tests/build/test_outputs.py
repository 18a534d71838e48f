"""The output folder after a build holds what that build made, and what was never ours."""

from __future__ import annotations

from pathlib import Path

from deckgen.build.outcome import Options
from deckgen.build.pipeline import build
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
