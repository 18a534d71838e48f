"""Make the decks: notes, stamps, packages, and the lock that remembers them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import msgspec
from msgspec.structs import replace

from deckgen import identity
from deckgen.anki import media
from deckgen.anki.cards import CardDecider
from deckgen.anki.fingerprint import hash_of
from deckgen.anki.note import Note, with_notice
from deckgen.anki.notetypes import NoteType, note_types
from deckgen.build.colleague import Colleague, Written, write
from deckgen.build.former import Former
from deckgen.build.pages import package_names
from deckgen.core import Course, Project
from deckgen.identity import FormerNote, IdentityProblem, Lock, LockedNote, Stamped, tag_retired
from deckgen.templating import Templates


class Edition(msgspec.Struct, frozen=True, kw_only=True):
    """The notes of a course as they will be given to learners, stamped and not yet packed."""

    project: Project
    #: In the source's order.
    notes: tuple[Note, ...]
    #: Note types of the notes, those of retired ones among them.
    types: tuple[NoteType, ...]
    stamped: Stamped
    media: media.MediaNames
    #: Descriptions of decks by name.
    descriptions: dict[str, str]


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
    pictures: Mapping[str, bytes],
    lock: Lock | None,
    templates: Templates,
    build: identity.Build,
    former: Former,
    colleague: Colleague | None = None,
) -> Edition | tuple[IdentityProblem, ...]:
    """Write and stamp the notes of a course, or say what stands against it.

    `colleague` may have written the notes of the last items.

    Raises:
        jinja2.TemplateError: if a template is wrong.
    """
    written = _written(course, pictures, templates, colleague)
    made = tuple([each.note for each in written])
    claims = [
        identity.NoteClaim(note.id, note.kind, note.deck, each.digest, note.was)
        for each, note in zip(written, made, strict=True)
    ]
    if lock is None and former.notes:
        # The lock was lost, but not what it spoke of.
        lock = identity.recover(
            course.project.id, build.version, claims, former.packaged(), former.locked_types()
        )
    types = note_types(course.project, templates, _kinds(made, lock))
    stamped = identity.stamp(
        lock,
        claims,
        [identity.TypeClaim(each.kind, hash_of(each)) for each in types],
        build,
        former=former.content,
        retire=lambda note: _retire(note, course.project),
    )
    if not isinstance(stamped, Stamped):
        return stamped
    return Edition(
        project=course.project,
        notes=made,
        types=types,
        stamped=stamped,
        media=media.MediaNames(pictures),
        descriptions={deck.name: deck.description for deck in course.decks},
    )


def _written(
    course: Course,
    pictures: Mapping[str, bytes],
    templates: Templates,
    colleague: Colleague | None,
) -> list[Written]:
    """Write the notes, but for those of the last items that a colleague writes."""
    if colleague is None or not colleague.items:
        return list(write(course, pictures, templates))
    at = len(course.items) - colleague.items
    own = list(write(replace(course, items=course.items[:at]), pictures, templates))
    others = colleague.notes()
    if others is None:
        others = list(write(replace(course, items=course.items[at:]), pictures, templates))
    return own + others


def pack(edition: Edition, all_pictures: Callable[[], Mapping[str, bytes]]) -> Packed:
    """Write the packages of an edition: one for each top-level deck.

    `all_pictures` gives every picture of the project by its path, for retired notes that show one which no item
    names any more.
    """
    from deckgen.anki.package import StampedNote, StampedType, write_package

    deciders = {each.kind: CardDecider(each) for each in edition.types}
    ids = {each.kind: each.id for each in edition.types}
    by_package: dict[str, list[StampedNote]] = {}
    cardless: list[str] = []

    def add(line: LockedNote, fields: tuple[str, ...], tags: tuple[str, ...], cards: tuple[int, ...]) -> None:
        kind = line.note_type
        by_package.setdefault(line.deck.partition("::")[0], []).append(
            StampedNote(line.nid, line.guid, ids[kind], line.mod, line.deck, fields, tags, cards)
        )

    for note, line in zip(edition.notes, edition.stamped.notes, strict=True):
        cards = deciders[note.kind].ordinals(note.fields)
        if not cards:
            cardless.append(note.id)
        add(line, note.fields, note.tags, cards)
    for line in edition.stamped.retired:
        if isinstance(line.state, identity.Retirement):
            # Who has the note keeps its cards, and sees the banner. Who has not is not to learn it any more:
            # Anki cannot be given suspended cards, but it takes a note without any.
            add(line, line.state.fields, line.state.tags, ())
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
        pictures = media.wanted((note.fields for note in there), contents.get)
        picture_sizes[name] = sum(map(len, pictures.values()))
        files[by_deck[name]] = write_package(
            there,
            [types[id_] for id_ in used],
            {deck: edition.descriptions.get(deck, "") for deck in homes},
            pictures,
        )
    return Packed(
        files=files,
        decks=len(decks),
        notes=sum(map(len, by_package.values())),
        cards=sum(len(note.cards) for there in by_package.values() for note in there),
        by_deck=by_deck,
        cardless=tuple(cardless),
        picture_sizes=picture_sizes,
    )


def decks_of(edition: Edition) -> list[str]:
    """Return the deck of every note."""
    return [line.deck for line in (*edition.stamped.notes, *edition.stamped.retired)]


def _kinds(made: Sequence[Note], lock: Lock | None) -> set[str]:
    """Return the kinds of all notes that are, or may have to be, emitted."""
    kinds = {note.kind for note in made}
    if lock is not None:
        kinds |= {line.note_type for line in lock.notes if line.state != "gone"}
    return kinds


def _retire(note: FormerNote, project: Project) -> FormerNote:
    return tag_retired(FormerNote(with_notice(note.fields, project), note.tags))


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
