"""End a build: write what was made, and remember what it was made from."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from deckgen.build.decks import Packed
from deckgen.build.interfaces import exporters, interface
from deckgen.build.inventory import Stamp, inventory, stamp_of, tool
from deckgen.build.state import MADE_FILE, Counts, State, made_before, made_text
from deckgen.build.write import publish, write_text
from deckgen.compiler.compile import Compiled
from deckgen.core import Course
from deckgen.language.manuscript import Manuscript
from deckgen.reading.project import LOCK_FILE


def write_outputs(root: Path, output: Path, lock: str | None, outputs: Mapping[str, bytes]) -> None:
    """Write the lock where it changed, and the outputs; take away what former builds made and this one does not.

    Raises:
        OSError: if something cannot be written; each file is then the old or the new one.
    """
    # The lock goes first: were it older than the decks, a learner could get one stamp with two contents.
    if lock is not None:
        write_text(root / LOCK_FILE, lock)
    before = made_before(output)
    # First what may be there, whenever this is cut off, and in the end what is.
    write_text(output / MADE_FILE, made_text({*before, *outputs}))
    publish(output, outputs, before - outputs.keys())
    write_text(output / MADE_FILE, made_text(outputs))


def state_of(
    root: Path,
    output: Path,
    inputs: Mapping[str, Stamp],
    begun: int,
    options: dict[str, Any],
    compiled: Compiled,
    course: Course,
    manuscript: Manuscript,
    packed: Packed,
    outputs: Mapping[str, bytes],
    interfaces: dict[str, str],
) -> State:
    """Return the state that a build leaves, after everything is written.

    `inputs` were looked at before anything was read, at `begun` (ns since 1970). `interfaces` are empty where
    they have still to be found out.
    """
    pictures = tuple(sorted(compiled.media))
    now = inventory(root, pictures, begun)
    lock = stamp_of(root / LOCK_FILE)
    return State(
        tool=tool(),
        options=options,
        inputs={
            **inputs,
            **{name: now[name] for name in pictures if name in now},
            **({LOCK_FILE: lock} if lock else {}),
        },
        pictures=pictures,
        outputs={name: stamp for name in sorted(outputs) if (stamp := stamp_of(output / name))},
        counts=Counts(
            decks=packed.decks,
            notes=packed.notes,
            cards=packed.cards,
            sheets=len(course.sheets),
            files=len(outputs),
        ),
        interfaces=interfaces or {file.name: interface(file) for file in manuscript.files},
        exporters=exporters(manuscript),
        drawn=tuple(sorted(_drawn(course))),
        packages=packed.by_deck,
    )


def _drawn(course: Course) -> set[str]:
    """Return the ids of the items whose change may show on paper or screen: those that sheets may draw.

    Paper flashcards show every item.
    """
    if course.project.printing.flashcards:
        return {item.id for item in course.items}
    pools = (pool for sheet in course.sheets for section in sheet.sections for pool in section.pools)
    return {id_ for pool in pools for id_ in pool.items}
