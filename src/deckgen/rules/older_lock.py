"""An older deckgen wrote `deckgen.lock`, and some notes cannot be compared with it.

A note is sent again when what its author wrote changed, not when deckgen renders it better.
An older lock remembers only how a note was rendered. Where this deckgen renders it differently, the packages of the
last build, in `dist/anki/` or given by `--former`, show whether its text changed. Without them, deckgen cannot tell:
the note is stamped again, so that no change is lost, and what learners wrote into it is replaced.
This is a warning, given once.

Bad:
    ```text
    deckgen is upgraded in a fresh clone that was never built
    ```

Good:
    ```text
    `deckgen build --former` with the packages published last
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
    """Return the diagnostic for notes that were stamped again because it is unknown whether they changed."""
    named = ", ".join(f"`{id_}`" for id_ in ids[:_MOST]) + (", …" if len(ids) > _MOST else "")
    count = "1 note is" if len(ids) == 1 else f"{len(ids)} notes are"
    return RULE.warning(
        f"{count} stamped again, as no package shows whether the text changed: {named}",
        Place(file),
        help=(
            f"to send only what changed, restore `{file}` from git and build with `--former` "
            "and the packages published last"
        ),
    )
