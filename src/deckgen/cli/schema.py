"""`deckgen schema`: JSON Schemas for editors."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer


class Kind(StrEnum):
    """Which file the schema describes."""

    CARDS = "cards"
    PROJECT = "project"
    ANSWER_SHEET = "answer-sheet"
    ATTEMPT = "attempt"


def schema(
    kind: Annotated[
        Kind,
        typer.Argument(
            help="`cards`, the files in cards/; `project`, deckgen.toml; `answer-sheet`, the geometry of answer "
            "sheets; `attempt`, the answers that a quiz page saves."
        ),
    ] = Kind.CARDS,
    out: Annotated[
        Path | None,
        typer.Option(
            "--out",
            metavar="DIR",
            help="Write both schemas for editors into this folder.",
            show_default=False,
        ),
    ] = None,
) -> None:
    """Print a JSON Schema with which editors complete and check.

    The first line of a file says where its schema is: `#:schema ../schema/cards.json`

    Examples:
        deckgen schema cards
        deckgen schema --out schema    write schema/cards.json and schema/project.json
    """
    from deckgen.language.schema import KINDS, schema_text

    if out is None and kind is Kind.ANSWER_SHEET:
        from deckgen.sheet import geometry

        typer.echo(geometry.schema_text(), nl=False)
        return
    if out is None and kind is Kind.ATTEMPT:
        from deckgen.web import attempt

        typer.echo(attempt.schema_text(), nl=False)
        return
    if out is None:
        typer.echo(schema_text(kind.value), nl=False)
        return
    from deckgen.engine.write import write_text

    for name in KINDS:
        write_text(out, f"{name}.json", schema_text(name))
