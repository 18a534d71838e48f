"""Write the pages of the reference, and the schemas, from the code; with `--check`, say which are stale."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import typer.main
from msgspec import inspect

import deckgen.advice
import deckgen.rules
from deckgen.cli.app import app
from deckgen.compiler.shape import expected_type, name_of
from deckgen.diagnostics.explain import reference_page
from deckgen.diagnostics.rule import docs_in
from deckgen.language.cards import CardsFile
from deckgen.language.comparison import Row
from deckgen.language.project import Project
from deckgen.language.schema import KINDS, schema_text
from deckgen.sheet import geometry
from deckgen.web import attempt

REPOSITORY = Path(__file__).parents[1]

_ADVICE = """\
# Advice on items

<!-- Generated from the docstrings in src/deckgen/advice/. Edit those, then run `make docs`. -->

`deckgen check --advice` says what the literature on writing test items warns of. It is advice: neither the exit code
nor a build depends on it. The literature gives no thresholds; those of deckgen are settings with defaults, in
`[advice]` of `deckgen.toml`:

```toml
id    = "socket-and-port"
title = "Sockets, ports and a little IT"

[advice]
longest            = 1.3     # how many times as long as the longest distractor the right option may be
options            = 4       # of a choice
guessed_statements = 0.65    # share of statements that a guesser who knows only tests may get right
guessed_options    = 0.5     # share of choices
answered           = 0.8     # share of an answer's words that another question of the sheet may print
repeats            = 2       # how often one fact may be asked
run                = 5       # how many new cards in a row may have one answer
accepted           = []      # what you do not follow: "long-answer what-a-port-is", or a code alone
```

What looks at words knows English, says so, and is silent in other languages. Cited most are Haladyna, Downing &
Rodriguez 2002, *A Review of Multiple-Choice Item-Writing Guidelines for Classroom Assessment*, and the *Item-Writing
Guide* of the National Board of Medical Examiners (NBME).
"""

_COMMANDS = """\
# Commands

<!-- Generated from src/deckgen/cli/. Edit that, then run `make docs`. -->

Every command works on the project that the current folder lies in, or the one given with `-C`.

| exit code | |
|---|---|
| 0 | all is well; warnings do not count |
| 1 | the content has errors, or something cannot be written |
| 2 | wrong usage, or no project |
| 70 | a bug in deckgen; `DECKGEN_TRACEBACK=1` shows where |
| 130 | interrupted by Ctrl-C |

Diagnostics go to standard error, what programs read (`--format json`, `github`, `sarif`, `--json`) to standard
output. Colours and a progress bar appear in terminals only; `NO_COLOR` and `FORCE_COLOR` decide otherwise.
`SOURCE_DATE_EPOCH` sets the time of a build. `deckgen --install-completion` lets your shell complete commands,
options, and codes of diagnostics.
"""

_KEYS = """\
# Keys

<!-- Generated from the types in src/deckgen/language/. Edit those, then run `make docs`. -->

Every key that an author can write, by the table it stands in; [the language](language.md) explains them with
examples. Keys in **bold** must be there. A *text* is Markdown, or `{ html = "…" }`.
"""


def main() -> None:
    """Write the pages, or check them."""
    stale = [name for name, text in pages().items() if _read(REPOSITORY / name) != text]
    if "--check" in sys.argv[1:]:
        for name in stale:
            print(f"{name} is stale: run `make docs`")
        sys.exit(bool(stale))
    for name in stale:
        (REPOSITORY / name).parent.mkdir(exist_ok=True)
        (REPOSITORY / name).write_text(pages()[name], encoding="utf-8", newline="\n")
        print(f"wrote {name}")


def pages() -> dict[str, str]:
    """Return every generated file of the repository by its name."""
    return {
        "docs/diagnostics.md": reference_page(docs_in(deckgen.rules)),
        "docs/advice.md": reference_page(docs_in(deckgen.advice), _ADVICE),
        "docs/commands.md": "\n".join([_COMMANDS, *_commands()]),
        "docs/keys.md": "\n".join([_KEYS, *_tables()]),
        **{f"schema/{kind}.json": schema_text(kind) for kind in KINDS},
        "schema/answer-sheet.json": geometry.schema_text(),
        "schema/attempt.json": attempt.schema_text(),
    }


def _commands() -> Iterator[str]:
    group: Any = typer.main.get_command(app)
    context = group.context_class(group, info_name="deckgen", **group.context_settings)
    for name, command in group.commands.items():
        inner = command.context_class(command, info_name=name, parent=context, terminal_width=88)
        yield f"## deckgen {name}\n\n```text\n{command.get_help(inner)}\n```\n"


def _tables() -> Iterator[str]:
    """Give the tables of keys, each kind once, in the order in which they are met."""
    yield _table("`deckgen.toml`", Project)
    waiting: list[Any] = _structs(inspect.type_info(Project)) + _structs(inspect.type_info(CardsFile))
    done = {Project, CardsFile}
    while waiting:
        info = waiting.pop(0)
        if info.cls in done or not info.fields or info.cls.__name__ == "Html":
            continue
        done.add(info.cls)
        name = name_of(info.cls).partition(" ")[2]
        yield _table(name[0].upper() + name[1:], info.cls)
        waiting = _structs(info) + waiting


def _structs(info: Any) -> list[Any]:
    """Return the tables that a type holds, those of unions each by itself."""
    if isinstance(info, inspect.StructType):
        return [inner for field in info.fields for inner in _leaves(field.type)]
    return _leaves(info)


def _leaves(info: Any) -> list[Any]:
    if isinstance(info, inspect.StructType):
        return [info]
    inner = [getattr(info, name) for name in ("type", "item_type", "value_type") if hasattr(info, name)]
    inner += getattr(info, "types", ()) or getattr(info, "item_types", ())
    return [leaf for part in inner for leaf in _leaves(part)]


def _table(title: str, kind: Any) -> str:
    info: Any = inspect.type_info(kind)
    rows = ["| key | value | |", "|---|---|---|"]
    if info.tag_field:
        rows.append(f'| **`{info.tag_field}`** | `"{info.tag}"` | Says which type of question it is. |')
    for field in info.fields:
        if kind is Row and field.name == "cells":
            rows.append(
                "| the id of a concept | text | What is true of the concept; one for each compared. |"
            )
            continue
        key = f"**`{field.encode_name}`**" if field.required else f"`{field.encode_name}`"
        said = _described(field.type).replace("|", "\\|")
        rows.append(f"| {key} | {_value(field.type)} | {said} |")
    return f"## {title}\n\n" + "\n".join(rows) + "\n"


def _value(info: Any) -> str:
    """Name a type in a cell of a table."""
    wanted = expected_type(info)
    wanted = wanted.replace(" (a table)", "").replace(" (tables)", "").replace("|", "\\|")
    return wanted.removeprefix("one of ").removeprefix("a ").removeprefix("an ")


def _described(info: Any) -> str:
    """Return the description of a type, the outermost one where it has several."""
    while isinstance(info, inspect.Metadata):
        said = (info.extra_json_schema or {}).get("description")
        if said:
            return str(said)
        info = info.type
    return ""


def _read(path: Path) -> str:
    return path.read_text(encoding="utf-8") if path.exists() else ""


if __name__ == "__main__":
    main()
