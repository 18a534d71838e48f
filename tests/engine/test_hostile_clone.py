"""A clone of somebody else's repository changes, reads and sends nothing outside of itself, and holds nobody up."""

from __future__ import annotations

import os
import shutil
import signal
import socket
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner

from deckgen.cli.app import app
from deckgen.cli.failure import bug
from deckgen.cli.starter import starter
from deckgen.engine.state import MADE_FILE
from deckgen.live.inputs import Inputs
from deckgen.live.project import LiveProject
from deckgen.live.rebuilding import rebuild
from engine.projects import write_files
from rules.example_project import DOT

NOW = 1_790_000_000
THESIS = "my thesis, unpublished"
PICTURE = """
[[question]]
id     = "picture"
type   = "short"
prompt = "![a dot](media/dot.png)"
answer = "a dot"
"""
#: Links by their places in a clone, and what they lead to outside; those of one clone are not in each other's way.
LINKS = [
    {"dist": ".", "deckgen.lock": "thesis.txt"},
    {".deckgen": ".", "dist/link": ".", "media": "."},
    {"dist/anki": ".", "cards": "."},
    {"dist/web": ".", "templates": "."},
    {
        "dist/sheets": ".", "dist/web/tables": ".", "dist/web/index.html": "thesis.txt", ".deckgen/pieces": ".",
        ".deckgen/state.json": "thesis.txt", "dist/anki/Measuring.apkg": "Measuring.apkg", "media/dot.png": "dot.png",
    },
    {
        f"dist/{MADE_FILE}": "list", "cards/more": ".", "cards/more.toml": "more.toml", "templates/sheet": ".",
        "templates/web/quiz.html": "page.html",
    },
    {".deckgen/building": "thesis.txt"},
    {"deckgen.toml": "deckgen.toml"},
    {
        "dist/releases": ".", ".deckgen/draft.lock": "thesis.txt", ".deckgen/journal.json": "thesis.txt", "schema": ".",
        "cards/nothing": "nothing", "media/nothing.png": "nothing/at/all",
    },
    {"dist/releases/1": ".", "schema/cards.json": "thesis.txt"},
]  # fmt: skip
#: Places of files that a build reads or writes.
FILES = [
    f"dist/{MADE_FILE}", "dist/anki/Measuring.apkg", "dist/anki/other.apkg", "dist/web/index.html", ".deckgen/state.json",
    ".deckgen/building", "deckgen.lock", "cards/more.toml", "templates/sheet/page.html", "media/dot.png",
    ".deckgen/draft.lock", ".deckgen/journal.json", "schema/cards.json", "media/unused.png",
    "dist/releases/1/SHA256SUMS",
]  # fmt: skip


#: What a clone may say that builds made.
LISTED = [
    f"{folder}/{name}"
    for folder in ("link", "web", "anki", "sheets", "web/tables")
    for name in ("thesis.txt", "tables/mine.html", "mine.html")
]


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """Make a project with a picture, in a folder of its own."""
    root = tmp_path / "home" / "clone"
    write_files(root, starter("course", "Course"))
    (root / "media").mkdir()
    (root / "media/dot.png").write_bytes(DOT)
    with (root / "cards/measuring.toml").open("a") as cards:
        cards.write(PICTURE)
    return root


@pytest.fixture
def outside(tmp_path: Path, clone: Path) -> Path:
    """Make what is somebody's own: a text, a project's files, a package that holds a note which the clone has not."""
    folder = tmp_path / "home" / "mine"
    write_files(
        folder,
        {
            "thesis.txt": THESIS,
            "list": "thesis.txt\n../mine/thesis.txt\n",
            "more.toml": f'[deck]\nname = "{THESIS}"\n',
            "page.html": THESIS,
            "tables/mine.html": THESIS,
        },
    )
    (folder / "dot.png").write_bytes(DOT + THESIS.encode())
    (folder / "deckgen.toml").write_text(f'id = "thesis"\ntitle = "{THESIS}"\nversion = "1"\n')
    other = tmp_path / "other"
    shutil.copytree(clone, other)
    with (other / "cards/measuring.toml").open("a") as cards:
        cards.write(PICTURE.replace('"picture"', '"thesis"').replace("a dot", THESIS))
    run("build", other)
    shutil.copy(other / "dist/anki/Measuring.apkg", folder / "Measuring.apkg")
    # The clone's lock knows the note of that package: it could be retired with its text.
    shutil.copy(other / "deckgen.lock", clone / "deckgen.lock")
    shutil.rmtree(other)
    return folder


