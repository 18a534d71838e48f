"""What pools of one sheet leave for each other."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from texts import compiled, concept, deck, reported, short


def sheet(*pools: str) -> str:
    return '[[sheet]]\nid = "s"\ntitle = "S"\n' + "".join(f"[[sheet.pool]]\n{pool}\n" for pool in pools)


#: Ten questions, of which two are in the small file's selection too.
MANY = deck("D", *(short(f"m{n}", f"Many {n}?", 'tags = ["both"]' if n < 2 else "") for n in range(10)))
FEW = deck("D", *(short(f"f{n}", f"Few {n}?", 'tags = ["both"]') for n in range(2)))
FROM_MANY = 'from = ["file:many"]'


@pytest.mark.parametrize(
    ("pools", "expected"),
    [
        # Five of the ten are drawn, but two at most of the four of the second pool.
        ((f"{FROM_MANY}\ndraw = 5", 'from = ["tag:both"]\ndraw = 2'), []),
        (
            (f"{FROM_MANY}\ndraw = 5", 'from = ["tag:both"]\ndraw = 3'),
            ["draws-too-many: draws 3 of 4 (there are only 4 (2 more are drawn by the pools before))"],
        ),
        # All ten are in both pools, but the first takes one.
        ((f"{FROM_MANY}\ndraw = 1", f"{FROM_MANY}\ndraw = 9"), []),
        (
            (f"{FROM_MANY}\ndraw = 1", f"{FROM_MANY}\ndraw = 10"),
            ["draws-too-many: draws 10 of 10 (there are only 10 (1 more are drawn by the pools before))"],
        ),
        # However often they are asked for, no more than all can be taken.
        (
            (FROM_MANY, FROM_MANY, f"{FROM_MANY}\ndraw = 1"),
            ["draws-too-many: draws 1 of 10 (there are only 10 (10 more are drawn by the pools before))"],
        ),
    ],
)
def test_a_pool_can_draw_what_earlier_ones_must_leave(pools: tuple[str, ...], expected: list[str]) -> None:
    """Earlier pools take no more than they draw, no more than both share, and no more than there is."""
    assert reported({"many": MANY, "few": FEW, "sheets": sheet(*pools)}) == expected


def test_only_drawn_questions_are_shown() -> None:
    """A build lowers for sheets and pages what they ask; the whole course has the rest, too."""
    lowering = compiled({"many": MANY, "few": FEW, "sheets": sheet(f"{FROM_MANY}\ndraw = 3")}).lowering
    assert lowering is not None
    shown, course = lowering.shown, lowering.course
    (section,) = shown.sheets[0].sections
    assert len(section.items) == 3
    assert tuple(item.id for item in shown.items) == section.items
    assert sorted(item.id for item in course.items) == sorted([*(f"m{n}" for n in range(10)), "f0", "f1"])
    assert course.sheets == shown.sheets


@pytest.mark.parametrize(
    "write",
    [
        lambda id_, more: short(id_, f"What is {id_[-1]}?", more),
        lambda id_, more: concept(id_, f"Term {id_[-1]}", more),
    ],
)
def test_a_renamed_item_is_drawn_as_before(write: Callable[[str, str], str]) -> None:
    """Its oldest id decides, whether it is a question or something else."""
    before = deck("D", *(write(f"a{n}", "") for n in range(10)))
    after = deck("D", *(write(f"b{n}", f'was = ["a{n}"]') for n in range(10)))

    def drawn(cards: str) -> list[str]:
        made = compiled({"many": cards, "sheets": sheet(f"{FROM_MANY}\ndraw = 3")})
        assert made.course is not None, made.diagnostics
        return [id_[1:] for id_ in made.course.sheets[0].sections[0].items]

    assert len(drawn(before)) == 3
    assert drawn(after) == drawn(before)
