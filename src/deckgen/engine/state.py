"""The inputs and outputs of the last build: kept in `.deckgen/`, and used only if the files still match.

Standard library only, as `stamps`: a build with nothing to do is over before the rest is imported.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any, NamedTuple

from deckgen.confined import read_bytes
from deckgen.engine.stamps import Stamp, differing, stamp_of, stamps, tool

OUTPUT_FOLDER = "dist"
#: In the project's folder, and not for version control.
STATE_FOLDER = ".deckgen"
STATE_FILE = f"{STATE_FOLDER}/state.json"
#: Results of earlier builds.
PIECES_FOLDER = f"{STATE_FOLDER}/pieces"
#: In the output folder: the names of the files that builds made there.
MADE_FILE = ".made-by-deckgen"
FORMAT = 2
#: Bytes of a state and of a list of files; a course of 100,000 questions has some megabytes.
_LARGEST = 200_000_000


class Counts(NamedTuple):
    """How much a build made."""

    decks: int = 0
    notes: int = 0
    cards: int = 0
    sheets: int = 0
    files: int = 0


class Trace(NamedTuple):
    """An output as it was made: its key and the digest of its content (both hexadecimal), and the file's stamp."""

    key: str
    content: str
    stamp: Stamp


class State(NamedTuple):
    """The state of a finished build."""

    tool: str
    #: Whether outputs that are made only on request (PDFs) were requested.
    everything: bool
    #: Whether it had no diagnostics, which the next build would have to report again.
    quiet: bool
    inputs: dict[str, Stamp]
    #: Media and spreadsheets among the inputs.
    media: tuple[str, ...]
    #: By the names of the outputs.
    outputs: dict[str, Trace]
    counts: Counts


def load(root: Path) -> State | None:
    """Return the state of the last build, None if there is none that can be read."""
    try:
        raw = json.loads(read_bytes(root, STATE_FILE, _LARGEST))
        if raw.pop("format") != FORMAT:
            return None
        return _state(**raw)
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError, OverflowError):
        return None


def _state(
    tool: str,
    everything: Any,
    quiet: Any,
    inputs: dict[str, Any],
    media: list[str],
    outputs: dict[str, Any],
    counts: list[int],
) -> State:
    return State(
        tool=str(tool),
        everything=bool(everything),
        quiet=bool(quiet),
        inputs={name: _stamp(stamp) for name, stamp in inputs.items()},
        media=tuple(map(str, media)),
        outputs={
            name: Trace(str(key), str(content), _stamp(stamp))
            for name, (key, content, stamp) in outputs.items()
        },
        counts=Counts(*map(int, counts)),
    )


def _stamp(raw: Any) -> Stamp:
    size, time = raw
    return int(size), int(time)


def dumps(state: State) -> bytes:
    """Write a state as bytes."""
    return json.dumps({"format": FORMAT, **state._asdict()}, ensure_ascii=False).encode()


def unchanged(root: Path, *, everything: bool) -> Counts | None:
    """Return the counts of the last build if a build would change and report nothing, else None."""
    state = load(root)
    if (
        state is None
        or not state.quiet
        or (everything and not state.everything)
        or state.tool != tool()
        or differing(state.inputs, stamps(root, state.media))
    ):
        return None
    output = root / OUTPUT_FOLDER
    intact = all(stamp_of(output / name) == trace.stamp for name, trace in state.outputs.items())
    return state.counts if intact else None


def made_before(root: Path) -> set[str]:
    """Return the names of the files that builds made in the output folder of a project."""
    try:
        lines = read_bytes(root, f"{OUTPUT_FOLDER}/{MADE_FILE}", _LARGEST).decode().split("\n")
    except (OSError, UnicodeDecodeError):
        return set()
    return {name for name in lines if _is_inside(name)}


def made_text(names: Iterable[str]) -> str:
    """Write the names of outputs for `made_before`."""
    return "".join(f"{name}\n" for name in sorted(names))


def _is_inside(name: str) -> bool:
    """Return whether a build could have written a file of this name, so that no other file is ever removed."""
    parts = name.split("/")
    return (
        all(part not in ("", ".", "..") for part in parts)
        and "\\" not in name
        and ":" not in name
        and name.isprintable()
    )
