"""The Anki target: a package for each top-level deck."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING

from deckgen.anki.note_text import TextFile, join_content
from deckgen.anki.previous import DRAFT_ENDING
from deckgen.core import Course, top_level
from deckgen.engine.output import Key, Output, key
from deckgen.filenames import file_names

if TYPE_CHECKING:
    from deckgen.anki.edition import Edition
    from deckgen.anki.notetypes import NoteType
    from deckgen.identity import LockedNote
    from deckgen.targets import Context

#: Milliseconds for a package, most of which takes the import of genanki, and for each note in it.
_COST, _COST_OF_NOTE = 80, 0.03
#: Notes whose digest is made at once.
_PART = 1000


@dataclass(kw_only=True)
class Package:
    """What goes into a package, except the contents of its live notes."""

    #: Full names of its decks, and their descriptions.
    decks: dict[str, str] = field(default_factory=dict)
    #: Live notes, each with its cards and a hash of its content.
    notes: list[tuple[LockedNote, tuple[int, ...], str]] = field(default_factory=list)
    #: Files of cards that the notes come from, in the order of the notes, each with its number of notes.
    files: list[tuple[str, int]] = field(default_factory=list)
    retired: list[LockedNote] = field(default_factory=list)
    #: Note types with their stamps.
    types: list[tuple[NoteType, int]] = field(default_factory=list)
    #: Names of its pictures, sorted; they identify the contents.
    pictures: list[str] = field(default_factory=list)


class Anki:
    """The Anki target."""

    waits = True

    def prepare(self) -> None:
        """Nothing needs to be loaded."""

    def outputs(self, course: Course, context: Context) -> Iterable[Output]:
        """Name the package of each top-level deck."""
        del course
        edition = context.edition
        if edition is None:
            return
        names = package_names(edition.decks)
        for top, package in packages(edition).items():
            drafted = edition.stamped.drafted
            is_draft = bool(drafted) and not drafted.isdisjoint(_stamped(package))
            yield Output(
                name=_draft_name(names[top]) if is_draft else names[top],
                key=_key(package, edition),
                make=partial(_make, package, edition, context.pictures, context.scratch),
                cost=_COST + _COST_OF_NOTE * len(package.notes),
            )


def _stamped(package: Package) -> set[str]:
    """Return the names of all that has a stamp."""
    lines = chain((line for line, _, _ in package.notes), package.retired)
    return {*(line.guid for line in lines), *(kind.kind for kind, _ in package.types)}


def _key(package: Package, edition: Edition) -> Key:
    notes = (
        (
            (line.nid, line.guid, line.note_type, line.mod, line.deck),
            (cards, edition.places.get(line.id, ()), said, *edition.elsewhere.get(line.id, ())),
        )
        for line, cards, said in package.notes
    )
    # In parts, since all of them together take much memory.
    parts = [key(part) for part in iter(lambda: list(islice(notes, _PART)), [])]
    return key(parts, package.retired, package.types, package.decks, package.pictures)


def packages(edition: Edition) -> dict[str, Package]:
    """Divide an edition into packages, by their top-level decks."""
    made: dict[str, Package] = {}
    lines = zip(edition.stamped.notes, edition.cards, edition.html_hashes, strict=True)
    for file, count in edition.notes.places():
        there = list(islice(lines, count))
        if there:
            package = made.setdefault(top_level(there[0][0].deck), Package())
            package.files.append((file, count))
            package.notes += there
    for line in edition.stamped.retired:
        made.setdefault(top_level(line.deck), Package()).retired.append(line)
    mods = {kind.key: kind.mod for kind in edition.stamped.types}
    for top, package in made.items():
        every = [line for line, _, _ in package.notes] + package.retired
        names = [line.deck for line in every]
        names += [deck for line in every for _, deck in edition.elsewhere.get(line.id, ())]
        package.decks = {deck: edition.descriptions.get(deck, "") for deck in dict.fromkeys(names)}
        used = {line.note_type for line in every}
        package.types = sorted(
            ((kind, mods[kind.kind]) for kind in edition.types if kind.kind in used),
            key=lambda each: each[0].id,
        )
        package.pictures = sorted(edition.pictures.get(top, ()))
    return made


def _draft_name(name: str) -> str:
    """Return the name for a package with stamps that no lock has: it is not for learners."""
    return name.removesuffix(".apkg") + DRAFT_ENDING


def package_names(decks: Iterable[str]) -> dict[str, str]:
    """Return the names of packages below the output folder, by the top-level decks in them."""
    tops = dict.fromkeys(top_level(deck) for deck in dict.fromkeys(decks))
    return {deck: f"anki/{file}.apkg" for deck, file in file_names(tops).items()}


def _make(
    package: Package,
    edition: Edition,
    pictures: Callable[[Iterable[str]], Mapping[str, bytes]],
    scratch: Path | None,
    _of: bytes,
) -> bytes | Path:
    from deckgen.anki.layout import StampedType, layout_of
    from deckgen.anki.package import StampedNote, write_package

    ids = {kind.kind: kind.id for kind, _ in package.types}
    # Learners who have a retired note keep its cards and see the banner. Others should not start to learn it:
    # a package cannot bring suspended cards, but it can bring a note without cards.
    live = ((line, cards) for line, cards, _ in package.notes)
    retired: Iterator[tuple[LockedNote, tuple[int, ...]]] = ((line, ()) for line in package.retired)
    return write_package(
        [
            StampedNote(
                line.nid,
                line.guid,
                ids[line.note_type],
                line.mod,
                line.deck,
                number,
                cards,
                edition.places.get(line.id, ()),
                edition.elsewhere.get(line.id, ()),
            )
            for number, (line, cards) in enumerate(chain(live, retired))
        ],
        TextFile(_texts(package, edition)),
        layout_of(
            [StampedType(kind, mod) for kind, mod in package.types],
            package.decks,
            f"{edition.project.id}: {next(iter(package.decks), '')}",
        ),
        pictures(package.pictures),
        scratch,
    )


def _texts(package: Package, edition: Edition) -> Iterator[str]:
    from deckgen.identity import Retirement

    for file, _ in package.files:
        yield from edition.notes.texts_of(file)
    for line in package.retired:
        if isinstance(line.state, Retirement):
            yield join_content(line.state.fields, line.state.tags)


TARGET = Anki()
