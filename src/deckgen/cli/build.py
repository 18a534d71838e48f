"""`deckgen build`: make the decks, sheets and pages."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from deckgen.cli.console import Format
from deckgen.cli.options import (
    Folder,
    FormatOption,
    FormerOption,
    PdfOption,
    QuietOption,
    RestampOption,
)


def build(
    folder: Folder = Path(),
    locked: Annotated[
        bool, typer.Option("--locked", help="Fail where deckgen.lock would change; for CI.")
    ] = False,
    restamp: RestampOption = None,
    previous: FormerOption = None,
    force: Annotated[bool, typer.Option("--force", help="Build everything from scratch.")] = False,
    pdf: PdfOption = False,
    form: FormatOption = Format.TEXT,
    quiet: QuietOption = False,
) -> None:
    """Build Anki decks, printable sheets and web pages into dist/.

    If there are errors, nothing is written. Exit code 0: success; 1: there are errors; 2: wrong usage.

    Examples:
        deckgen build                        the project of this folder
        deckgen build --locked               in CI: the committed lock must be up to date
        deckgen build --pdf                  sheets and handouts as PDF too
        deckgen build --restamp port-range   send a note again, also to learners who have edited it
    """
    from deckgen.cli.building import run

    code = run(
        folder,
        locked=locked,
        restamp=tuple(restamp or ()),
        previous=tuple(previous or ()),
        force=force,
        pdf=pdf,
        form=form,
        quiet=quiet,
    )
    raise typer.Exit(code)
