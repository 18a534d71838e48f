"""Wrong arguments: exit code 2, one line that says what is wrong, one that says where to look."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from cli.conftest import Ran


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["chek"], "no such command 'chek'. Did you mean 'check'"),
        (["check", "--fxi"], "--fxi"),
        (["check", "--format", "xml"], "'xml' is not one of 'text', 'json', 'github', 'sarif'"),
        (["check", "extra"], "extra"),
        (["list", "itms"], "'itms' is not one of 'items', 'decks'"),
        (["new"], "missing argument 'DIR'"),
        (["schema", "--out"], "option '--out' requires an argument"),
        (["schema", "decks"], "'decks' is not one of 'cards', 'project'"),
    ],
)
def test_wrong_arguments_are_said_shortly(
    arguments: list[str], message: str, deckgen: Callable[..., Ran]
) -> None:
    """Two lines on standard error: the mistake, and where help is."""
    code, out, err = deckgen(*arguments)
    assert (code, out) == (2, "")
    first, second = err.splitlines()
    assert first.startswith("error: ")
    assert message in first
    assert second.startswith("help: `deckgen ")
    assert second.endswith(" --help`")


@pytest.mark.parametrize("command", ["check", "build", "list"])
def test_a_folder_that_is_not_there_is_misuse(command: str, deckgen: Callable[..., Ran]) -> None:
    """`-C` with a folder that does not exist says just that."""
    assert deckgen(command, "-C", "nowhere") == (2, "", "error: there is no folder nowhere\n")


@pytest.mark.parametrize("command", ["check", "build", "list"])
def test_a_file_is_no_folder(command: str, deckgen: Callable[..., Ran], tmp_path: Path) -> None:
    """`-C` with a file is refused."""
    (tmp_path / "file").write_text("", encoding="utf-8")
    assert deckgen(command, "-C", "file") == (2, "", "error: there is no folder file\n")


@pytest.mark.parametrize("command", ["check", "build", "list"])
def test_no_project_is_misuse(command: str, deckgen: Callable[..., Ran]) -> None:
    """Outside of a project every command says how to make one."""
    code, out, err = deckgen(command)
    assert (code, out) == (2, "")
    assert err.startswith("error[missing-project]: no `deckgen.toml` in this folder or above\n")
    assert "`deckgen new DIR` creates a small project" in err


def test_an_unknown_code_names_the_nearest(deckgen: Callable[..., Ran]) -> None:
    """`explain` of a misspelt code proposes the one meant."""
    code, out, err = deckgen("explain", "unknwon-key")
    assert (code, out) == (2, "")
    assert err.startswith("error: no diagnostic has the code `unknwon-key`; did you mean `unknown-key`")
