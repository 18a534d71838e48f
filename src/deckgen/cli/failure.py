"""Messages for when the program cannot go on: wrong arguments, a system error, a bug."""

from __future__ import annotations

import os
import platform
import traceback
from pathlib import Path
from typing import Any

from deckgen import __version__
from deckgen.system_error import reason

#: If this variable is set, a bug prints its traceback.
TRACEBACK = "DECKGEN_TRACEBACK"


def usage_error(error: Any) -> str:
    """Return the message for wrong arguments; without any arguments, the whole help."""
    message = str(error.format_message()).strip()
    if error.ctx and message == error.ctx.get_help().strip():
        return f"{message}\n"
    command = error.ctx.command_path if error.ctx else "deckgen"
    message = message.replace("Value error, ", "").removesuffix(".")
    return f"error: {message[:1].lower()}{message[1:]}\nhelp: `{command} --help`\n"


def refusal(error: OSError) -> str:
    """Return the message for a system error, such as a file that cannot be written."""
    where = f"{error.filename}: " if error.filename else ""
    return f"error: {where}{reason(error)}\n"


def bug(error: Exception) -> str:
    """Return the message for a bug: what it is, and how to report it."""
    if os.environ.get(TRACEBACK):
        shown = "".join(traceback.format_exception(error))
    else:
        message = str(error).partition("\n")[0]
        shown = f"  {type(error).__name__}{': ' if message else ''}{message}{_place(error)}\n"
    return (
        "error: this is a bug in deckgen, not in your files\n"
        f"{shown}"
        f"  deckgen {__version__}, Python {platform.python_version()}, {platform.system()}\n"
        "Please report it with these lines, the command, and if you can the file that causes it.\n"
        + ("" if os.environ.get(TRACEBACK) else f"`{TRACEBACK}=1 deckgen …` prints the traceback.\n")
    )


def _place(error: Exception) -> str:
    """Name the innermost line of deckgen's own code in a traceback."""
    package = Path(__file__).parent.parent
    for frame in reversed(traceback.extract_tb(error.__traceback__)):
        path = Path(frame.filename)
        if path.is_relative_to(package):
            return f" ({path.relative_to(package).as_posix()}:{frame.lineno})"
    return ""
