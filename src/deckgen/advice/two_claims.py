"""A statement to judge makes two claims.

A learner who knows that one of them is true and the other is false cannot answer. Make two items of it, or put what
is not in question into the explanation. For texts in English.
Haladyna, Downing & Rodriguez 2002 (doi:10.1207/S15324818AME1503_5), guideline 2.

Bad:
    ```toml
    [deck]
    name = "Arithmetic"

    [[question]]
    id     = "two-is-even"
    type   = "true-false"
    prompt = "Two is an even number, and it is the only prime number that is even."
    answer = true
    ```

Good:
    ```toml
    [deck]
    name = "Arithmetic"

    [[question]]
    id     = "two-is-even"
    type   = "true-false"
    prompt = "Two is the only prime number that is even."
    answer = true
    ```
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from deckgen.advice._rule import AdviceRule
from deckgen.diagnostics import Diagnostic, Place
from deckgen.language.advice import Advice
from deckgen.language.misconception import Misconception
from deckgen.language.question import TrueFalse
from deckgen.text import plain

RULE = AdviceRule(__name__)
KINDS = (TrueFalse, Misconception)
LANGUAGES = ("en",)
#: A second sentence, or a second clause with its own subject.
_SECOND = re.compile(
    r"[.!?]\s+[A-Z]|;\s|,\s+(?:and|but|yet)\s+(?:it|its|he|she|they|their|there|this|that|the|a|an|each|every)\b"
)


def check(item: TrueFalse | Misconception, at: Place, _settings: Advice) -> Iterator[Diagnostic]:
    """Look for a second clause in what is claimed."""
    key, text = ("prompt", item.prompt) if isinstance(item, TrueFalse) else ("claim", item.claim)
    if _SECOND.search(plain(text)):
        yield RULE.advice("the statement makes two claims", at.child(key), "keep the one that is asked for")
