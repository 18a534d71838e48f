"""A file has items but no deck for them.

Every note belongs to a deck; `[deck]` at the top of the file names it.

Bad:
    ```toml
    [[question]]
    id      = "six-times-seven"
    type    = "short"
    prompt  = "What is six times seven?"
    answer  = "42"
    ```

Good:
    ```toml
    [deck]
    name = "Arithmetic"

    [[question]]
    id      = "six-times-seven"
    type    = "short"
    prompt  = "What is six times seven?"
    answer  = "42"
    ```
"""

from __future__ import annotations

from collections.abc import Iterator

from deckgen.diagnostics import Diagnostic
from deckgen.language.manuscript import Manuscript
from deckgen.rules._rule import Rule

RULE = Rule(__name__)


def check_all(manuscript: Manuscript) -> Iterator[Diagnostic]:
    """Look for files with items and no deck."""
    for file in manuscript.files:
        if file.deck is None and file.entries:
            yield RULE.error(
                "no deck for the items of this file",
                file.entries[0].place.header(),
                help='add a table `[deck]` with `name = "…"` at the top of the file',
            )
