"""A plan holds every question once, in every version another order, and what is right of it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from deckgen import core
from deckgen.compiler.draw import Names, Pool, Selected, draw
from deckgen.sheet.plan import plan
from deckgen.sheet.version import Version
from sheet.quizzes import course, head, random_items, showcase, showcase_items, whole

if TYPE_CHECKING:
    from collections.abc import Callable

seeds = st.integers(0, 10**6)


def names_of(items: tuple[core.Item, ...]) -> Names:
    """Return what a draw looks at."""
    return Names({item.id: item.lasting_name for item in items if item.was}, {})


def planned(items: tuple[core.Item, ...], **more: object) -> tuple[Version, ...]:
    """Plan a sheet of all `items`."""
    sheet = whole(items, **more)
    return plan(course(items, sheet), sheet)


@given(st.integers(1, 30), seeds, st.integers(1, 5))
def test_every_version_asks_every_question_once(count: int, seed: int, versions: int) -> None:
    """Numbered from 1 without a gap, and in another order in each version."""
    items = random_items(count, seed)
    made = planned(items, versions=versions, seed=seed)
    assert [version.name for version in made] == list("ABCDE"[:versions])
    for version in made:
        assert [question.number for question in version.questions] == list(range(1, count + 1))
        assert sorted(question.item.id for question in version.questions) == sorted(item.id for item in items)
    if count > 4:
        assert len({tuple(q.item.id for q in version.questions) for version in made}) == versions


@given(st.integers(1, 12), seeds)
def test_the_same_version_is_the_same_for_ever(count: int, seed: int) -> None:
    """Planning again gives the same, whatever else the course holds."""
    items = random_items(count, seed)
    sheet = whole(items, seed=seed)
    others = tuple(msgspec.structs.replace(item, id=f"other-{item.id}") for item in random_items(5, seed + 1))
    assert plan(course(items, sheet), sheet) == plan(course((*others, *items), sheet), sheet)


@given(st.integers(2, 12), seeds)
def test_a_new_question_leaves_the_others_as_they_are(count: int, seed: int) -> None:
    """It stands among them; their options, their letters and their order stay."""
    items = random_items(count, seed)
    more = (*items, msgspec.structs.replace(random_items(1, seed + 1)[0], id="new"))
    before, after = planned(items, versions=1)[0], planned(more, versions=1)[0]
    assert [(q.item.id, q.arrangement) for q in before.questions] == [
        (q.item.id, q.arrangement) for q in after.questions if q.item.id != "new"
    ]


def test_a_renamed_question_stays_where_it_was() -> None:
    """`was` carries its place over the rename."""
    items = random_items(9, 3)
    renamed = tuple(
        msgspec.structs.replace(item, id="better-name", was=(item.id,)) if place == 4 else item
        for place, item in enumerate(items)
    )
    before, after = planned(items), planned(renamed)
    assert [[q.arrangement for q in version.questions] for version in before] == [
        [q.arrangement for q in version.questions] for version in after
    ]
    assert [version.code for version in before] == [version.code for version in after]


@given(seeds)
def test_last_options_stay_last(seed: int) -> None:
    """Behind the others, in the author's order, in every version."""
    options = [core.Option(text, right=text == "a") for text in "abcd"]
    options += [core.Option(text, right=False, last=True) for text in ("All of these", "None of these")]
    item = core.Choice(**head("q"), prompt="?", options=tuple(options))
    for version in planned((item,), versions=6, seed=seed):
        arrangement = version.questions[0].arrangement
        assert [option.text for option in arrangement.options][-2:] == ["All of these", "None of these"]
        assert next(o.text for o in arrangement.options if o.letter == arrangement.solution) == "a"


@given(st.integers(2, 6), seeds)
def test_orderings_are_never_left_in_order(count: int, seed: int) -> None:
    """And the numbers of the solution put them in order."""
    item = core.Ordering(**head("q"), prompt="?", entries=tuple("abcdef"[:count]))
    for version in planned((item,), versions=5, seed=seed):
        arrangement = version.questions[0].arrangement
        printed = [entry.text for entry in arrangement.entries]
        numbers = [int(number) for number in arrangement.solution.split()]
        assert printed != list(item.entries)
        assert [text for _, text in sorted(zip(numbers, printed, strict=True))] == list(item.entries)


@given(st.integers(2, 6), st.integers(0, 2), seeds)
def test_matchings_are_never_left_side_by_side(count: int, extra: int, seed: int) -> None:
    """And the letters of the solution name the right entries."""
    pairs = tuple(core.Pair(f"left {place}", f"right {place}") for place in range(count))
    item = core.Matching(**head("q"), prompt="?", pairs=pairs, extra=("x", "y")[:extra])
    for version in planned((item,), versions=5, seed=seed):
        arrangement = version.questions[0].arrangement
        assert [left.letter for left in arrangement.left] != list("ABCDEF"[:count])
        texts = {right.letter: right.text for right in arrangement.right}
        assert {
            (left.text, texts[letter])
            for left, letter in zip(arrangement.left, arrangement.solution.split(), strict=True)
        } == {(pair.left, pair.right) for pair in pairs}


