"""What the rules on options share."""

from __future__ import annotations

from functools import lru_cache

from deckgen.core.text import Html, Text
from deckgen.language.annotations import Distractor


def option_text(option: Text | Distractor) -> Text:
    """Return what an option says."""
    if isinstance(option, Distractor):
        return Html(option.html) if option.html is not None else option.text or ""
    return option


# Each rule on options compares those of the same question.
@lru_cache(maxsize=64)
def folded(text: Text) -> str:
    """Return a text as it looks: runs of white space are one space."""
    return " ".join((text.html if isinstance(text, Html) else text).split())
