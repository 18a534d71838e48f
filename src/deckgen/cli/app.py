"""The `deckgen` program: its commands, each in a file of its own."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Annotated

import typer

from deckgen import __version__
from deckgen.cli.build import build
from deckgen.cli.check import check
from deckgen.cli.explain import explain
from deckgen.cli.list import list_
from deckgen.cli.new import new
from deckgen.cli.schema import schema

app = typer.Typer(
    name="deckgen",
    help="Turn questions written in TOML into Anki decks, printable quiz sheets and web quizzes.",
    epilog="Start with: deckgen new my-course",
    no_args_is_help=True,
    rich_markup_mode="rich",
    context_settings={"help_option_names": ["-h", "--help"]},
    pretty_exceptions_enable=False,
)

_COMMANDS: dict[str, Callable[..., None]] = {
    "new": new,
    "check": check,
    "build": build,
    "list": list_,
    "explain": explain,
    "schema": schema,
}
for _name, _command in _COMMANDS.items():
    app.command(_name)(_command)


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
    """Run the program."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            # Names and texts are UTF-8 whatever the terminal's code page; what it cannot show is escaped.
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        app()
    except BrokenPipeError:
        # Whoever read us has gone (`deckgen list | head`): that is no error.
        sys.stderr.close()
        sys.exit(0)
