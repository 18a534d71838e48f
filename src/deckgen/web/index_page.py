"""The index: everything that the site offers, and a search over the concepts and words."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

import msgspec

from deckgen.core import Concept, Sheet, Word
from deckgen.filenames import file_names
from deckgen.guide import Guide
from deckgen.text import plain
from deckgen.text.ruby import base
from deckgen.vocabulary import typed_meanings
from deckgen.web.papers import Paper, named, versions
from deckgen.web.site import link

if TYPE_CHECKING:
    from collections.abc import Mapping

    from deckgen.web.frame import Frame
    from deckgen.web.site import Site

#: Letters of a definition that the search shows.
_GIST = 200


class Entry(msgspec.Struct, frozen=True):
    """A concept or a word in the search."""

    id: str
    term: str
    #: BCP 47 tag of the term; empty where it is the project's.
    language: str
    #: What else finds it.
    others: tuple[str, ...]
    #: Those of them that stand behind the term.
    aliases: tuple[str, ...]
    href: str
    gist: str
    #: Of the gist.
    gist_language: str


class Quiz(msgspec.Struct, frozen=True):
    """A sheet on the index."""

    sheet: Sheet
    #: Of its quiz; empty where it is printed only.
    href: str
    questions: int
    papers: tuple[Paper, ...]
    #: To fill in with bubbles.
    answer_sheets: tuple[Paper, ...]
    key: str


class Reading(msgspec.Struct, frozen=True):
    """A study guide on the index."""

    guide: Guide
    href: str
    papers: tuple[Paper, ...]


class Package(msgspec.Struct, frozen=True):
    """A deck's file on the index."""

    #: The deck's, which no file can always have.
    name: str
    href: str
    notes: int
    flashcards: tuple[Paper, ...]


class Counts(msgspec.Struct, frozen=True):
    """How much there is of what the index offers."""

    #: Questions by sheet.
    questions: dict[str, int]
    #: Notes by top-level deck.
    notes: dict[str, int]


def render(frame: Frame, site: Site, counts: Counts) -> bytes:
    """Return the page."""
    course = frame.course
    offered = [
        _quiz(site, sheet, counts)
        for sheet in course.sheets
        if sheet.id in site.quizzes or site.shows(sheet.id)
    ]
    return frame.page(
        "web/index.html",
        look="index",
        styles=("web/index.css",),
        scripts=("web/index.js",) if any(guide.concepts or guide.words for guide in site.contents) else (),
        quizzes=[quiz for quiz in offered if quiz.href],
        sheets=[quiz for quiz in offered if quiz.papers or quiz.answer_sheets or quiz.key],
        readings=_readings(site),
        tables=[(table, link(site.tables[table.id])) for table in course.tables if table.id in site.tables],
        packages=_packages(site, counts.notes),
        entries=sorted(
            (_entry(item, site, guide) for guide in site.contents for item in _items(guide)),
            key=lambda entry: (_sorted_as(base(entry.term)), entry.id),
        ),
        has_concepts=any(guide.concepts for guide in site.contents),
        has_words=any(guide.words for guide in site.contents),
    )


def _items(guide: Guide) -> tuple[Concept | Word, ...]:
    return (*guide.concepts, *guide.words)


def _sorted_as(term: str) -> str:
    """Return the sort key of a term: letters without accents and case."""
    return "".join(
        letter
        for letter in unicodedata.normalize("NFKD", term).casefold()
        if not unicodedata.combining(letter)
    )


def _entry(item: Concept | Word, site: Site, guide: Guide) -> Entry:
    href = link(f"{site.guides[guide.name]}#{item.id}")
    if isinstance(item, Word):
        others = (*item.accept, *typed_meanings(item))
        gist = base(" · ".join(item.meanings))
        return Entry(item.id, item.term, item.term_language, others, (), href, gist, item.language)
    gist = plain(item.definition)
    if len(gist) > _GIST:
        gist = gist[:_GIST].rsplit(" ", 1)[0] + " …"
    return Entry(item.id, item.term, item.language, item.aliases, item.aliases, href, gist, item.language)


def _quiz(site: Site, sheet: Sheet, counts: Counts) -> Quiz:
    return Quiz(
        sheet,
        link(site.quizzes.get(sheet.id, "")),
        counts.questions[sheet.id],
        versions(site, f"sheets/{sheet.id}"),
        versions(site, f"answer-sheets/{sheet.id}"),
        link(site.key(sheet.id)),
    )


def _readings(site: Site) -> list[Reading]:
    files = file_names(guide.name for guide in site.contents)
    return [
        Reading(guide, link(site.guides[guide.name]), named(site, "guides", files[guide.name]))
        for guide in site.contents
    ]


def _packages(site: Site, notes: Mapping[str, int]) -> list[Package]:
    decks = {file: deck for deck, file in file_names(notes).items()}
    return [
        Package(
            decks.get(file.name, file.name),
            link(file.path),
            notes.get(decks.get(file.name, ""), 0),
            named(site, "flashcards", file.name),
        )
        for file in site.decks
    ]
