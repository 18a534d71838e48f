"""Read the spreadsheets that files of cards name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path, PurePosixPath
from typing import Any

import msgspec

from deckgen.confined import OutsideError, files_below, read_bytes, spelt
from deckgen.system_error import reason
from deckgen.tables import ENDINGS, LARGEST, is_lock
from deckgen.toml import SyntaxProblem, decode

#: What a file of cards holds that names a spreadsheet, and what of it is quickly found.
_TABLE = re.compile(r"""\n[ \t]*(?:\[\[?[ \t]*)?["']?table["']?[ \t]*[\].=]""")
_PART = re.compile(r"""table["']?[ \t]*[\].=]""")
#: Spreadsheets that are listed, to propose one.
_MOST_LISTED = 1000


class Unread(msgspec.Struct, frozen=True):
    """Why a file cannot be had: `why` follows on its name. Where there is none, `there` are others."""

    why: str = ""
    there: tuple[str, ...] = ()


#: The contents of spreadsheets by their paths in the project.
Tables = Mapping[str, bytes | Unread]


def read_tables(root: Path, cards: Iterable[str]) -> dict[str, bytes | Unread]:
    """Read each spreadsheet that one of these texts names."""
    names = dict.fromkeys(name for text in cards for name in named(text))
    return {name: _read(root, name) for name in names}


def named(text: str) -> Iterator[str]:
    """Yield the spreadsheets that a file of cards names, there or not."""
    for table in tables_in(text):
        if isinstance(table.get("file"), str):
            yield table["file"]


def tables_in(text: str) -> Iterator[dict[str, Any]]:
    """Yield each `[[table]]` of a file of cards, as decoded."""
    if not _PART.search(text) or not _TABLE.search(f"\n{text}"):
        return
    raw = decode(text)
    tables = None if isinstance(raw, SyntaxProblem) else raw.get("table")
    yield from (table for table in tables if isinstance(table, dict)) if isinstance(tables, list) else ()


def is_below(name: str) -> bool:
    """Return whether a path stays in the project."""
    return (
        bool(name)
        and not name.startswith(("/", "~"))
        and ":" not in name
        and "\\" not in name
        and "\0" not in name
        and ".." not in PurePosixPath(name).parts
    )


def _read(root: Path, name: str) -> bytes | Unread:
    if not is_below(name):
        return Unread("is not a path in the project: it is relative to its folder, with `/`")
    if is_lock(name):
        return Unread("is a lock file that a spreadsheet program leaves while a file is open")
    try:
        return read_bytes(root, spelt(root, name), LARGEST)
    except (FileNotFoundError, NotADirectoryError):
        return Unread(there=tuple(_listed(root)))
    except OutsideError:
        return Unread("is a link that leads out of the project")
    except (OSError, ValueError) as error:
        why = reason(error) if isinstance(error, OSError) else str(error)
        return Unread(f"cannot be read: {why}")


def _listed(root: Path) -> Iterator[str]:
    """Yield the spreadsheets of the project."""
    left = _MOST_LISTED
    for name, each in files_below(root, ""):
        if (
            name.lower().endswith(ENDINGS)
            and not name.startswith((".", "dist/"))
            and not is_lock(name)
            and each.is_file()
        ):
            yield name
            left -= 1
            if not left:
                return
