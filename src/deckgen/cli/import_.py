"""`deckgen import`: take over a deck that exists."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from deckgen.system_error import cannot_write

if TYPE_CHECKING:
    from collections.abc import Mapping

    from deckgen.importing.collection import Collection
    from deckgen.importing.plan import Become, Plan

#: The project was not written, or not all of it is as it came.
_FAILED = 1
_WRONG_USAGE = 2


def import_(
    files: Annotated[
        list[Path],
        typer.Argument(
            metavar="FILE", help="The deck: a package, or other files of it.", exists=True, show_default=False
        ),
    ],
    into: Annotated[
        Path | None,
        typer.Option(
            "--into",
            metavar="DIR",
            help="Folder of the new project, which is new or empty; without it one that is named after the deck.",
            show_default=False,
        ),
    ] = None,
    only_plan: Annotated[
        bool, typer.Option("--plan", help="Say what would become of it, and write nothing.")
    ] = False,
    types_from: Annotated[
        Path | None,
        typer.Option(
            "--types-from",
            metavar="PACKAGE",
            help="A package of the same deck that learners have: it knows the ids that other files do not.",
            exists=True,
            dir_okay=False,
            show_default=False,
        ),
    ] = None,
    as_: Annotated[
        list[str] | None,
        typer.Option(
            "--as",
            metavar="TYPE=KIND",
            help="Make questions of deckgen's own of the notes of a type: short, open, choice, cloze or concept. "
            "Learners lose their reviews of them. May be given several times.",
            show_default=False,
        ),
    ] = None,
) -> None:
    """Make a project of a deck that learners have.

    They keep their reviews. It reads packages of Anki (.apkg, .colpkg), texts that Anki exports, spreadsheets with
    GUIDs (CSV, TSV, XLSX, ODS) and folders of CrowdAnki.

    First it says what becomes of the deck. Then it writes the project: notes by deck, spreadsheets for many alike,
    note types with their templates, media, and a lock that knows what learners have. Last it makes the decks of the
    project and compares them with what came, note by note.

    Exit code 0: all is as it came, or was named in the plan; 1: something is not, or cannot be read; 2: wrong usage.

    Examples:
        deckgen import geography.apkg
        deckgen import geography.apkg --plan
        deckgen import geography.apkg --into geography
        deckgen import words.apkg --as "Basic=short"
        deckgen import notes.txt --types-from words.apkg
    """
    from deckgen.cli.console import progress
    from deckgen.importing.plan_text import plan_text
    from deckgen.importing.planning import plan
    from deckgen.importing.problem import UnreadableError
    from deckgen.importing.project_files import project_files
    from deckgen.importing.writing import is_free

    try:
        with progress("importing") as show:
            show("reading", 0, 1)
            collection = _read(files, types_from)
            become = _become(as_ or (), collection)
            folder = into or Path(_name(collection))
            if not only_plan and not is_free(folder):
                _refuse(f"{folder} is not empty: give another folder with `--into`")
            made = plan(
                collection,
                _title(collection, into),
                become,
                lambda done, all_: show("converting", done, all_),
            )
        names = [*(name for name, _ in project_files(made)), *made.media.files]
    except UnreadableError as error:
        raise typer.Exit(_unreadable(error)) from None
    typer.echo(plan_text(made, names), nl=False)
    if not only_plan:
        raise typer.Exit(_write(made, folder))


def _write(made: Plan, folder: Path) -> int:
    """Write the project, say how that went, and return the exit code."""
    import secrets

    from deckgen.cli.console import Format, now, progress
    from deckgen.cli.session import report, say
    from deckgen.cli.starter import LETTERS, UNIQUE, frame, project_id
    from deckgen.importing.plan_text import differences_text, losses_text
    from deckgen.importing.problem import UnreadableError
    from deckgen.importing.writing import MistakesError, write_project

    id_ = project_id(made.title, (secrets.choice(LETTERS) for _ in range(UNIQUE)))
    try:
        with progress("importing") as show:
            written = write_project(made, folder, frame(id_, made.title, ""), now=now(), progress=show)
    except UnreadableError as error:
        return _unreadable(error)
    except MistakesError as error:
        say(report(error.found, error.snapshot), Format.TEXT)
        typer.echo(f"nothing was written into {folder}", err=True)
        return _FAILED
    except OSError as error:
        typer.echo(f"error: {cannot_write(error)}", err=True)
        return _FAILED
    typer.echo(losses_text(written.losses), nl=False)
    typer.echo(f"\nmade {folder}: {len(written.files)} files")
    if written.differences:
        typer.echo(differences_text(written.differences), err=True, nl=False)
        return _FAILED
    typer.echo("compared with the deck: every note is as it came, but for what is named above")
    typer.echo(
        f"next: look at {folder}/cards, set `language` in deckgen.toml, then deckgen build -C {folder}"
    )
    return 0


def _read(files: list[Path], types_from: Path | None) -> Collection:
    from deckgen.importing.package import read_package
    from deckgen.importing.reading import read

    return read(files, read_package(types_from) if types_from else None)


def _become(said: list[str] | tuple[()], collection: Collection) -> Mapping[int, Become]:
    """Return what types become, by their ids."""
    from deckgen.importing.plan import Become
    from deckgen.nearest import did_you_mean, nearest

    names = {each.name: each.id for each in collection.types}
    found: dict[int, Become] = {}
    for each in said:
        name, equals, kind = each.rpartition("=")
        if not equals or kind.strip() not in list(Become):
            _refuse(f"`--as {each}`: say TYPE=KIND, where KIND is {', '.join(Become)}")
        name = name.strip()
        if name not in names:
            near = nearest(name, list(names))
            known = did_you_mean(near, f"its types: {', '.join(sorted(names))}")
            _refuse(f"the deck has no note type `{name}`; {known}")
        found[names[name]] = Become(kind.strip())
    return found


def _title(collection: Collection, into: Path | None) -> str:
    """Return the title of the project: what all decks are below, or the name of the file."""
    tops = {deck.name.partition("::")[0] for deck in collection.decks if deck.name.casefold() != "default"}
    (only,) = tops if len(tops) == 1 else ("",)
    return only or collection.title or (into.name if into else "") or "My deck"


def _name(collection: Collection) -> str:
    from deckgen.importing.names import word

    return word(_title(collection, None), "deck")


def _unreadable(error: UnreadableError) -> int:
    from deckgen.cli.console import Format
    from deckgen.cli.session import say
    from deckgen.diagnostics.locate import locate

    say(locate([error.diagnostic], {}), Format.TEXT)
    return _FAILED


def _refuse(why: str) -> None:
    typer.echo(f"error: {why}", err=True)
    raise typer.Exit(_WRONG_USAGE)


if TYPE_CHECKING:
    from deckgen.importing.problem import UnreadableError
