"""`deckgen mark`: mark scans of answer sheets."""

from __future__ import annotations

import sys
from contextlib import suppress
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from deckgen.cli.options import Folder

if TYPE_CHECKING:
    from typing import NoReturn

    from deckgen.marking.analysis import Person
    from deckgen.marking.decisions import Decisions
    from deckgen.marking.files import Leaf
    from deckgen.marking.marking import Pile
    from deckgen.marking.report import Wording
    from deckgen.sheet.geometry import AnswerSheet

#: Where what it needs comes from: the package index has somebody else's package of this name.
EXTRA = "the extra `mark`: `pip install '.[mark]'` in the checkout, or with the name of the wheel instead of the dot"
_MODULES = ("cv2", "numpy", "pypdfium2", "starlette", "uvicorn")
#: So many of a kind are listed.
_LISTED = 12


def mark(
    sheet: Annotated[
        str,
        typer.Argument(
            metavar="SHEET",
            help="The sheet's id, or a folder with the JSON of its answer sheets as they were printed.",
            show_default=False,
        ),
    ],
    scans: Annotated[
        list[Path],
        typer.Argument(
            metavar="SCANS...", help="PDF, TIFF, PNG or JPEG files, or folders of them.", show_default=False
        ),
    ],
    out: Annotated[
        Path | None,
        typer.Option(
            "--out", metavar="DIR", help="Write here; by default into marked/SHEET.", show_default=False
        ),
    ] = None,
    students: Annotated[
        Path | None,
        typer.Option(
            "--students",
            metavar="CSV",
            help="The class: a spreadsheet with columns `number` and `name`.",
            show_default=False,
        ),
    ] = None,
    attempts: Annotated[
        list[Path] | None,
        typer.Option(
            "--attempts",
            metavar="JSON",
            help="Answers that were saved on a screen, files or folders: analysed too. May be given several times.",
            show_default=False,
        ),
    ] = None,
    review: Annotated[
        bool | None,
        typer.Option(
            "--review/--no-review",
            help="Open the page to decide and to mark, also if everything is decided; or only list what is left.",
            show_default=False,
        ),
    ] = None,
    in_order: Annotated[
        bool,
        typer.Option(
            "--in-order", help="The pages of each paper lie one after the other: ask nothing about that."
        ),
    ] = False,
    folder: Folder = Path(),
) -> None:
    """Mark scans of answer sheets: read the marks, score the answers.

    Pages may come in any order, upside down, twice, or as photographs. What is doubtful is never decided silently: on a
    terminal a page opens in the browser where you decide it, and give points for written answers beside their key; only
    this computer can open it. Without, it is listed, its points are left open, and the exit code is 1.

    Exit code 0: all is marked; 1: something is left to a person; 2: wrong usage.

    Examples:
        deckgen mark it-quiz scans.pdf               into marked/it-quiz/
        deckgen mark it-quiz scans/ --out ~/2026/it  into a folder elsewhere
    """
    missing = [name for name in _MODULES if find_spec(name) is None]
    if missing:
        _refuse(f"marking needs {EXTRA}")
    from deckgen.cli.console import is_terminal, progress
    from deckgen.cli.session import CONTENT_HAS_ERRORS
    from deckgen.marking import decisions as kept
    from deckgen.marking.files import UnreadableError, found, leaves
    from deckgen.marking.marking import left, read_pile, write_outputs

    sheets, there = _versions(sheet, folder, out)
    pages: list[Leaf] = []
    problems: list[str] = []
    try:
        for path in found(scans):
            try:
                pages += leaves(path)
            except UnreadableError as error:
                problems.append(str(error))
    except UnreadableError as error:
        problems.append(str(error))
    if problems:
        _refuse(*problems)
    try:
        decisions = kept.load(there)
    except kept.UnreadableDecisionsError as error:
        _refuse(f"{there / kept.FILE}: {error}")
    names = _names(students, sheets)
    answered = _attempts(attempts or [], sheets[0].sheet)
    with progress("reading") as show:
        pile = read_pile(pages, sheets, there, show)
    if in_order:
        for join in pile.collated(decisions).joins:
            decisions.joins.setdefault(join.page.key, True)
    said, language = _wordings(folder)
    open_ = sum(left(pile, decisions, names).values())
    on_terminal = is_terminal(sys.stdin) and is_terminal(sys.stderr)
    if review or (open_ and review is None and on_terminal):
        _review(pile, decisions, names, there, open_, language)
    write_outputs(pile, decisions, there, said, answered, names, language)
    if not _report(pile, decisions, there, names):
        raise typer.Exit(CONTENT_HAS_ERRORS)


def _review(
    pile: Pile, decisions: Decisions, names: dict[str, str], there: Path, open_: int, language: str
) -> None:
    """Let a person decide on a page, until they have finished or press Ctrl-C."""
    from deckgen.cli.serve import has_browser, listen
    from deckgen.live.server import run
    from deckgen.marking.review import Review

    sockets = listen(0)
    port = sockets[0].getsockname()[1]
    address = f"http://127.0.0.1:{port}/"

    def begun() -> None:
        typer.echo(f"{open_} to decide: at {address}; Ctrl-C ends, and keeps what is decided", err=True)
        if has_browser():
            import webbrowser

            webbrowser.open(address)

    with suppress(KeyboardInterrupt):
        run(Review(pile, decisions, names, there, language), sockets, port, begun)


