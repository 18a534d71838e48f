"""Find each item's history in the lock: by its id, its previous ids, or its GUID."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

import msgspec

from deckgen.identity.claims import IdentityProblem
from deckgen.identity.fingerprint import guid
from deckgen.identity.union import fold_notes

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from deckgen.identity.claims import NoteClaim
    from deckgen.identity.lock import LockedNote


class History:
    """The lines of a lock, which items look up. Each line that was found is used up."""

    def __init__(self, project_id: str, lines: Iterable[LockedNote], claims: Sequence[NoteClaim]) -> None:
        self._project_id = project_id
        self._lines = {line.id: line for line in lines}
        self._live = {claim.id for claim in claims}
        #: Lines whose own item is missing, by GUID: another item may continue their history.
        self._orphans: dict[str, LockedNote] = {}
        for line in self._lines.values():
            if line.id not in self._live:
                known = self._orphans.get(line.guid)
                self._orphans[line.guid] = fold_notes(known, line) if known else line
        #: (previous id, id) of renames that came too late.
        self.late: list[tuple[str, str]] = []
        #: (previous id, id) of renames found.
        self.renamed: list[tuple[str, str]] = []

    def find(self, claim: NoteClaim) -> LockedNote | None:
        """Return the line of this item, with the item's present id; None for a new item."""
        own = self._lines.get(claim.id)
        if own is not None and not claim.was and own.guid not in self._orphans:
            return own
        if own is None and not claim.was and not self._orphans:
            return None
        lines = [line for old in reversed(claim.was) if (line := self._lines.get(old))]
        if own is not None:
            lines.insert(0, own)
        # A merge may bring back the line of a previous id, with a later stamp than that of the present one.
        orphan = self._orphans.get(lines[0].guid if lines else self.guid(claim))
        if orphan is not None:
            lines.append(orphan)
        return self._carry_on(claim, lines) if lines else None

    def guid(self, claim: NoteClaim) -> str:
        """Derive the GUID of an item that is not in the lock from the oldest id it ever had."""
        return guid(self._project_id, claim.was[0] if claim.was else claim.id)

    def lost_ids(self, new: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
        """Pair ids that are gone with new ones of the same content; `new` gives the hash of each new item."""
        live = ((line.id, line.content_hash) for line in self._orphans.values() if line.state == "live")
        return pair_by_content(live, new.items())

    def left_over(self, taken: set[str]) -> list[LockedNote]:
        """Return the lines of items that are gone, one per GUID, without the GUIDs in `taken`."""
        return [line for line in self._orphans.values() if line.guid not in taken]

    def _carry_on(self, claim: NoteClaim, lines: Sequence[LockedNote]) -> LockedNote:
        found = lines[0]
        if found.id != claim.id:
            self.renamed.append((found.id, claim.id))
        for line in lines[1:]:
            if line.guid == found.guid:
                found = fold_notes(found, line)
            else:
                self.late.append((line.id, claim.id))
        return found if found.id == claim.id else msgspec.structs.replace(found, id=claim.id)


def pair_by_content(
    gone: Iterable[tuple[str, str]], new: Iterable[tuple[str, str]]
) -> tuple[tuple[str, str], ...]:
    """Pair ids that are gone with new ones, each given with the hash of its content; sorted.

    Several items with the same content cannot be told apart, so none of them is paired.
    """
    came = _by_content(new)
    pairs = ((old, came.get(said, [])) for said, old in _by_content(gone).items())
    return tuple(sorted((old[0], now[0]) for old, now in pairs if len(old) == len(now) == 1))


def _by_content(items: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    ids: defaultdict[str, list[str]] = defaultdict(list)
    for id_, content_hash in items:
        if content_hash:
            ids[content_hash].append(id_)
    return ids


def problems_of_ids(claims: Sequence[NoteClaim]) -> Iterator[IdentityProblem]:
    """Check that ids are unique, and that each previous id belongs to one item's `was` only and to no present item."""
    uses = Counter([claim.id for claim in claims])
    for item_id, count in uses.items():
        if count > 1:
            message = f"two items have the id `{item_id}`"
            yield IdentityProblem("duplicate-id", (item_id,), message, "give one of them another id")
    owner: dict[str, str] = {}
    for claim in claims:
        if not claim.was:
            continue
        for old in dict.fromkeys(claim.was):
            if old in uses:
                yield _still_live(old, claim.id)
            elif owner.setdefault(old, claim.id) != claim.id:
                message = f"`{owner[old]}` and `{claim.id}` both say that they were `{old}`"
                help_ = "only one of them can continue its history: remove it from the `was` of the other"
                yield IdentityProblem("was-twice", (owner[old], claim.id), message, help_)


def problems_of_guids(notes: Iterable[LockedNote]) -> Iterator[IdentityProblem]:
    """Check that no two items share a GUID: Anki would import both, and then update neither."""
    owner: dict[str, str] = {}
    for note in notes:
        first = owner.setdefault(note.guid, note.id)
        if first != note.id:
            message = f"`{first}` and `{note.id}` have one GUID, `{note.guid}`"
            help_ = (
                "one of them continues the history of the other: name the other in its `was` and remove it, "
                "or give the newer one an id that was never used"
            )
            yield IdentityProblem("duplicate-guid", (first, note.id), message, help_)


def _still_live(old: str, new: str) -> IdentityProblem:
    if old == new:
        return IdentityProblem(
            "was-live", (new,), f"`{new}` says that it was `{old}` itself", "remove it from its `was`"
        )
    message = f"`{new}` says that it was `{old}`, but there is an item `{old}`"
    help_ = f"give the present `{old}` another id, or remove it from the `was` of `{new}`"
    return IdentityProblem("was-live", (old, new), message, help_)
