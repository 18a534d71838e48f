"""A GUID in `deckgen.lock` comes from none of the item's ids.

Anki knows a note by its GUID alone, and deckgen derives it from the first id that an item had. If the lock has another
one, it was edited by mistake, and learners would get the note a second time; or the item was renamed, and its `was` was
removed later. If most notes are named, the `id` of the project was changed, or the lock is that of another project:
Anki would then update none of them. This is a warning.

Bad:
    ```text
    a letter of a GUID was changed in `deckgen.lock`
    ```

Good:
    ```text
    the line as git has it; or `was` with the former id in the item
    ```
"""

from __future__ import annotations

from deckgen.diagnostics import Diagnostic, Place, Severity
from deckgen.rules._rule import Rule

RULE = Rule(__name__)
SEVERITY = Severity.WARNING

#: Ids in a message.
_MOST = 5


def found(file: str, ids: tuple[str, ...]) -> Diagnostic:
    """Return the diagnostic for items whose GUID in the lock cannot be derived."""
    if len(ids) > _MOST:
        named = ", ".join(f"`{id_}`" for id_ in ids[:_MOST])
        return RULE.warning(
            f"the GUIDs of {len(ids)} notes come from none of their ids: {named}, …",
            Place(file),
            help="was `id` changed in `deckgen.toml`? Put it back; a fork that needs its own id removes "
            "`deckgen.lock` and `dist/`",
        )
    named = ", ".join(f"`{id_}`" for id_ in ids)
    return RULE.warning(
        f"the GUID of {named} comes from none of its ids",
        Place(file),
        help="restore the line from git; or, if the item once had another id, add that to its `was`",
    )
