"""Stamp a build: change `mod` of the notes whose content changed, and of no others."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from deckgen.identity import note_id
from deckgen.identity.claims import (
    EVERYTHING,
    Build,
    Changes,
    IdentityProblem,
    NoteClaim,
    NoteContent,
    Stamped,
    TypeClaim,
)
from deckgen.identity.clock import Clock
from deckgen.identity.decks import Move, classify_moves
from deckgen.identity.history import History, problems_of_guids, problems_of_ids
from deckgen.identity.lock import (
    UNKNOWN_HASH,
    Lock,
    LockedAdoption,
    LockedNote,
    LockedType,
    Release,
    Retirement,
)
from deckgen.identity.retiring import Retiring, tag_retired
from deckgen.identity.schema import LockedSchema

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

_NEVER_BUILT = Lock(Release(0, ""))


def stamp(
    lock: Lock | None,
    notes: Sequence[NoteClaim],
    types: Sequence[TypeClaim],
    build: Build,
    *,
    last_content: Callable[[str], NoteContent | None] = lambda _guid: None,
    retire: Callable[[NoteContent], NoteContent] = tag_retired,
    stub: Callable[[LockedNote, NoteContent | None], NoteContent] = lambda _line, _last: tag_retired(
        NoteContent((), ())
    ),
    same_content: Callable[[LockedNote, NoteClaim], bool | None] = lambda _line, _claim: None,
    draft: Lock | None = None,
) -> Stamped | tuple[IdentityProblem, ...]:
    """Stamp every note and note type of a build, or return all problems that prevent it.

    Without a `lock`, GUIDs come from the ids, and every stamp is `build.now`.
    `last_content` returns the content that a GUID had in the last package, for an item that was just removed;
    `retire` makes a retired note of it, and `stub` one without its text if its item is private (`Build.private`).
    If the lock has only the hash of the HTML, and the HTML of a claim differs,
    `same_content` returns whether its content is that of the line; None if that is not known.
    `draft` is the lock of the last draft, or of a build that did not finish: a learner may have its stamps.
    The order of `notes` and `types` does not count.
    """
    problems = tuple(problems_of_ids(notes))
    if problems:
        return problems
    old = lock or _NEVER_BUILT
    release = _next_release(old.release, build)
    is_draft = build.purpose == "draft" or (build.purpose == "build" and old.release.at > 0)
    sent_by = release.count if build.purpose == "release" else 0
    clock = Clock(build, is_draft=is_draft, release=sent_by, draft=draft)
    stamping = _Stamping(old, notes, build, clock, same_content)
    live = [stamping.note(claim) for claim in notes]
    retiring = Retiring(
        build,
        release.count,
        clock,
        last_content,
        retire,
        stub,
        sends_missed=stamping.sends_missed,
        adopted=stamping.adopted,
    )
    gone = retiring.follow_up(stamping.history.left_over({note.guid for note in live}))
    problems = (*stamping.problems, *problems_of_guids(live), *_unknown(build.restamp, live, gone))
    if problems:
        return problems
    stamped_types = [stamping.type(claim) for claim in types]
    by_id = note_id.allot([*live, *gone], build.now)
    by_key = {kind.key: kind for kind in (*old.types, *stamped_types)}
    schemas = {each.key: each.schema for each in old.schemas}
    schemas |= {claim.key: claim.schema for claim in types if claim.schema is not None}
    adopted = {claim.key: claim.adopted for claim in types if claim.adopted is not None}
    # As they came: present names are those of the project.
    adopted |= {each.key: each.type for each in old.adopted}
    return Stamped(
        Lock(
            release,
            tuple(by_id.values()),
            _values(by_key),
            tuple(LockedSchema(key, schema) for key, schema in sorted(schemas.items())),
            tuple(LockedAdoption(key, kind) for key, kind in sorted(adopted.items())),
            old.media,
        ),
        tuple([by_id[claim.id] for claim in notes]),
        tuple(stamped_types),
        tuple(note for note in by_id.values() if isinstance(note.state, Retirement)),
        stamping.changes(retiring),
        is_draft,
        _drafted(old, by_id.values(), stamped_types) if is_draft else frozenset(),
    )


def _drafted(old: Lock, notes: Iterable[LockedNote], types: Iterable[LockedType]) -> frozenset[str]:
    """Return the GUIDs of notes and keys of note types whose stamps differ from the lock."""
    mods = {note.guid: note.mod for note in old.notes} | {kind.key: kind.mod for kind in old.types}
    now = [(note.guid, note.mod) for note in notes] + [(kind.key, kind.mod) for kind in types]
    return frozenset(name for name, mod in now if mods.get(name) != mod)


def _next_release(last: Release, build: Build) -> Release:
    """Return the release of the lock after a build; before the first release, a changed version counts as one."""
    if build.purpose == "release":
        return Release(last.count + 1, build.version, max(build.now, last.at + 1))
    return Release(last.count + (last.version != build.version or not last.count), build.version, last.at)


class _Stamping:
    """Stamps notes and note types one by one, and records what changed."""

    def __init__(
        self,
        lock: Lock,
        notes: Sequence[NoteClaim],
        build: Build,
        clock: Clock,
        same_content: Callable[[LockedNote, NoteClaim], bool | None],
    ) -> None:
        self.history = History(build.project_id, lock.notes, notes)
        self.problems: list[IdentityProblem] = []
        self._build = build
        self._clock = clock
        #: Whether this release sends notes that no release has sent, because they come from a branch.
        self.sends_missed = build.purpose == "release" and lock.release.at > 0
        self._same_content = same_content
        self._types = {kind.key: kind for kind in lock.types}
        #: Keys of the note types whose notes may have any GUID.
        self.adopted = frozenset(each.key for each in lock.adopted)
        self._decks_before = {note.deck for note in lock.notes if note.state == "live"}
        self._decks_now = {claim.deck for claim in notes}
        self._moves: list[Move] = []
        self._added: list[str] = []
        self._changed: list[str] = []
        self._restored: list[str] = []
        self._restamped: list[str] = []
        self._restyled: list[str] = []
        self._kept: list[str] = []
        self._unclear: list[str] = []
        self._merged: list[str] = []
        self._new: dict[str, str] = {}
        self._wrong_guids: list[str] = []

    def note(self, claim: NoteClaim) -> LockedNote:
        line = self.history.find(claim)
        if line is None:
            self._added.append(claim.id)
            self._new[claim.id] = claim.content_hash
            guid = self.history.guid(claim)
            return self._clock.stamp(_locked(claim, guid, self._clock.note_id(guid), 0), 0)
        if not claim.was and claim.note_type not in self.adopted and line.guid != self.history.guid(claim):
            self._wrong_guids.append(claim.id)
        if self._is_as_locked(claim, line):
            return self._clock.keep(line)
        if line.note_type != claim.note_type:
            self.problems.append(_retyped(claim, line))
        if line.deck != claim.deck:
            self._moves.append((claim.id, line.deck, claim.deck))
        new = replace(_locked(claim, line.guid, line.nid, line.mod), release=line.release)
        if self._is_sent(claim, line):
            return self._clock.stamp(new, line.mod)
        # Only a new stamp brings the new HTML to learners who have the note.
        return self._clock.keep(replace(new, html_hash=line.html_hash))

    def _is_as_locked(self, claim: NoteClaim, line: LockedNote) -> bool:
        return (
            line.content_hash == claim.content_hash
            and line.deck == claim.deck
            and line.state == "live"
            and line.note_type == claim.note_type
            and not self._build.restamp
            and (line.release > 0 or not self.sends_missed)
        )

    def _is_sent(self, claim: NoteClaim, line: LockedNote) -> bool:
        """Return whether a note gets a new stamp, and record why."""
        if line.state != "live":
            # Learners may have it as a retired note: they must get it back.
            self._restored.append(claim.id)
        elif not self._is_unchanged(claim, line):
            self._changed.append(claim.id)
        elif self._build.restamps(claim.id):
            self._restamped.append(claim.id)
        elif self.sends_missed and not line.release:
            self._merged.append(claim.id)
        else:
            return False
        return True

    def _is_unchanged(self, claim: NoteClaim, line: LockedNote) -> bool:
        """Return whether learners have the same content, or exactly the same HTML."""
        if UNKNOWN_HASH in (line.content_hash, line.html_hash):
            return False
        if line.html_hash == claim.html_hash or line.content_hash == claim.content_hash:
            return True
        if line.content_hash:
            return False
        same = self._same_content(line, claim)
        if same:
            self._kept.append(claim.id)
        elif same is None:
            self._unclear.append(claim.id)
        return bool(same)

    def type(self, claim: TypeClaim) -> LockedType:
        line = self._types.get(claim.key)
        if line is None:
            return self._clock.stamp_type(LockedType(claim.key, claim.content_hash, 0), 0)
        if line.content_hash != claim.content_hash:
            self._restyled.append(claim.key)
        elif self._build.restamp != EVERYTHING:
            return self._clock.keep_type(line)
        return self._clock.stamp_type(LockedType(claim.key, claim.content_hash, line.mod), line.mod)

    def changes(self, retiring: Retiring) -> Changes:
        moved, renamed_decks = classify_moves(self._moves, self._decks_before, self._decks_now)
        return Changes(
            added=_sorted(self._added),
            changed=_sorted(self._changed),
            restamped=_sorted([*self._restamped, *retiring.restamped]),
            restored=_sorted(self._restored),
            renamed=tuple(sorted(self.history.renamed)),
            moved=moved,
            renamed_decks=renamed_decks,
            retired=_sorted(retiring.retired),
            dropped=_sorted(retiring.dropped),
            lost=_sorted(retiring.lost),
            late=tuple(sorted(self.history.late)),
            restyled=_sorted(self._restyled),
            kept=_sorted(self._kept),
            unclear=_sorted(self._unclear),
            merged=_sorted([*self._merged, *retiring.merged]),
            lost_ids=self.history.lost_ids(self._new),
            wrong_guids=_sorted(self._wrong_guids),
        )


def _locked(claim: NoteClaim, guid: str, nid: int, mod: int) -> LockedNote:
    return LockedNote(
        claim.id, guid, nid, claim.note_type, claim.content_hash, claim.html_hash, mod, claim.deck
    )


def _values(kinds: dict[str, LockedType]) -> tuple[LockedType, ...]:
    return tuple(kind for _, kind in sorted(kinds.items()))


def _sorted(ids: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(ids))


def _retyped(claim: NoteClaim, line: LockedNote) -> IdentityProblem:
    message = f"`{claim.id}` was a note of the type `{line.note_type}` and is now a `{claim.note_type}`"
    help_ = "Anki never changes the type of an existing note: give the new item an id that was never used"
    return IdentityProblem("note-type-changed", (claim.id,), message, help_)


def _unknown(
    restamp: frozenset[str], live: Iterable[LockedNote], gone: Iterable[LockedNote]
) -> Iterator[IdentityProblem]:
    """Check that every id to stamp again is emitted at all."""
    if not restamp or restamp == EVERYTHING:
        return
    emitted = {note.id for note in (*live, *gone) if note.state != "gone"}
    for item_id in sorted(restamp - emitted):
        message = f"no item `{item_id}` to stamp again"
        yield IdentityProblem("restamp-unknown", (item_id,), message, "write the id as the item has it")
