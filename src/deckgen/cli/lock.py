"""`deckgen lock`: bring deckgen.lock up to date, and nothing else."""

from __future__ import annotations

from pathlib import Path

import typer

from deckgen.cli.options import Folder
from deckgen.system_error import cannot_write


def lock(folder: Folder = Path()) -> None:
    """Write deckgen.lock as a build would, and nothing else.

    After a merge, or for `deckgen build --locked`.

    After the first release, builds stamp nothing: it then only sorts the lines of a merge.
    Exit code 0: success; 1: the project has errors; 2: wrong usage.

    Examples:
        deckgen lock             after a merge
        deckgen lock -C course   of another project
    """
    import sys

    from deckgen.cli.console import Format, now
    from deckgen.cli.session import CONTENT_HAS_ERRORS, USAGE_ERROR, project_root, report, say
    from deckgen.pipeline.outcome import Options
    from deckgen.pipeline.pipeline import renew_lock
    from deckgen.pipeline.usage import UsageError

    root = project_root(folder)
    try:
        outcome = renew_lock(root, Options(now=now()))
    except (UsageError, ValueError) as error:
        sys.stderr.write(f"error: {error}\n")
        raise typer.Exit(USAGE_ERROR) from None
    except OSError as error:
        sys.stderr.write(f"error: {cannot_write(error)}\n")
        raise typer.Exit(CONTENT_HAS_ERRORS) from None
    result = report(outcome.diagnostics, outcome.snapshot)
    say(result, Format.TEXT, quiet=True)
    if result.errors:
        raise typer.Exit(CONTENT_HAS_ERRORS)
    typer.echo("deckgen.lock is up to date")
