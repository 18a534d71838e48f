"""A renamed id that would cost learners their history is reported: by `check`, `build` and `diff`."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from deckgen.cli.app import app
from history_author import Branch, Content, Written

WALES = Written(1, "picture", 0, "wales")
OTHER = Written(2, "short", 0, "other")


@pytest.fixture
def branch(tmp_path: Path) -> Branch:
    made = Branch(tmp_path / "project", Content(items=[WALES, OTHER]))
    made.build(1000)
    return made


def run(branch: Branch, command: str, *arguments: str) -> Result:
    env = {"NO_COLOR": "1", "SOURCE_DATE_EPOCH": "2000"}
    return CliRunner().invoke(app, [command, "-C", str(branch.root), *arguments], env=env)


@pytest.mark.parametrize("command", ["check", "diff", "build"])
def test_an_id_renamed_without_was_is_reported(branch: Branch, command: str) -> None:
    """With the line to write, where it is to be written."""
    branch.content.put(replace(WALES, id="cymru"))
    branch.content.write(branch.root)
    result = run(branch, command)
    assert result.exit_code == 0
    assert "warning[lost-id]: `cymru` has the content of `wales`, which is gone" in result.stderr
    assert "/cards/a.toml:6:" in result.stderr
    assert 'then write `was = ["wales"]` below' in result.stderr


@pytest.mark.parametrize("command", ["check", "diff", "build"])
def test_with_was_nothing_is_reported(branch: Branch, command: str) -> None:
    """The rename is one: `diff` shows it as such, and nobody gets anything."""
    branch.content.put(replace(WALES, id="cymru", was=("wales",)))
    branch.content.write(branch.root)
    result = run(branch, command)
    assert "warning" not in result.stderr
    if command == "diff":
        assert result.stdout == (
            "Compared with deckgen.lock, version 1 → 1\n\nId renamed: wales → cymru\n"
        ).replace(", version 1 → 1", "")


def test_a_renamed_table_is_reported_once(tmp_path: Path) -> None:
    """Many questions are made of a table: its own `was` carries them all over."""
    from deckgen.cli.starter import starter

    for name, text in starter("course", "Course").items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    made = Branch(tmp_path)
    assert run(made, "build").exit_code == 0
    cards = tmp_path / "cards/measuring.toml"
    cards.write_text(cards.read_text().replace('"unit-vs-quantity"', '"units"'))
    result = run(made, "check")
    assert result.stderr.count("warning[") == 1
    assert 'then write `was = ["unit-vs-quantity"]` below' in result.stderr


@pytest.mark.parametrize("command", ["check", "diff", "build"])
def test_a_mistyped_guid_is_reported(branch: Branch, command: str) -> None:
    """A slip of a hand in the lock would give learners the note a second time."""
    text = branch.lock.read_text()
    guid = OTHER.guid
    branch.lock.write_text(text.replace(guid, guid[::-1]))
    result = run(branch, command)
    assert "warning[wrong-guid]: the GUID of `other` comes from none of its ids" in result.stderr


@pytest.mark.parametrize("command", ["check", "diff", "build"])
def test_the_lock_of_another_project_is_reported(branch: Branch, command: str) -> None:
    """Where the id of the project was changed, the GUIDs of most notes do not fit it; a fork removes what is not its."""
    branch.content.items += [Written(number, "short", 0, f"q{number}") for number in range(3, 9)]
    branch.build(1001)
    toml = branch.root / "deckgen.toml"
    toml.write_text(toml.read_text().replace('id = "histories"', 'id = "fork"'))
    result = run(branch, command)
    assert "warning[wrong-guid]: the GUIDs of 8 notes come from none of their ids" in result.stderr
    assert "was `id` changed in `deckgen.toml`?" in result.stderr
