"""Run the program: in this process where that does, as a process of its own where the test is about processes."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import NamedTuple

import pytest

from deckgen.cli.main import main
from deckgen.cli.starter import starter
from waiting import PATIENCE


class Ran(NamedTuple):
    """What a run left behind."""

    code: int
    out: str
    err: str


@pytest.fixture
def deckgen(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str], tmp_path: Path
) -> Callable[..., Ran]:
    """Return the program as a function of its arguments, started in an empty folder."""
    monkeypatch.chdir(tmp_path)
    for name in ("NO_COLOR", "FORCE_COLOR", "DECKGEN_TRACEBACK"):
        monkeypatch.delenv(name, raising=False)

    def run(*arguments: str | Path) -> Ran:
        monkeypatch.setattr(sys, "argv", ["deckgen", *map(str, arguments)])
        capfd.readouterr()
        with pytest.raises(SystemExit) as ended:
            main()
        sys.stdout.flush()
        out, err = capfd.readouterr()
        code = ended.value.code
        assert isinstance(code, int)
        return Ran(code, out, err)

    return run


@pytest.fixture
def course(tmp_path: Path) -> Path:
    """Make the project of `deckgen new` in the folder `course`, and return that folder."""
    for name, text in starter("course-of-the-tests", "Course").items():
        path = tmp_path / "course" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return tmp_path / "course"


def environment(**changes: str) -> dict[str, str]:
    """Return the environment for a process, without what would colour its output."""
    plain = {name: value for name, value in os.environ.items() if name not in {"NO_COLOR", "FORCE_COLOR"}}
    return {**plain, **changes}


def process(
    *arguments: str | Path, cwd: Path | None = None, env: Mapping[str, str] | None = None, code: str = ""
) -> Ran:
    """Run the program, or Python code, as a process; its output goes into pipes."""
    how = ["-c", code] if code else ["-m", "deckgen"]
    done = subprocess.run(
        [sys.executable, *how, *arguments],
        cwd=cwd,
        env=env or environment(),
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=PATIENCE,
        check=False,
    )
    return Ran(done.returncode, done.stdout, done.stderr)
