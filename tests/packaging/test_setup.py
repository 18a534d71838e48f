"""Setting up: which versions are installed, and what happens where a machine lacks something."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
import venv
from itertools import chain
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

REPOSITORY = Path(__file__).parents[2]
PROJECT = tomllib.loads((REPOSITORY / "pyproject.toml").read_text(encoding="utf-8"))
CONSTRAINTS = (REPOSITORY / "constraints.txt").read_text(encoding="utf-8").splitlines()
PINNED = {
    canonicalize_name(pin.name): pin
    for pin in (Requirement(line) for line in CONSTRAINTS if not line.startswith("#"))
}
FOR_USERS = [
    Requirement(text)
    for text in chain(
        PROJECT["build-system"]["requires"],
        PROJECT["project"]["dependencies"],
        *PROJECT["project"]["optional-dependencies"].values(),
    )
]


def test_what_is_installed_is_pinned() -> None:
    """Each package that pyproject.toml names has one version in constraints.txt, and one that users may have."""
    groups = [Requirement(text) for text in chain(*PROJECT["dependency-groups"].values())]
    assert (
        sorted({canonicalize_name(package.name) for package in [*FOR_USERS, *groups]} - PINNED.keys()) == []
    )
    versions = {name: [(it.operator, it.version) for it in pin.specifier] for name, pin in PINNED.items()}
    assert [name for name, (*said,) in versions.items() if [operator for operator, _ in said] != ["=="]] == []
    outside = [
        package.name
        for package in FOR_USERS
        if not package.specifier.contains(versions[canonicalize_name(package.name)][0][1])
    ]
    assert outside == []


def test_ranges_for_users_have_two_ends() -> None:
    """A lower bound, which `make test-oldest` runs, and an upper one, so that no one gets what nobody has tried."""
    open_ended = [
        package.name for package in FOR_USERS if {it.operator for it in package.specifier} < {">=", "<"}
    ]
    assert open_ended == ["hatchling"]  # builds the wheel, and is in nobody's environment


def test_packages_from_npm_are_pinned() -> None:
    """Those that are named, and those that they bring."""
    package = json.loads((REPOSITORY / "tests/web-tools/package.json").read_text(encoding="utf-8"))
    versions = [*package["dependencies"].values(), *package["overrides"].values()]
    assert [version for version in versions if not re.fullmatch(r"\d+\.\d+\.\d+", version)] == []


def test_no_host_is_named() -> None:
    """Where packages come from is the machine's business: nothing that sets up names an index or a mirror."""
    paths = [
        *(
            REPOSITORY / name
            for name in ("Makefile", "pyproject.toml", "constraints.txt", ".pre-commit-hooks.yaml")
        ),
        *(REPOSITORY / ".ci").iterdir(),
        *(REPOSITORY / "tools").glob("*.py"),
        *(REPOSITORY / "tests/web-tools").glob("*.json"),
    ]
    host = re.compile(
        r"\w+://(?!127\.0\.0\.1\b)|\b[\w-]+\.(?:org|com|io|net|dev)\b|(?:index-url|find-links|trusted-host|registry)\b"
    )
    named = [
        f"{path.name}: {line.strip()}"
        for path in paths
        for line in path.read_text(encoding="utf-8").splitlines()
        if host.search(line)
    ]
    assert named == []


