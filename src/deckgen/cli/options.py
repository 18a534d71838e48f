"""Options that several commands share."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from deckgen.cli.console import Format

Folder = Annotated[
    Path,
    typer.Option(
        "-C",
        "--directory",
        metavar="DIR",
        help="Work on the project of this folder.",
        show_default=False,
    ),
]
FormatOption = Annotated[
    Format, typer.Option("--format", help="Format of diagnostics: for people, programs or CI.")
]
RestampOption = Annotated[
    list[str] | None,
    typer.Option(
        "--restamp",
        metavar="ID",
        help="Send this note again although it did not change; `*` for all. May be given several times.",
        show_default=False,
    ),
]
FormerOption = Annotated[
    list[Path] | None,
    typer.Option(
        "--former",
        metavar="APKG",
        help="A package that was published before: it has the last content of removed notes.",
        show_default=False,
        exists=True,
        dir_okay=False,
    ),
]
PdfOption = Annotated[
    bool, typer.Option("--pdf", help="Print sheets and handouts to PDF too (needs the extra `pdf`).")
]
QuietOption = Annotated[bool, typer.Option("-q", "--quiet", help="Print diagnostics only.")]
