"""Two options are ranges that overlap.

A number in both makes two options right, and a wider range is the safer guess.
Haladyna, Downing & Rodriguez 2002 (doi:10.1207/S15324818AME1503_5), guideline 21; NBME 2024.

Bad:
    ```toml
    [deck]
    name = "Arithmetic"

    [[question]]
    id          = "sums"
    type        = "choice"
    prompt      = "How large is the sum of 17 and 18?"
    answer      = "31–40"
    distractors = ["20–31", "40–50", "51–60"]
    ```

Good:
    ```toml
    [deck]
    name = "Arithmetic"

    [[question]]
    id          = "sums"
    type        = "choice"
    prompt      = "How large is the sum of 17 and 18?"
    answer      = "31–40"
    distractors = ["20–30", "41–50", "51–60"]
    ```
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from deckgen.advice._options import all_options
from deckgen.advice._rule import AdviceRule
from deckgen.diagnostics import Diagnostic, Place
from deckgen.language.advice import Advice
from deckgen.language.question import Choice
from deckgen.text import plain

RULE = AdviceRule(__name__)
KINDS = (Choice,)
_RANGE = re.compile(r"\s*(\d[\d ,.]*?)\s*(?:–|-|—|to)\s*(\d[\d ,.]*?)\s*(\D*)")


def check(question: Choice, at: Place, _settings: Advice) -> Iterator[Diagnostic]:
    """Compare each range with those before it."""
    seen: list[tuple[float, float, str]] = []
    for text, place in all_options(question, at):
        found = _range(plain(text))
        if found is None:
            continue
        for low, high, unit in seen:
            if unit == found[2] and max(low, found[0]) <= min(high, found[1]):
                yield RULE.advice(
                    f"the range `{plain(text)}` overlaps with another option",
                    place,
                    "let them adjoin, not overlap",
                )
                break
        seen.append(found)


def _range(text: str) -> tuple[float, float, str] | None:
    found = _RANGE.fullmatch(text)
    if found is None:
        return None
    low, high = (part.replace(" ", "").replace(",", "") for part in found.groups()[:2])
    try:
        return float(low), float(high), found[3]
    except ValueError:
        return None
