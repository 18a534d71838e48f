"""A number is written as the place needs it where its placeholder stands."""

from __future__ import annotations

from fractions import Fraction

from deckgen.compiler.parameters.slots import read
from deckgen.core import Html
from laws import all_hold

VALUES = {"a": Fraction(-3), "b": Fraction("1234567.5"), "n": Fraction(12), "who": "Ann & Ben"}
#: In German, whose decimal sign is a comma.
CASES = {
    "@{a} and @{b}": "−3 and 1.234.567,5",
    "@{ n + 1 }@{n}": "1312",
    "3 + @{a}": "3 + (−3)",
    "3 − @{a}, x - @{a}, 2·@{a}, 6 / @{a}": "3 − (−3), x - (−3), 2·(−3), 6 / (−3)",
    "@{n} - @{a}": "12 - (−3)",
    "x = @{a}; from @{a} to 0": "x = −3; from −3 to 0",
    "- @{a}": "- −3",
    "a word - @{a}": "a word - −3",
    "@{a}² and @{a}^2": "(−3)² and (−3)^2",
    "**@{a}**": "**−3**",
    "`@{a} + @{b}`": "`-3 + 1234567.5`",
    "```\n@{b}\n```": "```\n1234567.5\n```",
    "$@{b}$": "$1234567{,}5$",
    "$@{a} + 3$": "${-3} + 3$",
    "$3 + @{a}$": "$3 + ({-3})$",
    r"$3 \cdot @{a} = @{3 * a}$": r"$3 \cdot ({-3}) = {-9}$",
    r"$\frac{@{a}}{@{n}}$": r"$\frac{{-3}}{12}$",
    r"$\sin @{a} \le @{a}$": r"$\sin ({-3}) \le {-3}$",
    "$@{a}^2 + 2@{a}x + (@{a})$": "$({-3})^2 + 2({-3})x + ({-3})$",
    "$x^@{n} y_@{a}$": "$x^{12} y_{-3}$",
    r"$\text{is } @{a}$": r"$\text{is } {-3}$",
    "$$@{n} - @{a}$$": "$$12 - ({-3})$$",
    "@{who} has @{n}.": "Ann & Ben has 12.",
    r"\@{a} is @{a}": "@{a} is −3",
    "@{round(n / 7, 2)}": "1,71",
}


def test_numbers_fit_their_place() -> None:
    """In prose with the language's marks, in formulas and code without groups; in brackets after an operator."""

    def check(case: tuple[str, str]) -> None:
        text, wanted = case
        found = read(text)
        assert found is not None
        assert found.fill(VALUES, "de", {}) == wanted

    all_hold(((text, (text, wanted)) for text, wanted in CASES.items()), check)


def test_texts_are_escaped_in_html() -> None:
    """A value is never markup there."""
    found = read(Html("<b>@{who}</b>: @{a}"))
    assert found is not None
    assert found.fill(VALUES, "de", {}) == Html("<b>Ann &amp; Ben</b>: −3")
    assert read("no placeholder") is None
