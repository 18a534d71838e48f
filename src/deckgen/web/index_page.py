"""The index: everything that the site offers, and a search over the concepts."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

import msgspec

from deckgen.core import Concept, Sheet
from deckgen.guide import Guide, top_level
from deckgen.sheet.plan import plan
from deckgen.text import plain
from deckgen.web.site import File, link

if TYPE_CHECKING:
    from deckgen.web.frame import Frame
    from deckgen.web.site import Site

#: Letters of a definition that the search shows.
_GIST = 200


class Entry(msgspec.Struct, frozen=True):
    """A concept in the search."""

    concept: Concept
    href: str
    gist: str


class Paper(msgspec.Struct, frozen=True):
    """A printed version of a sheet."""

    href: str
    #: A, B, C, …
    version: str
    #: How it is printed; empty for as usual.
    profile: str


class Quiz(msgspec.Struct, frozen=True):
    """A sheet on the index."""

    sheet: Sheet
    href: str
    questions: int
    papers: tuple[Paper, ...]
    key: str


class Package(msgspec.Struct, frozen=True):
    """A deck's file on the index."""

    file: File
    href: str
    notes: int


def render(frame: Frame, site: Site) -> bytes:
    """Return the page."""
    course = frame.course
    return frame.page(
        "web/index.html",
        look="index",
        styles=("web/index.css",),
        scripts=("web/index.js",) if any(guide.concepts for guide in site.contents) else (),
        quizzes=[_quiz(frame, site, sheet) for sheet in course.sheets],
        guides=[(guide, link(site.guides[guide.name])) for guide in site.contents],
        tables=[(table, link(site.tables[table.id])) for table in course.tables],
        packages=[_package(frame, file) for file in site.decks],
        entries=sorted(
            (_entry(concept, site, guide) for guide in site.contents for concept in guide.concepts),
            key=lambda entry: (_sorted_as(entry.concept.term), entry.concept.id),
        ),
    )


def _sorted_as(term: str) -> str:
    """Return what a term is sorted by: letters without their accents, whatever their case."""
    return "".join(
        letter
        for letter in unicodedata.normalize("NFKD", term).casefold()
        if not unicodedata.combining(letter)
    )


def _entry(concept: Concept, site: Site, guide: Guide) -> Entry:
    gist = plain(concept.definition)
    if len(gist) > _GIST:
        gist = gist[:_GIST].rsplit(" ", 1)[0] + " …"
    return Entry(concept, link(f"{site.guides[guide.name]}#{concept.id}"), gist)


def _quiz(frame: Frame, site: Site, sheet: Sheet) -> Quiz:
    papers = {(file.name, file.ending): file for file in site.papers.get(sheet.id, ())}
    key = papers.pop(("key", "html"), None)
    return Quiz(
        sheet,
        link(site.quizzes[sheet.id]),
        len(plan(frame.course, sheet)[0].questions),
        tuple(
            Paper(link(file.path), *file.name.partition("-")[::2])
            for file in sorted(papers.values(), key=lambda file: _in_order(file.name))
            if file.ending == "html"
        ),
        link(key.path) if key else "",
    )


def _in_order(name: str) -> tuple[str, int, str]:
    """Put versions in the order of the alphabet, those printed as usual first."""
    version, _, profile = name.partition("-")
    return profile, len(version), version


def _package(frame: Frame, file: File) -> Package:
    notes = sum(item.in_deck and top_level(item.deck) == file.name for item in frame.course.items)
    return Package(file, link(file.path), notes)
