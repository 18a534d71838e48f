"""`deckgen release`: stamp what changed since the last release, and write what is to be published."""

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


def release(
    version: Annotated[
        str,
        typer.Argument(
            help="The version to release; without it, the one that was raised in deckgen.toml, or the next.",
            show_default=False,
        ),
    ] = "",
    folder: Folder = Path(),
    restamp: RestampOption = None,
    previous: FormerOption = None,
    pdf: PdfOption = False,
    form: FormatOption = Format.TEXT,
    quiet: QuietOption = False,
) -> None:
    """Release what changed since the last release.

    What changed gets a new stamp, so that it reaches all learners who did not edit it later. What changed and
    changed back keeps its old stamp. deckgen.toml gets the version, and deckgen.lock records the release: commit
    both. dist/releases/ gets the packages of this version, release notes and checksums, which no build removes;
    dist/web/ is the site. From the first release on, `build`, `watch` and `serve` make drafts and leave the lock alone.

    Examples:
        deckgen release            the next version
        deckgen release 2027.1     a version of your own
    """
    from deckgen.cli.building import run

    code = run(
        folder,
        purpose="release",
        version=version,
        restamp=tuple(restamp or ()),
        previous=tuple(previous or ()),
        pdf=pdf,
        form=form,
        quiet=quiet,
    )
    raise typer.Exit(code)
