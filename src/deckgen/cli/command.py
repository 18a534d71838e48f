"""How commands look and start: their help in plain sections, and no more imported than they need."""

from __future__ import annotations

import re
import sys
import textwrap
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer
from typer.core import TyperCommand, TyperGroup

from deckgen.cli.console import wants_color, width

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

#: Longer lines are hard to read, however wide the terminal.
_WIDEST = 100
#: Cells of the widest option or command that still has its explanation beside it.
_WIDEST_TERM = 30
_EXAMPLES = re.compile(r"^Examples:?[ \t]*$", re.MULTILINE)


class Command(TyperCommand):
    """A command with the help of `help_text` that starts quickly."""

    def get_help(self, ctx: Any) -> str:
        return _for_terminal(self, ctx)

    def get_params(self, ctx: Any) -> list[Any]:
        return [_quick(parameter) for parameter in super().get_params(ctx)]


class Group(TyperGroup):
    """The program, with its commands in the order in which they are listed."""

    def invoke(self, ctx: Any) -> Any:
        try:
            return super().invoke(ctx)
        except BrokenPipeError:
            # Typer would end with 1; whoever read us has gone (`deckgen list | head`), and that is not an error.
            raise typer.Exit(0) from None

    def get_help(self, ctx: Any) -> str:
        return _for_terminal(self, ctx)

    def get_params(self, ctx: Any) -> list[Any]:
        return [_quick(parameter) for parameter in super().get_params(ctx)]


def _quick(parameter: Any) -> Any:
    """Let a parameter take what needs no check by itself: Typer imports pydantic even for what is not given."""
    kind = getattr(getattr(parameter, "type_descriptor", None), "annotation", None)
    if "process_value" in vars(parameter) or kind is None:
        return parameter
    check = parameter.process_value

    def process_value(ctx: Any, value: Any) -> Any:
        is_plain = isinstance(kind, type) and not parameter.multiple and parameter.nargs == 1
        taken = _as(kind, value) if is_plain else None
        if taken is None and (value is not None or parameter.required):
            return check(ctx, value)
        if taken is None and (parameter.multiple or parameter.nargs != 1):
            taken = ()
        return parameter.callback(ctx, parameter, taken) if parameter.callback else taken

    parameter.process_value = process_value
    return parameter


def _as(kind: type[Any], value: Any) -> Any:
    """Return a value as one of a kind if that is plain to see, else None."""
    if value is None or isinstance(value, kind):
        return value
    if kind is Path:
        return Path(value)
    return next((word for word in kind if word.value == value), None) if issubclass(kind, StrEnum) else None


def help_text(command: Any, ctx: Any, *, color: bool = False, columns: int = 80) -> str:
    """Return the help of a command: what it does, usage, examples, arguments, options, commands."""

    def bold(text: str) -> str:
        return typer.style(text, bold=True) if color else text

    said, examples = _parts(command.help or "")
    summary, *more = said
    blocks = [textwrap.fill(summary, columns), f"{bold('Usage:')} {_usage(command, ctx)}"]
    blocks += [textwrap.fill(part, columns) for part in more]
    if examples:
        blocks.append("\n".join([bold("Examples:"), *_examples(examples, color=color)]))
    arguments: list[tuple[str, str]] = []
    options: list[tuple[str, str]] = []
    for parameter in command.get_params(ctx):
        record = parameter.get_help_record(ctx)
        if record:
            if parameter.param_type_name == "argument":
                arguments.append((_name(parameter), record[1].replace("[required]", "")))
            else:
                options.append(record)
    commands = [(name, _summary(inner)) for name, inner in getattr(command, "commands", {}).items()]
    for title, rows in (("Commands", commands), ("Arguments", arguments), ("Options", options)):
        if rows:
            blocks.append("\n".join([bold(f"{title}:"), *_rows(rows, columns, color=color)]))
    if command.epilog:
        blocks.append(textwrap.fill(command.epilog, columns))
    return "\n\n".join(blocks)


def _for_terminal(command: Any, ctx: Any) -> str:
    # The library would strip colours that `FORCE_COLOR` asked for.
    ctx.color = wants_color(sys.stdout)
    return help_text(command, ctx, color=ctx.color, columns=min(width(sys.stdout), _WIDEST))


def _usage(command: Any, ctx: Any) -> str:
    pieces = [ctx.command_path, "[OPTIONS]"]
    for parameter in command.get_params(ctx):
        if parameter.param_type_name == "argument":
            name = _name(parameter) + (" …" if parameter.nargs < 0 else "")
            pieces.append(name if parameter.required else f"[{name}]")
    return " ".join([*pieces, "COMMAND …"] if getattr(command, "commands", None) else pieces)


def _name(argument: Any) -> str:
    return str(argument.metavar or argument.name).upper()


def _parts(text: str) -> tuple[list[str], list[str]]:
    """Part a docstring into paragraphs, each as one line, and the lines under `Examples:`."""
    before, _, after = _EXAMPLES.sub("\0", text, count=1).partition("\0")
    paragraphs = [" ".join(part.split()) for part in re.split(r"\n\s*\n", before) if part.strip()]
    return paragraphs or [""], [line.strip() for line in after.splitlines() if line.strip()]


def _summary(command: Any) -> str:
    """Return the first sentence of a command's help, without its full stop."""
    return re.split(r"(?<=\w)\.(?:\s|$)", _parts(command.help or "")[0][0], maxsplit=1)[0]


def _examples(lines: Iterable[str], *, color: bool) -> Iterator[str]:
    """Yield example commands, what with what they do in one column after them."""
    pairs = [re.split(r"[ \t]{2,}", line, maxsplit=1) for line in lines]
    longest = max(len(pair[0]) for pair in pairs)
    for command, *said in pairs:
        if said:
            note = typer.style(f"# {said[0]}", dim=True) if color else f"# {said[0]}"
            yield f"  {command:<{longest}}  {note}"
        else:
            yield f"  {command}"


def _rows(rows: list[tuple[str, str]], columns: int, *, color: bool) -> Iterator[str]:
    """Yield terms and their explanations in two columns."""
    beside = 4 + max((len(term) for term, _ in rows if len(term) <= _WIDEST_TERM), default=0)
    for term, said in rows:
        lines = textwrap.wrap(" ".join(said.split()), max(columns - beside, 24)) or [""]
        shown = typer.style(term, fg="cyan") if color else term
        if len(term) > beside - 4:
            yield f"  {shown}"
        else:
            yield f"  {shown}{' ' * (beside - 2 - len(term))}{lines.pop(0)}".rstrip()
        yield from (" " * beside + line for line in lines)
