"""How sheets ask words: in a direction, by options, by pairs, in sentences."""

from __future__ import annotations

import re
from typing import Any

import pytest

from deckgen.core import Course, Item
from deckgen.sheet import export
from deckgen.sheet.plan import plan
from deckgen.templating.own import templates_of
from texts import compiled

TEMPLATES = templates_of({})
NOUNS = {"gato": "cat", "vaca": "cow", "perro": "dog", "oveja": "sheep", "cabra": "goat", "pato": "duck"}
VERBS = {"comer": "to eat", "beber": "to drink", "volar": "to fly", "correr": "to run"}


def _word(term: str, meaning: str, part: str, more: str = "") -> str:
    example = f'examples = ["Es {{{{{term}}}}}.", "Otra vez {term}."]\n' if term in ("gato", "comer") else ""
    return f'[[word]]\nid = "{term}"\nterm = "{term}"\nmeaning = ["{meaning}"]\npart = "{part}"\n{example}{more}\n'


def _course(sheet: str, *more: str) -> Course:
    words = [_word(term, meaning, "noun") for term, meaning in NOUNS.items()]
    words += [_word(term, meaning, "verb") for term, meaning in VERBS.items()]
    head = '[deck]\nname = "Spanish"\nlanguage = "es"\n'
    made = compiled(
        {"words": "\n".join([head, *words, *more, f'[[sheet]]\nid = "test"\ntitle = "Test"\n{sheet}'])}
    )
    assert made.course is not None
    return made.course


def _asked(course: Course) -> list[Any]:
    return [question.item for question in plan(course, course.sheets[0])[0].questions]


@pytest.mark.parametrize("ask", ["recognise", "produce"])
def test_a_section_says_how_its_words_are_asked(ask: str) -> None:
    """`ask` of a sheet or of a section; words are asked for their meaning where neither says so."""
    course = _course(f'ask = "{ask}"\nfrom = ["type:word"]\ndraw = 3')
    assert [item.ask for item in _asked(course)] == [ask] * 3
    assert [item.ask for item in _asked(_course('from = ["gato"]'))] == ["recognise"]


def test_a_word_is_asked_once() -> None:
    """What one section has drawn, the next ones leave out, however they ask."""
    sections = "".join(
        f'[[sheet.section]]\nfrom = ["Spanish"]\ndraw = 3\nask = "{ask}"\n'
        for ask in ("recognise", "produce", "choose")
    )
    ids = [item.id for item in _asked(_course(sections))]
    assert len(ids) == len(set(ids)) == 9


def test_wrong_meanings_are_of_the_same_part_of_speech() -> None:
    """A choice has three wrong meanings, of other words of the deck and of the same part of speech."""
    for item in _asked(_course('from = ["Spanish"]\nask = "choose"')):
        right, wrong = (
            [option.text for option in item.options if option.right is yes] for yes in (True, False)
        )
        assert len(right) == 1
        assert len(set(wrong)) == 3
        own = NOUNS if item.id in NOUNS else VERBS
        assert {*right, *wrong} <= {*own.values()}


def test_a_wrong_meaning_is_wrong() -> None:
    """A word that means the same, or that is spelled the same, gives no wrong option."""
    twins = [_word("felino", "Cat", "noun"), _word("toro", "bull", "noun")]
    for item in _asked(_course('from = ["felino", "gato"]\nask = "choose"', *twins)):
        wrong = {option.text for option in item.options if not option.right}
        assert not wrong & {"cat", "Cat"}


def test_pairs_come_in_groups_of_eight_at_most() -> None:
    """Ten words are two matchings of five; each has a point for each pair, and two meanings that fit nothing."""
    items = _asked(_course('from = ["Spanish"]\nask = "match"\norder = "source"'))
    assert [(item.kind, len(item.pairs), item.points) for item in items] == [("matching", 5, 5)] * 2
    few = _asked(_course('from = ["Spanish"]\ndraw = 4\nask = "match"'))
    assert [(len(item.pairs), len(item.extra)) for item in few] == [(4, 2)]
    assert {pair.right for pair in few[0].pairs}.isdisjoint(few[0].extra)


def test_gaps_are_filled_in_examples_that_have_one() -> None:
    """Words without a gap are left out; the meaning is a hint where there is no translation."""
    items = _asked(_course('from = ["Spanish"]\nask = "fill"\norder = "source"'))
    assert [(item.id, item.examples[0].gaps[0].hint) for item in items] == [
        ("gato", "cat"),
        ("comer", "to eat"),
    ]


def test_questions_beside_words_stay_what_they_are() -> None:
    """A section may draw questions too; `ask` is for its words."""
    question = '[[question]]\nid = "q"\ntype = "short"\nprompt = "¿Qué hora es?"\nanswer = "las dos"\n'
    kinds = {item.id: item.kind for item in _asked(_course('from = ["Spanish"]\nask = "choose"', question))}
    assert kinds["q"] == "short"
    assert kinds["gato"] == "choice"


def test_a_word_takes_a_line_on_paper() -> None:
    """Words asked alike are one list with a line each, in the languages of term and meaning; no word is defined."""
    html = _page(_course('from = ["type:word"]\nask = "produce"'))
    assert html.count("<fieldset") == 1
    lines = re.findall(r"<li .*?</li>", html, re.DOTALL)
    assert len(lines) == len(NOUNS) + len(VERBS)
    assert all('lang="en"' in line and 'class="write"' in line and 'lang="es"' in line for line in lines)
    assert "Define" not in html
    assert not any(f">{term}<" in html for term in NOUNS)


def test_the_key_has_every_word() -> None:
    """Its marking table and its answers say what is right."""
    key = _page(_course('from = ["gato", "comer"]\nask = "recognise"'), "key")
    assert all(key.count(text) >= 2 for text in ("cat", "to eat"))
    assert "gato" in key


def _page(course: Course, name: str = "A") -> str:
    return export(course, TEMPLATES, {})[f"sheets/test/{name}.html"].decode()


def test_readings_stand_above_words_in_the_key() -> None:
    """Whether a word is asked for or is missing in a sentence."""
    taberu = _word("{食|た}べる", "to eat", "verb", 'examples = ["りんごを{{{食|た}べる}}。"]')
    for ask in ("produce", "fill"):
        course = _course(
            f'ask = "{ask}"\nfrom = ["taberu"]', taberu.replace('id = "{食|た}べる"', 'id = "taberu"')
        )
        key = export(course, TEMPLATES, {})["sheets/test/key.html"].decode()
        assert "{食" not in key
        assert key.count('<span class="reading">た</span>') >= 2


def test_versions_ask_the_same_words() -> None:
    """All versions draw the same words, in other orders."""
    course = _course('from = ["Spanish"]\ndraw = 6\nask = "produce"\nversions = 3')
    versions = plan(course, course.sheets[0])
    drawn: list[list[Item]] = [[question.item for question in version.questions] for version in versions]
    assert len({frozenset(item.id for item in items) for items in drawn}) == 1
    assert len({tuple(item.id for item in items) for items in drawn}) == 3
