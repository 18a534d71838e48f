"""The `deckgen` program and its commands, one file each."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer

from deckgen import __version__
from deckgen.cli.build import build
from deckgen.cli.check import check
from deckgen.cli.command import Command, Group
from deckgen.cli.diff import diff
from deckgen.cli.explain import explain
from deckgen.cli.export import export
from deckgen.cli.import_ import import_
from deckgen.cli.list import list_
from deckgen.cli.lock import lock
from deckgen.cli.mark import mark
from deckgen.cli.new import new
from deckgen.cli.print import print_
from deckgen.cli.release import release
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
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    pretty_exceptions_enable=False,
)

_COMMANDS: dict[str, Callable[..., None]] = {
    "new": new,
    "import": import_,
    "check": check,
    "build": build,
    "watch": watch,
    "serve": serve,
    "mark": mark,
    "diff": diff,
    "print": print_,
    "release": release,
    "export": export,
    "lock": lock,
    "list": list_,
    "explain": explain,
    "schema": schema,
    "templates": templates,
}
for _name, _command in _COMMANDS.items():
    app.command(_name, cls=Command)(_command)


def _say_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"deckgen {__version__}")
        raise typer.Exit


@app.callback()
def _deckgen(
    ctx: typer.Context,
    folder: Annotated[
        Path | None,
        typer.Option(
            "-C", "--directory", metavar="DIR", help="The same as after the command.", show_default=False
        ),
    ] = None,
    version: Annotated[  # noqa: ARG001 -- its callback says it, and ends
        bool,
        typer.Option("--version", callback=_say_version, is_eager=True, help="Print the version and exit."),
    ] = False,
) -> None:
    """Turn questions written in TOML into Anki decks, printable quiz sheets and web quizzes."""
    name = ctx.invoked_subcommand
    if folder is None or name is None:
        return
    if name in _COMMANDS and "folder" not in inspect.signature(_COMMANDS[name]).parameters:
        raise typer.BadParameter(f"`{name}` does not work in a folder", param_hint="-C")
    ctx.default_map = {name: {"folder": folder}}
