"""A sheet draws from something that does not exist.

`from` takes ids of items, decks (with their subdecks), tags and file names; where a word could mean two of
them, say which: `deck:…`, `tag:…`, `file:…`, `id:…`, `difficulty:…`, `type:…`. `A & B` takes
what both find.

Bad:
    ```toml
    [[sheet]]
    id    = "tables"
    title = "Times tables"
    from  = ["arithmetics"]
    ```

Good:
    ```toml
    [[sheet]]
    id    = "tables"
    title = "Times tables"
    from  = ["arithmetic"]
    ```
"""

from __future__ import annotations

from deckgen.diagnostics import Diagnostic, Place
from deckgen.nearest import did_you_mean, nearest
from deckgen.rules._rule import Rule

RULE = Rule(__name__)


def found(selector: str, known: list[str], place: Place) -> Diagnostic:
    """Return the diagnostic for a selector that finds nothing."""
    if selector.startswith("type:"):
        return RULE.error(
            f"no item has the type `{selector.removeprefix('type:')}`",
            place,
            help="a type is a type of question, `concept`, `word`, `misconception`, `contrast`, or `question` for all "
            "of them",
        )
    near = nearest(selector, known)
    return RULE.error(
        f"nothing is called `{selector}`",
        place,
        did_you_mean(near),
        help="" if near else "name an id, a deck, a tag or a file; `deckgen list` shows them",
    )


def ambiguous(selector: str, kinds: list[str], place: Place) -> Diagnostic:
    """Return the diagnostic for a selector that means several things with different items."""
    choices = " or ".join(f"`{kind}:{selector}`" for kind in kinds)
    return RULE.error(f"`{selector}` is ambiguous", place, f"write {choices}")
