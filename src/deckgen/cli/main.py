"""The entry point of the program, and every way in which it ends."""

from __future__ import annotations

import gc
import os
import sys
from contextlib import suppress

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import NoReturn

#: Exit codes besides those of the commands: interrupted by Ctrl-C as shells count it, and EX_SOFTWARE.
_INTERRUPTED, _BUG = 130, 70


def program() -> NoReturn:
    """Run the program as a separate process."""
    is_plain = plain_command(sys.argv[1:]) is not None
    if is_plain:
        # A build or check needs all of its objects until the end.
        gc.disable()
    try:
        main()
    except SystemExit as end:
        if not is_plain:
            raise
        # To free all objects of a large build takes longer than a small build.
        for stream in (sys.stdout, sys.stderr):
            with suppress(OSError):
                stream.flush()
        os._exit(end.code if isinstance(end.code, int) else _BUG)


def main() -> NoReturn:
    """Run the program, and end with its exit code.

    Raises:
        SystemExit: always.
    """
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            # Output is UTF-8 on any code page of the terminal; what it cannot show is escaped.
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    sys.exit(_run())


def plain_command(arguments: Sequence[str]) -> tuple[str, str, list[str]] | None:
    """Return name, folder and files of a `build` or `check` without other options; None for other commands.

    These are the most frequent commands. They run without the command-line library, whose import takes half the
    time of a small build or check.
    """
    match arguments:
        case ["build" | "check" as name]:
            return name, ".", []
        case ["build" | "check" as name, "-C" | "--directory", folder] | [
            "-C" | "--directory",
            folder,
            "build" | "check" as name,
        ] if folder and not folder.startswith("-"):
            return name, folder, []
        case ["check", *files] if not any(file.startswith("-") for file in files):
            return "check", ".", files
        case _:
            return None


def _run() -> int:
    try:
        code = _command()
        sys.stdout.flush()
    except BrokenPipeError:
        return _reader_has_gone()
    except KeyboardInterrupt:
        return _INTERRUPTED
    except Exception as error:  # noqa: BLE001 - the last handler, for any error
        return _failed(error)
    return code if isinstance(code, int) else 0


def _command() -> object:
    command = plain_command(sys.argv[1:])
    if command is None:
        from deckgen.cli.app import app

        return app(prog_name="deckgen", standalone_mode=False)
    from pathlib import Path

    name, folder, files = command
    if name == "check":
        from deckgen.cli.checking import run as check

        return check(Path(folder), [Path(file) for file in files])
    from deckgen.cli.building import run as build

    return build(Path(folder))


def _reader_has_gone() -> int:
    """Exit without an error if the reader of a pipe has gone, as in `deckgen list | head`."""
    # Python flushes the rest when it exits, which must not fail again.
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 0


def _failed(error: Exception) -> int:
    from typer import Abort

    from deckgen.cli.failure import bug, refusal, usage_error

    if isinstance(error, Abort):
        return _INTERRUPTED
    if hasattr(error, "exit_code") and hasattr(error, "format_message"):  # the library's own exceptions
        sys.stderr.write(usage_error(error))
        return int(error.exit_code)
    if isinstance(error, OSError):
        sys.stderr.write(refusal(error))
        return 1
    sys.stderr.write(bug(error))
    return _BUG
