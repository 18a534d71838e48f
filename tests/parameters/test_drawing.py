"""The same seed has the same numbers for ever, and versions have different ones."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from deckgen import result_cache
from deckgen.compiler.parameters.drawing import ATTEMPTS, Drawing
from deckgen.language.question import Numeric, Question
from deckgen.sheet.plan import plan
from texts import PROJECT, compiled, deck, reported

if TYPE_CHECKING:
    import pytest

EXPECTED = Path(__file__).parent / "expected"
SUM = """[[question]]
id     = "sum"
type   = "numeric"
params = { a = { min = 10, max = 19 }, b = { one_of = [1, 2, 3] } }
prompt = "What is @{a} + @{b}?"
answer = { expr = "a + b" }
"""


def question(text: str) -> Question:
    """Return the one question of a file of cards."""
    manuscript = compiled({"a": deck("A", text)}).manuscript
    assert manuscript is not None
    item = manuscript.items[0].item
    assert isinstance(item, Question)
    return item


def prompts(made: tuple[Question, ...]) -> list[str]:
    return [str(getattr(each, "prompt", "")) for each in made]


def test_drawn_numbers_stay_as_they_are(expect_file: Callable[[Path, str], None]) -> None:
    """What was printed once, and what learners have on their cards, is drawn so by every version of deckgen."""
    drawing = Drawing(question(SUM), "en")
    lines = ["first", *prompts((drawing.first(),)), "attempts", *prompts(drawing.attempts())]
    for seed in (0, 1, 77):
        lines += [f"exam, seed {seed}", *prompts(drawing.versions("exam", seed, 5))]
    expect_file(EXPECTED / "drawn.txt", "\n".join(lines) + "\n")


def test_draws_differ_while_there_are_enough() -> None:
    """Thirty combinations are enough for twenty-six versions; two of them take turns."""
    drawing = Drawing(question(SUM), "en")
    assert drawing.first() == drawing.attempts()[0]
    assert len(set(prompts(drawing.attempts()))) == ATTEMPTS
    assert len(set(prompts(drawing.versions("exam", 3, 26)))) == 26
    assert prompts(drawing.versions("exam", 3, 2)) == prompts(drawing.versions("exam", 3, 26))[:2]
    assert prompts(drawing.versions("exam", 3, 2)) != prompts(drawing.versions("other", 3, 2))
    few = Drawing(question(SUM.replace("{ min = 10, max = 19 }", "4").replace("[1, 2, 3]", "[1, 2]")), "en")
    made = prompts(few.versions("exam", 0, 4))
    assert made[:2] == made[2:]
    assert len(set(made)) == len(few.attempts()) == 2


def test_a_renamed_question_keeps_its_numbers() -> None:
    """Its oldest id decides."""
    old = question(SUM)
    new = msgspec.structs.replace(old, id="addition", was=("sum", "total"))
    assert prompts(Drawing(new, "en").versions("exam", 5, 9)) == prompts(
        Drawing(old, "en").versions("exam", 5, 9)
    )


def test_what_the_sample_missed_is_never_drawn() -> None:
    """What no sample found to be impossible, such as a division by zero, is passed over."""
    rare = SUM.replace("b = { one_of = [1, 2, 3] }", "b = { one_of = [0, 1] }").replace('"a + b"', '"a / b"')
    drawing = Drawing(question(rare), "en")
    assert all(
        isinstance(each, Numeric) and "+ 1" in str(each.prompt) for each in drawing.versions("exam", 1, 20)
    )


def test_versions_and_cards_have_their_own_draw() -> None:
    """A sheet has a draw for each version, its code tells them apart, and the item of the course is another."""
    sheet = '[[sheet]]\nid = "exam"\ntitle = "E"\nfrom = ["A"]\nversions = 3\n'
    course = compiled({"a": deck("A", SUM, sheet)}).course
    assert course is not None
    versions = plan(course, course.sheets[0])
    asked = [version.questions[0].item for version in versions]
    assert len({*asked}) == len({version.code for version in versions}) == 3
    assert {item.answer for item in asked if hasattr(item, "answer")} == {*versions[0].numbers}
    assert course.items[0] == course.draws["sum"].attempts[0]


# ---- What `check` finds


PARAMS = "{ a = { min = 10, max = 19 }, b = { one_of = [1, 2, 3] } }"


def with_(answer: str = '{ expr = "a + b" }', params: str = PARAMS, more: str = "") -> list[str]:
    """Return what is wrong with the question with other keys."""
    text = SUM.replace('{ expr = "a + b" }', answer).replace(PARAMS, params)
    return reported({"a": deck("A", text + more)})


def test_all_combinations_are_tried() -> None:
    """What cannot be asked with some of them is told, with an example of the values and how many there are."""
    assert with_('{ expr = "a / (b - 2)" }') == [
        "impossible-question: `a / (b - 2)` is a division by zero (where a = 10, b = 2, and 9 more of 30)"
    ]
    assert with_('{ expr = "a / b" }') == [
        "impossible-question: `a / b` is a number with too many digits (where a = 10, b = 3, and 6 more of 30)"
    ]
    assert with_('{ expr = "b / 1000", digits = 2 }', "{ a = 2.5, b = { one_of = [1, 5] } }") == [
        "impossible-question: `b / 1000` is a number that is rounded to 0 (where b = 1)"
    ]
    assert with_('{ expr = "a - 10 * b" }', more='tolerance = "1 %"\n') == [
        "impossible-question: `1 %` of an answer that is 0 is 0 (where a = 10, b = 1)"
    ]


def test_options_that_are_alike_are_found() -> None:
    """Two wrong ones, and a right one among the wrong."""
    text = (
        '[[question]]\nid = "c"\ntype = "choice"\nparams = { a = { min = 1, max = 3 }, who = "Ann" }\n'
        'prompt = "@{who} doubles @{a}?"\nanswer = "@{2 * a}"\ndistractors = ["@{a + 1}", "@{a**2}", "@{3 * a - 3}"]\n'
    )
    assert reported({"a": deck("A", text)}) == [
        "answer-among-distractors: a distractor is the right answer (where a = 1)",
        "answer-among-distractors: a distractor is the right answer (where a = 2)",
        "duplicate-option: the same distractor twice (where a = 2)",
        "answer-among-distractors: a distractor is the right answer (where a = 3)",
    ]


def test_answers_have_room_in_bubbles() -> None:
    """Only where answer sheets are printed."""
    long = SUM.replace('"a + b"', '"a**7 + b"')
    assert reported({"a": deck("A", long)}) == []
    (found,) = reported({"a": deck("A", long), "deckgen.toml": PROJECT + "[sheet]\nbubble_sheets = true\n"})
    assert "the answer `105413505` is longer than the 8 characters that have bubbles" in found
    assert "(where a = 14, b = 1, and 17 more of 30)" in found


def test_every_mistake_of_parameters_is_told_in_one_run() -> None:
    """In the names, the values, the expressions and the texts."""
    assert with_(params="{ a = { min = 10 }, b = { one_of = [1, 1] }, pi = 3, lambda = 4, d-e = inf }") == [
        "bad-parameter: `a` has no `max` (give it `max` as well)",
        "bad-parameter: `b` has the same value twice ()",
        "bad-parameter: `pi` is a number already (choose another name)",
        "bad-parameter: a parameter cannot be called `lambda` (choose another name)",
        "bad-parameter: a parameter cannot be called `d-e` (letters, digits and `_`, a letter first)",
        "bad-parameter: `d-e` is not a finite number ()",
    ]
    assert with_(
        params="{ a = { min = 1, max = 9, step = 0 }, b = { min = 1, max = 2, one_of = [3] }, c = { max = nan } }"
    ) == [
        "bad-parameter: the step of `a` is out of range (must be greater than 0)",
        "bad-parameter: `min` and `one_of` exclude each other (remove one of them)",
        "bad-parameter: `max` and `one_of` exclude each other (remove one of them)",
        "bad-parameter: `max` of `c` is not a finite number ()",
        "unused-parameter: nothing names the parameter `c` ()",
    ]
    assert with_(params="{ a = { min = 1, max = 20000 }, b = {} }") == [
        "bad-parameter: `a` has more than 10,000 values (take a larger `step`, or fewer numbers)",
        "bad-parameter: `b` has no values (give it `min` and `max`, or `one_of`)",
    ]
    assert with_(
        '{ expr = "a + log(c)", digits = 99 }', '{ a = 1, b = "two", c = 3 }', 'hint = "@{b * 2} @{d}"\n'
    ) == [
        "bad-expression: `b * 2` cannot be calculated: `b` is a text ()",
        "unknown-parameter: the question has no parameter `d` ()",
        "bad-expression: `a + log(c)` cannot be calculated: there is no function `log` (did you mean `log10`?)",
        "bad-expression: `digits` is out of range (must be from 0 to 15)",
    ]
    assert with_('{ expr = "2 * 3" }', "{ a = 1, b = 2 }") == []
    assert (
        reported({"a": deck("A", SUM.partition("params")[0] + 'prompt = "?"\nanswer = { expr = "6 * 7" }\n')})
        == []
    )


def test_other_mistakes_are_told_in_the_same_run() -> None:
    """The rules look at a draw that can be asked, and where there is none at dummy numbers."""
    more = 'penalty = 3\nhint = "<b>"\nexplanation = "$@{a} \\\\frac$"\n'
    for answer, mistake in {
        '{ expr = "1 / (b - 2)", digits = 1 }': "impossible-question",
        '{ expr = "1 / (b - b)" }': "impossible-question",
        '{ expr = "c(" }': "bad-expression",
    }.items():
        codes = [each.partition(":")[0] for each in with_(answer, more=more)]
        assert codes == [mistake, "number-out-of-range", "bad-maths", "foreign-markup"]


def test_what_is_wrong_with_every_draw_is_told_once() -> None:
    """By the proof where there is one, otherwise by the rule itself."""
    text = (
        '[[question]]\nid = "c"\ntype = "choice"\nparams = { a = { one_of = [1, %d] } }\nprompt = "@{a}?"\n'
        'answer = "@{a}"\ndistractors = ["x", "x", "@{a + 1}", "@{a + 2}"]\n'
    )
    assert reported({"a": deck("A", text % 2)}) == [
        "duplicate-option: the same distractor twice (with all values)"
    ]
    assert reported({"a": deck("A", text % 1)}) == [
        "bad-parameter: `a` has the same value twice ()",
        "duplicate-option: the same distractor twice ()",
    ]


def test_mistakes_of_names_values_and_expressions_are_told_in_one_run() -> None:
    """But for expressions with a name that no parameter can have."""
    params = "{ lambda = 1, d-e = 1, b = { min = 2 }, who = { one_of = ['x', 'x'] } }"
    assert with_('{ expr = "lambda + d-e + 1" }', params, 'hint = "@{c} @{who + 1} @{1 +}"\n') == [
        "bad-parameter: a parameter cannot be called `lambda` (choose another name)",
        "bad-parameter: a parameter cannot be called `d-e` (letters, digits and `_`, a letter first)",
        "bad-parameter: `b` has no `max` (give it `max` as well)",
        "bad-parameter: `who` has the same value twice ()",
        "unknown-parameter: the question has no parameter `c` ()",
        "bad-expression: `who + 1` cannot be calculated: `who` is a text ()",
        "bad-expression: `1 +` cannot be calculated: it is not an expression ()",
        "unknown-parameter: the question has no parameter `a` ()",
    ]


def test_an_answer_is_no_text_with_placeholders() -> None:
    """The expression to write is proposed."""
    assert with_('"@{a + b}"') == ['bad-number: `@{a + b}` is not a number (write `{ expr = "a + b" }`)']


class Kept(dict[str, bytes]):
    """A cache in memory."""

    def put(self, name: str, content: bytes) -> None:
        """Keep something under a name."""
        self[name] = content


def test_a_proof_is_kept_until_the_question_changes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each question without mistakes is kept by itself, with and without bubbles; with mistakes it is tried again."""
    monkeypatch.setattr(result_cache, "_caches", [])
    kept = Kept()
    result_cache.use_cache(kept)
    wrong = '{ expr = "a / (b - 2)", digits = 1 }'
    assert len(with_(wrong)) == len(with_(wrong)) == 1
    assert not kept
    assert with_() == with_() == []
    assert len(kept) == 1
    bubbles = {"deckgen.toml": PROJECT + "[sheet]\nbubble_sheets = true\n"}
    reported({"a": deck("A", SUM), **bubbles})
    assert len(kept) == 2
    # What is kept is believed.
    monkeypatch.setattr(Kept, "get", lambda _cache, _name: b"")
    assert with_(wrong) == []


