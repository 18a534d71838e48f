"""Whatever cuts a build off, nothing is lost or half-written, and the next build is right."""

from __future__ import annotations

import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from deckgen.anki.unpack import unpack
from deckgen.cli.starter import starter
from deckgen.identity import Lock, parse
from deckgen.pipeline.outcome import Options
from deckgen.pipeline.pipeline import build
from engine.projects import differing, outputs
from waiting import until

NOW = 1_790_000_000
COMMAND = [sys.executable, "-m", "deckgen", "build"]


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Write and build the project that `deckgen new` makes."""
    root = tmp_path / "course"
    for name, text in starter("course", "Course").items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
    build(root, Options(now=NOW))
    return root


def edit(root: Path, number: int) -> None:
    """Change texts on cards, sheets and pages."""
    path = root / "cards/measuring.toml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("What is", f"What now ({number}) is", 1), encoding="utf-8", newline="\n")


def start(root: Path, now: int) -> subprocess.Popen[bytes]:
    environment = os.environ | {"SOURCE_DATE_EPOCH": str(now)}
    return subprocess.Popen(
        COMMAND, cwd=root, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
    )


def anew(root: Path, folder: Path, now: int) -> dict[str, bytes]:
    """Return what a clean build makes of the same files and lock."""
    shutil.copytree(root, folder, ignore=shutil.ignore_patterns("dist", ".deckgen"))
    build(folder, Options(now=now))
    return outputs(folder)


def agree(root: Path) -> None:
    """Check that every stamp that a package bears is in the lock, with that content or a later one."""
    lock = parse((root / "deckgen.lock").read_text(encoding="utf-8"))
    assert isinstance(lock, Lock)
    locked = {note.guid: note for note in lock.notes}
    for package in (root / "dist/anki").glob("*.apkg"):
        for note in unpack(package).notes:
            assert note.mod <= locked[note.guid].mod


def killed_at_random(root: Path, times: int, seed: int) -> None:
    chance = random.Random(seed)
    start(root, NOW).wait()
    begun = time.monotonic()
    start(root, NOW + 1).wait()
    edit(root, 0)
    process = start(root, NOW + 2)
    process.wait()
    length = time.monotonic() - begun
    former = outputs(root)
    for number in range(1, times + 1):
        edit(root, number)
        now = NOW + 10 * number
        process = start(root, now)
        time.sleep(chance.uniform(0, length))
        process.send_signal(signal.SIGKILL)
        process.wait()
        agree(root)
        left = outputs(root)
        clean = anew(root, root.parent / f"clean-{number}", now + 5)
        halves = {
            name
            for name in left.keys() & clean.keys()
            # Of the lock what matters is that it can be read, which `agree` has seen.
            if left[name] not in (former.get(name), clean[name]) and name != "deckgen.lock"
        }
        assert halves == set()
        assert start(root, now + 5).wait() == 0
        former = outputs(root)
        assert differing(former, clean) == set()


@pytest.mark.long
def test_killed_at_any_moment(project: Path) -> None:
    """SIGKILL at random moments: each output is the old or the new one, and the next build is right.

    `test_faults` does the same at each step on the disk, which a random kill hardly ever meets.
    """
    killed_at_random(project, times=200, seed=2)


@pytest.mark.parametrize("size", [0, 2_000, 20_000, 60_000])
def test_a_full_disk(project: Path, size: int) -> None:
    """Where no file can grow beyond some size, the build says so, and everything is as it was."""
    before = outputs(project)
    edit(project, 1)

    def full() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))

    done = subprocess.run(
        COMMAND,
        cwd=project,
        env=os.environ | {"SOURCE_DATE_EPOCH": str(NOW + 9)},
        capture_output=True,
        text=True,
        preexec_fn=full,
        check=False,
    )
    left = outputs(project)
    if done.returncode:
        assert done.returncode == 1
        assert done.stderr.startswith("error: cannot write")
        assert len(done.stderr.splitlines()) == 1
        assert differing(left, before) <= {"deckgen.lock"}
    assert not list(project.rglob(".deckgen-*"))
    clean = anew(project, project.parent / "clean", NOW + 20)
    assert start(project, NOW + 20).wait() == 0
    assert differing(outputs(project), clean) == set()


@pytest.mark.parametrize("name", ["dist", "dist/anki", "dist/web/index.html"])
def test_something_else_in_the_way(project: Path, name: str) -> None:
    """A file where a folder should be, or the other way: one line says so, and nothing else is touched."""
    shutil.rmtree(project / "dist")
    place = project / name
    place.parent.mkdir(parents=True, exist_ok=True)
    if place.suffix:
        (place / "full").mkdir(parents=True)
    else:
        place.write_text("mine")
    process = start(project, NOW + 5)
    _, err = process.communicate()
    assert process.returncode == 1
    assert err.decode().startswith("error: cannot write")
    assert place.exists()


def test_the_folder_vanishes(project: Path) -> None:
    """A project that is removed while it is built ends the build with one line."""
    edit(project, 1)
    shutil.rmtree(project / ".deckgen")
    process = start(project, NOW + 5)
    until((project / ".deckgen").exists, "a build at work")
    shutil.rmtree(project, ignore_errors=True)
    _, err = process.communicate()
    assert b"bug" not in err
    assert process.returncode in (0, 1, 2)


def test_builds_at_once(project: Path) -> None:
    """Several builds of one project wait for each other, and the result is that of one."""
    edit(project, 1)
    clean = anew(project, project.parent / "clean", NOW + 5)
    running = [start(project, NOW + 5) for _ in range(4)]
    assert [process.wait() for process in running] == [0, 0, 0, 0]
    assert differing(outputs(project), clean) == set()
