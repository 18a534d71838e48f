"""Run `deckgen check` without the command-line library, whose import takes as long as a small check."""

from __future__ import annotations

import os
import sys
from pathlib import Path, PurePosixPath

from deckgen.cli.console import Format
from deckgen.cli.session import (
    CONTENT_HAS_ERRORS,
    SUCCESS,
    USAGE_ERROR,
    compile_at,
    project_root,
    report,
    say,
)
from deckgen.counting import counted

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import NoReturn

    from deckgen.compiler.compile import Compiled
    from deckgen.diagnostics import Diagnostic
    from deckgen.language.manuscript import Manuscript
    from deckgen.reading import Snapshot


def run(
    folder: Path,
    files: Sequence[Path] = (),
    *,
    form: Format = Format.TEXT,
    fix: bool = False,
    advice: bool = False,
) -> int:
    """Check the project around a folder, or files of one, print its diagnostics, and return the exit code.

    Raises:
        SystemExit: if there is no project, or a file does not exist; the message was printed.
    """
    # Names from the project's folder, without following links: a linked file is known by its name in the project.
    paths = [Path(os.path.abspath(folder / file)) for file in files]  # noqa: PTH100
    root = _root_of(paths) if paths else project_root(folder)
    names = frozenset(path.relative_to(root).as_posix() for path in paths) if paths else None
    compiled, snapshot, found = compile_at(root)
    found, elsewhere = _concerning(found, names)
    if fix:
        fixed = _fix(root, found, snapshot)
        if fixed:
            compiled, snapshot, found = compile_at(root)
            found, elsewhere = _concerning(found, names)
            _print(fixed)
    of_lock, of_lock_elsewhere = _concerning(_lock_problems(compiled, snapshot), names)
    given, given_elsewhere = _concerning(_advice(compiled) if advice else [], names)
    around, _ = _concerning(list(_surroundings(root, compiled, snapshot)), names)
    result = report([*found, *of_lock, *around, *given], snapshot)
    say(result, form)
    if result.errors:
        return CONTENT_HAS_ERRORS
    if form is not Format.TEXT or result.found:
        return SUCCESS
    if names is not None:
        more = len(report([*elsewhere, *of_lock_elsewhere, *given_elsewhere], snapshot).found)
        rest = f"; {counted(more, 'report')} on others, see `deckgen check`" if more else ""
        _print(f"no mistakes in {counted(len(names), 'file')}{rest}")
    elif compiled.manuscript:
        _print(_praise(compiled.manuscript, advice=advice))
    return SUCCESS


def _print(line: str) -> None:
    sys.stderr.write(f"{line}\n")


def _advice(compiled: Compiled) -> list[Diagnostic]:
    """Return the advice on a project without errors; with errors, advice would come too early."""
    from deckgen.advice import advise

    if compiled.course is None or compiled.manuscript is None:
        return []
    return advise(compiled.course, compiled.manuscript)


def _root_of(files: list[Path]) -> Path:
    """Return the folder of the project that contains all of the files.

    Raises:
        SystemExit: if there is none, a file does not exist, or they are in two projects; the message was printed.
    """
    for file in files:
        if not file.is_file():
            _refuse(f"there is no file {file}")
    first, *others = dict.fromkeys(project_root(file.parent) for file in files)
    if others:
        _refuse(f"the files belong to two projects, {first} and {others[0]}")
    return first


def _refuse(why: str) -> NoReturn:
    _print(f"error: {why}\nhelp: `deckgen check --help`")
    raise SystemExit(USAGE_ERROR)


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
    from deckgen.cli.session import rows_of
    from deckgen.confined import place
    from deckgen.diagnostics.fix import fix
    from deckgen.diagnostics.locate import locate
    from deckgen.engine.write import write_bytes

    rows = rows_of(snapshot)
    located = locate(found, snapshot.texts, rows)
    fixed = fix(located)
    for name, text in fixed.items():
        # A link stays one: what it leads to is written.
        there = place(root, name)
        write_bytes(there.parent, there.name, rows.encode(name, text) or text.encode())
    repairs = sum(item.diagnostic.edit is not None for item in located.found)
    return f"fixed {counted(repairs, 'mistake')} in {counted(len(fixed), 'file')}" if fixed else ""


def _lock_problems(compiled: Compiled, snapshot: Snapshot) -> list[Diagnostic]:
    """Check that the lock can be read, and that no id is lost; a build checks the rest."""
    if snapshot.lock is None:
        return []
    from deckgen.identity.lock import Lock
    from deckgen.identity.lock_reader import parse

    lock = parse(snapshot.lock)
    if isinstance(lock, Lock):
        from deckgen.pipeline.lock_check import check_ids

        return list(check_ids(compiled, lock, snapshot.templates))
    from deckgen.pipeline.stamp_report import of_lock

    return list(of_lock(lock))


def _surroundings(root: Path, compiled: Compiled, snapshot: Snapshot) -> Iterator[Diagnostic]:
    """Check what is around the cards: the project's id, unused pictures, schemas of another version."""
    from unicodedata import normalize

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
    # A text may spell a name with other characters than the disk does.
    named = {normalize("NFC", name) for name in compiled.media}
    unused = [
        name
        for name, each in files_below(root, unused_media.FOLDER)
        if each.is_file()
        and not each.name.startswith(".")
        and normalize("NFC", name) not in named
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
    return f"no mistakes{' and no advice' if advice else ''} in {_size(manuscript)}{_sampled(manuscript)}"


def _sampled(manuscript: Manuscript) -> str:
    """Say of which questions not all combinations of parameters were tried."""
    from deckgen.compiler.parameters.prove import MOST_TRIED, combinations_of

    counts = {entry.item.id: combinations_of(entry.item) for entry in manuscript.items}
    many = [f"{id_} has {count:,}" for id_, count in counts.items() if count > MOST_TRIED]
    if not many:
        return ""
    return f"; of combinations of parameters, {MOST_TRIED:,} of each question were tried ({', '.join(many)})"


def _size(manuscript: Manuscript) -> str:
    files, items = len({file.name for file in manuscript.files}), len(manuscript.items)
    sheets = len(manuscript.sheets())
    with_sheets = f" and {counted(sheets, 'sheet')}" if sheets else ""
    return f"{counted(files, 'file')} with {counted(items, 'item')}{with_sheets}"
