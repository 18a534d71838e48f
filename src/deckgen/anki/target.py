"""The Anki target: a package for each top-level deck."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from deckgen.anki.note_text import by_number, join_content
from deckgen.anki.previous import DRAFT_ENDING
from deckgen.batches import batches
from deckgen.core import Course, top_level
from deckgen.engine.output import Key, Output, key
from deckgen.filenames import file_names

if TYPE_CHECKING:
    from deckgen.anki.edition import Edition
    from deckgen.anki.notetypes import NoteType
    from deckgen.identity import LockedNote
    from deckgen.targets import Context

#: Milliseconds for a package whose layout is not kept, most of which takes the import of genanki, and for each note.
_COST, _COST_OF_NOTE = 80, 0.03
#: Notes whose digest is made at once.
_PART = 1000


@dataclass(kw_only=True)
class Package:
    """What goes into a package of an edition."""

    edition: Edition
    #: Full names of its decks, and their descriptions.
    decks: dict[str, str] = field(default_factory=dict)
    #: Files of cards that the notes come from, in order, each with the places of its notes in the edition.
    files: list[tuple[str, range]] = field(default_factory=list)
    retired: list[LockedNote] = field(default_factory=list)
    #: Note types with their stamps.
    types: list[tuple[NoteType, int]] = field(default_factory=list)
    #: Names of its pictures, sorted; they identify the contents.
    pictures: list[str] = field(default_factory=list)

    @property
    def places(self) -> Iterator[int]:
        """The places of its live notes in the edition."""
        return chain.from_iterable(places for _, places in self.files)

    @property
    def lines(self) -> Iterator[LockedNote]:
        """The lines of its live notes."""
        return map(self.edition.stamped.notes.__getitem__, self.places)


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
                key=_key(package),
                make=partial(_make, package, context.pictures, context.scratch),
                cost=_COST + _COST_OF_NOTE * sum(len(places) for _, places in package.files),
            )


def _stamped(package: Package) -> set[str]:
    """Return the names of all that has a stamp."""
    lines = chain(package.lines, package.retired)
    return {*(line.guid for line in lines), *(kind.kind for kind, _ in package.types)}


def _key(package: Package) -> Key:
    edition = package.edition
    cards, hashes = edition.cards, edition.html_hashes
    notes = (
        (line.nid, line.guid, line.note_type, line.mod, line.deck, cards[place], hashes[place])
        for place, line in zip(package.places, package.lines, strict=True)
    )
    # In parts, since all of them together take much memory.
    parts = [key(part) for part in batches(notes, _PART)]
    # Most courses say nothing here.
    placed, elsewhere = (
        [said.get(line.id, ()) for line in package.lines] if said else []
        for said in (edition.places, edition.elsewhere)
    )
    return key(parts, placed, elsewhere, package.retired, package.types, package.decks, package.pictures)


def packages(edition: Edition) -> dict[str, Package]:
    """Divide an edition into packages, by their top-level decks."""
    made: dict[str, Package] = {}

    def package_of(line: LockedNote) -> Package:
        return made.setdefault(top_level(line.deck), Package(edition=edition))

    start = 0
    for file, count in edition.notes.places():
        if count:
            package_of(edition.stamped.notes[start]).files.append((file, range(start, start + count)))
        start += count
    for line in edition.stamped.retired:
        package_of(line).retired.append(line)
    mods = {kind.key: kind.mod for kind in edition.stamped.types}
    for top, package in made.items():
        # In the order in which they are first named.
        decks = dict.fromkeys(line.deck for line in chain(package.lines, package.retired))
        for line in chain(package.lines, package.retired) if edition.elsewhere else ():
            decks |= dict.fromkeys(deck for _, deck in edition.elsewhere.get(line.id, ()))
        package.decks = {deck: edition.descriptions.get(deck, "") for deck in decks}
        used = {line.note_type for line in chain(package.lines, package.retired)}
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
    pictures: Callable[[Iterable[str]], Mapping[str, bytes]],
    scratch: Path | None,
    _of: bytes,
) -> bytes | Path:
    from deckgen.anki.layout import StampedType, layout_of
    from deckgen.anki.notes_of_package import notes_of
    from deckgen.anki.package import write_package

    return write_package(
        notes_of(package),
        by_number(_texts(package)),
        layout_of(
            [StampedType(kind, mod) for kind, mod in package.types],
            package.decks,
            f"{package.edition.project.id}: {next(iter(package.decks), '')}",
        ),
        pictures(package.pictures),
        scratch,
    )


def _texts(package: Package) -> Iterator[str]:
    from deckgen.identity import Retirement

    for file, _ in package.files:
        yield from package.edition.notes.texts_of(file)
    for line in package.retired:
        if isinstance(line.state, Retirement):
            yield join_content(line.state.fields, line.state.tags)


TARGET = Anki()
