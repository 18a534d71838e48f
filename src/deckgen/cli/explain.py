"""`deckgen explain CODE`: what a diagnostic means."""

from __future__ import annotations

import sys
from typing import Annotated

import typer


def _codes() -> list[str]:
    import deckgen.advice
    import deckgen.rules
    from deckgen.diagnostics.rule import codes_in

    return [*codes_in(deckgen.rules), *codes_in(deckgen.advice)]


def explain(
    code: Annotated[
        str | None,
        typer.Argument(
            help="Code of a diagnostic, such as unknown-key.", show_default=False, autocompletion=_codes
        ),
    ] = None,
    markdown: Annotated[
        bool, typer.Option("--markdown", help="Write the reference page of all codes, in Markdown.")
    ] = False,
) -> None:
    """Explain a diagnostic: why it matters, with examples.

    Without a code, list all codes.

    Examples:
        deckgen explain unknown-key
        deckgen explain
    """
    import deckgen.advice
    import deckgen.rules
    from deckgen.cli.console import wants_color, width
    from deckgen.diagnostics.explain import explain as explained
    from deckgen.diagnostics.explain import reference_page, unknown_code
    from deckgen.diagnostics.rule import doc_in, docs_in

    if markdown:
        typer.echo(reference_page(docs_in(deckgen.rules)), nl=False)
        return
    if code is None:
        for known, doc in (docs_in(deckgen.rules) | docs_in(deckgen.advice)).items():
            typer.echo(f"{known:<26} {doc.summary}")
        return
    doc_found = doc_in(deckgen.rules, code) or doc_in(deckgen.advice, code)
    if doc_found is None:
        typer.echo(f"error: {unknown_code(code, _codes())}", err=True)
        raise typer.Exit(2)
    # Not by `typer.echo`, which strips colours that `FORCE_COLOR` asked for.
    sys.stdout.write(explained(doc_found, color=wants_color(sys.stdout), width=min(width(sys.stdout), 100)))
