"""`deckgen check`: report everything that is wrong."""

from __future__ import annotations

import os
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Annotated

import typer

from deckgen.cli.console import Format
from deckgen.cli.options import Folder, FormatOption

if TYPE_CHECKING:
    from collections.abc import Iterator

    from deckgen.compiler.compile import Compiled
    from deckgen.diagnostics import Diagnostic
    from deckgen.language.manuscript import Manuscript
    from deckgen.reading import Snapshot


def check(
    files: Annotated[
        list[Path] | None,
        typer.Argument(metavar="FILE", help="Report on these files only.", show_default=False),
    ] = None,
    folder: Folder = Path(),
    form: FormatOption = Format.TEXT,
    fix: Annotated[
        bool, typer.Option("--fix", help="Make the repairs that are certain, such as missing ids.")
    ] = False,
    advice: Annotated[
        bool,
        typer.Option("--advice", help="Give advice on items, decks and sheets as well; it fails nothing."),
    ] = False,
) -> None:
    """Check the project and report everything that is wrong with it.

    With files, as hooks and editors pass them, the whole project around them is checked, and what concerns these
    files is reported.

    Exit code 0: success; 1: there are errors; 2: wrong usage.

    Examples:
        deckgen check                    the project of this folder
        deckgen check -C course --fix    another one, and write missing ids
        deckgen check --advice           and what the literature on test items advises
        deckgen check --format github    annotations in a pull request
        deckgen check cards/a.toml       what concerns one file
    """
    from deckgen.cli.session import CONTENT_HAS_ERRORS, compile_at, project_root, report, say

    # Names from the project's folder, without following links: a linked file is known by its name in the project.
    paths = [Path(os.path.abspath(folder / file)) for file in files or ()]  # noqa: PTH100
    root = _root_of(paths) if paths else project_root(folder)
    names = frozenset(path.relative_to(root).as_posix() for path in paths) if paths else None
    compiled, snapshot, found = compile_at(root)
    found, elsewhere = _concerning(found, names)
    if fix:
        fixed = _fix(root, found, snapshot)
        if fixed:
            compiled, snapshot, found = compile_at(root)
            found, elsewhere = _concerning(found, names)
            typer.echo(fixed, err=True)
    of_lock, of_lock_elsewhere = _concerning(_lock_problems(compiled, snapshot), names)
    given, given_elsewhere = _concerning(_advice(compiled) if advice else [], names)
    around, _ = _concerning(list(_surroundings(root, compiled, snapshot)), names)
    result = report([*found, *of_lock, *around, *given], snapshot)
    say(result, form)
    if result.errors:
        raise typer.Exit(CONTENT_HAS_ERRORS)
    if form is not Format.TEXT or result.found:
        return
    if names is not None:
        more = len(report([*elsewhere, *of_lock_elsewhere, *given_elsewhere], snapshot).found)
        rest = f"; {_count(more, 'report')} on others, see `deckgen check`" if more else ""
        typer.echo(f"no mistakes in {_count(len(names), 'file')}{rest}", err=True)
    elif compiled.manuscript:
        typer.echo(_praise(compiled.manuscript, advice=advice), err=True)


def _advice(compiled: Compiled) -> list[Diagnostic]:
    """Return the advice on a project without errors; with errors, advice would come too early."""
    from deckgen.advice import advise

    if compiled.course is None or compiled.manuscript is None:
        return []
    return advise(compiled.course, compiled.manuscript)


def _root_of(files: list[Path]) -> Path:
    """Return the folder of the project that contains all of the files.

    Raises:
        SystemExit: if there is none; the message was printed.
        typer.BadParameter: if a file is not there, or they lie in two projects.
    """
    from deckgen.cli.session import project_root

    for file in files:
        if not file.is_file():
            raise typer.BadParameter(f"there is no file {file}", param_hint="FILE")
    first, *others = dict.fromkeys(project_root(file.parent) for file in files)
    if others:
        raise typer.BadParameter(f"they belong to two projects, {first} and {others[0]}", param_hint="FILE")
    return first


