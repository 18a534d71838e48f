"""A reference names an item that does not exist.

`corrects` of a misconception names a cell, a concept or a question;
`misconception` of a distractor names a misconception.

Bad:
    ```toml
    [deck]
    name = "Arithmetic"

    [[question]]
    id          = "six-times-seven"
    type        = "choice"
    prompt      = "What is six times seven?"
    answer      = "42"
    distractors = ["36", { text = "13", misconception = "times-is-plus" }]
    ```

Good:
    ```toml
    [deck]
    name = "Arithmetic"

    [[question]]
    id          = "six-times-seven"
    type        = "choice"
    prompt      = "What is six times seven?"
    answer      = "42"
    distractors = ["36", { text = "13", misconception = "times-is-plus" }]

    [[misconception]]
    id         = "times-is-plus"
    claim      = "Times means: put together."
    correction = "To multiply is to add one number as often as the other says."
    ```
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from deckgen.diagnostics import Diagnostic, Place
from deckgen.language.annotations import Distractor
from deckgen.language.manuscript import Manuscript
from deckgen.language.misconception import Misconception
from deckgen.language.question import Choice, Multiple
from deckgen.nearest import did_you_mean, nearest
from deckgen.rules._rule import Rule

RULE = Rule(__name__)


def check_all(manuscript: Manuscript) -> Iterator[Diagnostic]:
    """Look up what misconceptions correct, and the misconceptions behind distractors."""
    for entry in manuscript.entries(Misconception):
        if entry.item.corrects and "/" not in entry.item.corrects:
            yield from look_up(entry.item.corrects, entry.place.child("corrects"), manuscript)
    for entry in manuscript.entries(Choice, Multiple):
        for index, option in enumerate(entry.item.distractors):
            if isinstance(option, Distractor) and option.misconception:
                place = entry.place.child("distractors", index, "misconception")
                yield from look_up(
                    option.misconception, place, manuscript, kinds=(Misconception,), what="misconception"
                )


def look_up(
    id_: str,
    place: Place,
    manuscript: Manuscript,
    kinds: tuple[type[Any], ...] = (object,),
    what: str = "item",
) -> Iterator[Diagnostic]:
    """Yield a diagnostic unless `id_` is an item of one of `kinds`, called `what`."""
    entry = manuscript.by_id.get(id_)
    if entry is not None and isinstance(entry.item, kinds):
        return
    if entry is None and manuscript.knows(id_):
        return
    near = nearest(id_, [known for known, e in manuscript.by_id.items() if isinstance(e.item, kinds)])
    yield RULE.error(
        f"unknown {what} `{id_}`" if entry is None else f"`{id_}` is not a {what}",
        place,
        did_you_mean(near),
    )
