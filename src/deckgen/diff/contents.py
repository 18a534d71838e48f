"""One side of a comparison: notes, note types and media that learners have, or would get."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from deckgen.identity import NoteContent, Retirement

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from deckgen.identity import LockedNote


class NoteVersion(msgspec.Struct, frozen=True, kw_only=True):
    """A note that learners have, or would get."""

    guid: str
    #: Id of its item.
    id: str
    kind: str
    deck: str
    #: Its note id in Anki.
    nid: int
    mod: int
    #: Hash of its HTML.
    html_hash: str
    #: Hash of what the author wrote; empty if it is not known.
    content_hash: str = ""
    retired: bool = False
    #: None if it is no longer known.
    content: NoteContent | None = None
    #: Ordinals of its cards; None where they are not known.
    cards: tuple[int, ...] | None = None


class NoteTypeVersion(msgspec.Struct, frozen=True, kw_only=True):
    """The parts of a note type that can change."""

    mod: int
    look_hash: str
    #: As learners see it; empty if it is not known.
    name: str = ""
    #: Names of its fields, and of its cards by their ordinals; empty where they are not known.
    fields: tuple[str, ...] = ()
    cards: tuple[str, ...] = ()
    #: Ordinals of cards that were withdrawn: who has one keeps it, and nobody else gets it.
    withdrawn: frozenset[int] = frozenset()
    #: Whether it was made elsewhere: its notes have their author's fields alone.
    adopted: bool = False


class DeckContents(msgspec.Struct, frozen=True, kw_only=True):
    """Everything that learners have, or would get."""

    #: By GUID, in the order in which new cards come.
    notes: dict[str, NoteVersion]
    #: By kind.
    types: dict[str, NoteTypeVersion]
    #: Names of pictures; None if they are not known.
    media: frozenset[str] | None = None
    #: The project's version; empty if it is not known.
    version: str = ""


def notes_of(
    lines: Iterable[LockedNote],
    content: Callable[[LockedNote], NoteContent | None],
    cards: Callable[[LockedNote], tuple[int, ...] | None],
) -> dict[str, NoteVersion]:
    """Return the notes of a lock that are emitted.

    `content` returns the content of a live note, `cards` the ordinals of its cards.
    """
    return {line.guid: _note(line, content, cards) for line in lines if line.state != "gone"}


def _note(
    line: LockedNote,
    content: Callable[[LockedNote], NoteContent | None],
    cards: Callable[[LockedNote], tuple[int, ...] | None],
) -> NoteVersion:
    state = line.state
    retired = isinstance(state, Retirement)
    held = NoteContent(state.fields, state.tags) if isinstance(state, Retirement) else content(line)
    return NoteVersion(
        guid=line.guid,
        id=line.id,
        kind=line.note_type,
        deck=line.deck,
        nid=line.nid,
        mod=line.mod,
        html_hash=line.html_hash,
        content_hash=line.content_hash,
        retired=retired,
        content=held,
        cards=None if retired else cards(line),
    )
