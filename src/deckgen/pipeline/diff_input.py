"""The two sides of `deckgen diff`: what learners have, and what a build would give them."""

from __future__ import annotations

from collections.abc import Callable

from msgspec.structs import replace

from deckgen.anki.edition import Edition
from deckgen.anki.fingerprint import hash_of
from deckgen.anki.media import named_in
from deckgen.anki.note import with_id
from deckgen.anki.previous import PreviousPackages
from deckgen.core import Project
from deckgen.diff.compare import compare
from deckgen.diff.contents import DeckContents, NoteTypeVersion, NoteVersion, notes_of
from deckgen.diff.formats import FORMATS, Setting
from deckgen.identity import RETIRED_TAG, Lock, LockedNote, NoteContent, html_hash


def of_edition(edition: Edition) -> DeckContents:
    """Return what a build would give."""
    numbers = {line.guid: number for number, line in enumerate(edition.stamped.notes)}

    def content(line: LockedNote) -> NoteContent:
        return edition.notes.content(numbers[line.guid])

    live = [
        replace(line, html_hash=_html_hash(line, html, record.was, content))
        for line, html, record in zip(
            edition.stamped.notes, edition.html_hashes, edition.notes.records(), strict=True
        )
    ]
    notes = notes_of(
        (*live, *edition.stamped.retired), content, lambda line: edition.cards[numbers[line.guid]]
    )
    files = {name for name, _ in edition.project.adopted_media}
    adopted = {each.kind for each in edition.types if each.adopted is not None}
    used = {note.kind for note in notes.values()}
    mods = {kind.key: kind.mod for kind in edition.stamped.types}
    return DeckContents(
        notes=notes,
        types={
            each.kind: NoteTypeVersion(
                mod=mods[each.kind],
                look_hash=hash_of(each),
                name=each.name,
                fields=tuple(field.name for field in each.fields),
                cards=() if each.cloze else tuple(card.name for card in each.templates),
                adopted=each.kind in adopted,
                withdrawn=frozenset(ord_ for ord_, card in enumerate(each.templates) if card.retired),
            )
            for each in edition.types
            if each.kind in used
        },
        media=frozenset(
            name
            for names in edition.pictures.values()
            for name in names
            # Of files that adopted templates use, nothing tells which ones learners have.
            if not (name.startswith("_") and name in files)
        ),
        version=edition.project.version,
    )


def _html_hash(
    line: LockedNote, html: str, was: tuple[str, ...], content: Callable[[LockedNote], NoteContent]
) -> str:
    """Return the hash of a note's HTML; that of its stamp if only the id has changed since."""
    if html == line.html_hash or not was:
        return html
    now = content(line)
    with_old_ids = (html_hash(line.note_type, with_id(now.fields, old), now.tags) for old in was)
    return line.html_hash if line.html_hash in with_old_ids else html


def of_lock(lock: Lock, previous: PreviousPackages) -> DeckContents:
    """Return what the lock says learners have, with contents from the last packages if they match the lock."""
    mods = {kind.key: kind.mod for kind in lock.types}
    notes = notes_of(
        lock.notes,
        previous.content_with_stamp,
        lambda line: previous.cards_with_stamps(line, mods.get(line.note_type, 0)),
    )
    adopted = {each.name for each in lock.media}
    fields = [note.content.fields for note in notes.values() if note.content and not note.retired]
    complete = all(note.content for note in notes.values())
    return DeckContents(
        notes=notes,
        types={kind.key: NoteTypeVersion(mod=kind.mod, look_hash=kind.content_hash) for kind in lock.types},
        media=frozenset(named_in((field for each in fields for field in each), adopted))
        if complete
        else None,
        version=lock.release.version,
    )


def release_notes(edition: Edition, lock: Lock | None, previous: PreviousPackages | None) -> str:
    """Return a page of release notes in Markdown; lock and packages of the last release are None if there is none."""
    before = of_lock(lock, previous) if lock is not None and previous is not None else None
    nothing = DeckContents(notes={}, types={}, media=frozenset())
    setting = Setting(against=f"version {before.version}" if before else "nothing")
    return FORMATS["markdown"](compare(before or nothing, of_edition(edition)), setting)


def of_packages(previous: PreviousPackages, project: Project) -> DeckContents:
    """Return what packages of a project contain."""
    notes: dict[str, NoteVersion] = {}
    for note in previous.notes.values():
        notes[note.guid] = NoteVersion(
            guid=note.guid,
            id=note.id,
            kind=note.note_type,
            deck=note.deck,
            nid=note.nid,
            mod=note.mod,
            html_hash=html_hash(note.note_type, note.fields, note.tags),
            retired=RETIRED_TAG in note.tags,
            content=NoteContent(note.fields, note.tags),
            cards=note.cards,
        )
    live = (note.content.fields for note in notes.values() if note.content and not note.retired)
    return DeckContents(
        notes=notes,
        types={
            line.key: NoteTypeVersion(
                mod=line.mod, look_hash=line.content_hash, name=previous.types[line.key].name
            )
            for line in previous.locked_types()
        },
        media=frozenset(
            named_in((field for fields in live for field in fields), dict(project.adopted_media))
        ),
    )
