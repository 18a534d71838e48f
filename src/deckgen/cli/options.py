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
        help="Work in this folder: the project it lies in, or is.",
        show_default=False,
    ),
]
FormatOption = Annotated[
    Format, typer.Option("--format", help="How to write diagnostics: for people, programs, or CI.")
]
