"""A file below `cards/` looks like cards, but is not read.

Cards are in files whose names end in `.toml`, in lower case. Editors that hide endings make `quiz.toml.txt` of
`quiz.toml`. A spreadsheet is read where a `[[table]]` names it, and other data is not.

Bad:
    ```toml file=cards/Division.TOML
    [deck]
    name = "Division"
    ```

Good:
    ```toml file=cards/division.toml
    [deck]
    name = "Division"

    [[question]]
    id     = "six-by-two"
    type   = "short"
    prompt = "What is 6 : 2?"
    answer = "3"
    ```
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from deckgen.diagnostics import Diagnostic, Place, Severity
from deckgen.patterns import lazy_pattern
from deckgen.rules._rule import Rule

RULE = Rule(__name__)
SEVERITY = Severity.WARNING

_TOML = lazy_pattern(r"^(.+?)\.(?:toml(?:\.txt)?|tml|tom)$", re.IGNORECASE)
_TABLE = lazy_pattern(r"\.(?:csv|tsv|tab|xlsx|xlsm|ods)$", re.IGNORECASE)
_DATA = lazy_pattern(r"\.(?:xlsb?|json|ya?ml)$", re.IGNORECASE)


def suspected(file: str) -> Iterator[Diagnostic]:
    """Yield a warning where a file below `cards/` that does not end in `.toml` was likely meant as cards."""
    folder, _, name = file.rpartition("/")
    found = _TOML.match(name)
    if found:
        yield RULE.warning(
            f"`{file}` is not read: its name does not end in `.toml`",
            Place(file),
            help=f"call it `{folder}/{found[1]}.toml`",
        )
    elif _TABLE.search(name):
        yield RULE.warning(
            f"`{file}` is not read: no `[[table]]` names it",
            Place(file),
            help=f'add a `[[table]]` with `file = "{file}"` to a `.toml` file, or keep it outside of `cards/`',
        )
    elif _DATA.search(name):
        yield RULE.warning(
            f"`{file}` is not read: cards are TOML",
            Place(file),
            help="write its entries as items of a `.toml` file, or keep it outside of `cards/`",
        )