@pytest.fixture(autouse=True)
def _in_time() -> Iterator[None]:
    """Fail where something holds a command up."""

    def too_late(*_: object) -> None:
        raise TimeoutError

    signal.signal(signal.SIGALRM, too_late)
    signal.alarm(180)
    yield
    signal.alarm(0)


def run(command: str, root: Path) -> str:
    result = CliRunner().invoke(app, [*command.split(), "-C", str(root)], env={"NO_COLOR": "1"})
    assert result.exit_code in (0, 1) or isinstance(result.exception, OSError), result.output
    assert result.exception is None or isinstance(result.exception, SystemExit | OSError), result.exception
    return result.output


def everything(root: Path) -> None:
    """Do all that one does with a project; each command ends, with an answer or a located error."""
    for command in ("check", "build", "diff", "list", "lock", "check --fix"):
        run(command, root)
    assert "bug in deckgen" not in rebuild(root, NOW, (), bug).problem
    inputs = Inputs(root)
    inputs.scan()
    assert all(path.is_relative_to(root) for path, _ in (*inputs.folders().flat, *inputs.folders().deep))
    project = LiveProject(root)
    project.refresh()
    project.state()
    run("release", root)


def state_of(folder: Path) -> dict[str, tuple[bytes, int]]:
    return {
        str(path): (path.read_bytes() if path.is_file() else b"", path.stat().st_mtime_ns)
        for path in (folder, *sorted(folder.rglob("*")))
    }


def leaks(root: Path) -> list[str]:
    """Return the files of a clone that hold what was outside."""
    found = []
    for folder, _, files in os.walk(root):
        for name in files:
            path = Path(folder) / name
            if path.is_symlink() or not path.is_file():
                continue
            content = path.read_bytes()
            if THESIS.encode() in content:
                found.append(str(path))
    return found


@pytest.mark.parametrize("links", LINKS, ids=lambda links: "+".join(links)[:40])
def test_no_link_leads_out(clone: Path, outside: Path, links: dict[str, str]) -> None:
    """Wherever a link lies that a clone brings, what it leads to is neither read, nor written, nor removed."""
    run("build", clone)
    for name, target in links.items():
        place = clone / name
        if place.is_dir() and not place.is_symlink():
            shutil.rmtree(place)
        else:
            place.unlink(missing_ok=True)
        place.parent.mkdir(parents=True, exist_ok=True)
        place.symlink_to(outside / target)
    if f"dist/{MADE_FILE}" not in links and not (clone / "dist").is_symlink():
        (clone / "dist" / MADE_FILE).write_text("\n".join([*LISTED, "a\0b", "x" * 300, "anki", ""]))
    before = state_of(outside)
    everything(clone)
    assert state_of(outside) == before
    assert leaks(clone) == []


def pipe(path: Path) -> None:
    os.mkfifo(path)


def listening(path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as opened:
        here = Path.cwd()
        os.chdir(path.parent)
        try:
            opened.bind(path.name)
        finally:
            os.chdir(here)


def device(path: Path) -> None:
    path.symlink_to("/dev/zero")


def folder(path: Path) -> None:
    path.mkdir()


@pytest.mark.parametrize("make", [pipe, listening, device, folder])
def test_nothing_that_is_not_a_file_holds_anybody_up(clone: Path, make: Callable[[Path], None]) -> None:
    """Pipes, sockets, devices and folders in the place of each file that is read or written."""
    for name in FILES:
        (clone / name).parent.mkdir(parents=True, exist_ok=True)
        (clone / name).unlink(missing_ok=True)
        make(clone / name)
    everything(clone)
