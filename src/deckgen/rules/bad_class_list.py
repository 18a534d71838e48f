"""A class list, from which copies of a sheet are printed, lacks something or says it twice.

It is a spreadsheet with the columns `number` and `name`, one of them at least. A student who is in it twice would get
two copies. A number with other letters than digits, or more digits than the sheet's `student_number`, cannot be filled
in.

Bad:
    ```csv file=class.csv
    number,name
    1024,Ada
    1024,Grace
    ```

Good:
    ```csv file=class.csv
    number,name
    1024,Ada
    2048,Grace
    ```
"""

from __future__ import annotations

from collections.abc import Sequence

from deckgen.diagnostics import Diagnostic, Place, Related
from deckgen.rules._rule import Rule

RULE = Rule(__name__)


def unreadable(file: str, why: str, help_: str = "") -> Diagnostic:
    """Return the diagnostic for a file that is not a list; `why` follows on its name."""
    return RULE.error(f"`{file}` {why}", Place(file), help=help_)


def no_column(wanted: Sequence[str], columns: Sequence[str], place: Place) -> Diagnostic:
    """Return the diagnostic for a list without a column."""
    there = f"its columns are {', '.join(f'`{name}`' for name in columns)}" if columns else "it is empty"
    return RULE.error(
        f"the class list has no column {' or '.join(f'`{name}`' for name in wanted)}", place, help=there
    )


def empty(column: str, place: Place) -> Diagnostic:
    """Return the diagnostic for a student without what the list is sorted out by."""
    return RULE.error(f"a student without a {column}", place)


def twice(what: str, text: str, place: Place, first: Place) -> Diagnostic:
    """Return the diagnostic for a student who is in the list twice."""
    return RULE.error(
        f"the {what} `{text}` is in the class list twice", place, related=(Related(first, "first here"),)
    )


def unfit(text: str, digits: int, place: Place) -> Diagnostic:
    """Return the diagnostic for a number that does not fit the bubbles of a sheet."""
    return RULE.error(
        f"the number `{text}` cannot be filled in", place, f"the sheet takes up to {digits} digits"
    )
