"""What people decided about doubtful rows: a file in the folder of the outputs, which no run asks about again."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import msgspec

from deckgen.confined import read_bytes
from deckgen.engine.write import write_bytes
from deckgen.marking.responses import Decisions

FILE = "decisions.json"
_LARGEST = 50_000_000


class Decision(msgspec.Struct, frozen=True):
    """The options that are marked in a row of a page."""

    page: str
    question: int
    row: int
    marked: tuple[str, ...]


class _File(msgspec.Struct, frozen=True, kw_only=True):
    format: Literal["deckgen-mark-decisions/1"] = "deckgen-mark-decisions/1"
    decisions: tuple[Decision, ...] = ()


class UnreadableDecisionsError(Exception):
    """The file of decisions is damaged; it is never overwritten then."""


def load(out: Path) -> dict[tuple[str, int, int], tuple[str, ...]]:
    """Return the decisions that are kept in a folder; none if there is no file.

    Raises:
        UnreadableDecisionsError: if the file is not what `save` wrote.
    """
    try:
        content = read_bytes(out, FILE, _LARGEST)
    except FileNotFoundError:
        return {}
    except OSError as error:
        raise UnreadableDecisionsError((error.strerror or str(error)).lower()) from None
    try:
        found = msgspec.json.decode(content, type=_File)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise UnreadableDecisionsError(str(error)) from None
    return {(each.page, each.question, each.row): each.marked for each in found.decisions}


def save(out: Path, decisions: Decisions) -> None:
    """Keep decisions, sorted.

    Raises:
        OSError: if the file cannot be written.
    """
    made = _File(decisions=tuple(Decision(*place, marked) for place, marked in sorted(decisions.items())))
    write_bytes(out, FILE, msgspec.json.format(msgspec.json.encode(made), indent=1) + b"\n")
