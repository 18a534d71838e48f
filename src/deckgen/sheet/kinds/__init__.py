"""How each kind of item is arranged on paper; its looks are in `templates/sheet/<kind>/`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from deckgen.sheet.kinds import choice, fixed, matching, ordering

if TYPE_CHECKING:
    from collections.abc import Mapping

    from deckgen.sheet.arrangement import Arrange

#: A new kind of item is arranged by a line here.
ARRANGE: Mapping[str, Arrange] = {
    "choice": choice.arrange,
    "multiple": choice.arrange,
    "true-false": fixed.true_false,
    "cloze": fixed.cloze,
    "numeric": fixed.numeric,
    "short": fixed.short,
    "ordering": ordering.arrange,
    "matching": matching.arrange,
    "open": fixed.judged,
    "concept": fixed.judged,
    "contrast": fixed.judged,
    "word": fixed.word,
}
