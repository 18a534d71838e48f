"""What the last build was made from and what it made: kept in `.deckgen/`, believed only where all else agrees.

Standard library only, as `inventory`.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any, NamedTuple

from deckgen.engine.inventory import Stamp, differing, stamp_of, stamps, tool

#: In the project's folder, and not for version control.
STATE_FILE = ".deckgen/state.json"
#: In the output folder: the names of the files that builds made there.
MADE_FILE = ".made-by-deckgen"
FORMAT = 1


class Counts(NamedTuple):
    """How much a build made."""

    decks: int = 0
    notes: int = 0
    cards: int = 0
    sheets: int = 0
    files: int = 0


class State(NamedTuple):
    """A build that had nothing to complain of."""

    tool: str
    #: Options that outputs depend on.
    options: dict[str, Any]
    inputs: dict[str, Stamp]
    #: Pictures among the inputs.
    pictures: tuple[str, ...]
    #: Below the output folder.
    outputs: dict[str, Stamp]
    counts: Counts
    #: By file of cards: a digest of all that other files, sheets and pages see of it.
    interfaces: dict[str, str] = {}  # noqa: RUF012 -- a default, never written to
    #: Files of cards that others draw on: sources, concepts, misconceptions, tables.
    exporters: tuple[str, ...] = ()
    #: Ids of the questions that sheets draw.
    drawn: tuple[str, ...] = ()
    #: Packages below the output folder by the top-level decks in them.
    packages: dict[str, str] = {}  # noqa: RUF012 -- a default, never written to


def load(root: Path) -> State | None:
    """Return the state of the last build, None where there is none that can be understood."""
    try:
        raw = json.loads((root / STATE_FILE).read_bytes())
        if raw.pop("format") != FORMAT:
            return None
        state = State(
            **raw
            | {
                "inputs": {name: (int(s), int(t)) for name, (s, t) in raw["inputs"].items()},
                "outputs": {name: (int(s), int(t)) for name, (s, t) in raw["outputs"].items()},
                "counts": Counts(**raw["counts"]),
                "pictures": tuple(raw["pictures"]),
                "exporters": tuple(raw["exporters"]),
                "drawn": tuple(raw["drawn"]),
            }
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None
    return state


def dumps(state: State) -> bytes:
    """Write a state as bytes."""
    return json.dumps(
        {"format": FORMAT, **state._asdict(), "counts": state.counts._asdict()}, ensure_ascii=False
    ).encode()


def changed_inputs(root: Path, state: State, options: dict[str, Any], output: Path) -> set[str] | None:
    """Return the inputs that changed since a state; None where it cannot be built upon.

    It cannot where another deckgen made it, with other options, or where an output is not as it was left.
    """
    if state.options != options or state.tool != tool():
        return None
    if any(stamp_of(output / name) != stamp for name, stamp in state.outputs.items()):
        return None
    return differing(state.inputs, stamps(root, state.pictures))


def made_before(output: Path) -> set[str]:
    """Return the names of the files that builds made in an output folder."""
    try:
        lines = (output / MADE_FILE).read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        return set()
    return {name for name in lines if _is_inside(name)}


def made_text(names: Iterable[str]) -> str:
    """Write the names of outputs for `made_before`."""
    return "".join(f"{name}\n" for name in sorted(names))


def _is_inside(name: str) -> bool:
    """Tell whether a name is one that a build could have written: nobody is to have others removed."""
    parts = name.split("/")
    return all(part not in ("", ".", "..") for part in parts) and "\\" not in name and ":" not in name
