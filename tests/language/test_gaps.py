"""Where gaps begin and end, and what divides an answer from its hint."""

from __future__ import annotations

import pytest

from deckgen.language.question.gaps import hidden_gaps, read_gaps


def gaps(text: str) -> list[tuple[int, str, str]]:
    """Return number, answer and hint of each gap of a text that has nothing wrong with it."""
    _, found, problems = read_gaps(text)
    assert problems == ()
    return [(gap.number, gap.answer, gap.hint) for gap in found]


def wrong(text: str) -> list[tuple[str, int]]:
    """Return what is wrong with a text, and where."""
    return [tuple(problem) for problem in read_gaps(text)[2] or hidden_gaps(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("{{a}} and {{b::c}}", [(1, "a", ""), (2, "b", "c")]),
        ("{{c2::a}} {{c1::b::c}}", [(2, "a", ""), (1, "b", "c")]),
        ("an array is {{`std::vector`}}", [(1, "`std::vector`", "")]),
        ("{{`std::map`::a template}}", [(1, "`std::map`", "a template")]),
        ("{{$a::b$}} {{$x$::y}}", [(1, "$a::b$", ""), (2, "$x$", "y")]),
        (
            "{{fe80::1}} {{::1}} {{2001:db8::/32::a prefix}}",
            [(1, "fe80::1", ""), (2, "::1", ""), (3, "2001:db8::/32", "a prefix")],
        ),
        (r"{{a\::b}} {{a\::b::c\::d}}", [(1, "a::b", ""), (2, "a::b", "c::d")]),
        ("{{std::}}", [(1, "std::", "")]),
        ("```rust\nlet v = {{Vec::new()}};\n```", [(1, "Vec::new()", "")]),
        (
            "```\n{{bind:: takes an address}} {{map :: Int}}\n```",
            [(1, "bind", "takes an address"), (2, "map :: Int", "")],
        ),
        ("$x = {{a::b}}$ $y = {{c:: d}}$", [(1, "a::b", ""), (2, "c", "d")]),
    ],
)
def test_what_divides_an_answer_from_its_hint(text, expected):
    r"""The first `::` outside of code and formulas that a hint follows; `\::` is text, and so is an IPv6 address."""
    assert gaps(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("`{{ name }}` prints {{a variable}}", ["a variable"]),
        ("```\n{{ name }} {{x}}\n```", ["x"]),
        ("`{{x}}` {{c1::y}} `{{c2::z}}`", ["y", "z"]),
        ("```js\n{{function fun() {}}\n}\n```", ["function fun() {"]),
        (r"\{{x}} {{y}}", ["y"]),
        ("{{`{`}} and {{`}}`}}", ["`{`", "`}}`"]),
        (r"${{\frac{{a}}{b}}}$ {{$\frac{{a}}{b}$}}", [r"\frac{{a}}{b}", r"$\frac{{a}}{b}$"]),
        ("$x^{{{n}}}$", ["{n}"]),
    ],
)
def test_braces_that_are_text(text, expected):
    """Code with braces is code, and a backslash makes braces text."""
    assert [answer for _, answer, _ in gaps(text)] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("x {{c1::a {{c2::b}} c}}", [("nested", 10)]),
        ("x {{a {{b}} c}}", [("nested", 6)]),
        ("x {{a", [("unclosed", 2)]),
        ("x {{::b}} {{}}", [("empty", 2), ("empty", 10)]),
        ("{{a}} {{c1::b}}", [("mixed", 0)]),
        ("```c\nint a[2][2] = {{1, 2}, {3, 4}};\n```", [("unclosed", 19)]),
        ("see [the {{page}}](https://example.org/{{x}})", [("hidden", 39)]),
        ("![{{x}}](media/x.png) {{y}}", [("hidden", 2)]),
        ("[x](https://x.y '{{t}}') {{y}}", [("hidden", 17)]),
        ("```{{x}}\ny\n```\n\n{{z}}", [("hidden", 3)]),
        ("[x]\n\n[x]: https://x.y/{{z}}\n", [("hidden", 22)]),
    ],
)
def test_what_is_wrong(text, expected):
    """A gap that is not closed, empty, in another one, or where nobody sees it, is reported with its place."""
    assert wrong(text) == expected
