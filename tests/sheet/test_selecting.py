"""What the selectors of a sheet draw: by type, and by several conditions at once."""

from __future__ import annotations

from pathlib import Path

import pytest

from deckgen.compiler.compile import compile_project
from deckgen.reading import read_project

HERE = Path(__file__).parent


def drawn(tmp_path: Path, selector: str) -> tuple[list[str], list[str]]:
    """Return what a sheet draws from the frozen project, and the codes of what is wrong."""
    (tmp_path / "cards").mkdir(parents=True)
    (tmp_path / "deckgen.toml").write_text((HERE / "drawn" / "deckgen.toml").read_text())
    cards = (HERE / "drawn" / "cards" / "facts.toml").read_text()
    sheet = f"[[sheet]]\nid = 'picked'\ntitle = 'Picked'\nfrom = [{selector!r}]\n"
    (tmp_path / "cards" / "facts.toml").write_text(cards + sheet)
    snapshot, _ = read_project(tmp_path)
    made = compile_project(snapshot, lambda _: None, list)
    sheets = [sheet for sheet in made.course.sheets if sheet.id == "picked"] if made.course else []
    ids = [id_ for sheet in sheets for part in sheet.sections for id_ in part.items]
    return ids, [found.code for found in made.diagnostics]


@pytest.mark.parametrize(
    ("selector", "ids"),
    [
        ("type:concept", ["metre", "kilogram", "second"]),
        ("type:choice", ["prefix"]),
        ("type:misconception", ["weight-in-kilograms", "light-years-are-time"]),
        ("type:contrast", ["units/quantity/contrast", "units/sign/contrast"]),
        ("tag:prefixes & type:short", ["milli"]),
        ("Units & difficulty:hard & type:open", ["why"]),
    ],
)
def test_a_selector_chooses_by_type(selector: str, ids: list[str], tmp_path: Path) -> None:
    """Alone, and with other conditions."""
    assert drawn(tmp_path, selector) == (ids, [])


def test_questions_are_drawn_without_concepts(tmp_path: Path) -> None:
    """`type:question` is all of a deck that asks something."""
    everything, _ = drawn(tmp_path / "all", "Units")
    questions, _ = drawn(tmp_path / "asked", "Units & type:question")
    assert [id_ for id_ in everything if id_ not in questions] == ["metre", "kilogram", "second"]


def test_an_unknown_type_is_reported(tmp_path: Path) -> None:
    """With the types that there are."""
    assert drawn(tmp_path, "type:multiple-choice") == ([], ["unknown-selector"])
