"""A sheet asks words in a way in which none of them can be asked.

`ask = "fill"` needs an example with a gap, `{{…}}`; `ask = "listen"` needs a sound. Words that have none are left
out, and here no word is left.

Bad:
    ```toml
    [deck]
    name = "Spanish"

    [[word]]
    id       = "comer"
    term     = "comer"
    meaning  = ["to eat"]
    examples = ["Como una manzana."]

    [[sheet]]
    id    = "test"
    title = "Vocabulary test"
    from  = ["type:word"]
    ask   = "fill"
    ```

Good:
    ```toml
    [deck]
    name = "Spanish"

    [[word]]
    id       = "comer"
    term     = "comer"
    meaning  = ["to eat"]
    examples = ["{{Como}} una manzana."]

    [[sheet]]
    id    = "test"
    title = "Vocabulary test"
    from  = ["type:word"]
    ask   = "fill"
    ```
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from deckgen.diagnostics import Diagnostic, Place
from deckgen.rules._rule import Rule

if TYPE_CHECKING:
    from deckgen.core import Ask

RULE = Rule(__name__)
_NEEDED = {
    "fill": ("an example with a gap", "mark the word in an example: `{{…}}`"),
    "listen": ("a sound", ""),
}


def found(selector: str, ask: Ask, place: Place) -> Diagnostic:
    """Return the diagnostic for a selector that finds nothing but words that cannot be asked so."""
    needed, repair = _NEEDED[ask]
    return RULE.error(
        f'no word of `{selector}` has {needed}, which `ask = "{ask}"` needs', place, help=repair
    )
