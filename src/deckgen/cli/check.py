"""`deckgen check`: say everything that is wrong."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from deckgen.cli.console import Format
from deckgen.cli.options import Folder, FormatOption

if TYPE_CHECKING:
    from deckgen.diagnostics import Diagnostic
    from deckgen.language.manuscript import Manuscript
    from deckgen.reading import Snapshot


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
    compiled, snapshot, found = compile_at(root)
    if fix:
        mended = _mend(root, found, snapshot)
        if mended:
            compiled, snapshot, found = compile_at(root)
            typer.echo(mended, err=True)
    result = report([*found, *_lock_problems(snapshot)], snapshot)
    say(result, form)
    if result.errors:
        raise typer.Exit(CONTENT_HAS_ERRORS)
    if form is Format.TEXT and not result.found and compiled.manuscript:
        typer.echo(_praise(compiled.manuscript), err=True)


def _mend(root: Path, found: list[Diagnostic], snapshot: Snapshot) -> str:
    """Make the certain repairs, and say how many; empty if there are none."""
    from deckgen.cli.session import texts_of
    from deckgen.diagnostics.locate import locate
    from deckgen.diagnostics.mend import mend
    from deckgen.engine.write import write_text

    located = locate(found, texts_of(snapshot))
    mended = mend(located)
    for name, text in mended.items():
        # A link stays one: what it leads to is written.
        write_text((root / name).resolve(), text)
    repairs = sum(item.diagnostic.edit is not None for item in located.found)
    return f"mended {_count(repairs, 'mistake')} in {_count(len(mended), 'file')}" if mended else ""


def _lock_problems(snapshot: Snapshot) -> list[Diagnostic]:
    """Check that the lock can be read; whether it fits the project, a build tells."""
    if snapshot.lock is None:
        return []
    from deckgen.identity.lock import Lock
    from deckgen.identity.lock_reader import parse

    lock = parse(snapshot.lock)
    if isinstance(lock, Lock):
        return []
    from deckgen.pipeline.stamp_report import of_lock

    return list(of_lock(lock))


def _praise(manuscript: Manuscript) -> str:
    if not manuscript.files:
        return "no mistakes, and no cards: they are in files that end in `.toml`, below `cards/`"
    return f"no mistakes in {_size(manuscript)}"


def _size(manuscript: Manuscript) -> str:
    files, items = len(manuscript.files), len(manuscript.items)
    sheets = len(manuscript.sheets())
    with_sheets = f" and {_count(sheets, 'sheet')}" if sheets else ""
    return f"{_count(files, 'file')} with {_count(items, 'item')}{with_sheets}"


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
