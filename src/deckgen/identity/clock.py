"""Choose stamps: later than every stamp that a learner may have, and no later than needed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

if TYPE_CHECKING:
    from deckgen.identity.claims import Build
    from deckgen.identity.lock import Lock, LockedNote, LockedType


class Clock:
    """Chooses the stamps of one build.

    Drafts, and builds that were interrupted, gave stamps that are not in the lock (`draft`). A learner who imported one
    of them must get what comes later. A draft continues with the stamps of the last draft, so that it sends again only
    what changed since.
    """

    def __init__(self, build: Build, *, is_draft: bool, release: int, draft: Lock | None) -> None:
        """Start; `release` is the number of the release that is being made, 0 for another build."""
        self._now = build.now
        self._is_draft = is_draft
        self._release = release
        self._notes = {note.guid: note for note in draft.notes} if draft else {}
        self._types = {kind.key: kind for kind in draft.types} if draft else {}

    def stamp(self, note: LockedNote, locked_mod: int) -> LockedNote:
        """Stamp a note that is sent again; `locked_mod` is the stamp that the lock has, 0 where it has none."""
        mod = max(self._now, locked_mod + 1)
        draft = self._notes.get(note.guid)
        if draft is not None and draft.mod > locked_mod:
            mod = self._after(draft.mod, mod, same=_same_content(draft, note))
        return replace(note, mod=mod, release=self._release)

    def keep(self, note: LockedNote) -> LockedNote:
        """Keep the stamp of a note that is unchanged since the lock; a draft undoes what an earlier draft changed."""
        if self._release and not note.release:
            return replace(note, release=self._release)
        draft = self._notes.get(note.guid) if self._is_draft else None
        if draft is None or draft.mod <= note.mod:
            return note
        return replace(note, mod=self._after(draft.mod, self._now, same=_same_content(draft, note)))

    def stamp_type(self, kind: LockedType, locked_mod: int) -> LockedType:
        """Stamp a note type that is sent again."""
        mod = max(self._now, locked_mod + 1)
        draft = self._types.get(kind.key)
        if draft is not None and draft.mod > locked_mod:
            mod = self._after(draft.mod, mod, same=draft.content_hash == kind.content_hash)
        return replace(kind, mod=mod)

    def keep_type(self, kind: LockedType) -> LockedType:
        """Keep the stamp of a note type, as `keep` does."""
        draft = self._types.get(kind.key) if self._is_draft else None
        if draft is None or draft.mod <= kind.mod:
            return kind
        same = draft.content_hash == kind.content_hash
        return replace(kind, mod=self._after(draft.mod, self._now, same=same))

    def note_id(self, guid: str) -> int:
        """Return the note id that a new note already has in a draft, 0 if there is none."""
        draft = self._notes.get(guid)
        return draft.nid if draft else 0

    def _after(self, draft: int, mod: int, *, same: bool) -> int:
        if same and self._is_draft:
            return draft
        return max(mod, draft if same else draft + 1)


def _same_content(one: LockedNote, other: LockedNote) -> bool:
    if one.state != other.state:
        return False
    if one.content_hash and other.content_hash:
        return one.content_hash == other.content_hash
    return one.html_hash == other.html_hash
