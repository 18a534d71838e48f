"""Every test that lies in the tree is run, and no folder bears a name that tools pass over."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
#: Names that pytest, packagers or common ignore files take for generated output, in any case of letters.
OUTPUT = {
    *("bin", "build", "cover", "dist", "downloads", "eggs", "env", "htmlcov", "lib", "lib64", "obj", "out"),
    *("output", "parts", "sdist", "site", "target", "temp", "tmp", "var", "vendor", "venv", "wheels"),
}
#: Made by other programs.
FOREIGN = {"node_modules", "__pycache__"}


def folders(root: Path) -> list[Path]:
    """Return all folders below one, but for those of other programs."""
    found = []
    for path, names, _ in os.walk(root):
        names[:] = sorted(name for name in names if name not in FOREIGN and not name.startswith("."))
        found += [Path(path) / name for name in names]
    return found


def written(file: Path) -> set[str]:
    """Return the tests that a file defines, by name."""
    body = ast.parse(file.read_text(encoding="utf-8")).body
    inner = [each for node in body if isinstance(node, ast.ClassDef) for each in node.body]
    return {
        node.name
        for node in (*body, *inner)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.name.startswith("test")
    }


@pytest.fixture
def found(request: pytest.FixtureRequest, collected: list[str]) -> set[tuple[str, str]]:
    """Return file and name of all tests that pytest finds, of this run where it is one of all tests."""
    if [Path(each).resolve() for each in request.config.args] == [ROOT / "tests"]:
        lines = collected
    else:
        command = [
            sys.executable,
            "-m",
            "pytest",
            "--collect-only",
            "-q",
            "-n",
            "0",
            "-p",
            "no:cacheprovider",
        ]
        lines = subprocess.run(
            command, cwd=ROOT, capture_output=True, text=True, check=True
        ).stdout.splitlines()
    parts = [line.partition("[")[0].split("::") for line in lines if "::" in line]
    return {(file, name) for file, *_, name in parts}


def test_every_test_on_the_disk_is_collected(found: set[tuple[str, str]]) -> None:
    """Whatever a folder or a file is called, pytest finds the tests in it."""
    tests = ROOT / "tests"
    files = [path for folder in (tests, *folders(tests)) for path in sorted(folder.glob("*.py"))]
    on_disk = {(path.relative_to(ROOT).as_posix(), name) for path in files for name in written(path)}
    assert sorted(on_disk - found) == []
    assert len(on_disk) > 100


def test_no_folder_is_called_like_output() -> None:
    """Pytest skips such folders, tools take them for generated, and people's own ignore files hide them."""
    suspicious = [
        path.relative_to(ROOT).as_posix()
        for part in ("src", "tests", "templates", "cards", "docs", "tools")
        for path in folders(ROOT / part)
        if path.name.lower() in OUTPUT or path.name.endswith((".egg", ".egg-info"))
    ]
    assert suspicious == []
