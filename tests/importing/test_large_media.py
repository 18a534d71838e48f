"""Media of any size need no memory: they are read in pieces, and a large package is written to a file."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import genanki
import pytest

#: Files, and bytes of each.
_FILES, _SIZE = 40, 4_000_000
#: Megabytes; a command without media takes about 50, and one that has them all in memory more than 300.
_MOST = 110
#: Runs a command, and prints the most memory that it had, in kilobytes (in bytes on a Mac).
_MEASURED = """
import resource, subprocess, sys
code = subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL).returncode
print(code, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""


def _package(folder: Path) -> Path:
    model = genanki.Model(
        1_600_000_001,
        "Pictures",
        fields=[{"name": "Question"}, {"name": "Picture"}],
        templates=[{"name": "Card", "qfmt": "{{Question}}", "afmt": "{{Picture}}"}],
    )
    deck = genanki.Deck(1_600_000_002, "Pictures")
    files = []
    for number in range(_FILES):
        path = folder / f"p{number}.png"
        path.write_bytes(b"\x89PNG\r\n\x1a\n" + os.urandom(_SIZE))
        files.append(str(path))
        deck.add_note(genanki.Note(model=model, fields=[f"Question {number}", f'<img src="{path.name}">']))
    package = folder / "pictures.apkg"
    genanki.Package(deck, media_files=files).write_to_file(package, timestamp=1_700_000_000)
    return package


def _megabytes(*command: str) -> float:
    """Run a command of deckgen, and return the most memory that it took."""
    done = subprocess.run(
        [sys.executable, "-c", _MEASURED, sys.executable, "-m", "deckgen", *command],
        capture_output=True,
        text=True,
        check=True,
    )
    code, most = done.stdout.split()
    assert code == "0", done.stderr
    return int(most) / (1_000_000 if sys.platform == "darwin" else 1000)


@pytest.mark.long
@pytest.mark.skipif(
    sys.platform == "win32", reason="Windows does not tell the memory of a process that ended"
)
def test_media_are_never_in_memory(tmp_path: Path) -> None:
    """A deck is taken over, built and released in memory that does not grow with its media."""
    project = str(tmp_path / "project")
    package = _package(tmp_path)
    assert _megabytes("import", str(package), "--into", project) < _MOST
    made = Path(project, "dist/anki/Pictures.apkg")
    assert _megabytes("build", "-C", project) < _MOST
    assert made.stat().st_size > _FILES * _SIZE
    assert _megabytes("release", "-C", project) < _MOST
    (released,) = Path(project, "dist/releases").rglob("*.apkg")
    assert released.read_bytes() == made.read_bytes()
    assert not list(Path(project).rglob(".deckgen-*"))
    assert made.stat().st_mode & 0o777 == Path(project, "deckgen.toml").stat().st_mode & 0o777
