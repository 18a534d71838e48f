"""`deckgen build`: make the decks, sheets and pages."""

from __future__ import annotations

import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from deckgen.cli.options import Folder, Format, FormatOption

if TYPE_CHECKING:
    from deckgen.build.state import Counts


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
    force: Annotated[
        bool, typer.Option("--force", help="Make everything anew, whatever has changed.")
    ] = False,
    pdf: Annotated[
        bool, typer.Option("--pdf", help="Print sheets and handouts to PDF too (needs the extra `pdf`).")
    ] = False,
    form: FormatOption = Format.TEXT,
    quiet: Annotated[bool, typer.Option("-q", "--quiet", help="Say only what is wrong.")] = False,
) -> None:
    """Build Anki decks, printable sheets and web pages into dist/.

    Where anything is wrong, nothing is written. Exit code 0: fine; 1: there are errors; 2: wrong usage.

    Examples:
        deckgen build                        the project of this folder
        deckgen build --locked               in CI: the committed lock must be up to date
        deckgen build --pdf                  sheets and handouts as PDF too
        deckgen build --restamp port-range   send a note again to learners who have edited it
    """
    from deckgen.cli.console import now
    from deckgen.cli.session import CONTENT_HAS_ERRORS, MISUSE, project_root

    begun = time.monotonic()
    root = project_root(folder)
    try:
        moment = now()
    except ValueError as error:
        typer.echo(f"error: {error}", err=True)
        raise typer.Exit(MISUSE) from None
    try:
        done = None
        if not (force or restamp or former):
            done = _quickly(root, moment, locked=locked, pdf=pdf)
        if done is None:
            wishes = Wishes(
                now=moment,
                restamp=frozenset(restamp or ()),
                locked=locked,
                former=tuple(former or ()),
                pdf=pdf,
            )
            done = _wholly(root, wishes, form)
    except OSError as error:
        where = f" {error.filename}" if error.filename else ""
        typer.echo(f"error: cannot write{where}: {(error.strerror or str(error)).lower()}", err=True)
        raise typer.Exit(CONTENT_HAS_ERRORS) from None
    if not quiet and form is Format.TEXT:
        for name, value in (done | {"time": f"{time.monotonic() - begun:.1f} s"}).items():
            typer.echo(f"{name:<10}{value}")


@dataclass(frozen=True, slots=True)
class Wishes:
    """What the command line asks for, as `deckgen.build.pipeline.Options` takes it; that is imported later."""

    now: int
    restamp: frozenset[str]
    locked: bool
    former: tuple[Path, ...]
    pdf: bool


def _quickly(root: Path, now: int, *, locked: bool, pdf: bool) -> dict[str, str] | None:
    """Build upon the last build where little changed, and say what there is."""
    from deckgen.build.quick import quick

    done = quick(root, now, locked=locked, pdf=pdf)
    if done is None:
        return None
    changes = f"{len(done.changed)} changed" if done.changed else "none"
    return _said(done.counts, 0, changes)


def _wholly(root: Path, wishes: Wishes, form: Format) -> dict[str, str]:
    """Build everything, and say what was made and what is wrong; end where something is."""
    from dataclasses import asdict

    from deckgen.build.outcome import MisuseError, Options, summary
    from deckgen.build.pipeline import build as run
    from deckgen.build.state import Counts
    from deckgen.cli.console import progress
    from deckgen.cli.session import CONTENT_HAS_ERRORS, MISUSE, report, say
    from deckgen.sheet.pdf import NoEngineError

    try:
        with progress("building") as show:
            outcome = run(root, Options(**asdict(wishes)), show)
    except (MisuseError, NoEngineError) as error:
        typer.echo(f"error: {error}", err=True)
        raise typer.Exit(MISUSE) from None
    result = report(outcome.diagnostics, outcome.snapshot)
    say(result, form, quiet=True)
    if result.errors:
        raise typer.Exit(CONTENT_HAS_ERRORS)
    counts = Counts(
        outcome.decks,
        outcome.notes,
        outcome.cards,
        len(outcome.course.sheets) if outcome.course else 0,
        len(outcome.outputs),
    )
    changes = summary(outcome.changes) if outcome.changes else ""
    return _said(counts, result.warnings, changes or "none")


def _said(counts: Counts, warnings: int, changes: str) -> dict[str, str]:
    """Say what there is, by name."""
    return {
        "decks": str(counts.decks),
        "notes": str(counts.notes),
        "cards": str(counts.cards),
        "sheets": str(counts.sheets),
        "files": f"{counts.files} in dist/",
        "warnings": str(warnings),
        "changes": changes,
    }
