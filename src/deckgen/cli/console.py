"""The terminal: colours, width, progress."""

from __future__ import annotations

import os
import shutil
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum

from deckgen.diagnostics.formats import FORMATS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import TextIO

    class Format(StrEnum):
        """A format of diagnostics: any of `FORMATS`; the command line itself uses only this one."""

        TEXT = "text"
else:
    Format = StrEnum("Format", {word.upper(): word for word in FORMATS})


#: Columns for text that goes into a file or a pipe.
_PLAIN_WIDTH = 100


def wants_color(stream: TextIO) -> bool:
    """Return whether to colour output to `stream`; `NO_COLOR` and `FORCE_COLOR` override (no-color.org)."""
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR"):
        return True
    return is_terminal(stream) and os.environ.get("TERM") != "dumb"


def is_terminal(stream: TextIO) -> bool:
    """Return whether `stream` is a terminal."""
    try:
        return stream.isatty()
    except ValueError:
        return False


def width(stream: TextIO) -> int:
    """Return the columns of the terminal, or a fixed number if there is none."""
    return shutil.get_terminal_size((_PLAIN_WIDTH, 24)).columns if is_terminal(stream) else _PLAIN_WIDTH


def now() -> int:
    """Return the time of the build in seconds since 1970; `SOURCE_DATE_EPOCH` sets it.

    Raises:
        ValueError: if `SOURCE_DATE_EPOCH` is set and not a whole number of seconds.
    """
    given = os.environ.get("SOURCE_DATE_EPOCH")
    if not given:
        return int(time.time())
    if not given.isascii() or not given.isdigit():
        raise ValueError(f"SOURCE_DATE_EPOCH is not a number of seconds: {given!r}")
    return int(given)


@contextmanager
def progress(label: str) -> Iterator[Callable[[str, int, int], None]]:
    """Show a progress bar on a terminal; the value is called with (step, done, total)."""
    if not is_terminal(sys.stderr) or os.environ.get("TERM") == "dumb" or os.environ.get("CI"):
        yield lambda _step, _done, _total: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn

    columns = (TextColumn("{task.description}"), BarColumn(), TextColumn("{task.fields[step]}"))
    # Without a thread that redraws it: a process with threads cannot be forked safely.
    with Progress(*columns, console=Console(stderr=True), transient=True, auto_refresh=False) as bar:
        task = bar.add_task(label, total=None, step="")

        def show(step: str, done: int, total: int) -> None:
            bar.update(task, completed=done, total=total, step=step, refresh=True)

        yield show
