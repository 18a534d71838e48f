"""Draw the questions of a sheet from its pools; those of a stem stay together."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from msgspec.structs import replace

from deckgen.core import Sheet
from deckgen.ranks import drawn, shuffled

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from deckgen.ranks import Key


class Pool(NamedTuple):
    """Items to draw from: `draw` of them, or all where it is None."""

    #: Ids of items, in the source's order, without duplicates.
    items: tuple[str, ...]
    draw: int | None = None


class Selected(NamedTuple):
    """A sheet whose items are not drawn yet, and the pools of each of its sections."""

    sheet: Sheet
    pools: tuple[tuple[Pool, ...], ...]


class Drawable(NamedTuple):
    """What a draw looks at."""

    #: The oldest id that the item had: a renamed item is drawn as before.
    name: str
    #: Id of its stem, empty if it has none.
    stem: str


def draw(selected: Selected, items: Mapping[str, Drawable]) -> Sheet:
    """Return the sheet with the items drawn for each section; what one pool drew, no later one does."""
    key = (selected.sheet.id, str(selected.sheet.seed), "draw")
    chosen: set[str] = set()
    sections = []
    for section, pools in zip(selected.sheet.sections, selected.pools, strict=True):
        taken: list[str] = []
        for pool in pools:
            left = {items[id_].name: id_ for id_ in pool.items if id_ not in chosen}
            names = tuple(left)
            if pool.draw is not None:
                names = _drawn(names, [items[left[name]].stem for name in names], pool.draw, key)
            taken += [left[name] for name in names]
            chosen.update(taken)
        sections.append(replace(section, items=tuple(taken)))
    return replace(selected.sheet, sections=tuple(sections))


def _drawn(names: tuple[str, ...], stems: Sequence[str], count: int, key: Key) -> tuple[str, ...]:
    """Draw so many questions, those of a stem all or none; fewer where whole stems do not add up to so many."""
    if not any(stems):
        return drawn(names, count, key)
    units: dict[str, list[str]] = {}
    for name, stem in zip(names, stems, strict=True):
        units.setdefault(f"stem {stem}" if stem else name, []).append(name)
    ranked = [units[list(units)[place]] for place in shuffled(tuple(units), key)]
    # What the units from each place on can add up to.
    sums = [frozenset({0})]
    for each in reversed(ranked):
        sums.append(sums[-1] | {size + len(each) for size in sums[-1] if size + len(each) <= count})
    sums.reverse()
    left = max(sums[0])
    chosen: set[str] = set()
    for each, after in zip(ranked, sums[1:], strict=True):
        if left - len(each) in after:
            left -= len(each)
            chosen.update(each)
    return tuple(name for name in names if name in chosen)
