"""`deckgen import` says what it will do, does it, and tells by its exit code whether all is as it came."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from cli.conftest import Ran
from importing.decks import genanki_deck

Deckgen = Callable[..., Ran]


@pytest.fixture
def deck(tmp_path: Path) -> Path:
    return genanki_deck(tmp_path / "Capitals.apkg", [("Peru", "<b>Lima</b>"), ("Kuba", "<u>Havanna</u>")])


def test_makes_a_project_that_builds(deckgen: Deckgen, deck: Path, tmp_path: Path) -> None:
    """The plan, then the project, then the comparison; without `--into` its folder is named after the deck."""
    ran = deckgen("import", deck)
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith(
        "Made: 2 notes with 4 cards\n\n  Simple  2 notes: the same note type; learners keep their reviews\n\n"
        "It becomes 2 files of cards, 5 templates.\n"
    )
    assert "\ncompared with the deck: every note is as it came, but for what is named above\n" in ran.out
    assert (tmp_path / "made/cards/note-types.toml").exists()
    built = deckgen("build", "-C", "made")
    assert (built.code, built.err) == (0, "")
    assert "changes   none\n" in built.out


def test_only_says_its_plan(deckgen: Deckgen, deck: Path, tmp_path: Path) -> None:
    """`--plan` writes nothing."""
    ran = deckgen("import", deck, "--plan", "--into", "there")
    assert ran.code == 0
    assert "stays HTML: kuba (Field 2)" in ran.out
    assert [*tmp_path.iterdir()] == [deck]


def test_overwrites_nothing(deckgen: Deckgen, deck: Path, tmp_path: Path) -> None:
    """A folder with something in it is refused, an empty one is taken."""
    (tmp_path / "there").mkdir()
    assert deckgen("import", deck, "--into", "there").code == 0
    ran = deckgen("import", deck, "--into", "there")
    assert (ran.code, ran.err) == (2, "error: there is not empty: give another folder with `--into`\n")


@pytest.mark.parametrize(
    ("said", "why"),
    [
        (
            "Simple=essay",
            "`--as Simple=essay`: say TYPE=KIND, where KIND is short, open, choice, cloze, concept",
        ),
        ("Simpel=short", "the deck has no note type `Simpel`; did you mean `Simple`?"),
    ],
)
def test_refuses_a_type_that_is_not_there(deckgen: Deckgen, deck: Path, said: str, why: str) -> None:
    """A misspelt type or kind of `--as` is wrong usage."""
    ran = deckgen("import", deck, "--as", said)
    assert (ran.code, ran.err) == (2, f"error: {why}\n")


def test_makes_questions(deckgen: Deckgen, deck: Path, tmp_path: Path) -> None:
    """`--as` makes questions, and says what learners lose."""
    ran = deckgen("import", deck, "--as", "Simple=short", "--into", "there")
    assert ran.code == 0
    assert (
        "2 become questions with a short answer, new to learners, who lose their reviews of them" in ran.out
    )
    assert not (tmp_path / "there/cards/note-types.toml").exists()
    assert deckgen("check", "-C", "there").code == 0


def test_tells_what_cannot_be_read(deckgen: Deckgen, tmp_path: Path) -> None:
    """A file that is no deck is an error with its place, and nothing is written."""
    (tmp_path / "bad.apkg").write_bytes(b"PK\x03\x04 is all there is")
    ran = deckgen("import", "bad.apkg")
    assert ran.code == 1
    assert ran.err.startswith("error[unreadable-deck]: `bad.apkg` cannot be read")
    assert [path.name for path in tmp_path.iterdir()] == ["bad.apkg"]
