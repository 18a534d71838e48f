"""A true/false question lacks a correction where it is false, or has one where it is true.

A learner who is told only "false" does not learn what is true instead.
This is a warning.

Bad:
    ```toml
    [deck]
    name = "Arithmetic"

    [[question]]
    id     = "zero-is-odd"
    type   = "true-false"
    prompt = "Zero is an odd number."
    answer = false
    ```

Good:
    ```toml
    [deck]
    name = "Arithmetic"

    [[question]]
    id         = "zero-is-odd"
    type       = "true-false"
    prompt     = "Zero is an odd number."
    answer     = false
    correction = "Zero is even: it is twice zero."
    ```
"""

from __future__ import annotations

from collections.abc import Iterator

from deckgen.diagnostics import Diagnostic, Place, Severity
from deckgen.language.question import TrueFalse
from deckgen.rules._rule import Rule

RULE = Rule(__name__)
SEVERITY = Severity.WARNING
KINDS = (TrueFalse,)


def check(question: TrueFalse, at: Place) -> Iterator[Diagnostic]:
    """Check that what is false is corrected, and only that."""
    if question.answer and question.correction:
        yield RULE.warning(
            "a true statement with a correction", at.child("correction").key(), "it is never shown"
        )
    elif not question.answer and not question.correction and not question.explanation:
        yield RULE.warning(
            "a false statement without a correction",
            at.child("answer"),
            "add `correction = …`: what is true instead",
        )
