"""What commands do with a project: find it, compile it, print its diagnostics."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from deckgen.cli.console import Format, is_terminal, wants_color, width

if TYPE_CHECKING:
    from deckgen.compiler.compile import Compiled
    from deckgen.compiler.rows.places import Rows
    from deckgen.diagnostics import Diagnostic, Report
    from deckgen.reading import Snapshot

#: Exit codes.
SUCCESS, CONTENT_HAS_ERRORS, USAGE_ERROR = 0, 1, 2


def project_root(folder: Path) -> Path:
    """Return the folder of the project.

    Raises:
        SystemExit: if there is none; the message was printed.
    """
    from deckgen.root import find_root

    if not folder.is_dir():
        sys.stderr.write(f"error: there is no folder {folder}\n")
        raise SystemExit(USAGE_ERROR)
    root = find_root(folder)
    if root is None:
        from deckgen.diagnostics.locate import locate
        from deckgen.rules import missing_project

        say(
            locate([missing_project.found("this folder" if folder == Path() else f"`{folder}`")], {}),
            Format.TEXT,
        )
        raise SystemExit(USAGE_ERROR)
    return root


def is_in_outputs(place: Path, root: Path | None = None) -> bool:
    """Return whether a folder is in the outputs of the project at `root`, or of whatever project it lies in."""
    from deckgen.engine.state import OUTPUT_FOLDER
    from deckgen.root import PROJECT_FILE

    there = place.resolve()
    around = (there, *there.parents)
    return (root is not None and (root / OUTPUT_FOLDER).resolve() in around) or any(
        folder.name == OUTPUT_FOLDER and (folder.parent / PROJECT_FILE).is_file() for folder in around
    )


def compile_at(root: Path) -> tuple[Compiled, Snapshot, list[Diagnostic]]:
    """Read and compile the project; the list holds every diagnostic.

    A file in which a build found no mistake, and that did not change since, is not checked again.
    """
    from deckgen.compiler.compile import compile_project
    from deckgen.confined import is_inside
    from deckgen.engine.stamps import tool
    from deckgen.engine.state import PIECES_FOLDER
    from deckgen.engine.store import Store
    from deckgen.pipeline.checks import Checks
    from deckgen.reading import pictures_in, read_media, read_project
    from deckgen.result_cache import cache_folder, use_cache

    use_cache(Store(cache_folder() / "results", tool()))
    snapshot, found = read_project(root)
    if snapshot.templates:
        from deckgen.templating.own import check, templates_of

        found += check(templates_of(snapshot.templates))
    can_read = is_inside(root, PIECES_FOLDER)
    pieces = Store(root / PIECES_FOLDER, tool(), lasting=False, empty=not can_read)
    compiled = compile_project(
        snapshot, lambda path: read_media(root, path), lambda: pictures_in(root), check=Checks(pieces)
    )
    return compiled, snapshot, [*found, *compiled.diagnostics]


def rows_of(snapshot: Snapshot) -> Rows:
    """Return what looks up places in the spreadsheets of a project."""
    from deckgen.compiler.rows.places import Rows

    return Rows(snapshot.cards, snapshot.tables)


def report(found: Iterable[Diagnostic], snapshot: Snapshot) -> Report:
    """Locate diagnostics in the texts of a project."""
    from deckgen.diagnostics.locate import below, locate

    located = locate(found, snapshot.texts, rows_of(snapshot))
    folder = _shown_folder(snapshot.root)
    return below(located, folder) if folder else located


def say(result: Report, form: Format, *, quiet: bool = False) -> None:
    """Write a report: to standard error for people, to standard output for programs."""
    if form is Format.TEXT and quiet and not result.found:
        return
    from deckgen.diagnostics.formats import FORMATS, Setting
    from deckgen.diagnostics.rule import docs_in

    def docs():  # type: ignore[no-untyped-def]  # noqa: ANN202
        import deckgen.advice
        import deckgen.rules

        return docs_in(deckgen.rules) | docs_in(deckgen.advice)

    stream = sys.stderr if form is Format.TEXT else sys.stdout
    setting = Setting(docs, color=wants_color(stream), width=width(stream), wrap=is_terminal(stream))
    text = FORMATS[form.value](result, setting)
    if text:
        stream.write(text if text.endswith("\n") else text + "\n")
        stream.flush()


def _shown_folder(root: Path) -> str:
    """Return the way from where the command was started to the project, empty if that is the same place."""
    try:
        way = os.path.relpath(root)
    except ValueError:
        return root.as_posix()
    return "" if way == "." else Path(way).as_posix()