def _refuse(*why: str) -> NoReturn:
    from deckgen.cli.session import USAGE_ERROR

    for each in why:
        typer.echo(f"error: {each}", err=True)
    raise typer.Exit(USAGE_ERROR)


def _versions(sheet: str, folder: Path, out: Path | None) -> tuple[tuple[AnswerSheet, ...], Path]:
    """Return the versions of the sheet, and the folder to write into."""
    from deckgen.cli.session import is_in_outputs
    from deckgen.engine.state import OUTPUT_FOLDER
    from deckgen.marking.versions import FOLDER, NoVersionsError, built, load
    from deckgen.nearest import and_did_you_mean, nearest
    from deckgen.root import find_root

    root = find_root(folder) if folder.is_dir() else None
    is_built = root is not None and sheet in built(root / OUTPUT_FOLDER)
    try:
        if ("/" in sheet or Path(sheet).suffix or Path(sheet).is_dir()) and not is_built:
            if not Path(sheet).is_dir():
                _refuse(f"{sheet}: there is no such folder")
            sheets = load(Path(sheet), "")
            there = out or Path("marked") / sheets[0].sheet
        else:
            from deckgen.cli.session import project_root

            root = project_root(folder)
            known = built(root / OUTPUT_FOLDER)
            if sheet not in known:
                hint = and_did_you_mean(nearest(sheet, known))
                listed = ", ".join(known) or "none: set `bubble_sheets = true` in deckgen.toml and build"
                _refuse(f"no answer sheets of `{sheet}` are in {OUTPUT_FOLDER}/{hint} (there are: {listed})")
            sheets = load(root / OUTPUT_FOLDER, f"{FOLDER}/{sheet}")
            there = out or root / "marked" / sheet
    except NoVersionsError as error:
        _refuse(str(error))
    if is_in_outputs(there, root):
        _refuse(f"{there}: students' answers do not belong into {OUTPUT_FOLDER}/, which may be published")
    if there.exists() and not there.is_dir():
        _refuse(f"{there}: it is not a folder")
    return sheets, there


def _wordings(folder: Path) -> tuple[dict[str, Wording], str]:
    """Return what the project says of its items, and its language; nothing, and English, if there is none."""
    from deckgen.cli.wording import wordings
    from deckgen.root import find_root

    root = find_root(folder) if folder.is_dir() else None
    return wordings(root) if root else ({}, "en")


def _names(students: Path | None, sheets: tuple[AnswerSheet, ...]) -> dict[str, str]:
    """Return the names of students by their numbers."""
    if students is None:
        return {}
    from deckgen.diagnostics.locate import locate
    from deckgen.reading.class_list import read_class_list

    asked = next((sheet.student_number for sheet in sheets if sheet.student_number), None)
    if asked is None:
        _refuse("--students needs student numbers: the sheet asks for none (`student_number`)")
    listed, problems = read_class_list(students, asked.digits)
    if problems:
        from deckgen.cli.console import Format
        from deckgen.cli.session import CONTENT_HAS_ERRORS, say

        say(locate(problems, {}), Format.TEXT)
        raise typer.Exit(CONTENT_HAS_ERRORS)
    return {student.number: student.name for student in listed}


def _attempts(paths: list[Path], sheet: str) -> list[Person]:
    """Read the attempts at a sheet that learners saved on a screen."""
    from deckgen.marking.attempts import AttemptError, read

    try:
        return read(paths, sheet)
    except AttemptError as error:
        _refuse(str(error))


def _report(pile: Pile, decisions: Decisions, there: Path, names: dict[str, str]) -> bool:
    """Say what was read, and what is left; return whether nothing is."""
    from deckgen.cli.success import written
    from deckgen.marking.marking import left

    undecided = left(pile, decisions, names)
    collated = pile.collated(decisions)
    incomplete = [paper for paper in collated.papers if paper.missing]
    lines = [
        f"{paper.name}: page {', '.join(map(str, paper.missing))} of this paper was not scanned"
        for paper in incomplete
    ]
    lines += [
        f"{again}: another picture of {first}, with other marks; the first one counts"
        for again, first in collated.differing
    ]
    lines += [line if count == 1 else f"{count} {line}" for line, count in undecided.items()]
    lines += [f"{again}: the same page as {first}, counted once" for again, first in pile.judged.doubles]
    for line in lines[:_LISTED]:
        typer.echo(line, err=True)
    if len(lines) > _LISTED:
        typer.echo(f"… and {len(lines) - _LISTED} more", err=True)
    rows = {
        "papers": str(len(collated.papers)),
        "pages": f"{len(pile.readings)}"
        + (f", {pile.blank} of them blank or of question sheets" if pile.blank else "")
        + (f", {len(pile.faults)} not read" if pile.faults else ""),
        "left": f"{sum(undecided.values())} for a person to decide" if undecided else "nothing to decide",
        "files": f"report.html, papers/, scores.csv, answers.csv, items.csv, misconceptions.csv in {there}",
    }
    sys.stdout.write(written(rows, sys.stdout))
    return not (undecided or incomplete or collated.differing)
