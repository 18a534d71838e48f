"""Sheets that were printed once are arranged in the same way for ever, from TOML to the letters of options."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from deckgen import ranks, result_cache
from deckgen.compiler.compile import compile_project
from deckgen.compiler.draw import Names, Pool, Selected, draw
from deckgen.core import Section, Sheet
from deckgen.engine.store import Store
from deckgen.reading import read_project
from deckgen.sheet.plan import plan

if TYPE_CHECKING:
    from collections.abc import Callable

    import pytest

    from deckgen.core import Item

HERE = Path(__file__).parent


def test_printed_sheets_stay_as_they_are(expect_file: Callable[[Path, str], None]) -> None:
    """What each version asks, where its options stand and what its code is.

    The expected file was made by commit 3ef7d02, the first that people printed with. Never rewrite its lines:
    a changed line reshuffles sheets that lie in drawers. New sheets may be added at the end.
    """
    snapshot, _ = read_project(HERE / "drawn")
    course = compile_project(snapshot, lambda _: None, list).course
    assert course
    lines = []
    for sheet in course.sheets:
        for version in plan(course, sheet):
            lines.append(f"{sheet.id} {version.name} {version.code}")
            for question in version.questions:
                lines.append(f"{question.number:4} {question.item.id}: {question.arrangement.solution}")
                lines += [f"       {entry}" for entry in _entries(question.item, question.arrangement)]
    expect_file(HERE / "expected" / "drawn.txt", "\n".join(lines) + "\n")


def _entries(item: Item, arrangement: object) -> list[str]:
    """Return options and entries as they are printed, from top to bottom."""
    options = [f"{each.letter} {each.text}" for each in getattr(arrangement, "options", ())]
    entries = [f"- {each.text}" for each in getattr(arrangement, "entries", ())]
    left = [f"< {each.text}" for each in getattr(arrangement, "left", ())]
    right = [f"{each.letter} {each.text}" for each in getattr(arrangement, "right", ())]
    found = [*options, *entries, *left, *right]
    assert found or item.kind not in {"choice", "ordering", "matching"}
    return found


def test_a_draw_from_thousands_is_remembered(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is what it would be without a memory: after other names, another order, another seed, another number."""
    monkeypatch.setattr(result_cache, "_caches", [])
    names = [f"question-{number}" for number in range(3000)]
    cases = [
        (names, 20, 1),
        (names[:1500], 20, 1),
        (names, 20, 1),
        (names, 20, 2),
        (names, 21, 1),
        (list(reversed(names)), 20, 1),
    ]
    drawn = [_draw(*case) for case in cases]
    assert len(set(drawn)) == len(cases) - 1
    ranked: list[int] = []
    rank = ranks.shuffled
    monkeypatch.setattr(ranks, "shuffled", lambda names, key: ranked.append(len(names)) or rank(names, key))
    result_cache.use_cache(Store(tmp_path, "1"))
    assert [_draw(*case) for case in cases] == drawn
    assert len(ranked) == len(cases)
    assert _draw(*cases[-1]) == drawn[-1]
    assert len(ranked) == len(cases)


def _draw(names: list[str], count: int, seed: int) -> tuple[str, ...]:
    sheet = Sheet(id="quiz", title="Quiz", seed=seed, sections=(Section(()),))
    return draw(Selected(sheet, ((Pool(tuple(names), count),),)), Names({}, {})).sections[0].items
