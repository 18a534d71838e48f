"""A sheet has nothing to draw from, or no output.

It needs `from`, pools or sections, and each section needs `from` or pools. `outputs` names paper, the screen, or both.

Bad:
    ```toml
    [[sheet]]
    id    = "tables"
    title = "Times tables"
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

from collections.abc import Iterator

from deckgen.diagnostics import Diagnostic, Place
from deckgen.language.sheet import Sheet
from deckgen.rules._rule import Rule

RULE = Rule(__name__)
KINDS = (Sheet,)


def check(sheet: Sheet, at: Place) -> Iterator[Diagnostic]:
    """Look for something to draw from, and for a place to go to."""
    if not sheet.outputs:
        yield RULE.error(
            "a sheet without an output", at.child("outputs"), 'name `"paper"`, `"quiz"`, or both'
        )
    if not (sheet.from_ or sheet.pool or sheet.section):
        yield RULE.error("a sheet that draws from nothing", at.header(), "add `from = […]`")
    for index, section in enumerate(sheet.section):
        if not (section.from_ or section.pool):
            yield RULE.error(
                "a section that draws from nothing", at.child("section", index).header(), "add `from = […]`"
            )
