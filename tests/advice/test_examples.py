"""Each piece of advice names what it must, and not what it must not."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

import deckgen.advice
from deckgen.advice import advise
from deckgen.cli.session import compile_at
from deckgen.diagnostics import Severity
from deckgen.diagnostics.locate import locate
from deckgen.diagnostics.rule import Example, RuleDoc, docs_in, rules_in
from deckgen.diagnostics.text import text
from deckgen.root import PROJECT_FILE
from laws import all_hold
from rules.example_project import write_project

DOCS = docs_in(deckgen.advice)
EXPECTED = Path(__file__).parent / "expected"
DECK = '[deck]\nname = "Arithmetic"\n'


def _choice(prompt: str, answer: str, *distractors: str, more: str = "") -> str:
    listed = ", ".join(f"'{each}'" for each in distractors)
    return (
        f"{DECK}\n[[question]]\nid = 'asked'\ntype = 'choice'\nprompt = '{prompt}'\nanswer = '{answer}'\n"
        f"distractors = [{listed}]\n{more}"
    )


def _claim(claim: str) -> str:
    return f'{DECK}\n[[misconception]]\nid = "claimed"\nclaim = "{claim}"\ncorrection = "No."\n'


#: What looks like a flaw and is none.
MUST_NOT = {
    "long-answer": [
        _choice("What is 6 × 7?", "forty-two", "42 × 2", "48"),
        _choice("?", "Twenty-one", "7", "9"),
    ],
    "all-of-the-above": [_choice("Who is it?", "All Saints", "Above us", "All the others and Tom")],
    "none-not-last": [_choice("How many?", "None", "One", "Two")],
    "negative-stem": [
        _choice("It does not run. What do you do?", "Ask", "Wait", "Go"),
        _choice("What does `not` do?", "Negates", "Adds", "Waits"),
        _choice("Which is NOT even?", "Three", "Two", "Four"),
    ],
    "absolute-distractor": [
        _choice("What holds?", "It is always even", "It is always odd", "It is prime"),
        _choice("How many?", "All of two", "No more than one", "Only one"),
    ],
    "vague-option": [_choice("What may it do?", "Some of it", "May Day", "Part of it")],
    "echoed-stem": [
        _choice("Which number is a prime number?", "The number 3", "The number 4", "The number 6"),
        _choice("What is an odd sum?", "An odd one", "Ten", "Two"),
    ],
    "grammar-cue": [
        _choice("Which letter is an A?", "The first", "The second", "The third"),
        _choice("It is a", "prime", "square", "cube"),
        _choice("What are", "sums", "products", "rests"),
    ],
    "overlapping-ranges": [
        _choice("When?", "1900–1949", "1950–1999", "2000"),
        _choice("How much?", "1–2 m", "1–2 kg", "3"),
        _choice("Which code?", "A1–B2", "1–B", "x"),
    ],
    "unlike-options": [
        _choice("Which?", "`sum`", "Product", "Rest"),
        _choice("Which?", "a sum", "a product", "Rest"),
        _choice("Which?", "One.", "Two.", "Three"),
    ],
    "many-options": [_choice("Which?", "One", "Two", "Three", "Four")],
    "two-options": [_choice("Which?", "One", "Two", "Three")],
    "same-meaning": [
        _choice("Which?", "`A`", "`a`", "B"),
        _choice("Which?", "$x$", "$X$", "y"),
        _choice("Which?", "1.5", "15", "5"),
    ],
    "two-claims": [
        _claim("TCP and UDP are protocols, services and ports."),
        _claim("A sum, or the result of an addition, is a number (and no more)."),
        _claim("For two numbers, and for three, the order is without effect."),
    ],
    "telling-hint": [
        _choice("Which?", "Sum", "Rest", "Part", more='hint = "It sums up."\n'),
        _choice("Which?", "Sum", "Rest", "Part"),
    ],
}


def _advised(root: Path) -> tuple[list[str], str]:
    """Return the codes of the advice on a project without mistakes, and the report as people read it."""
    compiled, snapshot, found = compile_at(root)
    assert found == []
    assert compiled.course is not None
    assert compiled.manuscript is not None
    given = advise(compiled.course, compiled.manuscript)
    assert {each.severity for each in given} <= {Severity.ADVICE}
    report = locate(given, snapshot.cards | {PROJECT_FILE: snapshot.project or ""})
    return [item.diagnostic.code for item in report.found], text(report)


def test_the_bad_example_is_named(tmp_path: Path, expect_file: Callable[[Path, str], None]) -> None:
    """The bad example gets this advice and no other, worded as was reviewed."""

    def check(doc: RuleDoc) -> None:
        write_project(tmp_path / doc.code, doc.bad)
        codes, said = _advised(tmp_path / doc.code)
        assert set(codes) == {doc.code}
        expect_file(EXPECTED / f"{doc.code}.txt", said)

    all_hold(DOCS.items(), check)


def test_the_good_example_is_not(tmp_path: Path) -> None:
    """The good example gets no advice."""

    def check(doc: RuleDoc) -> None:
        write_project(tmp_path / doc.code, doc.good)
        assert _advised(tmp_path / doc.code)[0] == []

    all_hold(DOCS.items(), check)


def test_what_only_looks_like_it_is_not_named(tmp_path: Path) -> None:
    """An alarm that is none makes people stop reading the others."""
    cases = [(code, case) for code, cases in MUST_NOT.items() for case in cases]

    def check(number: int) -> None:
        code, case = cases[number]
        write_project(tmp_path / str(number), (Example(case),))
        assert code not in _advised(tmp_path / str(number))[0]

    all_hold(((f"{code}: {case}", number) for number, (code, case) in enumerate(cases)), check)


def test_each_names_its_source() -> None:
    """What is advised says who says so; what looks at words says for which language."""

    def check(doc: RuleDoc) -> None:
        told = " ".join(doc.why)
        assert doc.code == "stale-acceptance" or any(who in told for who in ("Haladyna", "NBME", "doi:"))
        known = getattr(rules_in(deckgen.advice)[doc.code], "LANGUAGES", None)
        assert ("English" in told) == (known == ("en",)) or doc.code == "guessable"

    all_hold(DOCS.items(), check)


def test_words_are_looked_at_in_their_language_only(tmp_path: Path) -> None:
    """A German project gets no advice on English words, and all other advice."""
    write_project(tmp_path, DOCS["negative-stem"].bad)
    project = tmp_path / PROJECT_FILE
    project.write_text(project.read_text("utf-8") + 'language = "de"\n', encoding="utf-8", newline="\n")
    assert _advised(tmp_path)[0] == []


@pytest.mark.parametrize("accepted", ["many-options", "many-options sums"])
def test_accepted_advice_is_not_given(accepted: str, tmp_path: Path) -> None:
    """A code, or a code and an id, in `accepted` silences it; an entry for another item does not."""
    write_project(tmp_path, DOCS["many-options"].bad)
    project = tmp_path / PROJECT_FILE
    told = project.read_text("utf-8")
    for entry, codes in ((accepted, []), ("many-options other", ["many-options", "stale-acceptance"])):
        project.write_text(f'{told}[advice]\naccepted = ["{entry}"]\n', encoding="utf-8", newline="\n")
        assert sorted(_advised(tmp_path)[0]) == codes


def test_bounds_are_settings(tmp_path: Path) -> None:
    """A project that allows more is told less."""
    write_project(tmp_path, DOCS["many-options"].bad)
    project = tmp_path / PROJECT_FILE
    told = project.read_text("utf-8")
    project.write_text(f"{told}[advice]\noptions = 6\n", encoding="utf-8", newline="\n")
    assert _advised(tmp_path)[0] == []


def test_short_answers_on_a_sheet_are_no_alarm(tmp_path: Path) -> None:
    """A name or a number that another question prints is not its answer: "443" and "TCP" stand everywhere."""
    cards = DECK + (
        "\n[[question]]\nid = 'port'\ntype = 'short'\nprompt = 'Which port has HTTPS?'\nanswer = '443'\n"
        "\n[[question]]\nid = 'ports'\ntype = 'matching'\nprompt = 'Match.'\n"
        "pairs = [['https over TCP', '443'], ['http', '80']]\n"
        "\n[[question]]\nid = 'transport'\ntype = 'choice'\nprompt = 'What carries HTTP/1.1?'\n"
        "answer = 'TCP'\ndistractors = ['UDP', 'IP']\n"
        "\n[[sheet]]\nid = 'test'\ntitle = 'Test'\nfrom = ['port', 'ports', 'transport']\n"
    )
    write_project(tmp_path, (Example(cards),))
    assert _advised(tmp_path)[0] == []


def test_an_answer_in_sentences_can_be_put_together(tmp_path: Path) -> None:
    """The lines of a table to be sorted hold, together, what an open question asks for."""
    cards = DECK + (
        "\n[[question]]\nid = 'explain'\ntype = 'open'\nprompt = 'Explain.'\n"
        "model = 'A prime has exactly two divisors. A square is the product of equal factors.'\n"
        "\n[[question]]\nid = 'sort'\ntype = 'matching'\nprompt = 'Prime or square?'\n"
        "pairs = [['It has exactly two divisors', 'prime'], ['It is a product of equal factors', 'square']]\n"
        "\n[[sheet]]\nid = 'test'\ntitle = 'Test'\nfrom = ['explain', 'sort']\n"
    )
    write_project(tmp_path, (Example(cards),))
    assert _advised(tmp_path)[0] == ["self-answering"]
