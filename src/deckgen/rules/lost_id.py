"""An id is gone, and a new one says the same: a rename that would cost learners their history.

An item is known by its id. Under another one it is another item: the old note is retired, and a new one begins
without reviews. If the item was renamed, `was` carries its history over; write it before the next build.
The id of a row of a spreadsheet that is made of cells changes with these: `was.cymru = "wales"` below its `[[table]]`
carries the history over.
This is a warning. If it is another item on purpose, leave it as it is: the next build or release retires the old one.

Bad:
    ```text
    `id = "wales"` became `id = "cymru"`, and nothing else was changed
    ```

Good:
    ```toml
    [deck]
    name = "Countries"

    [[question]]
    id     = "cymru"
    was    = ["wales"]
    type   = "short"
    prompt = "What is the capital of Wales?"
    answer = "Cardiff"
    ```
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from deckgen.diagnostics import Diagnostic, Place, Severity
from deckgen.rules._rule import Rule

RULE = Rule(__name__)
SEVERITY = Severity.WARNING


def names(pairs: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str, str]]:
    """Yield (former name, name, id of an item) for pairs of ids; many questions of one table are one name.

    The ids of made questions are made of those of their table and row: the part that differs was renamed.
    """
    seen: set[tuple[str, str]] = set()
    for former, item_id in pairs:
        before, now = former.split("/"), item_id.split("/")
        differing = [place for place in zip(before, now, strict=False) if place[0] != place[1]]
        is_one = len(before) == len(now) and len(differing) == 1
        name = differing[0] if is_one else (former, item_id)
        if name not in seen:
            seen.add(name)
            yield *name, item_id


def found(former: str, name: str, place: Place) -> Diagnostic:
    """Return the diagnostic for a name that says what another said which is gone."""
    return _said(f"`{name}` has the content of `{former}`, which is gone", former, name, place)


def of_row(former: str, name: str, place: Place) -> Diagnostic:
    """Return the diagnostic for an id that is made of a cell which was probably changed."""
    return _said(f"`{former}` is gone, and `{name}` is new", former, name, place)


def _said(message: str, former: str, name: str, place: Place) -> Diagnostic:
    line = f'`was = ["{former}"]` below'
    if place.table:
        line = f'`was.{name} = "{former}"` below `[[table]]` in {place.table.file}'
    return RULE.warning(
        message,
        place.child("id"),
        label=f"was it renamed? then write {line}",
        help=f"without `was`, learners lose the history of `{former}` and start `{name}` from the beginning",
    )