def test_equal_entries_on_the_right_are_one() -> None:
    """Four cells that go with two concepts leave two letters."""
    pairs = tuple(core.Pair(f"cell {place}", ("Socket", "Port")[place % 2]) for place in range(4))
    item = core.Matching(**head("q"), prompt="?", pairs=pairs)
    arrangement = planned((item,))[0].questions[0].arrangement
    assert sorted(right.text for right in arrangement.right) == ["Port", "Socket"]
    assert sorted(arrangement.solution.split()) == ["A", "A", "B", "B"]


def test_pools_draw_what_no_pool_before_drew() -> None:
    """So many from each, nothing twice."""
    items = random_items(12, 1)
    ids = tuple(item.id for item in items)
    sections = (core.Section((), title="One"), core.Section((), title="The rest"))
    pools = ((Pool(ids[:8], draw=3), Pool(ids[6:], draw=2)), (Pool(ids),))
    sheet = draw(Selected(whole(items, sections=sections), pools), names_of(items))
    for version in plan(course(items, sheet), sheet):
        one, rest = version.parts
        drawn = [question.item.id for question in one.questions]
        assert len(drawn) == 5
        assert sum(id_ in ids[:8] for id_ in drawn) >= 3
        assert sorted(drawn + [question.item.id for question in rest.questions]) == sorted(ids)
        assert [question.number for question in rest.questions] == list(range(6, 13))


def test_order_source_keeps_the_questions_in_order() -> None:
    """Only the options are shuffled."""
    items = random_items(10, 2)
    for version in planned(items, order="source"):
        assert [question.item for question in version.questions] == list(items)


def test_codes_tell_versions_and_corrections_apart() -> None:
    """Another version, or another right answer, has another code; another word in a prompt has not."""
    items = random_items(10, 2)
    numeric = core.Numeric(**head("n"), prompt="How many?", answer="3")
    codes = [version.code for version in planned((*items, numeric))]
    assert len(set(codes)) == 2
    reworded = msgspec.structs.replace(numeric, prompt="How many are there?")
    assert [version.code for version in planned((*items, reworded))] == codes
    corrected = msgspec.structs.replace(numeric, answer="4")
    assert not set(codes) & {version.code for version in planned((*items, corrected))}


def test_points_add_up() -> None:
    """A version's points are those of its questions."""
    made = showcase()
    for version in plan(made, made.sheets[0]):
        assert version.points == pytest.approx(18.5)


def test_printed_versions_stay_as_they_are(expect_file: Callable[[Path, str], None]) -> None:
    """What version A to C of this quiz ask, in which order, and what is right of it, was printed once.

    A change of this file reshuffles every sheet that lies in a drawer.
    """
    items = showcase_items()
    ids = tuple(item.id for item in items)
    sections = (core.Section((), title="Drawn"), core.Section((), title="The rest"))
    pools = ((Pool(ids[:8], draw=5), Pool(ids[4:12], draw=4)), (Pool(ids[10:]),))
    sheet = whole(items, sections=sections, versions=3, seed=2026)
    sheet = draw(Selected(sheet, pools), names_of(items))
    lines = []
    for version in plan(course(items, sheet), sheet):
        lines.append(f"{version.name} {version.code}")
        lines += [f"{q.number:4} {q.item.id}: {q.arrangement.solution}" for q in version.questions]
    expect_file(Path(__file__).parent / "expected" / "versions.txt", "\n".join(lines) + "\n")


@given(st.integers(1, 6), st.integers(0, 6), seeds)
def test_rows_of_a_table_stay_together(rows: int, others: int, seed: int) -> None:
    """In every version they are neighbours, in the order of the table, and are set as one."""
    items = [
        core.Contrast(**head(f"row{place}", cell=f"table/row{place}"), title="T", aspect="a", cells=())
        for place in range(rows)
    ]
    more = [core.TrueFalse(**head(f"other{place}"), prompt="?", answer=True) for place in range(others)]
    mixed = (*more[:2], *items[:1], *more[2:], *items[1:])
    for version in planned(mixed, versions=3, seed=seed):
        (part,) = version.parts
        tables = [group for group in part.groups if group[0].kind == "contrast"]
        assert [[q.item.id for q in group] for group in tables] == [[item.id for item in items]]
        assert [q for group in part.groups for q in group] == list(part.questions)


def test_points_are_said_where_they_differ() -> None:
    """Beside every question of the sheet, or beside none."""
    alike = [core.TrueFalse(**head(f"q{place}", points=2), prompt="?", answer=True) for place in range(3)]
    other = core.TrueFalse(**head("other", points=1), prompt="?", answer=True)
    assert {q.shows_points for q in planned(tuple(alike))[0].questions} == {False}
    assert {q.shows_points for q in planned((*alike, other))[0].questions} == {True}
