"""`deckgen export`: give a course back in a format that other programs read."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from deckgen.cli.console import Format as Diagnostics
from deckgen.cli.options import Folder
from deckgen.counting import counted
from deckgen.system_error import cannot_write

if TYPE_CHECKING:
    from deckgen.anki.text_export import TextFile

#: In the project, where no folder is named.
_FOLDER = "dist/export"
#: In the folder of an export.
_MEDIA = "media"


class Format(StrEnum):
    """A format of exports."""

    CSV = "csv"


def export(
    form: Annotated[
        Format, typer.Argument(metavar="FORMAT", help="`csv`: the text files that Anki imports.")
    ],
    folder: Folder = Path(),
    out: Annotated[
        Path | None,
        typer.Option(
            "--out", metavar="DIR", help=f"Write into this folder instead of {_FOLDER}/.", show_default=False
        ),
    ] = None,
) -> None:
    """Give all notes back, in a format that other programs read.

    `csv` writes a text file for each note type, with tabs between the columns: GUID, deck, all fields as they are in
    packages, and tags. Spreadsheets open it, and Anki imports it (File > Import): it finds learners' notes by their
    GUIDs, and updates them in the note types that they have. media/ gets the pictures and sounds by the names in the
    fields, for Anki's folder collection.media. Note types themselves are in packages only.

    Exit code 0: success; 1: the project has errors, or something cannot be written; 2: wrong usage.

    Examples:
        deckgen export csv                  into dist/export/
        deckgen export csv --out ../backup  into another folder
    """
    del form  # There is one.
    from deckgen.anki.text_export import text_files
    from deckgen.cli.console import now
    from deckgen.cli.session import CONTENT_HAS_ERRORS, USAGE_ERROR, project_root, report, say
    from deckgen.diagnostics import errors_among
    from deckgen.engine.write import write_bytes, write_text
    from deckgen.pipeline.outcome import Options
    from deckgen.pipeline.packages import pictures_by_name
    from deckgen.pipeline.pipeline import preview

    root = project_root(folder)
    try:
        found = preview(root, Options(now=now()))
    except ValueError as error:
        typer.echo(f"error: {error}", err=True)
        raise typer.Exit(USAGE_ERROR) from None
    errors = errors_among(found.diagnostics)
    if found.edition is None or errors:
        say(report(errors, found.snapshot), Diagnostics.TEXT)
        raise typer.Exit(CONTENT_HAS_ERRORS)
    edition = found.edition
    files = text_files(edition)
    names = {name for each in edition.pictures.values() for name in each}
    pictures = pictures_by_name(root, names, found.media, edition.project)
    target, below = (out, "") if out else (root, f"{_FOLDER}/")
    try:
        if out:
            out.mkdir(parents=True, exist_ok=True)
        for file in files:
            write_text(target, f"{below}{file.name}", file.text)
        for name, content in pictures.items():
            write_bytes(target, f"{below}{_MEDIA}/{name}", content, lasting=False)
    except OSError as error:
        typer.echo(f"error: {cannot_write(error)}", err=True)
        raise typer.Exit(CONTENT_HAS_ERRORS) from None
    _say(files, len(pictures), out or Path(_FOLDER))
    if edition.elsewhere:
        typer.echo(
            "warning: a text names one deck for a note: some cards of "
            f"{_named(list(edition.elsewhere))} are in others, and new learners get them in the note's",
            err=True,
        )


def _say(files: list[TextFile], pictures: int, folder: Path) -> None:
    for file in files:
        typer.echo(f"{folder / file.name}: {counted(file.notes, 'note')}")
    if pictures:
        typer.echo(f"{folder / _MEDIA}: {counted(pictures, 'file')}")
    numbers = [
        name for name in dict.fromkeys(each for file in files for each in file.names) if name.isdecimal()
    ]
    for name in numbers:
        typer.echo(f"warning: Anki takes `{name}`, a number, for an id when it imports a text", err=True)
    skipped = [id_ for file in files for id_ in file.skipped]
    if skipped:
        typer.echo(
            f"warning: Anki skips notes whose first field is empty when it imports a text: {_named(skipped)}",
            err=True,
        )


def _named(ids: list[str]) -> str:
    """Name some ids, and count the others."""
    shown = ", ".join(f"`{id_}`" for id_ in ids[:3])
    return f"{shown} and {len(ids) - 3} more" if len(ids) > 3 else shown  # noqa: PLR2004 -- as shown
