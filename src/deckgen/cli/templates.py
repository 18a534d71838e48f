"""`deckgen templates`: list the templates, or copy some into the project."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from deckgen.cli.options import Folder
from deckgen.system_error import reason


def _names() -> list[str]:
    from deckgen.templating import read_folder, shipped_folder

    return sorted(read_folder(shipped_folder()))


def templates(
    wanted: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="NAME...",
            help="What to copy into the project: names, folders or patterns.",
            show_default=False,
            autocompletion=_names,
        ),
    ] = None,
    folder: Folder = Path(),
    force: Annotated[bool, typer.Option("--force", help="Overwrite files of the project.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Write the list as JSON for programs.")] = False,
) -> None:
    """List the templates, or copy some into the project.

    They are the templates of cards, sheets and pages.
    A file in the project's templates/ replaces the shipped one of the same name; in the list it is
    marked with a star. No file of the project is overwritten without --force.

    Examples:
        deckgen templates                        all names
        deckgen templates sheet/style.css        copy one to templates/sheet/style.css
        deckgen templates "anki/*.css" web       copy several
    """
    from deckgen.cli.session import project_root

    root = project_root(folder)
    if wanted:
        _copy(root, wanted, force=force)
    else:
        _list(root, as_json=as_json)


def _list(root: Path, *, as_json: bool) -> None:
    from deckgen.reading.templates import read_templates
    from deckgen.templating import about
    from deckgen.templating.own import templates_of

    all_of_them = templates_of(read_templates(root)[0])
    rows = [
        {"name": name, "own": name in all_of_them.own, "about": about(all_of_them.texts[name])}
        for name in sorted(all_of_them.texts)
    ]
    if as_json:
        typer.echo(json.dumps(rows, ensure_ascii=False, indent=2))
        return
    width = max(len(str(row["name"])) for row in rows)
    for row in rows:
        typer.echo(f"{'*' if row['own'] else ' '} {row['name']:<{width}}  {row['about']}".rstrip())


def _copy(root: Path, wanted: list[str], *, force: bool) -> None:
    from deckgen.confined import is_inside
    from deckgen.engine.write import write_text
    from deckgen.templating import file_name, read_folder, shipped_folder

    shipped = read_folder(shipped_folder())
    names = list(dict.fromkeys(name for wish in wanted for name in _meant(wish, shipped)))
    target = root / "templates"
    if target.resolve() == shipped_folder().resolve():
        _end("the templates of this project are the shipped ones")
    if not is_inside(root, "templates"):
        _end(f"{target} leads out of the project")
    taken = [name for name in names if (root / file_name(name)).exists()]
    if taken and not force:
        more = f" (and {len(taken) - 1} more)" if len(taken) > 1 else ""
        _end(f"{file_name(taken[0])}{more} is there already; --force overwrites")
    try:
        for name in names:
            write_text(root, file_name(name), shipped[name])
            typer.echo(f"copied {file_name(name)}")
    except OSError as error:
        _end(f"cannot write: {reason(error)}")


def _meant(wish: str, shipped: dict[str, str]) -> list[str]:
    """Return the names that an argument means, or exit with a message."""
    from fnmatch import fnmatchcase

    from deckgen.nearest import and_did_you_mean, nearest

    bare = wish.removeprefix("templates/").rstrip("/")
    names = [name for name in sorted(shipped) if fnmatchcase(name, bare) or name.startswith(f"{bare}/")]
    if not names:
        near = nearest(bare, shipped)
        _end(f"no template `{bare}`{and_did_you_mean(near)}")
    return names


def _end(message: str) -> None:
    from deckgen.cli.session import USAGE_ERROR

    typer.echo(f"error: {message}", err=True)
    raise typer.Exit(USAGE_ERROR)
