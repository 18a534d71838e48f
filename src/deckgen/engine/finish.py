"""End a build: write what was made, and remember what it was made from."""

from __future__ import annotations

import pickle
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import msgspec

from deckgen.core import Course, Item, new_card_places
from deckgen.engine.decks import Packed
from deckgen.engine.interfaces import exporters
from deckgen.engine.inventory import Stamp, inventory, stamp_of, tool
from deckgen.engine.stamp_report import Places
from deckgen.engine.state import MADE_FILE, Counts, State, made_before, made_text
from deckgen.engine.write import publish, write_text
from deckgen.language.comparison import Comparison
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


class Outline(msgspec.Struct, frozen=True, kw_only=True):
    """What a build has to know of a project once its notes are written, so that the rest can go."""

    #: The course without its items.
    frame: Course
    #: Ids of what sheets may draw.
    drawn: tuple[str, ...]
    #: Names of the files that others draw on.
    exporters: tuple[str, ...]
    places: Places
    #: Places of the new cards of each note; empty where they come in the source's order.
    new_cards: dict[str, tuple[int, ...]]

    @classmethod
    def folded(cls, manuscript: Manuscript, frame: Course, items: Iterable[Item]) -> bytes:
        """Return the outline of a project as one piece of memory, to be unfolded when the manuscript is gone.

        Its small parts lie amid what authors wrote: memory is given back only where nothing is held.
        """
        outline = cls(
            frame=frame,
            drawn=tuple(sorted(_drawn(frame, manuscript))),
            exporters=exporters(manuscript),
            places=Places(manuscript),
            new_cards=new_card_places(frame, items) if _is_ordered(frame) else {},
        )
        return pickle.dumps(outline)

    @classmethod
    def unfolded(cls, outline: bytes) -> Outline:
        """Return the outline that was folded by this process."""
        made: Outline = pickle.loads(outline)  # noqa: S301
        return made


def state_of(
    root: Path,
    output: Path,
    inputs: Mapping[str, Stamp],
    begun: int,
    options: dict[str, Any],
    outline: Outline,
    media: Iterable[str],
    interfaces: dict[str, str],
    packed: Packed,
    outputs: Mapping[str, bytes],
) -> State:
    """Return the state that a build leaves, after everything is written.

    `inputs` were looked at before anything was read, at `begun` (ns since 1970). `media` are the pictures that
    texts name.
    """
    pictures = tuple(sorted(media))
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
            sheets=len(outline.frame.sheets),
            files=len(outputs),
        ),
        interfaces=interfaces,
        exporters=outline.exporters,
        drawn=outline.drawn,
        packages=packed.by_deck,
    )


def _drawn(course: Course, manuscript: Manuscript) -> set[str]:
    """Return the ids of the items whose change may show elsewhere than in their note: those that sheets may draw.

    Paper flashcards show every item, and in a mixed deck the order of new cards looks at their answers.
    """
    if course.project.printing.flashcards or any(deck.new == "mixed" for deck in course.decks):
        items = (entry.item for file in manuscript.files if file.deck for entry in file.entries)
        return {id_ for item in items for id_ in _core_ids(item)}
    pools = (pool for sheet in course.sheets for section in sheet.sections for pool in section.pools)
    return {id_ for pool in pools for id_ in pool.items}


def _is_ordered(course: Course) -> bool:
    return bool(course.project.new_order) or any(deck.new == "mixed" for deck in course.decks)


def _core_ids(item: Any) -> Iterable[str]:
    return item.made_ids() if isinstance(item, Comparison) else (item.id,)
