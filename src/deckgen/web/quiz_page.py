"""The page of a sheet's quiz."""

from __future__ import annotations

from hashlib import sha256
from math import ceil
from typing import TYPE_CHECKING, Any

import msgspec
from markupsafe import Markup

from deckgen.core import Matching, Word
from deckgen.scoring import Rule, unit
from deckgen.sheet.points import grade_rows, says_points
from deckgen.vocabulary import typed_answers
from deckgen.web.frame import TEXT_SCRIPTS
from deckgen.web.site import link
from deckgen.web.texts import script_json
from deckgen.web.topics import topics_of
from deckgen.words.numbers import marks

if TYPE_CHECKING:
    from deckgen.core import Cloze, Example, Table
    from deckgen.core.accents import Accents
    from deckgen.sheet.version import Question, Version
    from deckgen.web.frame import Frame
    from deckgen.web.site import Site

#: How a kind is answered on a screen: `<way>.js` and `<way>.css` of `templates/web`. A new kind is a line here.
WAYS = {
    "choice": "options",
    "multiple": "options",
    "true-false": "options",
    "short": "typed",
    "numeric": "typed",
    "cloze": "typed",
    "ordering": "ordering",
    "matching": "matching",
    "open": "judged",
    "concept": "judged",
    "contrast": "judged",
    "word": "typed",
}

#: Scripts of every quiz, in the order in which they run.
_SCRIPTS = ("scoring", "state", "grading", "asking", "result", "summary", "commands", "attempt")

#: Words that the scripts of every quiz say, and those of one way.
_SPOKEN = [
    "answer-first",
    "check",
    "count-partly",
    "count-right",
    "count-unanswered",
    "count-wrong",
    "drop-answers",
    "finish",
    "mark-right",
    "mark-wrong",
    "next",
    "nothing-missed",
    "place",
    "question-number",
    "review",
    "score-of",
    "show-all",
    "show-missed",
    "verdict-partly",
    "verdict-right",
    "verdict-unanswered",
    "verdict-wrong",
]
_SPOKEN_BY = {
    "judged": ["judge-first", "pending", "reveal", "verdict-pending"],
    "matching": ["mark-empty"],
    "options": ["mark-missed"],
    "ordering": ["mark-place", "moved-to"],
    "topics": ["look-at"],
    "typed": ["mark-almost", "mark-empty", "verdict-almost"],
}


class TableLink(msgspec.Struct, frozen=True):
    """The row of a table that a question was made from."""

    title: Any
    href: str


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """A question as the page asks it."""

    #: Id of its element.
    anchor: str
    number: int
    way: str
    #: Numbers of its topics.
    topics: tuple[int, ...]
    #: Number of its section.
    section: int
    arrangement: Any
    rule: Rule
    table: TableLink | None
    #: Matching: whether the right side is listed with letters, because a list of choices could not show it.
    lettered: bool = False
    #: Matching: for each entry on the left its partner on the right, by its place in the author's text.
    partners: tuple[int, ...] = ()


def render(frame: Frame, site: Site, attempts: tuple[Version, ...]) -> bytes:
    """Return the page: without scripts it shows one version of the sheet, with scripts any order.

    `attempts` are the same questions with the numbers of each attempt.
    """
    version = attempts[0]
    sheet = version.sheet
    names, topics = topics_of(version)
    units = unit((q.item, q.rule) for q in version.questions)
    parts: list[dict[str, Any]] = [
        {
            "title": part.title,
            "instructions": part.instructions,
            "questions": [
                _with_attempts(
                    [
                        _question(frame, site, version, each, section, topics[q.number], units)
                        for each in _draws(q, attempts)
                    ]
                )
                for q in part.questions
            ],
        }
        for section, part in enumerate(version.parts)
    ]
    questions = [question for part in parts for question in part["questions"]]
    kinds = {q.kind: WAYS[q.kind] for q in version.questions}
    ways = sorted(set(kinds.values()))
    stem = ("stem",) if any(q.item.stem for q in version.questions) else ()
    by_topic = ("topics",) if names else ()
    spoken = [*_SPOKEN, *(key for each in (*by_topic, *ways) for key in _SPOKEN_BY[each])]
    settings = _settings(frame, version, names, questions, kinds, units, spoken)
    return frame.page(
        "web/quiz.html",
        look="quiz",
        styles=tuple(f"web/{name}.css" for name in ("quiz", *stem, *by_topic, *ways)),
        scripts=(
            *(("grader.js",) if "typed" in ways else ()),
            *(f"web/{name}.js" for name in (*_SCRIPTS, *by_topic, *ways, "start")),
            *TEXT_SCRIPTS,
        ),
        sheet=sheet,
        version=version,
        parts=parts,
        questions=questions,
        points=version.points,
        topics=names,
        # A printed version has other numbers.
        key=link(site.key(sheet.id)) if len(attempts) == 1 else "",
        guides=[(each, link(site.guides[each.name])) for each in site.contents if sheet.id in each.sheets],
        data=script_json(settings),
    )


