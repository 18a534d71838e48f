"""What packages hold besides notes: pictures, and counts of everything."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import partial
from pathlib import Path

from deckgen.anki.edition import Edition
from deckgen.anki.media import MediaNames
from deckgen.anki.target import package_names
from deckgen.confined import open_file, spelt
from deckgen.contents import Content, Contents, content_of
from deckgen.core import Course, Project
from deckgen.diagnostics import Diagnostic
from deckgen.engine.state import Counts
from deckgen.pipeline.stamp_report import Places
from deckgen.reading.media import all_pictures
from deckgen.reading.templates import TEMPLATES_FOLDER
from deckgen.rules import large_media, template
from deckgen.rules.unused_media import FOLDER


def pictures_by_name(
    root: Path, names: Iterable[str], media: Mapping[str, bytes], project: Project
) -> Contents:
    """Return pictures by their names in packages; `media` are those that texts name, by their paths.

    A picture that only a retired note shows, and that is no longer in the project, is left out: learners have it,
    and a package depends on the project and its lock alone.
    """
    wanted = sorted(names)
    adopted = dict(project.adopted_media)
    found = dict(MediaNames(media, project.adopted_media).contents.contents)
    missing = [name for name in wanted if name not in found]
    found |= _adopted_files(root, {name: adopted[name] for name in missing if name in adopted})
    if not found.keys() >= set(wanted):
        found |= MediaNames(all_pictures(root), project.adopted_media).contents.contents
    return Contents({name: found[name] for name in wanted if name in found})


def _adopted_files(root: Path, hashes: Mapping[str, str]) -> dict[str, Content]:
    """Read adopted files that no text names by its path: sounds in HTML, and what templates use."""
    found = {}
    for name, hash_ in hashes.items():
        try:
            content, _ = content_of(partial(open_file, root, spelt(root, f"{FOLDER}/{name}")))
        except OSError:
            continue
        if content.hash == hash_:
            found[name] = content
    return found


def mistakes_of_packages(
    edition: Edition, places: Places, root: Path, media: Mapping[str, bytes]
) -> Iterator[Diagnostic]:
    """Yield a diagnostic for each note without a card, and for each package whose pictures are too large together."""
    for id_ in edition.cardless:
        message = f"the front of the card of `{id_}` shows none of its fields"
        yield template.found(f"{TEMPLATES_FOLDER}/anki", message, None)
    for deck, names in edition.pictures.items():
        found = pictures_by_name(root, names, media, edition.project).contents
        size = sum(content.size for content in found.values())
        if size > large_media.LIMIT:
            name = package_names(edition.decks)[deck]
            yield large_media.of_package(name, size, places.of_package(deck))


def count(edition: Edition, course: Course, outputs: Collection[str]) -> Counts:
    """Count what a build made."""
    lines = zip(edition.stamped.notes, edition.cards, strict=True)
    return Counts(
        decks=len({line.deck for line, cards in lines if cards}),
        notes=len(edition.stamped.notes) + len(edition.stamped.retired),
        cards=sum(map(len, edition.cards)),
        sheets=len(course.sheets),
        files=len(outputs),
    )
