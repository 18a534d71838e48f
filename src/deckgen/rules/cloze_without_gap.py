"""A cloze text has no gap.

Anki makes no card from it.
A gap is written `{{answer}}`, or `{{answer::hint}}`.

Bad:
    ```toml
    [deck]
    name = "Arithmetic"

    [[question]]
    id   = "product"
    type = "cloze"
    text = "Six times seven is {42}."
    ```

Good:
    ```toml
    [deck]
    name = "Arithmetic"

    [[question]]
    id   = "product"
    type = "cloze"
    text = "Six times seven is {{42}}."
    ```
"""

from __future__ import annotations

from collections.abc import Iterator

from deckgen.diagnostics import Diagnostic, Place
from deckgen.language.question import Cloze
from deckgen.language.question.gaps import read_gaps
from deckgen.rules._rule import Rule

RULE = Rule(__name__)
KINDS = (Cloze,)


def check(question: Cloze, at: Place) -> Iterator[Diagnostic]:
    """Look for a gap."""
    _, gaps, problems = read_gaps(question.text)
    if not gaps and not problems:
        yield RULE.error("a cloze question without a gap", at.child("text"), "mark a gap: `{{…}}`")
