"""Draw the questions of a sheet from its pools; those of a stem stay together."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING, NamedTuple

import msgspec
from msgspec.structs import replace

from deckgen import result_cache
from deckgen.core import Sheet
from deckgen.ranks import drawn, shuffled

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from deckgen.ranks import Key


#: Names from which on a draw is remembered.
_MANY = 1000


class Pool(NamedTuple):
    """Items to draw from: `draw` of them, or all where it is None."""

    #: Ids of items, in the source's order, without duplicates.
    items: tuple[str, ...]
    draw: int | None = None


class Selected(NamedTuple):
    """A sheet whose items are not drawn yet, and the pools of each of its sections."""

    sheet: Sheet
    pools: tuple[tuple[Pool, ...], ...]


class Names(NamedTuple):
    """What a draw looks at, by id, of the few items of which there is something to say."""

    #: The oldest ids of renamed items: they are drawn as before.
    oldest: dict[str, str]
    #: Ids of the stems of questions.
    stems: dict[str, str]


def draw(selected: Selected, names: Names) -> Sheet:
    """Return the sheet with the items drawn for each section; what one pool drew, no later one does."""
    key = (selected.sheet.id, str(selected.sheet.seed), "draw")
    chosen: set[str] = set()
    sections = []
    for section, pools in zip(selected.sheet.sections, selected.pools, strict=True):
        taken: list[str] = []
        for pool in pools:
            left = [id_ for id_ in pool.items if id_ not in chosen]
            taken += left if pool.draw is None else _drawn(left, names, pool.draw, key)
            chosen.update(taken)
        sections.append(replace(section, items=tuple(taken)))
    return replace(selected.sheet, sections=tuple(sections))


def _drawn(ids: Sequence[str], names: Names, count: int, key: Key) -> list[str]:
    """Draw so many items by their oldest ids, and return their present ones."""
    if not names.oldest:
        return list(_drawn_names(ids, names.stems, count, key))
    by_name = {names.oldest.get(id_, id_): id_ for id_ in ids}
    stems = {name: names.stems[id_] for name, id_ in by_name.items() if id_ in names.stems}
    return [by_name[name] for name in _drawn_names(tuple(by_name), stems, count, key)]


def _remembered(names: Sequence[str], count: int, key: Key) -> tuple[str, ...]:
    """Draw as `drawn`: the last draw of this sheet is kept, as ranks of thousands of names take their time."""
    kept_as = "\n".join(("draw", str(count), *key))
    id_ = sha256("\n".join(names).encode()).digest()
    known = result_cache.known(kept_as)
    if known is not None and known[: len(id_)] == id_:
        return msgspec.msgpack.decode(known[len(id_) :], type=tuple[str, ...])
    chosen = drawn(names, count, key)
    result_cache.keep(kept_as, id_ + msgspec.msgpack.encode(chosen))
    return chosen


def _drawn_names(names: Sequence[str], stems: Mapping[str, str], count: int, key: Key) -> tuple[str, ...]:
    """Draw so many questions, those of a stem all or none; fewer where whole stems do not add up to so many."""
    if stems.keys().isdisjoint(names):
        return drawn(names, count, key) if len(names) < _MANY else _remembered(names, count, key)
    units: dict[str, list[str]] = {}
    for name in names:
        units.setdefault(f"stem {stems[name]}" if name in stems else name, []).append(name)
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
