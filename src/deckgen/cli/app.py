"""The `deckgen` program: its commands, each in a file of its own."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from typing import Annotated

import typer

from deckgen import __version__
from deckgen.cli.build import build
from deckgen.cli.check import check
from deckgen.cli.command import Command, Group
from deckgen.cli.diff import diff
from deckgen.cli.explain import explain
from deckgen.cli.list import list_
from deckgen.cli.new import new
from deckgen.cli.schema import schema
from deckgen.cli.serve import serve
from deckgen.cli.templates import templates
from deckgen.cli.watch import watch

app = typer.Typer(
    name="deckgen",
    cls=Group,
    epilog="Start with: deckgen new my-course",
    no_args_is_help=True,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
    pretty_exceptions_enable=False,
)

_COMMANDS: dict[str, Callable[..., None]] = {
    "new": new,
    "check": check,
    "build": build,
    "watch": watch,
    "serve": serve,
    "diff": diff,
    "list": list_,
    "explain": explain,
    "schema": schema,
    "templates": templates,
}
for _name, _command in _COMMANDS.items():
    app.command(_name, cls=Command)(_command)

#: Exit codes beside those of the commands: interrupted by Ctrl-C as shells count it, and EX_SOFTWARE.
_INTERRUPTED, _BUG = 130, 70


def _say_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"deckgen {__version__}")
        raise typer.Exit


@app.callback()
def _deckgen(
    version: Annotated[
        bool,
        typer.Option("--version", callback=_say_version, is_eager=True, help="Print the version and exit."),
    ] = False,
) -> None:
    """Turn questions written in TOML into Anki decks, printable quiz sheets and web quizzes."""


def main() -> None:
    """Run the program, and end with its exit code."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            # Names and texts are UTF-8 whatever the terminal's code page; what it cannot show is escaped.
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    sys.exit(_run())


def _run() -> int:
    try:
        code = app(prog_name="deckgen", standalone_mode=False)
        sys.stdout.flush()
    except BrokenPipeError:
        return _reader_has_gone()
    except KeyboardInterrupt:
        return _INTERRUPTED
    except typer.Abort:
        return _INTERRUPTED
    except Exception as error:  # noqa: BLE001 - the last one to see it, whatever it is
        return _failed(error)
    return code if isinstance(code, int) else 0


def _reader_has_gone() -> int:
    """Let `deckgen list | head` be no error: nobody is left to be told anything."""
    # Python writes what is left at its end, which must not fail again.
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 0


def _failed(error: Exception) -> int:
    from deckgen.cli.failure import bug, misuse, refusal

    if hasattr(error, "exit_code") and hasattr(error, "format_message"):  # the library's own exceptions
        sys.stderr.write(misuse(error))
        return int(error.exit_code)
    if isinstance(error, OSError):
        sys.stderr.write(refusal(error))
        return 1
    sys.stderr.write(bug(error))
    return _BUG
