r"""A text contains something that looks like markup, but is not read as markup.

It would be printed as it is.
Texts are Markdown: formulas are `$…$`, a path with a space is written in `<…>`, a width follows a picture
(`![map](media/map.png){width=50%}`), a `|` within a cell of a table is `\|`, a reading is `{漢字|かんじ}`.
HTML is text, unless the whole text is `{ html = "…" }`.

Bad:
    ```toml
    [deck]
    name = "Arithmetic"

    [[question]]
    id     = "square"
    type   = "short"
    prompt = 'What is \(3^2\)?'
    answer = "9"
    ```

Good:
    ```toml
    [deck]
    name = "Arithmetic"

    [[question]]
    id     = "square"
    type   = "short"
    prompt = 'What is $3^2$?'
    answer = "9"
    ```
"""

from __future__ import annotations

from deckgen.diagnostics import Diagnostic, Place
from deckgen.rules._rule import Rule
from deckgen.text import Problem

RULE = Rule(__name__)


def found(problem: Problem, place: Place) -> Diagnostic:
    """Return the diagnostic for markup of another tool."""
    return RULE.warning(problem.message, place.part(problem.piece), problem.repair)
