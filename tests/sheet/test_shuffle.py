"""The shuffle is permanent: it is written down here, for sheets that lie in drawers."""

from __future__ import annotations

from hashlib import sha256
from itertools import permutations

from hypothesis import given
from hypothesis import strategies as st

from deckgen.ranks import drawn, rank, shuffled
from deckgen.sheet.shuffle import orders, version_name

names = st.lists(
    st.text(st.characters(exclude_characters="\n", codec="utf-8"), max_size=5), unique=True, max_size=12
)


def test_versions_are_lettered_like_columns_of_a_spreadsheet() -> None:
    """After Z comes AA."""
    assert [version_name(index) for index in (0, 1, 25, 26, 27, 701, 702)] == [
        "A",
        "B",
        "Z",
        "AA",
        "AB",
        "ZZ",
        "AAA",
    ]


def test_rank_is_a_plain_sha_256() -> None:
    """Anyone can compute it: the lines of the key, then the name."""
    assert rank(("quiz", "2026"), "ä") == sha256("quiz\n2026\nä".encode()).digest()


def test_orders_are_pinned() -> None:
    """These orders were printed once; whoever changes them reshuffles every sheet there is."""
    made = orders("abcdef", ("quiz", "2026"), 3)
    # The first by hand: for n in a b c d e f; do printf 'quiz\n2026\nA\n0\n%s' $n | sha256sum; done | sort
    assert ["".join("abcdef"[place] for place in order) for order in made] == ["dfaceb", "acbdef", "adcfeb"]


@given(names, st.text(max_size=3), st.integers(0, 12))
def test_a_new_name_moves_no_other(given_names: list[str], key: str, at: int) -> None:
    """A question that is added stands somewhere among the others, which keep their order."""
    before = [given_names[place] for place in shuffled(given_names, (key,))]
    more = [*given_names[:at], "new one", *given_names[at:]]
    after = [more[place] for place in shuffled(more, (key,))]
    assert [name for name in after if name != "new one"] == before


@given(names, st.integers(0, 12))
def test_a_draw_changes_by_one_at_most(given_names: list[str], count: int) -> None:
    """A name added to a pool takes the place of one that was drawn, or of none."""
    before = drawn(given_names, count, ("quiz",))
    after = drawn([*given_names, "new one"], count, ("quiz",))
    assert len(before) == min(count, len(given_names))
    assert len(set(before) - set(after)) <= 1
    assert [name for name in given_names if name in before] == list(before)


@given(names, st.integers(1, 8))
def test_every_version_has_another_order_while_there_are_enough(
    given_names: list[str], versions: int
) -> None:
    """Each order holds everything once, and versions differ."""
    made = orders(given_names, ("quiz",), versions)
    possible = len(list(permutations(range(min(len(given_names), 4)))))
    assert all(sorted(order) == list(range(len(given_names))) for order in made)
    assert len(set(made)) == min(versions, possible)


@given(st.integers(2, 7), st.integers(1, 8), st.text(max_size=3))
def test_a_forbidden_order_never_comes(count: int, versions: int, key: str) -> None:
    """Not even where nothing but repeating a version's order is left."""
    right = tuple(range(count))
    made = orders([str(place) for place in right], (key,), versions, never=lambda _, order: order == right)
    assert right not in made


def test_orders_are_fair() -> None:
    """Over many seeds each thing comes first about equally often (within 5 standard deviations)."""
    seeds, count = 4000, 4
    firsts = [shuffled("abcd", ("quiz", str(seed)))[0] for seed in range(seeds)]
    for place in range(count):
        assert abs(firsts.count(place) - seeds / count) < 5 * (seeds * 0.25 * 0.75) ** 0.5
