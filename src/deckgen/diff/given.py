"""One side of a comparison: notes, note types and media as learners have them, or as they would get them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from deckgen.identity import Retirement

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from deckgen.identity import FormerNote, LockedNote


class Content(msgspec.Struct, frozen=True):
    """What an update of a note replaces."""

    fields: tuple[str, ...]
    tags: tuple[str, ...]


class GivenNote(msgspec.Struct, frozen=True, kw_only=True):
    """A note that is, or was, given."""

    guid: str
    #: Id of its item.
    id: str
    kind: str
    deck: str
    #: What Anki calls its note id.
    nid: int
    mod: int
    #: Of the HTML that is, or was, given.
    html_hash: str
    #: Of what the author wrote; empty where nobody knows it.
    content_hash: str = ""
    retired: bool = False
    #: None where nobody knows any more what it says.
    content: Content | None = None


class TypeLook(msgspec.Struct, frozen=True, kw_only=True):
    """What of a note type can change."""

    mod: int
    look_hash: str
    #: As learners see it; empty where nobody knows it.
    name: str = ""


class Given(msgspec.Struct, frozen=True, kw_only=True):
    """All that is given at once."""

    #: By GUID, in the order in which new cards come.
    notes: dict[str, GivenNote]
    #: By kind.
    types: dict[str, TypeLook]
    #: Names of pictures; None where nobody knows them.
    media: frozenset[str] | None = None
    #: The project's version; empty where nobody knows it.
    version: str = ""


def notes_of(
    lines: Iterable[LockedNote], content: Callable[[LockedNote], FormerNote | None]
) -> dict[str, GivenNote]:
    """Return the notes of a lock that are emitted; `content` says what one holds, for those that are live."""
    return {line.guid: _note(line, content) for line in lines if line.state != "gone"}


def _note(line: LockedNote, content: Callable[[LockedNote], FormerNote | None]) -> GivenNote:
    state = line.state
    if isinstance(state, Retirement):
        held: Content | None = Content(state.fields, state.tags)
    else:
        known = content(line)
        held = Content(known.fields, known.tags) if known else None
    return GivenNote(
        guid=line.guid,
        id=line.id,
        kind=line.note_type,
        deck=line.deck,
        nid=line.nid,
        mod=line.mod,
        html_hash=line.html_hash,
        content_hash=line.content_hash,
        retired=isinstance(state, Retirement),
        content=held,
    )
