"""`deckgen print`: numbered copies of a sheet, for a class or a number of students."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from deckgen.cli.options import Folder


def print_(
    sheet: Annotated[str, typer.Argument(metavar="SHEET", help="The id of the sheet.", show_default=False)],
    folder: Folder = Path(),
    students: Annotated[
        Path | None,
        typer.Option(
            "--students",
            metavar="FILE",
            help="The class list: CSV, XLSX or ODS with the columns `number` and `name`.",
            show_default=False,
        ),
    ] = None,
    copies: Annotated[
        int, typer.Option("--copies", metavar="N", help="So many copies without a name.", min=0, max=9999)
    ] = 0,
    out: Annotated[
        Path | None,
        typer.Option(
            "--out",
            metavar="DIR",
            help="Where to write them; exams/SHEET/ in the project if it is not said.",
            show_default=False,
        ),
    ] = None,
    one_sided: Annotated[
        bool, typer.Option("--one-sided", help="Leave out the empty pages for printing on both sides.")
    ] = False,
) -> None:
    """Print numbered copies of a sheet for a class into one PDF.

    The copies are in the order of the class list. Each has a serial number, which programs read from every page, and
    its student's name and number. Neighbours in the list get different versions. Who has a copy keeps its serial
    number and version when this is run again, and nobody else gets that number. copies.csv and copies.json say which
    copy is whose.

    The folder is never dist/, and git ignores it. Needs the extra `pdf`.

    Examples:
        deckgen print final-exam --students class.csv              a copy for everybody
        deckgen print final-exam --students class.csv --copies 5   and five without a name
        deckgen print final-exam --copies 120                      numbered, without names
    """
    from deckgen.cli.printing import run

    raise typer.Exit(run(folder, sheet, students, copies, out, one_sided=one_sided))
