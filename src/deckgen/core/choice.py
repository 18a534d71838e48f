"""Choice: one right option, or several."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from deckgen.core.item import Item
from deckgen.core.text import Text


class Option(msgspec.Struct, frozen=True, gc=False, omit_defaults=True):
    """One thing to tick."""

    text: Text
    right: bool
    #: Why it is wrong; empty where the author gave no reason.
    why: Text = ""
    #: Stays last, however the others are shuffled ("None of these").
    last: bool = False
    #: Its place in what the author wrote, from 0: answers, then distractors.
    source: int = 0
    #: Id of the misconception behind it; empty where there is none.
    misconception: str = ""


def in_source_order(options: Iterable[Option]) -> tuple[Option, ...]:
    """Return options with their places as `source`."""
    return tuple(msgspec.structs.replace(option, source=place) for place, option in enumerate(options))


class Choice(Item, frozen=True, kw_only=True):
    """Choose one option, or (`multiple`) all that apply."""

    prompt: Text
    #: In the author's order, right ones first, `last` ones at the end; never shown in this order.
    options: tuple[Option, ...]
    multiple: bool = False

    @property
    def kind(self) -> str:
        return "multiple" if self.multiple else "choice"

    @property
    def key(self) -> str:
        return (
            "" if self.multiple else next((str(option.text) for option in self.options if option.right), "")
        )
