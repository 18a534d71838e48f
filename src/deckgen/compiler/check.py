"""Run every rule over a linked project."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from html import unescape
from typing import Any

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

_ESCAPES = ("\\u", "\\U", "\\x", "\\b", "\\e", "\\f", "\\r")
_SOUND = re.compile(r"\[sound:([^\]]+)\]")
_MEDIA_KEY = re.compile(r"\b(?:sound|picture|logo)\b\"?\s*[=:]")

_TEXT_RULES: dict[ProblemKind, Callable[[Problem, Place], Diagnostic]] = {
    ProblemKind.CHARACTER: lambda problem, place: control_character.found(problem.message, place),
    ProblemKind.LINK: lambda problem, place: unsafe_link.found(problem.message, place),
    ProblemKind.IMAGE: lambda problem, place: unsafe_media.remote(problem.message, place),
    ProblemKind.MATHS: lambda problem, place: bad_maths.found(problem.message, place),
    ProblemKind.HTML: lambda problem, place: unsafe_html.found(problem.message, place),
    ProblemKind.MARKUP: foreign_markup.found,
    ProblemKind.ALTERNATIVE: empty_alternative.found,
}

#: Reads a picture by its path relative to the project's folder.
ReadMedia = Callable[[str], MediaFile | MediaProblem]


def check_project(manuscript: Manuscript) -> Iterator[Diagnostic]:
    """Yield what the rules have to say of the project as a whole, but for pictures and sheets."""
    for rule in project_checks():
        yield from rule(manuscript)


def check_files(manuscript: Manuscript) -> list[Diagnostic]:
    """Return what the rules have to say of the items of all files, each by itself."""
    in_bubbles = manuscript.project.sheet.bubble_sheets
    return [diagnostic for file in manuscript.files for diagnostic in check_file(file, in_bubbles=in_bubbles)]


def check_file(file: File, *, in_bubbles: bool = False) -> Iterator[Diagnostic]:
    """Yield what the rules have to say of the items of a file, each by itself.

    `in_bubbles` says whether drawn answers must have room in the bubbles of an answer sheet.
    """
    for entry in (*file.entries, *file.stems, *file.sheets):
        item: Any = entry.item
        if not (isinstance(item, Question) and item.is_drawn):
            yield from _check_item(item, entry.place, file.text)
            continue
        found, draw = prove(item, entry.place, in_bubbles=in_bubbles)
        yield from found
        # What is wrong with every draw, such as two options alike, was told with its values.
        told = {(each.code, each.place) for each in found}
        for each in _check_item(draw, entry.place, file.text):
            if (each.code, each.place) not in told:
                yield each
    if file.deck is not None:
        yield from _check_deck(file.deck, Place(file.name, ("deck",)))


def _check_item(item: Any, at: Place, source: str) -> Iterator[Diagnostic]:
    """Yield what the rules have to say of an item; `source` is the text of its file."""
    kind: Any = type(item)
    for item_rule in item_checks(kind):
        yield from item_rule(item, at)
    yield from _check_texts(item, at, source)


def may_show_pictures(source: str) -> bool:
    """Return whether the source of a file may contain a text that names a picture."""
    return (
        ("!" in source and "![" in source)
        or ("<" in source and "img" in source)
        or "[sound:" in source
        or _names_media(source)
        or _has_escapes(source)
    )


def _names_media(source: str) -> bool:
    """Return whether the source of a file may contain a word with a sound or a picture, or a sheet with a logo."""
    return ("sound" in source or "picture" in source or "logo" in source) and bool(_MEDIA_KEY.search(source))


def _has_escapes(source: str) -> bool:
    """Return whether the source of a file may contain an escaped character."""
    return "\\" in source and any(escape in source for escape in _ESCAPES)


def _check_texts(item: Any, at: Place, source: str) -> Iterator[Diagnostic]:
    for path, text, markdown in texts(item):
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
    manuscript: Manuscript, read: ReadMedia, pictures: Callable[[], list[str]]
) -> tuple[dict[str, MediaFile], list[Diagnostic]]:
    """Read every picture that a text names; each mistake is reported where it is first made.

    `pictures` lists those that are there, to propose one.
    """
    known: dict[str, MediaFile | MediaProblem] = {}
    found: list[Diagnostic] = []
    if logo := manuscript.project.sheet.logo:
        known[logo] = read(logo)
        found += _media_problems(known[logo], Place(PROJECT_FILE, ("sheet", "logo")), pictures)
    for file in manuscript.files:
        if not may_show_pictures(file.text):
            continue
        for entry in (*file.entries, *file.stems, *file.sheets):
            for path, text, markdown in texts(entry.item):
                if isinstance(text, str) and "![" not in text:
                    continue
                for name in _adopted_sounds(text, manuscript):
                    # Where it is not there, its name says nothing of where it is.
                    if name not in known and isinstance(sound := read(name), MediaFile):
                        known[name] = sound
                for name in images(text) if markdown else ():
                    place = entry.place.child(*path)
                    if name not in known:
                        known[name] = read(name)
                        found += _media_problems(known[name], place, pictures)
                    elif isinstance(known[name], MediaProblem):
                        found += _media_problems(known[name], place, pictures)
    return {name: media for name, media in known.items() if isinstance(media, MediaFile)}, found


def _adopted_sounds(text: Text, manuscript: Manuscript) -> Iterator[str]:
    """Yield the paths of sounds that HTML names as Anki's editor does, of those that were taken over."""
    if isinstance(text, Html) and "[sound:" in text.html:
        names = map(unescape, _SOUND.findall(text.html))
        yield from (f"{FOLDER}/{name}" for name in names if name in manuscript.frozen.media)


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