def run(*command: str | Path, cwd: Path = REPOSITORY, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run a program without a package index."""
    offline = {"PIP_NO_INDEX": "1", "PIP_FIND_LINKS": "", "PIP_CONFIG_FILE": os.devnull}
    return subprocess.run(
        command, cwd=cwd, env=os.environ | offline | environment, capture_output=True, text=True, check=False
    )


def as_if(change: str) -> list[str]:
    """Return a command that runs tools/environment.py on a Python of which something is changed."""
    path = REPOSITORY / "tools/environment.py"
    return [
        sys.executable,
        "-c",
        f"import runpy, sys; {change}; runpy.run_path({str(path)!r}, run_name='__main__')",
    ]


def test_a_python_without_ensurepip_is_told_what_to_install(tmp_path: Path) -> None:
    """Debian's python3 has none by itself: one line names the package, and nothing is left behind."""
    done = run(*as_if("sys.modules['ensurepip'] = None; sys.argv[1:] = ['made']"), cwd=tmp_path)
    assert done.returncode == 1
    assert done.stderr == (
        "error: this Python cannot make virtual environments: install `python3-venv` (Debian, Ubuntu), then try again\n"
    )
    assert list(tmp_path.iterdir()) == []


def test_an_old_python_is_told_which_is_needed(tmp_path: Path) -> None:
    """One line says how to name another."""
    done = run(*as_if("sys.version_info = (3, 9, 18); sys.argv[1:] = ['made']"), cwd=tmp_path)
    assert done.returncode == 1
    assert done.stderr.endswith(
        " is Python 3.9, and 3.11 or newer is needed: name one, `make PYTHON=python3.11`\n"
    )
    assert done.stderr.count("\n") == 1


@pytest.mark.parametrize("stamp", [(), ("installed",)], ids=["interrupted", "python-gone"])
def test_a_half_made_environment_is_made_anew(tmp_path: Path, stamp: tuple[str, ...]) -> None:
    """One that was interrupted, or whose Python is gone; and one that cannot be finished counts as interrupted."""
    folder = tmp_path / "made"
    folder.mkdir()
    for name in ("left-over", *stamp):
        (folder / name).touch()
    # What is interrupted here is the making of the environment itself.
    (tmp_path / "venv.py").write_text("raise SystemExit(3)\n", encoding="utf-8")
    done = run(sys.executable, "tools/environment.py", folder, PYTHONPATH=str(tmp_path))
    assert done.returncode == 1
    assert done.stderr.splitlines()[-1].startswith(f"error: could not set up {folder}/ (exit code 3,")
    assert not folder.exists()


def tree(folder: Path) -> Path:
    """Lay out a checkout that `make` and `make test` have set up, as far as `make` can see."""
    shutil.copy(REPOSITORY / "Makefile", folder)
    for name in (
        "pyproject.toml",
        "constraints.txt",
        "tools/environment.py",
        "tools/install_test_tools.py",
        "tests/web-tools/package.json",
        ".venv/bin/python",
        ".venv/installed",
        ".venv/installed-for-tests",
    ):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).touch()
    return folder


@pytest.mark.skipif(not shutil.which("make"), reason="make is not installed")
def test_make_installs_only_what_has_changed(tmp_path: Path) -> None:
    """Set up once, `make` just builds; a changed constraint or a missing Python sets up again."""
    folder = tree(tmp_path)
    plan = ("make", "--no-print-directory", "-n")
    assert run(*plan, cwd=folder).stdout == ".venv/bin/deckgen build\n"
    assert "environment.py" not in run(*plan, "test", cwd=folder).stdout

    later = (folder / ".venv/installed").stat().st_mtime + 10
    os.utime(folder / "constraints.txt", (later, later))
    assert run(*plan, cwd=folder).stdout.splitlines()[0] == "python3 tools/environment.py .venv"
    assert "python3 tools/environment.py .venv --tests" in run(*plan, "test", cwd=folder).stdout

    tree(folder)
    (folder / ".venv/bin/python").unlink()
    assert run(*plan, cwd=folder).stdout.splitlines()[:2] == [
        "rm -rf .venv",
        "python3 tools/environment.py .venv",
    ]


def test_a_missing_browser_is_reported(tmp_path: Path) -> None:
    """Where nothing can be installed, one line says what the tests need, and `make test` ends."""
    venv.create(tmp_path / "made", symlinks=os.name != "nt")
    python = tmp_path / "made" / ("Scripts" if os.name == "nt" else "bin") / Path(sys.executable).name
    done = run(python, "tools/install_test_tools.py", PATH="", CHROMIUM="")
    assert done.returncode == 1
    last = done.stderr.splitlines()[-1]
    assert last.startswith("error: the tests need Chromium")
    assert last.endswith("with npm: install it, then again")


@pytest.mark.parametrize(
    ("version", "lacking"),
    [("v20.20.2", ["node"]), ("v22.22.0", []), ("v24.7.9", ["node"]), ("v26.0.0", []), ("none", ["node"])],
)
def test_an_old_node_counts_as_missing(tmp_path: Path, version: str, lacking: list[str]) -> None:
    """One that html-validate does not run with: it would end without a word on any page."""
    venv.create(tmp_path / "made", symlinks=os.name != "nt")
    python = tmp_path / "made" / ("Scripts" if os.name == "nt" else "bin") / Path(sys.executable).name
    for name in ("node", "npm"):
        program = python.with_name(name)
        program.write_text(f"#!/bin/sh\necho {version}\n", encoding="utf-8")
        program.chmod(0o755)
    code = "import runpy; print(runpy.run_path('tools/install_test_tools.py')['lacking']('node'))"
    assert run(python, "-c", code).stdout == f"{lacking}\n"
