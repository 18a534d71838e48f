"""Draw the questions of a section from its pools; those of a stem stay together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from deckgen.sheet.shuffle import drawn, shuffled

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from deckgen.core import Item, Section, Stem
    from deckgen.ranks import Key


def lasting_name(item: Item) -> str:
    """Return the oldest id an item had: a renamed item stays where it was."""
    return item.was[0] if item.was else item.id


def draw(section: Section, items: Mapping[str, Item], key: Key, chosen: set[str]) -> list[Item]:
    """Draw a section's items from its pools; what was drawn before is not drawn again."""
    taken: list[Item] = []
    for pool in section.pools:
        left = {lasting_name(items[id_]): id_ for id_ in pool.items if id_ not in chosen}
        names = tuple(left)
        if pool.draw is not None:
            names = _drawn(names, [items[left[name]].stem for name in names], pool.draw, (*key, "draw"))
        for name in names:
            chosen.add(left[name])
            taken.append(items[left[name]])
    return taken


def _drawn(names: tuple[str, ...], stems: Sequence[Stem | None], count: int, key: Key) -> tuple[str, ...]:
    """Draw so many questions, those of a stem all or none; fewer where whole stems do not add up to so many."""
    if not any(stems):
        return drawn(names, count, key)
    units: dict[str, list[str]] = {}
    for name, stem in zip(names, stems, strict=True):
        units.setdefault(f"stem {stem.id}" if stem else name, []).append(name)
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
