r"""A formula is not LaTeX that can be typeset.

`$…$` and `$$…$$` are typeset by MathJax in Anki and drawn for paper and screen.
A dollar sign that is not a formula is written `\$`.

Bad:
    ```toml
    [deck]
    name = "Arithmetic"

    [[question]]
    id     = "six-times-seven"
    type   = "short"
    prompt = 'What is $\squareroot{42}$?'
    answer = "42"
    ```

Good:
    ```toml
    [deck]
    name = "Arithmetic"

    [[question]]
    id     = "six-times-seven"
    type   = "short"
    prompt = 'What is $\sqrt{42}$?'
    answer = "42"
    ```
"""

from __future__ import annotations

from collections.abc import Iterator

from deckgen.diagnostics import Diagnostic, Place
from deckgen.patterns import lazy_pattern
from deckgen.rules._rule import Rule, quoted

RULE = Rule(__name__)

_FORMULA = lazy_pattern(r"\$[^$]+\$")
#: A tab or a line end, with what is left of a command after it.
_EATEN = lazy_pattern(
    r"\t([A-Za-z]+)|\n(u|e|eq|abla|ot|otin|i|eg|mid|less|gtr|parallel|subseteq)(?![A-Za-z])"
)


def found(message: str, place: Place) -> Diagnostic:
    """Return the diagnostic for a formula that cannot be set."""
    return RULE.error(
        message, place.part(quoted(message)), help="a dollar sign that is not a formula is written `\\$`"
    )


def eaten(text: str, source: str, place: Place) -> Iterator[Diagnostic]:
    """Say which commands of formulas, such as times and nu, TOML has taken for a tab or a line end.

    `source` is the text of the whole file: without an escape in it, a tab is one that the author typed.
    """
    for formula in _FORMULA.findall(text):
        for found in _EATEN.finditer(formula):
            escape = "\\t" if found[1] else "\\n"
            command = escape + (found[1] or found[2])
            if command in source:
                yield RULE.error(
                    f'`{escape}` in `"…"` is a {"tab" if found[1] else "line end"}, not the start of `{command}`',
                    place.part(command),
                    f"write `\\{command}`",
                    help="or put the text between `'` and `'`, where a backslash is only a backslash",
                )
