"""What is said when the program cannot go on: wrong arguments, a refusal of the system, a bug."""

from __future__ import annotations

import os
import platform
import traceback
from pathlib import Path
from typing import Any

from deckgen import __version__

#: Set to anything, it shows where a bug came up.
TRACEBACK = "DECKGEN_TRACEBACK"


def usage_error(error: Any) -> str:
    """Return what is said of wrong arguments; without any, that is the whole help."""
    said = str(error.format_message()).strip()
    if error.ctx and said == error.ctx.get_help().strip():
        return f"{said}\n"
    command = error.ctx.command_path if error.ctx else "deckgen"
    said = said.replace("Value error, ", "").removesuffix(".")
    return f"error: {said[:1].lower()}{said[1:]}\nhelp: `{command} --help`\n"


def refusal(error: OSError) -> str:
    """Return what is said when the system refuses to read or write something."""
    reason = (error.strerror or str(error)).lower()
    return f"error: {error.filename}: {reason}\n" if error.filename else f"error: {reason}\n"


def bug(error: Exception) -> str:
    """Return what is said when something comes up that never should: what it is, and how to report it."""
    if os.environ.get(TRACEBACK):
        shown = "".join(traceback.format_exception(error))
    else:
        said = str(error).partition("\n")[0]
        shown = f"  {type(error).__name__}{': ' if said else ''}{said}{_place(error)}\n"
    return (
        "error: this is a bug in deckgen, not in your files\n"
        f"{shown}"
        f"  deckgen {__version__}, Python {platform.python_version()}, {platform.system()}\n"
        "Please report it with these lines, the command, and the file that brings it up if you can.\n"
        + ("" if os.environ.get(TRACEBACK) else f"`{TRACEBACK}=1 deckgen …` shows where it came up.\n")
    )


def _place(error: Exception) -> str:
    """Name the last line of deckgen's own code that was at work."""
    package = Path(__file__).parent.parent
    for frame in reversed(traceback.extract_tb(error.__traceback__)):
        path = Path(frame.filename)
        if path.is_relative_to(package):
            return f" ({path.relative_to(package).as_posix()}:{frame.lineno})"
    return ""
