"""Cards are sourced, terse, asked once, and do not give themselves away."""

from __future__ import annotations

from collections import Counter
from statistics import mean

from deckgen import core

#: Characters; more does not fit the screen of a phone beside what else the card shows.
LONGEST = {"prompt": 140, "explanation": 240, "correction": 210, "definition": 200, "example": 110}
LONGEST_CELL = 110
#: Words on the back of a card that asks for a whole row.
LONGEST_ROW = 30
#: Below this many characters a difference in length says nothing.
SHORT = 12


def _choices(compiled) -> list[core.Choice]:
    """List the choice questions that people wrote, not those made from the table."""
    return [item for item in compiled.course.items if isinstance(item, core.Choice) and "/" not in item.id]


def _rows(compiled):
    return [row for table in compiled.course.tables for row in table.rows]


def test_every_item_names_a_source(compiled):
    """No fact stands in the deck without a source."""
    assert [item.id for item in compiled.course.items if not item.citations] == []


def test_every_source_is_used_and_can_be_found(compiled):
    """A source is cited somewhere, and has an address unless it is our own measurement."""
    items = compiled.course.items
    cited = {citation.key for item in items for citation in item.citations}
    seen = {citation.key for item in items if isinstance(item, core.TrueFalse) for citation in item.seen}

    sources = compiled.course.sources
    assert [source.key for source in sources if source.key not in cited | seen] == []
    assert [source.key for source in sources if not source.url.startswith("http")] == ["experiment"]


def test_texts_are_short(compiled):
    """A card is read at one glance."""
    too_long = [
        (item.id, name, len(text))
        for item in compiled.course.items
        for name, limit in LONGEST.items()
        if "/" not in item.id and len(text := str(getattr(item, name, ""))) > limit
    ]
    cells = [cell for table in compiled.course.tables for row in table.rows for cell in row.cells]

    assert too_long == []
    assert [cell.text for cell in cells if len(str(cell.text)) > LONGEST_CELL] == []
    rows = [(row.id, " ".join(str(cell.text) for cell in row.cells)) for row in _rows(compiled)]
    assert [id_ for id_, text in rows if len(text.split()) > LONGEST_ROW] == []


def test_nothing_is_asked_twice(compiled):
    """No two items have the same prompt, claim, gap text or term."""
    asked = Counter(
        str(getattr(item, "prompt", "") or getattr(item, "text", "") or getattr(item, "term", "")).casefold()
        for item in compiled.course.items
        if not isinstance(item, core.Contrast)
    )

    assert [text for text, count in asked.items() if count > 1] == []


def test_the_right_option_does_not_stand_out(compiled):
    """The right option is neither much longer nor much shorter than all wrong ones, nor often an extreme."""
    longest, shortest = [], []
    for question in _choices(compiled):
        right = [len(str(option.text)) for option in question.options if option.right]
        wrong = [len(str(option.text)) for option in question.options if not option.right]
        if max(right) > SHORT:
            assert max(right) <= 1.25 * max(wrong), question.id
        if min(wrong) > SHORT:
            assert min(right) >= 0.6 * min(wrong), question.id
        if not question.multiple:
            longest.append(right[0] > max(wrong))
            shortest.append(right[0] < min(wrong))

    assert len(longest) > 15
    assert mean(longest) < 0.35
    assert mean(shortest) < 0.35


def test_wrong_options_say_why(compiled):
    """Whoever takes a wrong option is told what is wrong with it."""
    silent = [
        (question.id, option.text)
        for question in _choices(compiled)
        for option in question.options
        if not option.right and not option.why
    ]

    assert silent == []


def test_true_and_false_are_balanced(compiled):
    """Whoever answers "false" throughout is right as often as a coin."""
    answers = [item.answer for item in compiled.course.items if isinstance(item, core.TrueFalse)]

    assert 0.4 < mean(answers) < 0.6


def test_a_claim_is_heard_more_than_once_where_it_says_so(compiled):
    """What is called widespread was met on two pages; a copy of the article is no second one."""
    claims = [item for item in compiled.course.items if "widespread" in item.tags]

    assert len(claims) > 15
    assert [item.id for item in claims if len({one.key for one in item.seen} - {"nftartranking"}) < 2] == []


def test_claims_are_false_where_they_are_called_so(compiled):
    """No claim that is merely vague is to be judged: a learner could not know the answer."""
    claims = [item for item in compiled.course.items if isinstance(item, core.TrueFalse)]

    assert {item.verdict for item in claims} == {"", "false", "misleading"}
