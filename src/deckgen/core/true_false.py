"""True/false: a statement to judge, and its refutation if it is false."""

from __future__ import annotations

from typing import Literal

from deckgen.core.item import Item
from deckgen.core.reference import Citation
from deckgen.core.text import Text

#: `""` for a plain true/false question, else how a misconception fails.
Verdict = Literal["", "false", "misleading", "vague"]


class TrueFalse(Item, frozen=True, kw_only=True):
    """Judge a statement.

    A misconception is lowered to one with `answer=False` and a `verdict`.
    """

    prompt: Text
    answer: bool
    #: What is true instead; empty if the statement is true.
    correction: Text = ""
    verdict: Verdict = ""
    #: Where the wrong claim was found.
    seen: tuple[Citation, ...] = ()

    @property
    def kind(self) -> str:
        return "true-false"

    @property
    def key(self) -> str:
        return "true" if self.answer else "false"