def test_a_sample_is_told(tmp_path: Path) -> None:
    """`check` says which questions have more combinations than it tried, and how many."""
    (tmp_path / "cards").mkdir()
    (tmp_path / "deckgen.toml").write_text(PROJECT, encoding="utf-8")
    many = SUM.replace("[1, 2, 3]", str([*range(1, 301)]))
    (tmp_path / "cards/a.toml").write_text(deck("A", many), encoding="utf-8")
    result = subprocess.run(
        [sys.executable, "-m", "deckgen", "check", "-C", tmp_path], capture_output=True, text=True, check=True
    )
    assert "1,000 of each question were tried (sum has 3,000)" in result.stderr


def test_a_question_without_parameters_has_no_placeholders() -> None:
    """There `@{…}` is text, as it always was."""
    course = compiled(
        {"a": deck("A", '[[question]]\nid = "q"\ntype = "short"\nprompt = "@{x}"\nanswer = "@{y}"\n')}
    ).course
    assert course is not None
    assert getattr(course.items[0], "prompt", "") == "@{x}"


def test_rows_of_a_table_have_no_parameters(tmp_path: Path) -> None:
    """`@{…}` is a column there, and both at once would be two things."""
    table = (
        '[[table]]\nfile = "a.csv"\nas = "numeric"\nparams = { a = 1 }\nprompt = "@{Q} @{a}"\n'
        'columns = { answer = "A" }\nid = "@{Q}"\n'
    )
    found = compiled({"a": deck("A", table)}, {"a.csv": b"Q,A\nx,1\n"}).diagnostics
    assert [each.code for each in found] == ["bad-parameter", "unknown-column"]
