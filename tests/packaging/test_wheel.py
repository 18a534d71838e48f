"""The wheel does the whole job by itself: in an environment of its own, in a folder of its own."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest

from waiting import PATIENCE

REPOSITORY = Path(__file__).parents[2]


def run(*command: str | Path, cwd: Path) -> str:
    """Run a program that knows nothing of this checkout, and return what it prints."""
    env = {name: value for name, value in os.environ.items() if name not in {"PYTHONPATH", "VIRTUAL_ENV"}}
    done = subprocess.run(
        command, cwd=cwd, env=env, capture_output=True, text=True, timeout=PATIENCE, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the wheel of this checkout."""
    folder = tmp_path_factory.mktemp("wheel")
    run(sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", folder, cwd=REPOSITORY)
    (built,) = folder.glob("*.whl")
    return built


def test_the_wheel_holds_what_it_needs(wheel: Path) -> None:
    """Every module, template and catalogue of the checkout is in the wheel, and nothing of the tests."""
    with zipfile.ZipFile(wheel) as opened:
        names = set(opened.namelist())
    package = {
        f"deckgen/{path.relative_to(REPOSITORY / 'src/deckgen').as_posix()}"
        for path in (REPOSITORY / "src/deckgen").rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    templates = {
        f"deckgen/{path.relative_to(REPOSITORY).as_posix()}"
        for path in (REPOSITORY / "templates").rglob("*")
        if path.is_file()
    }
    assert (package | templates) - names == set()
    others = {name for name in names if not name.startswith("deckgen")}
    assert others == set()


def new_environment(folder: Path, *, with_pip: bool) -> Path:
    """Make an empty environment, and return its Python."""
    venv.create(folder, with_pip=with_pip)
    return folder / ("Scripts" if os.name == "nt" else "bin") / Path(sys.executable).name


def do_the_whole_job(python: Path, folder: Path) -> None:
    """Start a project, check and build it, and look at what there is."""
    program = python.with_name("deckgen")
    where = run(python, "-c", "import deckgen; print(deckgen.__file__)", cwd=folder)
    assert Path(where.strip()).is_relative_to(python.parents[1])
    run(program, "new", "course", cwd=folder)
    run(program, "check", "-C", "course", cwd=folder)
    output = run(program, "build", "-C", "course", cwd=folder)
    assert "decks" in output
    made = {
        path.relative_to(folder / "course/dist").as_posix() for path in (folder / "course/dist").rglob("*")
    }
    assert "anki/Measuring.apkg" in made
    assert {"sheets/measuring/A.html", "sheets/measuring/B.html", "sheets/measuring/key.html"} <= made
    assert any(name.startswith("web/") for name in made)
    assert run(program, "explain", "unknown-key", cwd=folder).startswith("error[unknown-key]")


def test_the_wheel_does_the_whole_job(wheel: Path, tmp_path: Path) -> None:
    """Installed alone, the wheel makes decks, sheets and pages from its own templates, outside of the checkout."""
    python = new_environment(tmp_path / "env", with_pip=False)
    pip = [sys.executable, "-m", "pip", "--python", python, "install", "--quiet", "--no-deps", "--no-index"]
    run(*pip, wheel, cwd=tmp_path)
    # What it depends on is borrowed from the environment of the tests, behind the wheel itself.
    version = f"python{sys.version_info.major}.{sys.version_info.minor}"
    site = tmp_path / "env" / ("Lib" if os.name == "nt" else f"lib/{version}") / "site-packages"
    (site / "borrowed.pth").write_text(f"{sysconfig.get_path('purelib')}\n", encoding="utf-8")
    do_the_whole_job(python, tmp_path)


@pytest.mark.long
def test_the_wheel_needs_nothing_but_what_it_names(wheel: Path, tmp_path: Path) -> None:
    """Installed with just the packages that it asks for, it does the same."""
    python = new_environment(tmp_path / "env", with_pip=True)
    run(python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", wheel, cwd=tmp_path)
    do_the_whole_job(python, tmp_path)
