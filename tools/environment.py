"""Make this checkout's virtual environment, or bring it up to date: what `make` and `make test` begin with.

    environment.py FOLDER [--tests] [--versions pinned|oldest|newest]

Installs deckgen from the checkout (editable) with all of its extras, and with `--tests` what the tests need. `pinned`
takes the versions in constraints.txt; `oldest` the lower bounds in pyproject.toml; `newest` whatever its ranges allow
today. The last two always start from nothing.

The file `installed` in the folder (and `installed-for-tests`) is deleted before anything is changed, and written when
everything is done. A folder without it was interrupted and is made anew.
"""

from __future__ import annotations

import argparse
import importlib.util
import os
import re
import shutil
import subprocess
import sys
from itertools import chain
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
CONSTRAINTS = ROOT / "constraints.txt"
STAMP, STAMP_FOR_TESTS = "installed", "installed-for-tests"
LOWEST_PYTHON = (3, 11)


def main() -> None:
    """Make the environment; ends with one line that says what to do where that cannot be done."""
    arguments = argparse.ArgumentParser()
    arguments.add_argument("folder", type=Path)
    arguments.add_argument("--tests", action="store_true")
    arguments.add_argument("--versions", choices=("pinned", "oldest", "newest"), default="pinned")
    wanted = arguments.parse_args()
    if problem := unfit():
        sys.exit(f"error: {problem}")
    print(f"setting up {wanted.folder}/", file=sys.stderr)
    try:
        set_up(wanted.folder, wanted.versions, for_tests=wanted.tests)
    except subprocess.CalledProcessError as failed:
        sys.exit(
            f"error: could not set up {wanted.folder}/ (exit code {failed.returncode}, see above); try again"
        )
    except KeyboardInterrupt:
        sys.exit(130)


def unfit() -> str | None:
    """Return what is wrong with the Python that runs this, and what to do about it."""
    if sys.version_info < LOWEST_PYTHON:
        have, need = (".".join(map(str, version)) for version in (sys.version_info[:2], LOWEST_PYTHON))
        return f"{sys.executable} is Python {have}, and {need} or newer is needed: name one, `make PYTHON=python{need}`"
    if any(importlib.util.find_spec(module) is None for module in ("venv", "ensurepip")):
        return "this Python cannot make virtual environments: install `python3-venv` (Debian, Ubuntu), then try again"
    return None


def set_up(folder: Path, versions: str, *, for_tests: bool) -> None:
    """Make or update the environment; raises CalledProcessError where a step fails."""
    python = folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    if versions != "pinned" or not (folder / STAMP).exists() or not works(python):
        shutil.rmtree(folder, ignore_errors=True)
    for stamp in (STAMP_FOR_TESTS, STAMP):
        (folder / stamp).unlink(missing_ok=True)
    if not folder.exists():
        subprocess.run([sys.executable, "-m", "venv", folder], check=True)

    pip = [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    if versions == "newest":
        subprocess.run([*pip, "--upgrade", "pip"], check=True)
    else:
        subprocess.run([*pip, "--constraint", CONSTRAINTS, "pip"], check=True)
        constraints = CONSTRAINTS
        if versions == "oldest":
            constraints = folder / "constraints.txt"
            constraints.write_text(lower_bounds(), encoding="utf-8")
        pip += ["--constraint", constraints, "--build-constraint", constraints]
    tests = ["--group", f"{ROOT / 'pyproject.toml'}:test"] if for_tests else []
    subprocess.run([*pip, "--editable", f"{ROOT}[pdf,live,mark]", *tests], check=True)
    if for_tests:
        install_test_tools = ROOT / "tools" / "install_test_tools.py"
        subprocess.run([python, install_test_tools], check=True)

    (folder / STAMP).touch()
    if for_tests:
        (folder / STAMP_FOR_TESTS).touch()


def works(python: Path) -> bool:
    """Tell whether an environment's Python still starts; it does not where the system's has been removed."""
    return python.exists() and subprocess.run([python, "-c", ""], check=False).returncode == 0


def lower_bounds() -> str:
    """Return constraints with the lowest version of what deckgen depends on, and the pinned ones of test tools.

    What these depend on in turn is left to pip. Raises ValueError for a dependency without a lower bound.
    """
    import tomllib

    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    extras = project["project"]["optional-dependencies"].values()
    ranges = chain(project["build-system"]["requires"], project["project"]["dependencies"], *extras)
    lowest = {}
    for requirement in ranges:
        name, found = name_of(requirement), re.search(r">=\s*([\w.]+)", requirement)
        if not found:
            raise ValueError(f"{requirement} has no lower bound")
        lowest[name] = f"{name}=={found[1]}"
    tools = {name_of(requirement) for requirement in project["dependency-groups"]["test"]} - lowest.keys()
    pinned = [line for line in CONSTRAINTS.read_text(encoding="utf-8").splitlines() if name_of(line) in tools]
    return "".join(f"{line}\n" for line in [*lowest.values(), *pinned])


def name_of(requirement: str) -> str:
    """Return the name in a requirement, as PEP 503 writes it; empty for a line without one."""
    found = re.match(r"[\w.-]+", requirement)
    return re.sub(r"[-_.]+", "-", found[0]).lower() if found else ""


if __name__ == "__main__":
    main()
