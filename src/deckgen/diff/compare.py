"""Compare what learners have with what they will get, note by note."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Literal

from msgspec.structs import replace

from deckgen.anki.same_content import same_content
from deckgen.core import COMPANION
from deckgen.diff.difference import CardChange, DeckRename, Difference, FieldChange, Move, NoteChange, NoteRef
from deckgen.diff.words import compare_words, readable
from deckgen.identity.decks import classify_moves

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from deckgen.diff.contents import DeckContents, NoteTypeVersion, NoteVersion

#: The end of a media name: a hash of its content, and its extension.
_MEDIA = re.compile(r"(.*)-[0-9a-f]{16}(\.[a-z0-9]*)")
#: Characters of a note that are shown.
_SHOWN = 72


def compare(before: DeckContents, after: DeckContents) -> Difference:
    """Return what differs.

    Two notes are the same if they have the same GUID, as in Anki.
    """
    old, new = before.notes, after.notes
    both = [(old[guid], note) for guid, note in new.items() if guid in old]
    live = [(was, note) for was, note in both if not note.retired and not was.retired]
    differing = [
        (was, note) for was, note in both if not _same_content(was, note, after.types.get(note.kind))
    ]
    differ = {note.guid for _, note in differing}
    moves, decks = _moves(before, after)
    media_added, media_changed, media_removed = _media(before.media, after.media)
    looks = [
        (kind, look, before.types[kind])
        for kind, look in after.types.items()
        if kind in before.types and before.types[kind].look_hash != look.look_hash
    ]
    added = [note for guid, note in new.items() if guid not in old and not note.retired]
    return Difference(
        version_before=before.version,
        version_after=after.version,
        added=tuple(_ref(note) for note in added if not _is_further(note)),
        changed=tuple(
            _change(was, note, after.types.get(note.kind)) for was, note in live if note.guid in differ
        ),
        restamped=tuple(_ref(note) for was, note in both if note.guid not in differ and was.mod < note.mod),
        new_look=tuple(
            _ref(note)
            for was, note in live
            if note.guid not in differ
            and was.html_hash != note.html_hash
            and was.id == note.id
            and was.mod >= note.mod
        ),
        retired=tuple(_ref(note) for was, note in both if note.retired and not was.retired),
        restored=tuple(_ref(note) for was, note in both if was.retired and not note.retired),
        left=tuple(_ref(note) for guid, note in old.items() if guid not in new and not note.retired),
        renamed=tuple((was.id, _ref(note)) for was, note in both if was.id and was.id != note.id),
        moved=moves,
        decks_renamed=decks,
        cards=(*_cards(live, after.types), *_further_cards(filter(_is_further, added), after.types)),
        restyled=tuple((kind, look.name) for kind, look, _ in looks),
        stuck=tuple(_ref(note) for was, note in differing if note.mod <= was.mod),
        types_stuck=tuple((kind, look.name) for kind, look, was in looks if look.mod <= was.mod),
        media_added=media_added,
        media_changed=media_changed,
        media_removed=media_removed,
    )


def _cards(
    live: Iterable[tuple[NoteVersion, NoteVersion]], types: Mapping[str, NoteTypeVersion]
) -> tuple[CardChange, ...]:
    """Return the cards that came and went on notes, in the order of their notes."""
    found: dict[tuple[Literal["new", "blank"], str, int], list[NoteVersion]] = {}
    for was, note in live:
        if was.cards is None or note.cards is None or was.cards == note.cards or was.kind != note.kind:
            continue
        look = types.get(note.kind)
        gone = set(was.cards) - set(note.cards) - (look.withdrawn if look else frozenset())
        for ordinal in sorted(set(note.cards) - set(was.cards)):
            found.setdefault(("new", note.kind, ordinal), []).append(note)
        for ordinal in sorted(gone):
            found.setdefault(("blank", note.kind, ordinal), []).append(note)
    return tuple(
        CardChange(
            what=what, kind=kind, card=_card_name(types.get(kind), ordinal), notes=tuple(map(_ref, notes))
        )
        for (what, kind, ordinal), notes in found.items()
    )


def _is_further(note: NoteVersion) -> bool:
    """Return whether a note has the further cards of another one, to its author a part of that."""
    return note.kind.endswith(COMPANION)


def _further_cards(
    added: Iterable[NoteVersion], types: Mapping[str, NoteTypeVersion]
) -> Iterator[CardChange]:
    """Yield the cards of new notes that have the further cards of others, named as these."""
    found: dict[tuple[str, int], list[NoteRef]] = {}
    for note in added:
        ref = replace(_ref(note), id=note.id.removesuffix(f"/{COMPANION}"))
        for ordinal in note.cards or ():
            found.setdefault((note.kind, ordinal), []).append(ref)
    for (kind, ordinal), notes in found.items():
        name = _card_name(types.get(kind), ordinal)
        yield CardChange(what="new", kind=kind, card=name, notes=tuple(notes), apart=True)


def _card_name(look: NoteTypeVersion | None, ordinal: int) -> str:
    named = look.cards[ordinal : ordinal + 1] if look else ()
    # A cloze has one card in its type, and as many in a note as that has gaps.
    return named[0] if named else f"gap {ordinal + 1}"


def _same_content(was: NoteVersion, note: NoteVersion, look: NoteTypeVersion | None) -> bool:
    if was.retired is not note.retired:
        return False
    if was.html_hash == note.html_hash or (was.content_hash and was.content_hash == note.content_hash):
        return True
    if was.content_hash and note.content_hash:
        return False
    if was.content is None or note.content is None:
        return False
    return same_content(was.content, note.content, adopted=look is not None and look.adopted)


def _ref(note: NoteVersion) -> NoteRef:
    says = readable(note.content.fields[0]).partition("\n")[0] if note.content else ""
    short = says if len(says) <= _SHOWN else says[: _SHOWN - 1].rstrip() + "…"
    return NoteRef(id=note.id, guid=note.guid, nid=note.nid, kind=note.kind, deck=note.deck, says=short)


def _change(was: NoteVersion, note: NoteVersion, look: NoteTypeVersion | None) -> NoteChange:
    if was.content is None or note.content is None:
        return NoteChange(note=_ref(note), fields=None)
    known = look.fields if look else ()
    names = known or tuple(str(number) for number in range(1, len(note.content.fields) + 1))
    changes = []
    for name, old, new in zip(names, was.content.fields, note.content.fields, strict=False):
        if old != new:
            one, other = readable(old), readable(new)
            pieces = compare_words(one, other) if one != other else ()
            changes.append(FieldChange(name=name, before=old, after=new, pieces=pieces))
    return NoteChange(
        note=_ref(note),
        fields=tuple(changes),
        tags_added=_without(note.content.tags, was.content.tags),
        tags_removed=_without(was.content.tags, note.content.tags),
    )


def _without(some: Iterable[str], others: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(set(some) - set(others)))


def _moves(before: DeckContents, after: DeckContents) -> tuple[tuple[Move, ...], tuple[DeckRename, ...]]:
    old, new = before.notes, after.notes
    live = {guid: note for guid, note in new.items() if not note.retired}
    all_moves = [
        (guid, old[guid].deck, note.deck)
        for guid, note in live.items()
        if guid in old and not old[guid].retired and old[guid].deck and old[guid].deck != note.deck
    ]
    moved, renamed = classify_moves(
        all_moves,
        {note.deck for note in old.values() if not note.retired},
        {note.deck for note in live.values()},
    )
    decks = {guid: deck for guid, deck, _ in moved}
    counts = Counter((was, now) for _, was, now in all_moves)
    return (
        tuple(Move(note=_ref(note), before=decks[guid]) for guid, note in live.items() if guid in decks),
        tuple(DeckRename(before=was, after=now, notes=counts[was, now]) for was, now in renamed),
    )


def _media(
    before: frozenset[str] | None, after: frozenset[str] | None
) -> tuple[tuple[str, ...] | None, tuple[tuple[str, str], ...], tuple[str, ...]]:
    """Return pictures that are added, changed as (old name, name), and removed."""
    if before is None or after is None:
        return None, (), ()
    came, went = sorted(after - before), sorted(before - after)
    former = {_stem(name): name for name in went}
    changed = tuple((former[_stem(name)], name) for name in came if _stem(name) in former)
    paired = {name for pair in changed for name in pair}
    return (
        tuple(name for name in came if name not in paired),
        changed,
        tuple(name for name in went if name not in paired),
    )


def _stem(name: str) -> str:
    found = _MEDIA.fullmatch(name)
    return found[1] + found[2] if found else name
