"""What `check` says beside the cards, and what `new` makes that nobody else has."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from cli.conftest import Ran
from deckgen.filenames import file_name
from deckgen.rules.missing_id import propose
from rules.example_project import DOT


def project_id(root: Path) -> str:
    found = re.search(r'^id +?= "(.*?)"', (root / "deckgen.toml").read_text("utf-8"), re.MULTILINE)
    assert found
    return found[1]


def test_no_two_new_projects_have_one_id(deckgen: Callable[..., Ran], tmp_path: Path) -> None:
    """An id is readable, as far as the folder's name is, and has letters that nobody else has."""
    made = []
    for number, name in enumerate(("biology", "日本語", "Биология", "my-course", "my-course")):
        folder = tmp_path / str(number) / name
        assert deckgen("new", folder)[0] == 0
        made.append(project_id(folder))
    assert len(set(made)) == len(made)
    shapes = ["biology", "course", "biologiia", "my-course", "my-course"]
    assert all(re.fullmatch(rf"{shape}-[a-z2-9]{{12}}", id_) for shape, id_ in zip(shapes, made, strict=True))
    assert deckgen("check", "-C", folder) == (0, "", "no mistakes in 3 files with 13 items and 1 sheet\n")


def test_a_common_id_is_reported_until_there_is_a_lock(deckgen: Callable[..., Ran], course: Path) -> None:
    """Learners' histories hang on an id that was built, so then nothing is said any more."""
    file = course / "deckgen.toml"
    file.write_text(file.read_text("utf-8").replace(project_id(course), "my-course"), "utf-8")
    code, _, err = deckgen("check", "-C", course)
    assert code == 0
    assert "warning[common-id]: `my-course` may be the id of another project as well" in err
    assert deckgen("build", "-C", course)[0] == 0
    assert "common-id" not in deckgen("check", "-C", course)[2]


def test_files_that_no_text_names_are_reported_once(deckgen: Callable[..., Ran], course: Path) -> None:
    """One warning for all of them."""
    (course / "media").mkdir()
    for number in range(7):
        (course / f"media/{number}.png").write_bytes(DOT + bytes([number]))
    err = deckgen("check", "-C", course)[2]
    assert err.count("unused-media]") == 1
    assert "7 files are not used by any text: `media/0.png`, `media/1.png`" in err
    assert "and 2 more" in err


def test_a_name_that_is_spelt_with_other_characters_is_named(
    deckgen: Callable[..., Ran], course: Path
) -> None:
    """The disk may keep `é` as two characters, where a text has one."""
    (course / "media").mkdir()
    (course / "media/cafe\u0301.png").write_bytes(DOT)
    cards = course / "cards/measuring.toml"
    cards.write_text(
        cards.read_text("utf-8").replace("at sea level?", "at sea level? ![caf\u00e9](media/caf\u00e9.png)")
    )
    assert deckgen("check", "-C", course) == (0, "", "no mistakes in 3 files with 13 items and 1 sheet\n")


def test_a_schema_of_another_version_is_reported(deckgen: Callable[..., Ran], course: Path) -> None:
    """An editor would check by it."""
    (course / "schema/cards.json").write_text("{}", "utf-8")
    err = deckgen("check", "-C", course)[2]
    assert "warning[stale-schema]: `schema/cards.json` is from another version of deckgen" in err
    assert deckgen("schema", "--out", course / "schema")[0] == 0
    assert "stale-schema" not in deckgen("check", "-C", course)[2]


def test_no_cards_are_no_praise(deckgen: Callable[..., Ran], course: Path) -> None:
    """A project without files of cards is told where they would be, and what looks like one."""
    for path in (course / "cards").iterdir():
        path.rename(path.with_suffix(".TOML"))
    code, _, err = deckgen("check", "-C", course)
    assert code == 0
    assert err.count("misnamed-file]") == 3
    for path in (course / "cards").iterdir():
        path.unlink()
    assert "no cards" in deckgen("check", "-C", course)[2]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Что такое порт?", "chto-takoe-port"),
        ("Τι είναι η θύρα;", "ti-einai-i-thyra"),
        ("Łódź, Straße", "lodz-strasse"),
        ("端口是什么", "ia492e332c1"),
        ("端口", "i"),
    ],
)
def test_ids_in_other_scripts_are_readable_or_short(text: str, expected: str) -> None:
    """Greek and Cyrillic are spelt in Latin letters; others get a digest, never `item` and `item-2`."""
    made = propose({"prompt": text})
    assert made == expected or (expected == "i" and re.fullmatch("i[0-9a-f]{10}", made))


@pytest.mark.parametrize("word", ["con", "nul", "aux", "com1"])
def test_a_sheet_is_not_called_as_no_file_can_be(
    deckgen: Callable[..., Ran], course: Path, word: str
) -> None:
    """`web/con.html` cannot be written on Windows."""
    file = course / "cards/sheets.toml"
    file.write_text(file.read_text("utf-8").replace('"measuring"\ntitle', f'"{word}"\ntitle'), "utf-8")
    code, _, err = deckgen("check", "-C", course)
    assert code == 1
    assert f"Windows does not allow a file called `{word}`" in err


def test_no_name_of_a_file_reads_backwards() -> None:
    """Signs that turn the direction, or that nobody sees, are in no name of a file."""
    assert file_name("Sums\u202egpj.exe") == "Sumsgpj.exe"
    assert file_name("a\u200bb\u2066c\ufeff") == "abc"
    assert file_name("שלום عربي") == "שלום عربي"
