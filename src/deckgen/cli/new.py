"""`deckgen new`: a small working project to start from."""

from __future__ import annotations

import os
import shlex
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from deckgen.system_error import reason


class Kind(StrEnum):
    """What a new project is to be."""

    COURSE = "course"
    VOCABULARY = "vocabulary"
    GEOGRAPHY = "geography"
    EXAM = "exam"


def new(
    folder: Annotated[
        Path, typer.Argument(metavar="DIR", help="Folder to create; it must not contain a project yet.")
    ],
    title: Annotated[
        str, typer.Option("--title", metavar="TEXT", help="Title of the project.", show_default=False)
    ] = "",
    kind: Annotated[
        Kind, typer.Option("--kind", help="What it is: a subject, words, facts of one shape, or an exam.")
    ] = Kind.COURSE,
) -> None:
    """Create a small project to start from.

    It has a deck with every type of question, and a sheet.

    With `--kind vocabulary` it teaches 24 Spanish words in two lessons, with a printed test for each and a quiz.

    With `--kind geography` it asks for twelve countries, their capitals and flags, in four directions: a note type of
    its own, and a table with a row for each country.

    With `--kind exam` it is a short exam in statistics: numbers that differ between versions, points, grades, an
    answer in words, student numbers in bubbles, and a class list to print and mark it for.

    Examples:
        deckgen new my-course
        deckgen new biology --title "Biology, year one"
        deckgen new spanish --kind vocabulary
        deckgen new countries --kind geography
        deckgen new statistics --kind exam
    """
    import secrets

    from deckgen.cli.starter import LETTERS, UNIQUE, project_id, starter
    from deckgen.engine.write import write_text

    if (folder / "deckgen.toml").exists():
        typer.echo(f"error: there is a project in {folder} already", err=True)
        raise typer.Exit(2)
    name = folder.absolute().name
    # Anki tells projects apart by their ids alone, all over the world.
    id_ = project_id(name, (secrets.choice(LETTERS) for _ in range(UNIQUE)))
    said = name.replace("-", " ").replace("_", " ")
    files = starter(id_, title or said[:1].upper() + said[1:] or "My course", kind)
    taken = [path for path in files if (folder / path).exists()]
    if taken:
        typer.echo(f"error: {folder / taken[0]} is there already", err=True)
        raise typer.Exit(2)
    try:
        for path, text in files.items():
            write_text(folder, path, text)
    except OSError as error:
        typer.echo(f"error: cannot write {folder}: {reason(error)}", err=True)
        raise typer.Exit(2) from None
    typer.echo(f"made {folder}: {len(files)} files")
    typer.echo(f"next: deckgen build -C {_quoted(str(folder))}")


def _quoted(path: str) -> str:
    """Return a path as it can be typed: in the quotes of the system's shell, where it needs any."""
    if os.name != "nt":
        return shlex.quote(path)
    return f'"{path}"' if " " in path else path
