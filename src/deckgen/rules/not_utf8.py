"""A file is not UTF-8.

TOML is always UTF-8; save the file in that encoding.

Bad:
    ```text
    a file saved as Latin-1 or UTF-16
    ```

Good:
    ```text
    the same file saved as UTF-8
    ```
"""

from __future__ import annotations

from deckgen.diagnostics import Diagnostic, Place, Span
from deckgen.rules._rule import Rule
from deckgen.toml import SyntaxProblem

RULE = Rule(__name__)


def found(file: str, problem: SyntaxProblem) -> Diagnostic:
    """Return the diagnostic for bytes that are not UTF-8."""
    place = Place(file, span=Span(*problem.spot))
    return RULE.error(problem.message, place, help=problem.help or "save the file as UTF-8")
