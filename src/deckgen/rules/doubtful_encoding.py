"""The encoding of a CSV file is a guess that does not look right.

A CSV file does not say how it is encoded. One that is neither UTF-8 nor UTF-16 is taken for Windows-1252, as
spreadsheets in Western Europe and America write it; a character that such texts hardly ever hold speaks against that.
Name the encoding, or save the file as "CSV UTF-8".

Bad:
    ```text
    Polish words in Windows-1250, where `³` stands for `ł`
    ```

Good:
    ```text
    the same file saved as UTF-8, or `encoding = "windows-1250"` in its `[[table]]`
    ```
"""

from __future__ import annotations

from deckgen.diagnostics import Diagnostic, Place, Severity
from deckgen.rules._rule import Rule

RULE = Rule(__name__)
SEVERITY = Severity.WARNING


def found(file: str, character: str, place: Place) -> Diagnostic:
    """Return the diagnostic for a guess that a character speaks against."""
    return RULE.warning(
        f"`{file}` was read as Windows-1252, which may be wrong",
        place,
        f"is `{character}` right here?",
        help='say what it is, `encoding = "windows-1252"`, or save the file as UTF-8',
    )
