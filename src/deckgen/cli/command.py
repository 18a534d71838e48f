"""Commands whose help ends with examples, one per line."""

from __future__ import annotations

import inspect
import re
from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup

#: A line of an example: the command, and after at least two spaces what it does.
_GAP = re.compile(r" {2,}")


class Command(TyperCommand):
    """A command with a docstring that may end with `Examples:` and a line for each."""

    def format_help_text(self, ctx: Any, formatter: Any) -> None:
        """Write the paragraphs of the docstring, wrapped, and the examples in two columns."""
        del ctx
        text, _, examples = inspect.cleandoc(self.help or "").partition("\nExamples:\n")
        formatter.write_paragraph()
        with formatter.indentation():
            formatter.write_text(text)
        if examples:
            pairs = [_GAP.split(line.strip(), maxsplit=1) for line in examples.strip().splitlines()]
            with formatter.section("Examples"):
                formatter.write_dl([(command, "".join(about)) for command, *about in pairs], col_max=60)


class Group(TyperGroup):
    """The program, with its commands in the order in which they are listed."""

    def invoke(self, ctx: Any) -> Any:
        """Run a command; a reader that has closed the pipe (`deckgen list | head`) is not an error."""
        try:
            return super().invoke(ctx)
        except BrokenPipeError:
            raise typer.Exit(0) from None
