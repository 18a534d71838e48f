"""The page for people who have never used a terminal can be followed to the letter."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from pathlib import Path

from docs.pages import ROOT, blocks, prose

PAGE = ROOT / "docs" / "first-sheet.md"
TYPED = [line for block in blocks(PAGE) if block.language == "console" for line in block.text.splitlines()]
#: What is typed on Windows, and on macOS and Linux, without the prompt.
WINDOWS = [line.removeprefix("> ") for line in TYPED if line.startswith("> ")]
UNIX = [line.removeprefix("$ ") for line in TYPED if line.startswith("$ ")]


def test_each_system_gets_the_same_commands() -> None:
    """Those for Windows differ in how its paths and its Python are written, and in nothing else."""
    as_unix = [
        line.replace("\\Scripts\\", "/bin/").replace("py -m venv", "python3 -m venv") for line in WINDOWS
    ]
    assert as_unix == UNIX
    assert [line.split()[1:3] for line in UNIX[:2]] == [["-m", "venv"], ["-m", "pip"]]


def test_following_the_page_ends_with_a_sheet_to_print(tmp_path: Path) -> None:
    """Its commands work one after the other, the edit among them, and make the files that it opens."""
    (example,) = [block.text for block in blocks(PAGE) if block.language == "toml"]
    commands = [shlex.split(line)[1:] for line in UNIX if "/deckgen " in line]
    assert len(commands) == 3
    for place, arguments in enumerate(commands):
        if place == len(commands) - 1:
            with (tmp_path / "my-course/cards/measuring.toml").open("a", encoding="utf-8") as cards:
                cards.write(example)
        done = subprocess.run(
            [sys.executable, "-m", "deckgen", *arguments],
            cwd=tmp_path,
            capture_output=True,
            text=True,
            check=False,
        )
        assert (done.returncode, "error" in done.stderr) == (0, False), done.stderr

    opened = [
        path.replace("\\", "/") for path in re.findall(r"`(?:start|open|xdg-open) ([^`]+)`", prose(PAGE))
    ]
    assert len(opened) == 3
    (sheet,) = set(opened)
    folder = (tmp_path / sheet).parent
    beside = re.findall(r"`([A-Z]\.html|key\.html)`", prose(PAGE))
    assert {"B.html", "key.html"} <= set(beside)
    assert [name for name in (Path(sheet).name, *beside) if not (folder / name).is_file()] == []
