"""The content is complete: the table, the concepts, the misconceptions, the bank, the quiz, the sheets."""

from __future__ import annotations

import re

from deckgen import core
from deckgen.advice import advise
from deckgen.sheet.plan import plan

ROWS = [
    "what-it-is",
    "identified-by",
    "layer",
    "created-by",
    "lifetime",
    "how-many",
    "numbering",
    "assigned-by",
    "relation",
    "without-the-other",
    "security",
    "inspect",
    "interface",
    "analogy",
    "etymology",
    "examples",
]
QUIZ = [
    "it-quiz-artificial-intelligence",
    "it-quiz-octal-radix",
    "it-quiz-voice-assistants",
    "it-quiz-iterative-process",
    "it-quiz-internet-of-things",
    "it-quiz-bold-text",
    "it-quiz-home-page",
    "it-quiz-cyberattack",
    "it-quiz-moon-lander",
    "it-quiz-search-engine",
]


def _in_file(compiled, stem: str) -> list[core.Item]:
    return [
        item for item in compiled.course.items if item.file.rpartition("/")[2] == stem and "/" not in item.id
    ]


def test_table_has_all_sixteen_rows_with_sourced_cells(compiled):
    """Every aspect says something of both, with a source, and every row is asked."""
    (table,) = compiled.course.tables

    assert [row.id for row in table.rows] == [f"socket-vs-port/{row}" for row in ROWS]
    for row in table.rows:
        assert [cell.concept for cell in row.cells] == ["socket", "port"], row.id
        assert all(cell.text and cell.citations for cell in row.cells), row.id
    made = {item.id for item in compiled.course.items}
    assert {f"socket-vs-port/{row}/contrast" for row in ROWS} <= made


def test_a_cell_does_not_name_its_own_concept(compiled):
    """A card that asks of which of the two a cell holds does not give it away."""
    (table,) = compiled.course.tables
    for row in table.rows:
        socket, port = (re.sub(r"`[^`]*`", "", str(cell.text)).casefold() for cell in row.cells)
        assert "socket" not in socket, row.id
        # "System ports" and the like: the numbers of the other cells speak for themselves.
        if row.id != "socket-vs-port/etymology":
            assert not re.search(r"\bports?\b", port), row.id


def test_table_and_matching_questions_use_every_row_once(compiled):
    """The matching questions made from the table share its rows out among them."""
    made = [item for item in compiled.course.items if item.id.startswith("socket-vs-port/match/")]
    cells = [str(pair.left) for item in made if isinstance(item, core.Matching) for pair in item.pairs]

    assert len(made) == 5
    assert len(cells) == len(set(cells)) == 2 * (len(ROWS) - 1)


def test_there_are_twenty_five_concepts_and_each_is_used(compiled):
    """What a concept's card teaches comes up elsewhere: in a question, a claim or the table."""
    concepts = [item for item in compiled.course.items if isinstance(item, core.Concept)]
    assert len(concepts) == 25
    for concept in concepts:
        names = [re.sub(r" \(.*\)", "", name) for name in (concept.term, *concept.aliases)]
        pattern = re.compile("|".join(rf"\b{re.escape(name)}" for name in names), re.IGNORECASE)
        users = [
            item.id
            for item in compiled.course.items
            if not isinstance(item, core.Concept) and pattern.search(_speech(item))
        ]
        assert users, concept.id


def _speech(item: core.Item) -> str:
    """Return all that an item says."""
    return " ".join(str(getattr(item, name)) for name in item.__struct_fields__ if name not in ("id", "was"))


def test_misconceptions_point_at_what_they_get_wrong(compiled):
    """Every misconception but one about an option of sockets is tied to a cell, a row, a concept or a question."""
    refutations = {refutation.id: refutation.corrects for refutation in compiled.course.refutations}
    untied = [
        item.id
        for item in _in_file(compiled, "misconceptions")
        if not (refutations.get(item.id) or getattr(item, "cell", ""))
    ]

    assert untied == ["reuseaddr-is-the-same-on-windows"]
    assert {f"socket-vs-port/{row}" for row in ("what-it-is", "security", "relation")} <= {
        "/".join(corrects.split("/")[:2]) for corrects in refutations.values()
    }


def test_widespread_misconceptions_and_those_of_the_article_are_there(compiled):
    """Some mistakes are met everywhere; the article makes its own, and both are marked."""
    tags = {item.id: item.tags for item in _in_file(compiled, "misconceptions")}

    assert len([id_ for id_, marks in tags.items() if "widespread" in marks]) == 19
    assert len([id_ for id_, marks in tags.items() if "article" in marks]) == 25
    # Met on one page each.
    assert [id_ for id_, marks in tags.items() if not {"widespread", "article"} & {*marks}] == [
        "socket-and-port-are-the-same",
        "ports-from-1024-are-ephemeral",
    ]


def test_questions_are_thirty_two(compiled):
    """The questions about sockets and ports are whole."""
    assert len(_in_file(compiled, "questions")) == 32


def test_quiz_keeps_the_order_of_the_article(compiled):
    """The ten questions stand in the file, and in every version of the sheet, in the article's order."""
    assert [item.id for item in _in_file(compiled, "it-quiz")] == QUIZ

    (sheet,) = [sheet for sheet in compiled.course.sheets if sheet.id == "it-quiz"]
    for version in plan(compiled.course, sheet):
        assert [question.item.id for question in version.questions] == QUIZ


def test_sheets_draw_what_they_promise(compiled):
    """Versions of a sheet have the same questions, each once; many statements are true and false ones."""
    for sheet in compiled.course.sheets:
        versions = plan(compiled.course, sheet)
        drawn = [sorted(question.item.id for question in version.questions) for version in versions]
        assert len(drawn[0]) == len(set(drawn[0])) >= (5 if sheet.id == "socket-or-port" else 10), sheet.id
        assert all(each == drawn[0] for each in drawn), sheet.id
        statements = [
            question.item.answer
            for question in versions[0].questions
            if isinstance(question.item, core.TrueFalse)
        ]
        assert len(statements) < 3 or {*statements} == {True, False}, sheet.id


def test_ten_minutes_end_with_the_hard_question(compiled):
    """The short test says that its last question is the hard one."""
    (sheet,) = [sheet for sheet in compiled.course.sheets if sheet.id == "ten-minutes"]
    for version in plan(compiled.course, sheet):
        assert len(version.questions) == 10
        assert version.questions[-1].item.difficulty == "hard"


def test_the_course_follows_all_advice(compiled):
    """What `deckgen check --advice` looks for is not in the course."""
    assert advise(compiled.course, compiled.manuscript) == []
