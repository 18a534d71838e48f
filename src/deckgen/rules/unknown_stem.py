"""A question names a stem that does not exist.

A stem is a table `[[stem]]` of any file of cards.

Bad:
    ```toml
    [deck]
    name = "Reading"

    [[stem]]
    id   = "the-well"
    text = "The well is 12 m deep. A snail climbs 3 m a day and slides back 2 m at night."

    [[question]]
    id     = "days-of-the-snail"
    type   = "numeric"
    stem   = "the-wel"
    prompt = "On which day does the snail reach the top?"
    answer = 10
    ```

Good:
    ```toml
    [deck]
    name = "Reading"

    [[stem]]
    id   = "the-well"
    text = "The well is 12 m deep. A snail climbs 3 m a day and slides back 2 m at night."

    [[question]]
    id     = "days-of-the-snail"
    type   = "numeric"
    stem   = "the-well"
    prompt = "On which day does the snail reach the top?"
    answer = 10
    ```
"""

from __future__ import annotations

from collections.abc import Iterator

from deckgen.diagnostics import Diagnostic
from deckgen.language.manuscript import Manuscript
from deckgen.language.question import Question
from deckgen.nearest import did_you_mean, nearest
from deckgen.rules._rule import Rule

RULE = Rule(__name__)


def check_all(manuscript: Manuscript) -> Iterator[Diagnostic]:
    """Look the stem of every question up."""
    if manuscript.partial:
        return
    known = manuscript.stems()
    for entry in manuscript.entries(Question):
        stem = entry.item.stem
        if stem and stem not in known and stem not in manuscript.broken:
            near = nearest(stem, list(known))
            yield RULE.error(
                f"unknown stem `{stem}`",
                entry.place.child("stem"),
                did_you_mean(near),
                help="" if near else "a stem is a table `[[stem]]` with its `id` and `text`",
                proposal=near or "",
            )
