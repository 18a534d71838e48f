"""Make the decks of written notes: stamps, packages, and the lock that remembers them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from functools import cached_property
from typing import Any

import msgspec

from deckgen import identity
from deckgen.anki import media
from deckgen.anki.fingerprint import hash_of
from deckgen.anki.note import stub, with_notice
from deckgen.anki.notetypes import NoteType, note_types
from deckgen.anki.says import say_the_same
from deckgen.anki.shelf import Shelf, Shelves, content
from deckgen.core import Course, Project, top_level
from deckgen.engine.former import Former
from deckgen.engine.notes import Notes
from deckgen.engine.pages import package_names
from deckgen.identity import FormerNote, IdentityProblem, Lock, LockedNote, NoteClaim, Stamped, tag_retired
from deckgen.templating import Templates


class Edition(msgspec.Struct, frozen=True, kw_only=True):
    """The notes of a course as they will be given to learners, stamped and not yet packed."""

    project: Project
    #: In the source's order, as `stamped.notes`.
    notes: Notes
    #: Hashes of the HTML that this build makes of them.
    html_hashes: tuple[str, ...]
    #: Ordinals of the cards of each note.
    cards: list[tuple[int, ...]]
    #: Names of pictures by the top-level deck whose notes show them.
    pictures: dict[str, set[str]]
    #: Note types of the notes, those of retired ones among them.
    types: tuple[NoteType, ...]
    stamped: Stamped
    media: media.MediaNames
    #: Descriptions of decks by name.
    descriptions: dict[str, str]
    #: Places of the new cards of each note, by the id of its item.
    places: dict[str, tuple[int, ...]]


class Packed(msgspec.Struct, frozen=True, kw_only=True):
    """The packages, and how much is in them."""

    #: By their names below the output folder.
    files: dict[str, bytes]
    decks: int
    notes: int
    cards: int
    #: Names of the files by the top-level decks in them.
    by_deck: dict[str, str]
    #: Ids of notes without a card: the project overrides a template, and its front shows none of their fields.
    cardless: tuple[str, ...]
    #: Bytes of the pictures in each package, by top-level deck.
    picture_sizes: dict[str, int]


def make_edition(
    course: Course,
    notes: Notes,
    pictures: Mapping[str, bytes],
    lock: Lock | None,
    templates: Templates,
    build: identity.Build,
    former: Former,
    places: dict[str, tuple[int, ...]],
) -> Edition | tuple[IdentityProblem, ...]:
    """Stamp the notes of a course, or say what stands against it. The items of `course` are not looked at.

    Raises:
        jinja2.TemplateError: if a template is wrong.
    """
    claims: list[NoteClaim] = []
    cards: list[tuple[int, ...]] = []
    shown: defaultdict[str, set[str]] = defaultdict(set)
    # Every word once, however often it was read.
    words: dict[Any, Any] = {}
    once = words.setdefault
    for head in notes.heads():
        kind, deck = once(head.kind, head.kind), once(head.deck, head.deck)
        claims.append(NoteClaim(head.id, kind, deck, head.content_hash, head.html_hash, head.was))
        cards.append(once(head.cards, head.cards))
        if head.pictures:
            shown[top_level(deck)].update(head.pictures)
    if lock is None and former.notes:
        # The lock was lost, but not what it spoke of.
        lock = identity.recover(
            course.project.id, build.version, claims, former.packaged(), former.locked_types()
        )
    types = note_types(course.project, templates, _kinds(claims, lock))
    stamped = identity.stamp(
        lock,
        claims,
        [identity.TypeClaim(each.kind, hash_of(each)) for each in types],
        build,
        former=former.content,
        retire=lambda note: _retire(note, course.project),
        stub=lambda line, last: _stub(line, last, course.project),
        says_the_same=_Comparison(claims, notes, former).says_the_same,
    )
    if not isinstance(stamped, Stamped):
        return stamped
    return Edition(
        project=course.project,
        notes=notes,
        html_hashes=tuple([claim.html_hash for claim in claims]),
        cards=cards,
        pictures=shown,
        types=types,
        stamped=stamped,
        media=media.MediaNames(pictures),
        descriptions={deck.name: deck.description for deck in course.decks},
        places=places,
    )


def pack(edition: Edition, all_pictures: Callable[[], Mapping[str, bytes]]) -> Packed:
    """Write the packages of an edition: one for each top-level deck.

    `all_pictures` gives every picture of the project by its path, for retired notes that show one which no item
    names any more.
    """
    from deckgen.anki.package import StampedNote, StampedType, write_package

    ids, places = {each.kind: each.id for each in edition.types}, edition.places
    by_package: dict[str, list[StampedNote]] = {}
    pictures = {top: set(names) for top, names in edition.pictures.items()}

    def add(line: LockedNote, content: int, cards: tuple[int, ...]) -> None:
        by_package.setdefault(top_level(line.deck), []).append(
            StampedNote(
                line.nid,
                line.guid,
                ids[line.note_type],
                line.mod,
                line.deck,
                content,
                cards,
                places.get(line.id, ()),
            )
        )

    for number, (line, cards) in enumerate(zip(edition.stamped.notes, edition.cards, strict=True)):
        add(line, number, cards)
    retired = Shelf()
    for line in edition.stamped.retired:
        if isinstance(line.state, identity.Retirement):
            # Who has the note keeps its cards, and sees the banner. Who has not is not to learn it any more:
            # Anki cannot be given suspended cards, but it takes a note without any.
            number = retired.put(content(line.state.fields, line.state.tags))
            add(line, len(edition.cards) + number, ())
            pictures.setdefault(top_level(line.deck), set()).update(media.named_in(line.state.fields))
    mods = {kind.key: kind.mod for kind in edition.stamped.types}
    types = {each.id: StampedType(each, mods[each.kind]) for each in edition.types}
    contents = _contents(edition, all_pictures)
    files: dict[str, bytes] = {}
    picture_sizes: dict[str, int] = {}
    decks: set[str] = set()
    by_deck = package_names(decks_of(edition))
    for name, there in by_package.items():
        homes = dict.fromkeys(note.deck for note in there)
        decks.update(note.deck for note in there if note.cards)
        used = sorted({note.note_type for note in there})
        shown = media.wanted(pictures.get(name, ()), contents.get)
        picture_sizes[name] = sum(map(len, shown.values()))
        files[by_deck[name]] = write_package(
            there,
            Shelves(*edition.notes.shelves, retired),
            [types[id_] for id_ in used],
            {deck: edition.descriptions.get(deck, "") for deck in homes},
            shown,
        )
    return Packed(
        files=files,
        decks=len(decks),
        notes=sum(map(len, by_package.values())),
        cards=sum(len(note.cards) for there in by_package.values() for note in there),
        by_deck=by_deck,
        cardless=_cardless(edition),
        picture_sizes=picture_sizes,
    )


def _cardless(edition: Edition) -> tuple[str, ...]:
    """Return the ids of the notes of items that have no card."""
    lines = zip(edition.stamped.notes, edition.cards, strict=True)
    return tuple([line.id for line, cards in lines if not cards])


def decks_of(edition: Edition) -> list[str]:
    """Return the deck of every note."""
    return [line.deck for line in (*edition.stamped.notes, *edition.stamped.retired)]


def _kinds(claims: Iterable[NoteClaim], lock: Lock | None) -> set[str]:
    """Return the kinds of all notes that are, or may have to be, emitted."""
    kinds = {claim.note_type for claim in claims}
    if lock is not None:
        kinds |= {line.note_type for line in lock.notes if line.state != "gone"}
    return kinds


class _Comparison:
    """Compares notes of this build with those of former packages."""

    def __init__(self, claims: list[NoteClaim], notes: Notes, former: Former) -> None:
        self._claims = claims
        self._notes = notes
        self._former = former

    @cached_property
    def _numbers(self) -> dict[str, int]:
        return {claim.id: number for number, claim in enumerate(self._claims)}

    def says_the_same(self, line: LockedNote, claim: NoteClaim) -> bool | None:
        """Tell whether a note says what it said when it was stamped; None where no package has that."""
        given = self._former.as_stamped(line)
        return None if given is None else say_the_same(given, self._notes.said(self._numbers[claim.id]))


def _retire(note: FormerNote, project: Project) -> FormerNote:
    return tag_retired(FormerNote(with_notice(note.fields, project), note.tags))


def _stub(line: LockedNote, last: FormerNote | None, project: Project) -> FormerNote:
    return tag_retired(FormerNote(stub(line.note_type, line.id, last.fields if last else (), project), ()))


def _contents(edition: Edition, all_pictures: Callable[[], Mapping[str, bytes]]) -> dict[str, bytes]:
    """Return pictures by name.

    A picture that only a retired note shows, and that is gone from the project, is left out: learners have it,
    and what is in a package hangs on the project and its lock alone.
    """
    contents: dict[str, bytes] = dict(edition.media.contents)
    retired: list[Any] = [line.state for line in edition.stamped.retired]
    if media.named_in(field for state in retired for field in state.fields) - contents.keys():
        contents |= media.MediaNames(all_pictures()).contents
    return contents
