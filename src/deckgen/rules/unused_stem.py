"""No question names a stem.

It is shown nowhere. Perhaps its questions lack `stem`.

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

from deckgen.diagnostics import Diagnostic, Severity
from deckgen.language.manuscript import Manuscript
from deckgen.language.question import Question
from deckgen.rules._rule import Rule

RULE = Rule(__name__)
SEVERITY = Severity.WARNING


def check_all(manuscript: Manuscript) -> Iterator[Diagnostic]:
    """Look for stems without questions."""
    stems = manuscript.stems()
    if not stems or manuscript.partial or manuscript.broken:
        return
    named = {entry.item.stem for entry in manuscript.entries(Question)}
    if not named - {""} <= stems.keys():
        # What is misspelt there may be meant.
        return
    for id_, entry in stems.items():
        if id_ not in named:
            yield RULE.warning(f"no question names the stem `{id_}`", entry.place.child("id"))
