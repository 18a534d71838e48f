"""`deckgen check`: say everything that is wrong."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from deckgen.cli.options import Folder, Format, FormatOption


def check(
    folder: Folder = Path(),
    form: FormatOption = Format.TEXT,
    fix: Annotated[
        bool, typer.Option("--fix", help="Make the repairs that are certain, such as missing ids.")
    ] = False,
) -> None:
    """Check the project and say everything that is wrong with it.

    Exit code 0: fine; 1: there are errors; 2: wrong usage.

    Examples:
        deckgen check                    the project of this folder
        deckgen check -C course --fix    another one, and write missing ids
        deckgen check --format github    annotations in a pull request
    """
    from deckgen.cli.session import CONTENT_HAS_ERRORS, compile_at, project_root, report, say

    root = project_root(folder)
    _, snapshot, found = compile_at(root)
    result = report(found, snapshot)
    if fix:
        from deckgen.build.write import write_text
        from deckgen.diagnostics.locate import locate
        from deckgen.diagnostics.mend import mend

        mended = mend(locate(found, snapshot.cards))
        for name, text in mended.items():
            write_text(root / name, text)
        if mended:
            _, snapshot, found = compile_at(root)
            result = report(found, snapshot)
            typer.echo(f"mended {len(mended)} file{'s' if len(mended) > 1 else ''}", err=True)
    say(result, form)
    if result.errors:
        raise typer.Exit(CONTENT_HAS_ERRORS)
