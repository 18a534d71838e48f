"""An item has no `id`.

The id is permanent: a learner's whole history with a card depends on it, so it cannot be derived from
a text that may change. `deckgen check --fix` writes the proposed id into the file.

Bad:
    ```toml
    [deck]
    name = "Arithmetic"

    [[question]]
    type   = "short"
    prompt = "What is six times seven?"
    answer = "42"
    ```

Good:
    ```toml
    [deck]
    name = "Arithmetic"

    [[question]]
    id     = "six-times-seven"
    type   = "short"
    prompt = "What is six times seven?"
    answer = "42"
    ```
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import count
from typing import Any

from deckgen.diagnostics import Diagnostic, Edit, Place
from deckgen.language.manuscript import Manuscript
from deckgen.latin import digest_id, slug
from deckgen.rules._rule import Rule
from deckgen.tables import TEXTS

RULE = Rule(__name__)

#: Keys whose text names an item best.
_TELLING = ("term", "title", "aspect", "claim", "prompt", "text")
#: Parts of the path to an item, `("question", 3)`; what lies deeper is a row or a match of a table.
_ITEM_DEPTH = 2


def found(item: Mapping[str, Any], owner: str, place: Place) -> Diagnostic:
    """Return the diagnostic for an item without id, with an id proposed from its text."""
    return _diagnostic(f"missing `id` in {owner}", place.header(), propose(item))


def _diagnostic(message: str, header: Place, proposed: str) -> Diagnostic:
    if header.table:
        return _of_row(message, header, proposed)
    line = f'id = "{proposed}"'
    return RULE.error(
        message,
        header,
        f"add `{line}`",
        help="an id is permanent; `deckgen check --fix` writes this one",
        edit=Edit(header, line, insert=True),
        proposal=proposed,
    )


def _of_row(message: str, header: Place, proposed: str) -> Diagnostic:
    """Say it of a row, whose id stands in a column."""
    cell = header.child("id")
    is_text = header.file.lower().endswith(TEXTS)
    return RULE.error(
        message,
        cell,
        f"write `{proposed}` into the column `id`",
        help="an id is permanent; "
        + (
            "`deckgen check --fix` writes this one"
            if is_text
            else "deckgen writes no spreadsheets but CSV: write it yourself"
        ),
        edit=Edit(cell, proposed) if is_text else None,
        proposal=proposed,
    )


def of_table(file: str, columns: Sequence[str], place: Place) -> Diagnostic:
    """Return the diagnostic for a `[[table]]` whose rows have no ids."""
    column = columns[0] if columns else "…"
    return RULE.error(
        f"the rows of `{file}` have no ids",
        place,
        f'write `id = "@{{{column}}}"`, if that column names each row for ever',
        help="or give the spreadsheet a column `id`; `deckgen check --fix` fills that of a CSV file",
    )


def of_empty_cells(template: str, place: Place) -> Diagnostic:
    """Return the diagnostic for a row where the cells that its id is made of are empty."""
    return RULE.error(f"the row has no id: it is made of `{template}`", place, "nothing here to make it of")


def distinct(
    found: Iterable[Diagnostic], manuscript: Manuscript, is_retired: Callable[[str], bool]
) -> list[Diagnostic]:
    """Number the proposals so that no two are the same, and none is an id that something has or has had."""
    rows = {id_.rpartition("/")[2] for id_ in (*manuscript.rows, *manuscript.broken) if "/" in id_}
    items = set(manuscript.by_id) | (manuscript.broken - manuscript.unnamed)
    items.update(former for entry in manuscript.items for former in entry.item.was)
    others = {entry.item.id for entry in manuscript.sheets()} | manuscript.stems().keys()
    taken: dict[tuple[str | int, ...], set[str]] = {}
    result = []
    for diagnostic in found:
        header = diagnostic.place
        if header.table and header.path[-1] == "id":
            header = Place(header.file, header.path[:-1], "header", table=header.table)
        path = header.path
        if diagnostic.code != RULE.code or not path or not diagnostic.proposal:
            result.append(diagnostic)
            continue
        is_item = len(path) == _ITEM_DEPTH and path[0] not in ("sheet", "stem")
        scope = (header.file, *path[:-1]) if len(path) > _ITEM_DEPTH else (str(is_item),)
        known = taken.setdefault(
            scope, set(items if is_item else rows if len(path) > _ITEM_DEPTH else others)
        )
        word = diagnostic.proposal
        numbers = (word if n == 1 else f"{word}-{n}" for n in count(1))
        free = next(one for one in numbers if one not in known and not (is_item and is_retired(one)))
        known.add(free)
        result.append(diagnostic if free == word else _diagnostic(diagnostic.message, header, free))
    return result


def propose(item: Mapping[str, Any]) -> str:
    """Propose an id from what an item says."""
    held = item.get("fields", item)
    telling = _TELLING if held is item else tuple(held)
    text = next((held[key] for key in telling if isinstance(held.get(key), str)), "")
    found = slug(text)
    if found or not text.strip():
        return found or "item"
    # A script that is not spelt in Latin letters here: the same text has the same id, and no two texts one.
    return digest_id(text.strip())