def _concerning(
    found: list[Diagnostic], names: frozenset[str] | None
) -> tuple[list[Diagnostic], list[Diagnostic]]:
    """Split diagnostics into those about these files and the others; without names, all belong to the first."""
    if names is None:
        return found, []
    ours: list[Diagnostic] = []
    others: list[Diagnostic] = []
    for one in found:
        places = {one.place.file, *(second.place.file for second in one.related)}
        (others if places.isdisjoint(names) else ours).append(one)
    return ours, others


def _fix(root: Path, found: list[Diagnostic], snapshot: Snapshot) -> str:
    """Make the repairs that are certain, and say how many; return nothing if there are none."""
    from deckgen.cli.session import texts_of
    from deckgen.confined import place
    from deckgen.diagnostics.fix import fix
    from deckgen.diagnostics.locate import locate
    from deckgen.engine.write import write_text

    located = locate(found, texts_of(snapshot))
    fixed = fix(located)
    for name, text in fixed.items():
        # A link stays one: what it leads to is written.
        there = place(root, name)
        write_text(there.parent, there.name, text)
    repairs = sum(item.diagnostic.edit is not None for item in located.found)
    return f"fixed {_count(repairs, 'mistake')} in {_count(len(fixed), 'file')}" if fixed else ""


def _lock_problems(compiled: Compiled, snapshot: Snapshot) -> list[Diagnostic]:
    """Check that the lock can be read, and that no id is lost; a build checks the rest."""
    if snapshot.lock is None:
        return []
    from deckgen.identity.lock import Lock
    from deckgen.identity.lock_reader import parse

    lock = parse(snapshot.lock)
    if isinstance(lock, Lock):
        from deckgen.pipeline.lock_check import check_ids
        from deckgen.templating.own import templates_of

        return list(check_ids(compiled, lock, templates_of(snapshot.templates)))
    from deckgen.pipeline.stamp_report import of_lock

    return list(of_lock(lock))


def _surroundings(root: Path, compiled: Compiled, snapshot: Snapshot) -> Iterator[Diagnostic]:
    """Check what is around the cards: the project's id, unused pictures, schemas of another version."""
    from deckgen.confined import files_below, read_bytes
    from deckgen.language.schema import KINDS, schema_text
    from deckgen.root import PROJECT_FILE
    from deckgen.rules import common_id, stale_schema, unused_media

    manuscript = compiled.manuscript
    if manuscript is None or manuscript.partial:
        return
    if snapshot.lock is None and common_id.is_common(manuscript.project.id):
        yield common_id.found(manuscript.project.id, PROJECT_FILE)
    lock = snapshot.lock or ""
    unused = [
        name
        for name, each in files_below(root, unused_media.FOLDER)
        if each.is_file()
        and not each.name.startswith(".")
        and name not in compiled.media
        # A retired note may still show it.
        and PurePosixPath(name).stem not in lock
    ]
    if unused:
        yield unused_media.found(unused)
    for kind in KINDS:
        file = f"{stale_schema.FOLDER}/{kind}.json"
        try:
            stale = read_bytes(root, file).decode(errors="replace") != schema_text(kind)
        except OSError:
            continue
        if stale:
            yield stale_schema.found(file)


def _praise(manuscript: Manuscript, *, advice: bool) -> str:
    if not manuscript.files:
        return "no mistakes, but no cards either: they belong into files that end in `.toml`, below `cards/`"
    return f"no mistakes{' and no advice' if advice else ''} in {_size(manuscript)}"


def _size(manuscript: Manuscript) -> str:
    files, items = len(manuscript.files), len(manuscript.items)
    sheets = len(manuscript.sheets())
    with_sheets = f" and {_count(sheets, 'sheet')}" if sheets else ""
    return f"{_count(files, 'file')} with {_count(items, 'item')}{with_sheets}"


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