def _settings(
    frame: Frame,
    version: Version,
    topics: tuple[str, ...],
    questions: list[Markup],
    ways: dict[str, str],
    units: int,
    spoken: list[str],
) -> dict[str, Any]:
    sheet = version.sheet
    said = {key: frame.words[f"web-{key}"] for key in spoken}
    if "typed" in ways.values():
        said |= {key: frame.words[f"typed-{key}"] for key in ("read-as", "read-as-decimal", "unread")}
        said["verdict-unread"] = frame.words["typed-not-read"]
    grades = [(grade.name, ceil(grade.least * units)) for grade in grade_rows(version)]
    if grades:
        said["grade"] = frame.words["web-grade"]
    return {
        "project": frame.course.project.id,
        "sheet": sheet.id,
        "title": sheet.title,
        "code": version.code,
        # An edit of any question makes answers kept by a browser meaningless.
        "hash": sha256("\n".join(questions).encode()).hexdigest()[:16],
        "order": sheet.order,
        "feedback": sheet.feedback,
        "topics": topics,
        "unit": units,
        "decimal": marks(frame.course.project.language).decimal,
        "ways": ways,
        "words": said,
        **({"grades": grades} if grades else {}),
        **({"scored": True} if says_points(version) else {}),
    }


def _draws(question: Question, attempts: tuple[Version, ...]) -> list[Question]:
    """Return a question with the numbers of each attempt, once each."""
    found: list[Question] = []
    for each in (version.questions[question.number - 1] for version in attempts):
        if all(each.item != other.item for other in found):
            found.append(each)
    return found


def _with_attempts(forms: list[Markup]) -> Markup:
    """Return a question's form; those of further attempts wait in a template after it."""
    if len(forms) == 1:
        return forms[0]
    return Markup("{}\n<template>\n{}\n</template>").format(forms[0], Markup("\n").join(forms[1:]))


def _question(
    frame: Frame,
    site: Site,
    version: Version,
    question: Question,
    section: int,
    topics: tuple[int, ...],
    units: int,
) -> Markup:
    item = question.item
    matched = _matched(frame, question) if isinstance(item, Matching) else {}
    asked = Asked(
        anchor=f"q{question.number}",
        number=question.number,
        way=WAYS[item.kind],
        topics=topics,
        section=section,
        arrangement=question.arrangement,
        rule=question.rule,
        table=_table(frame, site, item.cell),
        **matched,
    )
    prompt = getattr(item, "prompt", "")
    html = frame.env.get_template(f"web/{item.kind}.html").render(
        q=asked,
        item=item,
        unit=units,
        stem=frame.texts.stem(prompt),
        show_points=any(each.item.points != 1 for each in version.questions),
        gaps=lambda sentence: _fields(frame, sentence, getattr(item, "accents", "almost")),
        filled=lambda sentence: filled_in(frame, sentence),
        typed=typed_answers(item) if isinstance(item, Word) else (),
    )
    return Markup(html)  # noqa: S704 -- an escaping template made it


def _matched(frame: Frame, question: Question) -> dict[str, Any]:
    arrangement: Any = question.arrangement
    at = {entry.letter: entry.source for entry in arrangement.right}
    return {
        "lettered": any(frame.texts.is_rich(entry.text) for entry in arrangement.right),
        "partners": tuple(at[entry.letter] for entry in arrangement.left),
    }


def _fields(frame: Frame, item: Cloze | Example, accents: Accents) -> Markup:
    """Return a text with a field in each gap."""
    template = frame.env.get_template("web/gap.html")

    def field(index: int) -> Markup:
        gap = item.gaps[index]
        html = template.render(gap=gap, number=index + 1, all=len(item.gaps), accents=accents)
        return Markup(html.strip())  # noqa: S704 -- an escaping template made it

    return frame.texts.gaps(item, field)


def filled_in(frame: Frame, item: Cloze | Example) -> Markup:
    """Return a text with the answers in their gaps."""
    return frame.texts.gaps(
        item, lambda index: Markup("<mark>{}</mark>").format(frame.texts.inline(item.gaps[index].answer))
    )


def _table(frame: Frame, site: Site, cell: str) -> TableLink | None:
    id_, _, rest = cell.partition("/")
    table: Table | None = next((table for table in frame.course.tables if table.id == id_), None)
    if table is None or id_ not in site.tables:
        return None
    row = rest.partition("/")[0]
    return TableLink(table.title, link(f"{site.tables[id_]}#{row}" if row else site.tables[id_]))
