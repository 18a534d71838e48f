"""Stamp the notes of a course: what learners will get, and the lock that records it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cached_property
from types import MappingProxyType
from typing import Any

import msgspec

from deckgen import identity
from deckgen.anki import media
from deckgen.anki.fingerprint import hash_of
from deckgen.anki.note import is_markup, stub, with_notice
from deckgen.anki.notes import Notes
from deckgen.anki.notetypes import NoteType, note_types
from deckgen.anki.previous import PreviousPackages
from deckgen.core import Course, Project, top_level
from deckgen.engine.output import key
from deckgen.engine.store import Store
from deckgen.identity import IdentityProblem, Lock, LockedNote, NoteClaim, NoteContent, Stamped, tag_retired
from deckgen.templating import Templates

_TYPES = "note types"


class Edition(msgspec.Struct, frozen=True, kw_only=True):
    """The notes of a course as learners will get them, stamped and not yet packed."""

    project: Project
    #: In the source's order, as `stamped.notes`.
    notes: Notes
    #: Hashes of the HTML that this build makes of them.
    html_hashes: tuple[str, ...]
    #: Ordinals of the cards of each note.
    cards: list[tuple[int, ...]]
    #: Names of pictures, by the top-level deck whose notes show them.
    pictures: dict[str, set[str]]
    #: Note types of the notes, including those of retired ones.
    types: tuple[NoteType, ...]
    stamped: Stamped
    #: Descriptions of decks by name, as HTML.
    descriptions: dict[str, str]
    #: Places of the new cards of each note, by the id of its item; empty if they come in the source's order.
    places: Mapping[str, tuple[int, ...]]
    #: (ordinal, full name of its deck) of each card that is not in its note's deck, by the id of its item.
    elsewhere: Mapping[str, tuple[tuple[int, str], ...]]

    @property
    def decks(self) -> list[str]:
        """The deck of every note, including retired ones."""
        return [line.deck for line in (*self.stamped.notes, *self.stamped.retired)]

    @property
    def cardless(self) -> tuple[str, ...]:
        """Ids of notes without a card: a template of the project shows none of their fields on its front.

        Notes that were made elsewhere may have none.
        """
        adopted = {each.kind for each in self.types if each.adopted is not None}
        lines = zip(self.stamped.notes, self.cards, strict=True)
        return tuple([line.id for line, cards in lines if not cards and line.note_type not in adopted])


def make_edition(
    course: Course,
    notes: Notes,
    lock: Lock | None,
    templates: Templates,
    build: identity.Build,
    previous: PreviousPackages,
    store: Store,
    places: Mapping[str, tuple[int, ...]] = MappingProxyType({}),
    draft: Lock | None = None,
) -> Edition | tuple[IdentityProblem, ...]:
    """Stamp the notes of a course, or return why that is impossible. The items of `course` are not used.

    `draft` is the lock of the last draft.

    Raises:
        jinja2.TemplateError: if a template is wrong.
    """
    claims: list[NoteClaim] = []
    cards: list[tuple[int, ...]] = []
    shown: defaultdict[str, set[str]] = defaultdict(set)
    # Equal strings share one object.
    words: dict[Any, Any] = {}
    elsewhere: dict[str, tuple[tuple[int, str], ...]] = {}
    once = words.setdefault
    for record in notes.records():
        kind, deck = once(record.kind, record.kind), once(record.deck, record.deck)
        claims.append(NoteClaim(record.id, kind, deck, record.content_hash, record.html_hash, record.was))
        cards.append(once(record.cards, record.cards))
        if record.elsewhere:
            elsewhere[record.id] = record.elsewhere
        if record.pictures:
            shown[top_level(deck)].update(record.pictures)
    if lock is None and previous.notes:
        # The lock was lost, but not the packages that it described.
        lock = identity.recover(
            course.project.id,
            build.version,
            claims,
            previous.notes.values(),
            previous.locked_types(),
            identity.Frozen(
                types={each.kind: each.adopted for each in course.project.note_types if each.adopted},
                media=dict(course.project.adopted_media),
            ),
        )
    lines = {line.guid: line for line in lock.notes} if lock else {}

    def last_content(guid: str) -> NoteContent | None:
        return previous.content_with_stamp(lines[guid]) or previous.content(guid)

    decks = {*(claim.deck for claim in claims), *(line.deck for line in (lock.notes if lock else ()))}
    subdeck = not any(map(is_markup, decks))
    types = _types(course.project, templates, _kinds(claims, lock), store, subdeck=subdeck)
    stamped = identity.stamp(
        lock,
        claims,
        [identity.TypeClaim(each.kind, hash_of(each), each.schema, each.adopted) for each in types],
        build,
        last_content=last_content,
        retire=lambda note: _retire(note, course.project),
        stub=lambda line, last: _stub(line, last, course.project),
        same_content=_Comparison(claims, notes, previous, types).same_content,
        draft=draft,
    )
    if not isinstance(stamped, Stamped):
        return stamped
    _add_files_of_templates(shown, types, claims, course.project)
    for line in stamped.retired:
        if isinstance(line.state, identity.Retirement):
            shown[top_level(line.deck)].update(media.named_in(line.state.fields))
    return Edition(
        project=course.project,
        notes=notes,
        html_hashes=tuple([claim.html_hash for claim in claims]),
        cards=cards,
        pictures=shown,
        types=types,
        stamped=stamped,
        descriptions=_descriptions(course),
        places=places,
        elsewhere=elsewhere,
    )


def _add_files_of_templates(
    shown: defaultdict[str, set[str]],
    types: Iterable[NoteType],
    claims: Iterable[NoteClaim],
    project: Project,
) -> None:
    """Add the files that adopted templates use to the pictures of each top-level deck with notes of their type."""
    adopted = [name for name, _ in project.adopted_media]
    for each in types if adopted else ():
        texts = [each.style, *(text for card in each.templates for text in (card.front, card.back))]
        names = media.named_by_templates(texts, adopted) if each.adopted is not None else ()
        for top in (
            {top_level(claim.deck) for claim in claims if claim.note_type == each.kind} if names else ()
        ):
            shown[top].update(names)


def _descriptions(course: Course) -> dict[str, str]:
    """Return the HTML that Anki shows on the pages of decks, by their names: it escapes nothing there."""
    described = {deck.name: deck.description for deck in course.decks if deck.description}
    if not described:
        return {}
    from deckgen.text import Medium, Renderer

    block = Renderer(Medium.ANKI, lambda _path: None).block
    return {name: block(description) for name, description in described.items()}


def _types(
    project: Project, templates: Templates, kinds: set[str], store: Store, *, subdeck: bool
) -> tuple[NoteType, ...]:
    """Return the note types of some kinds, from the last build if nothing changed."""
    id_ = key(project, templates.digest("sheet", "web"), sorted(kinds), subdeck)
    try:
        known = msgspec.msgpack.decode(store.get(_TYPES) or b"", type=tuple[bytes, tuple[NoteType, ...]])
    except msgspec.DecodeError:
        known = (b"", ())
    if known[0] == id_:
        return known[1]
    made = note_types(project, templates, kinds, subdeck=subdeck)
    store.put(_TYPES, msgspec.msgpack.encode((id_, made)))
    return made


def _kinds(claims: Iterable[NoteClaim], lock: Lock | None) -> set[str]:
    """Return the kinds of all notes that will, or may have to, be emitted."""
    kinds = {claim.note_type for claim in claims}
    if lock is not None:
        kinds |= {line.note_type for line in lock.notes if line.state != "gone"}
    return kinds


def _stub(line: LockedNote, last: NoteContent | None, project: Project) -> NoteContent:
    return tag_retired(NoteContent(stub(line.note_type, line.id, last.fields if last else (), project), ()))


class _Comparison:
    """Compares notes of this build with those of previous packages."""

    def __init__(
        self, claims: list[NoteClaim], notes: Notes, previous: PreviousPackages, types: Iterable[NoteType]
    ) -> None:
        self._claims = claims
        self._notes = notes
        self._previous = previous
        self._adopted = frozenset(each.kind for each in types if each.adopted is not None)

    @cached_property
    def _numbers(self) -> dict[str, int]:
        return {claim.id: number for number, claim in enumerate(self._claims)}

    def same_content(self, line: LockedNote, claim: NoteClaim) -> bool | None:
        """Return whether a note has the content that it was stamped with; None if no package has that content."""
        before = self._previous.content_with_hash(line)
        if before is None:
            return None
        from deckgen.anki.same_content import same_content

        now = self._notes.content(self._numbers[claim.id])
        return same_content(before, now, adopted=claim.note_type in self._adopted)


def _retire(note: NoteContent, project: Project) -> NoteContent:
    return tag_retired(NoteContent(with_notice(note.fields, project), note.tags))
