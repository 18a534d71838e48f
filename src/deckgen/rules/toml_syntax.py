"""The file is not valid TOML.

Nothing in it can be read until it is, so other mistakes in the file may appear afterwards.
The grammar is at <https://toml.io/en/v1.0.0>.

Bad:
    ```toml
    [deck]
    name = Networking
    ```

Good:
    ```toml
    [deck]
    name = "Networking"
    ```
"""

from __future__ import annotations

from deckgen.diagnostics import Diagnostic, Place, Related, Span
from deckgen.rules._rule import Rule
from deckgen.toml import SyntaxProblem

RULE = Rule(__name__)


def found(file: str, problem: SyntaxProblem) -> Diagnostic:
    """Return the diagnostic for a problem that the TOML reader met."""
    related: tuple[Related, ...] = ()
    if problem.also:
        spot, text = problem.also
        related = (Related(Place(file, span=Span(*spot)), text),)
    return RULE.error(
        problem.message, Place(file, span=Span(*problem.spot)), help=problem.help or "", related=related
    )
