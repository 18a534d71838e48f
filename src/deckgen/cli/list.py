"""`deckgen list`: list items, decks, sheets, sources or tags."""

from __future__ import annotations

import json
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from deckgen.cli.console import Format
from deckgen.cli.options import Folder


class What(StrEnum):
    """What to list."""

    ITEMS = "items"
    DECKS = "decks"
    SHEETS = "sheets"
    SOURCES = "sources"
    TAGS = "tags"


def list_(
    what: Annotated[What, typer.Argument(help="One of items, decks, sheets, sources, tags.")] = What.ITEMS,
    folder: Folder = Path(),
    as_json: Annotated[bool, typer.Option("--json", help="Write JSON for programs.")] = False,
) -> None:
    """List the items, decks, sheets, sources or tags of the project.

    Examples:
        deckgen list             every item: id, kind, deck, file
        deckgen list tags --json
    """
    from deckgen.cli.session import CONTENT_HAS_ERRORS, compile_at, project_root, report, say

    compiled, snapshot, found = compile_at(project_root(folder))
    if compiled.course is None:
        say(report(found, snapshot), Format.TEXT)
        raise typer.Exit(CONTENT_HAS_ERRORS)
    from deckgen.cli.listing import rows

    head, table = rows(what.value, compiled)
    if as_json:
        typer.echo(
            json.dumps([dict(zip(head, row, strict=True)) for row in table], ensure_ascii=False, indent=2)
        )
        return
    widths = [max(len(str(row[i])) for row in [head, *table]) for i in range(len(head))]
    for row in table:
        cells = (str(cell).ljust(size) for cell, size in zip(row, widths, strict=True))
        typer.echo("  ".join(cells).rstrip())
