"""With some values of its parameters a question cannot be asked.

All combinations of the values are tried, of more than 1,000 a sample that is always the same. A number that is shown
must end after 15 digits at most: `round(x / 3, 2)`, or `digits` of an answer, says where. Nothing may be divided by
zero, an answer must not be rounded to 0 where it is not 0, and a tolerance in percent means nothing where the answer
is 0. Where `[sheet] bubble_sheets` prints answer sheets, every answer has 8 characters at most: some versions could not
be filled in otherwise. Options that are alike are told as `duplicate-option` or `answer-among-distractors`.

Bad:
    ```toml
    [deck]
    name = "Arithmetic"

    [[question]]
    id     = "quotient"
    type   = "numeric"
    params = { a = { min = 10, max = 90, step = 10 }, b = { min = 0, max = 5 } }
    prompt = "What is @{a} / @{b}, with one decimal?"
    answer = { expr = "a / b", digits = 1 }
    ```

Good:
    ```toml
    [deck]
    name = "Arithmetic"

    [[question]]
    id     = "quotient"
    type   = "numeric"
    params = { a = { min = 10, max = 90, step = 10 }, b = { min = 1, max = 5 } }
    prompt = "What is @{a} / @{b}, with one decimal?"
    answer = { expr = "a / b", digits = 1 }
    ```
"""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from deckgen.diagnostics import Diagnostic, Place
from deckgen.rules._rule import Rule

RULE = Rule(__name__)


def found(text: str, why: str, place: Place, where: str) -> Diagnostic:
    """Return the diagnostic for an expression without a value; `where` says for which combinations."""
    advice = (
        "say how many digits: `round(…, 2)`, or `digits = 2` in an answer" if "too many digits" in why else ""
    )
    return RULE.error(f"`{text}` is {why}", place, where, help=advice)


def of_alike(other: Diagnostic, where: str) -> Diagnostic:
    """Return what another rule says of a drawn question, with the combinations that it is true for."""
    return msgspec.structs.replace(other, label=where)


def of_tolerance(tolerance: str, place: Place, where: str) -> Diagnostic:
    """Return the diagnostic for a tolerance that is a part of 0."""
    return RULE.error(
        f"`{tolerance}` of an answer that is 0 is 0", place, where, help="give a number: `tolerance = 0.1`"
    )


def of_bubbles(answer: str, most: int, place: Place, where: str) -> Diagnostic:
    """Return the diagnostic for an answer that has no room in the bubbles of an answer sheet."""
    return RULE.error(
        f"the answer `{answer}` is longer than the {most} characters that have bubbles", place, where
    )


def told(values: Mapping[str, str], some: int, tried: int) -> str:
    """Say for which combinations something is true, by an example and how many there are."""
    one = ", ".join(f"{name} = {value}" for name, value in values.items())
    if some == tried:
        return "always" if not one or tried == 1 else "with all values"
    return f"where {one}" + (f", and {some - 1:,} more of {tried:,}" if some > 1 else "")
