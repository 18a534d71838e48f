"""Build upon the last build: nothing where nothing changed, a few notes where only those did.

Standard library only, until there is something to do: that is what a build with nothing to do costs.
"""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from deckgen.engine.state import Counts, changed_inputs, load

OUTPUT_FOLDER = "dist"


class Quick(NamedTuple):
    """What there was to do."""

    counts: Counts
    #: Ids of the notes that changed.
    changed: tuple[str, ...] = ()


def quick(root: Path, now: int, *, locked: bool = False, pdf: bool = False) -> Quick | None:
    """Bring the outputs of a project up to date where that takes little; None where a whole build is needed.

    `now` is in seconds since 1970 and stamps what changed. With `locked` nothing may.

    Raises:
        OSError: if something cannot be written; each file is then the old or the new one.
    """
    output = root / OUTPUT_FOLDER
    state = load(root)
    if state is None:
        return None
    options = {"pdf": pdf}
    changed = changed_inputs(root, state, options, output)
    if changed is None:
        return None
    if not changed:
        return Quick(state.counts)
    if locked or not changed <= state.interfaces.keys():
        return None
    from deckgen.imports import stand_ins

    with stand_ins("typing_extensions"):
        import msgspec  # noqa: F401 -- before those that need it
    from deckgen.engine.patch import patch
    from deckgen.engine.write import only_one

    with only_one(root):
        # Another build may have been at work while this one waited. What else changed meanwhile differs from the
        # state that this one leaves as well, and is for the next.
        if load(root) != state:
            return None
        patched = patch(root, output, state, changed, now)
    return Quick(patched.state.counts, patched.changed) if patched else None
