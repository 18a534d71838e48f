"""Which dollars make a formula."""

from __future__ import annotations

import re

from deckgen.text import Medium, Renderer
from laws import all_hold

MONEY = [
    "$5 and $6",
    "costs $5, or 5$ in Spain",
    "a $5-$10 range",
    "a $5–$10 range",
    "between $1 and 2$ a day",
    "$20.00 (about 18 €), or 15$",
    "It's $5/month (or 50$/yr)",
    "from $1,000 to 2,000$",
    "$5, 6 or 7$",
    "$5 – 6$",
    "He paid $20. She paid 30$.",
    "I have 5$, you have 6$",
    "It costs 5$. Now it costs 6$.",
    "(5$) or (6$)",
    "5$-6$",
    "5$/6$",
    "US$5 and 6$",
    "US$5/A$7",
    "US$5-6$",
    "A$5/6$",
    "CA$5 6$",
    "10$US et 20$US",
    "entre $5 y 6$",
    "zwischen $5 und 6$",
    "от $5 до 6$",
    "**$5** and **$6**",
    "*$5* or 5$",
    "$100 million and 200 million$",
    "$5k or 6k$",
    "R$ 5 and R$ 6",
    "only $5",
    "5$ alone",
    "$",
    "$$",
    "$$$",
    "a $$ to $$$ place",
    "kill $$; echo $$",
    "$HOME/$USER",
    "${HOME}/${USER}",
    "$(a):$(b)",
    "$PATH:$HOME and $FOO$BAR",
    "$a=$b;",
    r"\$x\$",
    r"\$5 and \$6",
    "6$7 $8",
    "$ x $",
    "x$ y$",
]

FORMULAS = {
    "$x$": ["x"],
    "$5$": ["5"],
    "$5-10$": ["5-10"],
    "$2^{16}$ ports": ["2^{16}"],
    "$4ac$, $2 x + 3 y$ and $2 ab + 3 cd$": ["4ac", "2 x + 3 y", "2 ab + 3 cd"],
    "$2 x 3$": ["2 x 3"],
    "$3 \\text{ and } 5$": ["3 \\text{ and } 5"],
    "$2 \\le x \\le 5$": ["2 \\le x \\le 5"],
    "$0 < x < 1$": ["0 < x < 1"],
    "$2 sin x$": ["2 sin x"],
    "$7 mod 3$": ["7 mod 3"],
    "$1, 2, 3$": ["1, 2, 3"],
    "the $n$th element, 2$x$, 设$x$为": ["n", "x", "x"],
    "$5, formula $x^2$": ["x^2"],
    "$5 for $n$ items": ["n"],
    "costs $5, or 5$, for $x^2$": ["x^2"],
    "$O(n \\log n)$ time for $5 and $6": ["O(n \\log n)"],
    "$$x$$": ["x"],
    "$$ a = b $$": [" a = b "],
    "$$\\sum_{i=1}^n i$$ costs $5": ["\\sum_{i=1}^n i"],
    "$a$ $b$": ["a", "b"],
    "`$5` is $x$ and `$y$`": ["x"],
    "| $x$ | $5 |\n|--|--|\n| 5$ | $y$ |": ["x", "y"],
    "$\\{1, 2\\}$ has 4 subsets": ["\\{1, 2\\}"],
}


def formulas(text: str) -> list[str]:
    """Return the LaTeX of the formulas of a text."""
    html = Renderer(Medium.ANKI, str).block(text)
    found = re.findall(r"\\\((.*?)\\\)|\\\[(.*?)\\\]", html)
    return [(inline or display).replace("&lt;", "<") for inline, display in found]


def test_money_and_variables_are_text():
    """No formula comes of amounts in a sentence, of shell variables, or of escaped dollars, and each dollar is shown."""

    def check(text):
        assert formulas(text) == []
        if "\\" not in text:
            assert Renderer(Medium.PAPER, str).block(text).count("$") == text.count("$")

    all_hold(zip(MONEY, MONEY, strict=True), check)


def test_formulas_are_found():
    """Formulas are found beside money and code, and keep their LaTeX."""

    def check(case):
        text, expected = case
        assert formulas(text) == expected

    all_hold(((text, (text, expected)) for text, expected in FORMULAS.items()), check)
