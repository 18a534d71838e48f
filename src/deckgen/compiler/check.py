"""Run every rule over a linked project."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from html import unescape
from typing import Any, NamedTuple

from deckgen.compiler.parameters.prove import prove
from deckgen.core.text import Html, Text
from deckgen.diagnostics import Diagnostic, Path, Place
from deckgen.language.deck import Deck
from deckgen.language.manuscript import File, Manuscript, MediaFile, MediaProblem
from deckgen.language.note import Note
from deckgen.language.question import Cloze, Question
from deckgen.language.texts import texts
from deckgen.language.word import Word
from deckgen.nearest import nearest
from deckgen.root import PROJECT_FILE
from deckgen.rules import (
    bad_maths,
    control_character,
    empty_alternative,
    foreign_markup,
    item_checks,
    large_media,
    missing_media,
    project_checks,
    unreadable_media,
    unsafe_html,
    unsafe_link,
    unsafe_media,
)
from deckgen.rules.unused_media import FOLDER
from deckgen.text import Problem, ProblemKind, images, problems

_SOUND = re.compile(r"\[sound:([^\]]+)\]")

_TEXT_RULES: dict[ProblemKind, Callable[[Problem, Place], Diagnostic]] = {
    ProblemKind.CHARACTER: lambda problem, place: control_character.found(problem.message, place),
    ProblemKind.LINK: lambda problem, place: unsafe_link.found(problem.message, place),
    ProblemKind.IMAGE: lambda problem, place: unsafe_media.remote(problem.message, place),
    ProblemKind.MATHS: lambda problem, place: bad_maths.found(problem.message, place),
    ProblemKind.HTML: lambda problem, place: unsafe_html.found(problem.message, place),
    ProblemKind.MARKUP: foreign_markup.found,
    ProblemKind.ALTERNATIVE: empty_alternative.found,
}

#: Each text of an item, with its path below it and whether it is Markdown.
Texts = list[tuple[Path, Text, bool]]
#: Reads a picture by its path relative to the project's folder.
ReadMedia = Callable[[str], MediaFile | MediaProblem]


class Checked(NamedTuple):
    """What was found in a file of cards."""

    diagnostics: list[Diagnostic]
    #: Paths of the pictures and sounds that its texts name, in order.
    pictures: tuple[str, ...] = ()
    #: Names of sounds, where HTML names them as Anki's editor does.
    sounds: tuple[str, ...] = ()


class Named:
    """The pictures and sounds that texts name, in order."""

    def __init__(self) -> None:
        self.pictures: dict[str, None] = {}
        self.sounds: dict[str, None] = {}

    def look(self, of_item: Texts) -> None:
        """Add those that these texts name."""
        for _, text, markdown in of_item:
            if isinstance(text, Html):
                if "[sound:" in text.html:
                    self.sounds |= dict.fromkeys(map(unescape, _SOUND.findall(text.html)))
            elif "![" not in text:
                continue
            if markdown:
                self.pictures |= dict.fromkeys(images(text))


def check_project(manuscript: Manuscript) -> Iterator[Diagnostic]:
    """Yield what the rules have to say of the project as a whole, but for pictures and sheets."""
    for rule in project_checks():
        yield from rule(manuscript)


@contextmanager
def check_files(manuscript: Manuscript) -> Iterator[Callable[[], dict[str, Checked]]]:
    """Check the items of all files, each by itself (`compile.CheckFiles`)."""
    in_bubbles = manuscript.project.sheet.bubble_sheets
    yield lambda: {file.key: check_file(file, in_bubbles=in_bubbles) for file in manuscript.files}


def check_file(file: File, *, in_bubbles: bool = False) -> Checked:
    """Return what the rules have to say of the items of a file, each by itself, and the files that its texts name.

    `in_bubbles` says whether drawn answers must have room in the bubbles of an answer sheet.
    """
    found: list[Diagnostic] = []
    named = Named()
    for entry in (*file.entries, *file.stems, *file.sheets):
        item: Any = entry.item
        of_item = texts(item)
        named.look(of_item)
        if not (isinstance(item, Question) and item.is_drawn):
            found += _check_item(item, of_item, entry.place, file.text)
            continue
        mistakes, draw = prove(item, entry.place, in_bubbles=in_bubbles)
        found += mistakes
        # What is wrong with every draw, such as two options alike, was told with its values.
        told = {(each.code, each.place) for each in mistakes}
        for each in _check_item(draw, texts(draw), entry.place, file.text):
            if (each.code, each.place) not in told:
                found.append(each)
    if file.deck is not None:
        found += _check_deck(file.deck, Place(file.name, ("deck",)))
    return Checked(found, tuple(named.pictures), tuple(named.sounds))


def _check_item(item: Any, of_item: Texts, at: Place, source: str) -> Iterator[Diagnostic]:
    """Yield what the rules have to say of an item with these texts; `source` is the text of its file."""
    kind: Any = type(item)
    for item_rule in item_checks(kind):
        yield from item_rule(item, at)
    yield from _check_texts(item, of_item, at, source)


def _check_texts(item: Any, of_item: Texts, at: Place, source: str) -> Iterator[Diagnostic]:
    for path, text, markdown in of_item:
        gaps = isinstance(text, str) and "{{" in text and _may_have_gaps(item, path, text)
        found = problems(text, gaps=gaps) if markdown else problems_of_plain(text)
        for problem in found:
            yield _TEXT_RULES[problem.kind](problem, at.child(*path))
        if markdown and isinstance(text, str) and "$" in text and ("\t" in text or "\n" in text):
            yield from bad_maths.eaten(text, source, at.child(*path))


def _may_have_gaps(item: Any, path: Path, text: str) -> bool:
    if isinstance(item, Cloze):
        return path == ("text",)
    if isinstance(item, Note):
        # Which field is a cloze is not known here.
        return "{{c" in text
    return isinstance(item, Word) and path[0] == "examples" and path[-1] != "translation"


def _check_deck(deck: Deck, at: Place) -> Iterator[Diagnostic]:
    for key, found in (
        ("topic", problems_of_plain(deck.topic)),
        ("description", problems(deck.description)),
    ):
        for problem in found:
            yield _TEXT_RULES[problem.kind](problem, at.child(key))


def problems_of_plain(text: Text) -> tuple[Problem, ...]:
    """Return what is wrong with a text that is not Markdown: control characters only."""
    content = text.html if isinstance(text, Html) else text
    return tuple(problem for problem in problems(content) if problem.kind is ProblemKind.CHARACTER)


def read_pictures(
    manuscript: Manuscript,
    checked: Mapping[str, Checked],
    read: ReadMedia,
    pictures: Callable[[], list[str]],
) -> tuple[dict[str, MediaFile], list[Diagnostic]]:
    """Read every picture that a text of these files names; each mistake is reported where it is made.

    `pictures` lists those that are there, to propose one.
    """
    known: dict[str, MediaFile | MediaProblem] = {}
    if logo := manuscript.project.sheet.logo:
        known[logo] = read(logo)
    for each in checked.values():
        # Where an adopted sound is not there, its name says nothing of where it is.
        sounds = [sound for name in each.sounds if (sound := _adopted(name, manuscript))]
        known |= {name: read(name) for name in (*each.pictures, *sounds) if name not in known}
    wrong = {
        name: media
        for name, media in known.items()
        if isinstance(media, MediaProblem) or media.content.size > large_media.LIMIT
    }
    named = ((name, place) for file in manuscript.files for name, place in _named(file, checked, wrong))
    logos = [(logo, Place(PROJECT_FILE, ("sheet", "logo")))] if logo else []
    found: list[Diagnostic] = []
    for name, place in (*logos, *named):
        if name in wrong:
            found += _media_problems(wrong[name], place, pictures)
            if isinstance(wrong[name], MediaFile):
                # Where it is named first.
                del wrong[name]
    return {name: media for name, media in known.items() if isinstance(media, MediaFile)}, found


def _adopted(sound: str, manuscript: Manuscript) -> str | None:
    """Return the path of a sound that HTML names as Anki's editor does, if it was taken over."""
    return f"{FOLDER}/{sound}" if sound in manuscript.frozen.media else None


def _named(file: File, checked: Mapping[str, Checked], wrong: Collection[str]) -> Iterator[tuple[str, Place]]:
    """Yield the pictures that a file names, each with its place, if some of them are wrong."""
    if not wrong or set(checked[file.key].pictures).isdisjoint(wrong):
        return
    for entry in (*file.entries, *file.stems, *file.sheets):
        for path, text, markdown in texts(entry.item):
            for name in images(text) if markdown else ():
                yield name, entry.place.child(*path)


def _media_problems(
    media: MediaFile | MediaProblem, place: Place, pictures: Callable[[], list[str]]
) -> Iterator[Diagnostic]:
    if isinstance(media, MediaFile):
        if media.content.size > large_media.LIMIT:
            yield large_media.found(media.path, media.content.size, place)
    elif media.what == "missing":
        yield missing_media.found(media.path, nearest(media.path, pictures()), place)
    elif media.what == "unsafe":
        yield unsafe_media.found(media.path, media.reason, place)
    else:
        yield unreadable_media.found(media.path, media.reason, place)
