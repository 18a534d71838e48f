"""`deckgen check`: report everything that is wrong."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from deckgen.cli.console import Format
from deckgen.cli.options import Folder, FormatOption


def check(
    files: Annotated[
        list[Path] | None,
        typer.Argument(metavar="FILE", help="Report on these files only.", show_default=False),
    ] = None,
    folder: Folder = Path(),
    form: FormatOption = Format.TEXT,
    fix: Annotated[
        bool, typer.Option("--fix", help="Make the repairs that are certain, such as missing ids.")
    ] = False,
    advice: Annotated[
        bool,
        typer.Option("--advice", help="Give advice on items, decks and sheets as well; it fails nothing."),
    ] = False,
) -> None:
    """Check the project and report everything that is wrong with it.

    With files, as hooks and editors pass them, the whole project around them is checked, and what concerns these
    files is reported.

    Exit code 0: success; 1: there are errors; 2: wrong usage.

    Examples:
        deckgen check                    the project of this folder
        deckgen check -C course --fix    another one, and write missing ids
        deckgen check --advice           and what the literature on test items advises
        deckgen check --format github    annotations in a pull request
        deckgen check cards/a.toml       what concerns one file
    """
    from deckgen.cli.checking import run

    raise typer.Exit(run(folder, files or (), form=form, fix=fix, advice=advice))
