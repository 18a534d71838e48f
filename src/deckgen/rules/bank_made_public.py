"""Something public would show the contents of a bank.

A bank (`bank = true` in `[deck]`) is private. So a table outside of it compares none of its concepts, an option names
none of its misconceptions, and a misconception corrects nothing in it. A sheet for the screen draws from a bank where
its author names the bank, by `file:`, `deck:` or ids; not by a word that finds it among other things.

Bad:
    ```toml file=cards/exam.toml
    [deck]
    name = "Exam"
    bank = true

    [[question]]
    id     = "six-times-seven"
    type   = "short"
    prompt = "What is 6 × 7?"
    answer = "42"
    tags   = ["products"]
    ```
    ```toml
    [deck]
    name = "Multiplication"

    [[question]]
    id     = "two-times-two"
    type   = "short"
    prompt = "What is 2 × 2?"
    answer = "4"
    tags   = ["products"]

    [[sheet]]
    id      = "practice"
    title   = "Practice"
    outputs = ["quiz"]
    from    = ["tag:products"]
    ```

Good:
    ```toml file=cards/exam.toml
    [deck]
    name = "Exam"
    bank = true

    [[question]]
    id     = "six-times-seven"
    type   = "short"
    prompt = "What is 6 × 7?"
    answer = "42"
    tags   = ["products"]
    ```
    ```toml
    [deck]
    name = "Multiplication"

    [[question]]
    id     = "two-times-two"
    type   = "short"
    prompt = "What is 2 × 2?"
    answer = "4"
    tags   = ["products"]

    [[sheet]]
    id      = "practice"
    title   = "Practice"
    outputs = ["quiz"]
    from    = ["deck:Multiplication"]
    ```
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from deckgen.diagnostics import Diagnostic, Place, Related
from deckgen.language.annotations import Distractor
from deckgen.language.comparison import Comparison
from deckgen.language.misconception import Misconception
from deckgen.rules._rule import Rule

if TYPE_CHECKING:
    from deckgen.language.manuscript import Entry, Manuscript

RULE = Rule(__name__)
_ABOUT = "a public question shows the stem"


def check_all(manuscript: Manuscript) -> Iterator[Diagnostic]:
    """Look for references from outside of the banks to what is in them."""
    banks = {file.name for file in manuscript.files if file.deck and file.deck.bank}
    if not banks:
        return
    stems = manuscript.stems()
    for entry in manuscript.items:
        if entry.place.cards in banks:
            continue
        for id_, place, what in _references(entry):
            stem = stems.get(id_) if what == _ABOUT else None
            known = stem or manuscript.by_id.get(id_.partition("/")[0])
            if known is not None and known.place.cards in banks:
                yield RULE.error(
                    f"{what} `{id_}`, which is in a bank",
                    place,
                    "would make it public",
                    related=(Related(known.place.child("id"), "it is private here"),),
                    help=f"move `{known.item.id}` to a file that is not a bank, or this into the bank",
                )


def drawn(selector: str, bank: int, place: Place) -> Diagnostic:
    """Return the diagnostic for a sheet for the screen whose selector finds `bank` items of a bank among others."""
    items = "an item" if bank == 1 else f"{bank} items"
    return RULE.error(
        f"`{selector}` puts {items} of a bank on the screen",
        place,
        "finds a bank's items among others",
        help="draw from the bank by `file:`, `deck:` or ids where they are meant, else name what is public",
    )


def _references(entry: Entry) -> Iterator[tuple[str, Place, str]]:
    """Yield what an item names: the id, where it stands, and the start of a message."""
    item: Any = entry.item
    if isinstance(item, Comparison):
        for index, id_ in enumerate(item.between):
            yield id_, entry.place.child("between", index), "a public table compares"
    elif isinstance(item, Misconception):
        if item.corrects:
            yield item.corrects, entry.place.child("corrects"), "a public misconception corrects"
    else:
        if getattr(item, "stem", ""):
            yield item.stem, entry.place.child("stem"), _ABOUT
        for index, option in enumerate(getattr(item, "distractors", ())):
            if isinstance(option, Distractor) and option.misconception:
                place = entry.place.child("distractors", index, "misconception")
                yield option.misconception, place, "an option of a public question shows"
