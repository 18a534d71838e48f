"""Numbers keep the spelling of their authors on their way through the compiler."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from deckgen.compiler.parse import parse
from deckgen.language.question.numeric import spelled

HEAD = '[[question]]\nid = "q"\ntype = "numeric"\nprompt = "?"\n'


def answers(text: str) -> list[tuple[str, str]]:
    """Return the answer and the tolerance of each numeric question of a file."""
    file, found = parse("cards.toml", text)
    assert found == []
    return [
        (spelled(entry.item.answer), spelled(entry.item.tolerance))
        for entry in file.entries
        if hasattr(entry.item, "tolerance")
    ]


@pytest.mark.parametrize(
    ("lines", "kept"),
    [
        ("answer = 3.10", ("3.10", "0")),
        ("answer = 3.10 # of pi\ntolerance = 0.050", ("3.10", "0.050")),
        ("answer=6.022e23\ntolerance   =   1E20", ("6.022e23", "1E20")),
        ("answer = 1_000_000", ("1000000", "0")),
        ("answer = 0xFF", ("0xFF", "0")),
        ("answer = +5", ("+5", "0")),
        ("'answer' = 1.0", ("1.0", "0")),
        ('answer = "1/3"', ("1/3", "0")),
        ('answer = "3.10"\ntolerance = "1 %"', ("3.10", "1 %")),
    ],
)
def test_the_spelling_is_kept(lines: str, kept: tuple[str, str]) -> None:
    """Zeros at the end, exponents, bases, quotes or none."""
    assert answers(HEAD + lines) == [kept]


def test_lines_of_other_questions_and_texts_are_no_numbers_of_these() -> None:
    """Where a search by lines could be misled, the positions of keys decide."""
    text = (
        '[[question]]\nid = "a"\ntype = "short"\nprompt = """\nanswer = 1.50\n"""\nanswer = "x"\n'
        + HEAD
        + "answer = 2.50\n"
        + HEAD.replace('"q"', '"r"')
        + "tolerance = 0.10\nanswer = 3.50\n"
    )
    assert answers(text) == [("2.50", "0"), ("3.50", "0.10")]


def test_questions_in_an_inline_array_keep_it_too() -> None:
    """However the file is written."""
    assert answers('question = [{ id = "q", type = "numeric", prompt = "?", answer = 2.50 }]') == [
        ("2.50", "0")
    ]


# On a busy machine anything is slow.
@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(st.floats(allow_nan=False, allow_infinity=False) | st.integers(-(10**18), 10**18), max_size=5)
)
def test_any_number_stays_the_number_that_it_is(numbers: list[float]) -> None:
    """What is kept is another spelling at most."""
    text = "".join(f"{HEAD}answer = {number!r}\n" for number in numbers)
    file, _ = parse("cards.toml", text)
    assert [float(entry.item.answer) for entry in file.entries] == [float(number) for number in numbers]
