"""`deckgen diff`: what learners will get, before it ships."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from deckgen.cli.console import Format as Diagnostics
from deckgen.cli.options import Folder
from deckgen.diff.formats import FORMATS, Setting

if TYPE_CHECKING:
    from deckgen.diff.contents import DeckContents
    from deckgen.pipeline.outcome import Preview

    class Format(StrEnum):
        """A format of differences: any of `FORMATS`; the command line itself uses only this one."""

        TEXT = "text"
else:
    Format = StrEnum("Format", {word.upper(): word for word in FORMATS})


def diff(
    old: Annotated[
        list[Path] | None,
        typer.Argument(
            metavar="OLD.APKG...",
            help="Packages to compare with; without any, what deckgen.lock and dist/anki/ say.",
            show_default=False,
            exists=True,
            dir_okay=False,
        ),
    ] = None,
    folder: Folder = Path(),
    form: Annotated[
        Format, typer.Option("--format", help="For people, for programs, or for a page of release notes.")
    ] = Format.TEXT,
    exit_code: Annotated[
        bool, typer.Option("--exit-code", help="Exit with 1 if there is a difference.")
    ] = False,
) -> None:
    """Show what learners will get from the next build.

    It also says what Anki will not do by itself. Nothing is written.

    Exit code 0: success; 1: the project has errors, or with --exit-code there is a difference; 2: wrong usage.

    Examples:
        deckgen diff                                      since the last build
        deckgen diff published/*.apkg                     since what was published
        deckgen diff --format markdown published/*.apkg   a page of release notes
    """
    import sys

    from deckgen.cli.console import now, wants_color
    from deckgen.cli.session import CONTENT_HAS_ERRORS, USAGE_ERROR, project_root, report, say
    from deckgen.diagnostics import errors_among
    from deckgen.diff.compare import compare
    from deckgen.pipeline.diff_input import of_edition
    from deckgen.pipeline.outcome import Options
    from deckgen.pipeline.pipeline import preview
    from deckgen.pipeline.usage import UsageError

    try:
        found = preview(project_root(folder), Options(now=now()))
        if found.edition is None:
            errors = errors_among(found.diagnostics)
            say(report(errors, found.snapshot), Diagnostics.TEXT)
            raise typer.Exit(CONTENT_HAS_ERRORS)
        before, against = _before(found, tuple(old or ()))
        # Of the diagnostics of a build, only these are not part of the difference.
        ids = [each for each in found.diagnostics if each.code in ("lost-id", "wrong-guid")]
        say(report(ids, found.snapshot), Diagnostics.TEXT, quiet=True)
    except (UsageError, ValueError) as error:
        typer.echo(f"error: {error}", err=True)
        raise typer.Exit(USAGE_ERROR) from None
    difference = compare(before, of_edition(found.edition))
    setting = Setting(against=against, color=form is Format.TEXT and wants_color(sys.stdout))
    typer.echo(FORMATS[form.value](difference, setting), nl=False, color=True)
    if exit_code and difference.anything:
        raise typer.Exit(CONTENT_HAS_ERRORS)


def _before(found: Preview, old: tuple[Path, ...]) -> tuple[DeckContents, str]:
    """Return what learners have, and its name for people."""
    from deckgen.diff.contents import DeckContents
    from deckgen.pipeline.diff_input import of_lock, of_packages
    from deckgen.pipeline.usage import packages_of

    project = found.edition.project if found.edition else None
    if old and project:
        return of_packages(packages_of(project, old), project), ", ".join(path.name for path in old)
    if found.lock and found.previous:
        return of_lock(found.lock, found.previous), "deckgen.lock"
    if found.previous and found.previous.notes and project:
        return of_packages(found.previous, project), "dist/anki, as there is no deckgen.lock"
    return DeckContents(
        notes={}, types={}, media=frozenset()
    ), "nothing: there is no deckgen.lock and no package"
