"""The program as an author runs it: a process that goes on, with what it says read as it comes."""

from __future__ import annotations

import os
import queue
import signal
import subprocess
import sys
import threading
from pathlib import Path
from typing import Self

from waiting import PATIENCE

#: A project of two files, in the language of `deckgen new`.
FILES = {
    "deckgen.toml": 'id = "sums"\ntitle = "Sums"\nversion = "1"\n',
    "cards/sources.toml": '[source.euclid]\ntitle = "The Elements"\n',
    "cards/sums.toml": """\
[deck]
name = "Sums"
tags = ["sums"]

[[question]]
id = "one-and-one"
type = "short"
prompt = "What is one and one?"
answer = "two"
sources = ["euclid"]

[[question]]
id = "two-and-two"
type = "choice"
prompt = "What is two and two?"
answer = "four"
distractors = ["five", "six", "seven"]
tags = ["even"]
sources = ["euclid"]
""",
}
CARDS = "cards/sums.toml"


def make_project(root: Path) -> Path:
    """Write the project into a folder."""
    for name, text in FILES.items():
        save(root / name, text)
    return root


def save(path: Path, text: str) -> None:
    """Save as careful editors do: write aside, rename."""
    path.parent.mkdir(parents=True, exist_ok=True)
    aside = path.with_name(f".{path.name}.swp")
    aside.write_text(text, encoding="utf-8")
    aside.replace(path)


class Running:
    """A command that runs until it is stopped; a context manager."""

    def __init__(self, *arguments: str, cwd: Path, code: str = "", **env: str) -> None:
        plain = {name: value for name, value in os.environ.items() if name not in {"FORCE_COLOR", "NO_COLOR"}}
        how = ["-c", code] if code else ["-m", "deckgen"]
        self.process = subprocess.Popen(
            [sys.executable, *how, *arguments],
            cwd=cwd,
            env=plain | {"PYTHONUNBUFFERED": "1"} | env,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
        )
        self._lines: queue.Queue[str] = queue.Queue()
        #: All that was said so far and looked at.
        self.lines_so_far: list[str] = []
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def _read(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self._lines.put(line.rstrip("\n"))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()

    def until(self, *wanted: str) -> list[str]:
        """Return the lines up to the one that holds all that is wanted."""
        lines: list[str] = []
        while True:
            try:
                line = self._lines.get(timeout=PATIENCE)
            except queue.Empty:
                raise AssertionError(
                    f"{wanted} was not said, but:\n" + "\n".join(self.lines_so_far)
                ) from None
            lines.append(line)
            self.lines_so_far.append(line)
            if all(text in line for text in wanted):
                return lines

    def rest(self) -> list[str]:
        """Return what is left of what was said, once the process has ended."""
        self.process.wait(PATIENCE)
        self._reader.join(PATIENCE)
        lines = [self._lines.get() for _ in range(self._lines.qsize())]
        self.lines_so_far += lines
        return lines

    def interrupt(self) -> int:
        """Press Ctrl-C and return the exit code."""
        self.process.send_signal(signal.SIGINT)
        return self.process.wait(PATIENCE)
