"""`deckgen build`: make the decks, sheets and pages."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from deckgen.cli.options import Folder, Format, FormatOption

if TYPE_CHECKING:
    from deckgen.build.pipeline import Outcome


def build(
    folder: Folder = Path(),
    locked: Annotated[
        bool, typer.Option("--locked", help="Fail where deckgen.lock would change; for CI.")
    ] = False,
    restamp: Annotated[
        list[str] | None,
        typer.Option(
            "--restamp",
            metavar="ID",
            help="Have Anki update this note although it is the same; `*` for all. May be given several times.",
            show_default=False,
        ),
    ] = None,
    former: Annotated[
        list[Path] | None,
        typer.Option(
            "--former",
            metavar="APKG",
            help="A package published before, to take the last content of removed notes from.",
            show_default=False,
            exists=True,
            dir_okay=False,
        ),
    ] = None,
    form: FormatOption = Format.TEXT,
    quiet: Annotated[bool, typer.Option("-q", "--quiet", help="Say only what is wrong.")] = False,
) -> None:
    """Build Anki decks, printable sheets and web pages into dist/.

    Where anything is wrong, nothing is written. Exit code 0: fine; 1: there are errors; 2: wrong usage.

    Examples:
        deckgen build                        the project of this folder
        deckgen build --locked               in CI: the committed lock must be up to date
        deckgen build --restamp port-range   send a note again to learners who have edited it
    """
    from deckgen.build.pipeline import MisuseError, Options
    from deckgen.build.pipeline import build as run
    from deckgen.cli.console import now, progress
    from deckgen.cli.session import CONTENT_HAS_ERRORS, MISUSE, project_root, report, say

    begun = time.monotonic()
    root = project_root(folder)
    try:
        options = Options(
            now=now(), restamp=frozenset(restamp or ()), locked=locked, former=tuple(former or ())
        )
        with progress("building") as show:
            outcome = run(root, options, show)
    except (MisuseError, ValueError) as error:
        typer.echo(f"error: {error}", err=True)
        raise typer.Exit(MISUSE) from None
    except OSError as error:
        where = f" {error.filename}" if error.filename else ""
        typer.echo(f"error: cannot write{where}: {(error.strerror or str(error)).lower()}", err=True)
        raise typer.Exit(CONTENT_HAS_ERRORS) from None
    result = report(outcome.diagnostics, outcome.snapshot)
    say(result, form, quiet=True)
    if result.errors:
        raise typer.Exit(CONTENT_HAS_ERRORS)
    if not quiet and form is Format.TEXT:
        for line in _table(outcome, result.warnings, time.monotonic() - begun):
            typer.echo(line)


def _table(outcome: Outcome, warnings: int, seconds: float) -> list[str]:
    """Say what was made."""
    from deckgen.build.pipeline import OUTPUT_FOLDER, summary

    sheets = len(outcome.course.sheets) if outcome.course else 0
    rows = {
        "decks": str(outcome.decks),
        "notes": str(outcome.notes),
        "cards": str(outcome.cards),
        "sheets": str(sheets),
        "files": f"{len(outcome.outputs)} in {OUTPUT_FOLDER}/",
        "warnings": str(warnings),
        "time": f"{seconds:.1f} s",
    }
    changes = summary(outcome.changes) if outcome.changes else ""
    if changes and not changes.startswith("it is"):
        rows["changes"] = changes
    return [f"{name:<10}{value}" for name, value in rows.items()]
