"""`deckgen release` sends what changed since the last release; everything else makes drafts."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from anki_judge import collection, import_package
from deckgen.cli.app import app
from deckgen.identity import Lock, parse
from deckgen.live.rebuilding import rebuild
from history_author import Branch, Content, Written

ITEMS = [Written(1, "short", 0, "one"), Written(2, "short", 2, "two")]


@pytest.fixture
def branch(tmp_path: Path) -> Branch:
    made = Branch(tmp_path / "project", Content(items=list(ITEMS)))
    made.build(1000)
    return made


def run(branch: Branch, command: str, *arguments: str, now: int = 2000) -> Result:
    branch.content.write(branch.root)
    env = {"NO_COLOR": "1", "SOURCE_DATE_EPOCH": str(now)}
    result = CliRunner().invoke(app, [command, *arguments, "-C", str(branch.root)], env=env)
    assert result.exit_code == 0, result.output
    return result


def save(branch: Branch, now: int) -> None:
    """Do what `watch` and `serve` do when a file is saved."""
    branch.content.write(branch.root)
    done = rebuild(branch.root, now, (), str)
    assert not done.failed, done.problem


def lock_of(branch: Branch) -> Lock:
    lock = parse(branch.lock.read_bytes())
    assert isinstance(lock, Lock)
    return lock


def stamps(branch: Branch) -> dict[str, int]:
    return {note.id: note.mod for note in lock_of(branch).notes}


def names(branch: Branch) -> list[str]:
    return [path.name for path in branch.packages]


def edit(branch: Branch, text: int) -> None:
    branch.content.put(replace(ITEMS[0], text=text))


def test_a_release_leaves_packages_notes_and_checksums(branch: Branch) -> None:
    """They stay when later builds and releases come; the version is raised in `deckgen.toml`, which is else as it was."""
    assert "released  version 1" in run(branch, "release").stdout
    edit(branch, 1)
    toml = branch.root / "deckgen.toml"
    before = toml.read_text()
    result = run(branch, "release", now=3000)
    assert "changes   1 changed" in result.stdout
    assert toml.read_text() == before.replace('version = "1"', 'version = "2"')
    folder = branch.root / "dist/releases"
    assert sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*.*")) == [
        "1/Net-1.apkg",
        "1/Other-1.apkg",
        "1/release-notes.md",
        "2/Net-2.apkg",
        "2/Other-2.apkg",
        "2/release-notes.md",
    ]
    for line in (folder / "2/SHA256SUMS").read_text().splitlines():
        digest, name = line.split("  ")
        assert hashlib.sha256((folder / "2" / name).read_bytes()).hexdigest() == digest
    assert "item 1 text ~~0~~**1**" in (folder / "2/release-notes.md").read_text()
    branch.content.version = 2
    run(branch, "build", "--force")
    assert (folder / "1/Net-1.apkg").exists()


def test_before_the_first_release_a_build_stamps(branch: Branch) -> None:
    """Who never releases loses nothing."""
    edit(branch, 1)
    run(branch, "build")
    assert stamps(branch) == {"one": 2000, "two": 1000}


def test_saving_never_writes_the_lock(branch: Branch) -> None:
    """`watch` and `serve` make drafts, under another name; an edit undone leaves no trace, and a build stamps the rest."""
    before = branch.lock.read_bytes()
    edit(branch, 1)
    save(branch, 1500)
    assert names(branch) == ["Net.draft.apkg", "Other.apkg"]
    edit(branch, 0)
    save(branch, 1600)
    assert branch.lock.read_bytes() == before
    run(branch, "build")
    assert branch.lock.read_bytes() == before
    assert names(branch) == ["Net.apkg", "Other.apkg"]
    edit(branch, 2)
    save(branch, 1700)
    run(branch, "build")
    assert stamps(branch) == {"one": 2000, "two": 1000}


def test_who_imports_drafts_follows_them(branch: Branch) -> None:
    """An author's own collection gets each draft, an edit undone as well, and the release that follows."""
    run(branch, "release", now=1100)
    with collection() as col:

        def says() -> str:
            for package in branch.packages:
                import_package(col, package)
            return str(col.get_note(col.find_notes("Id:one")[0]).fields[0])

        assert "text 0" in says()
        for now, text in ((1500, 1), (1500, 2), (1600, 0), (1700, 3)):
            edit(branch, text)
            save(branch, now)
            assert f"text {text}" in says()
        run(branch, "release", now=1650)
        assert "text 3" in says()
    assert stamps(branch)["one"] >= 1650


def test_from_the_first_release_on_a_build_is_a_draft(branch: Branch) -> None:
    """It leaves the lock alone, says that it is a draft each time, and `--locked` refuses it."""
    run(branch, "release", now=1100)
    before = branch.lock.read_bytes()
    edit(branch, 1)
    for _ in range(2):
        assert "1 changed: a draft, which `deckgen release` sends" in run(branch, "build").stdout
    assert branch.lock.read_bytes() == before
    env = {"NO_COLOR": "1"}
    refused = CliRunner().invoke(app, ["build", "--locked", "-C", str(branch.root)], env=env)
    assert refused.exit_code == 1
    assert "run `deckgen release` and commit" in refused.stderr
    edit(branch, 0)
    assert "changes   none" in run(branch, "build", "--locked").stdout


def test_stamping_anew_takes_a_release(branch: Branch) -> None:
    """A draft would forget it: `build --restamp` is refused, and `release --restamp` sends the note again."""
    run(branch, "release", now=1100)
    env = {"NO_COLOR": "1"}
    refused = CliRunner().invoke(app, ["build", "--restamp", "one", "-C", str(branch.root)], env=env)
    assert refused.exit_code == 2
    assert "use `deckgen release --restamp`" in refused.stderr
    branch.content.version = 2
    run(branch, "release", "--restamp", "one", now=3000)
    assert stamps(branch) == {"one": 3000, "two": 1000}


def test_a_version_is_released_once(branch: Branch) -> None:
    """Naming it again is refused, and nothing is written."""
    run(branch, "release", "2027.1")
    before = branch.lock.read_bytes()
    env = {"NO_COLOR": "1"}
    refused = CliRunner().invoke(app, ["release", "2027.1", "-C", str(branch.root)], env=env)
    assert refused.exit_code == 2
    assert "version `2027.1` is already released" in refused.stderr
    assert branch.lock.read_bytes() == before


def test_a_lost_lock_is_read_from_what_learners_got(branch: Branch) -> None:
    """From the packages of releases, and not from drafts, which have other stamps for the same text."""
    run(branch, "release", now=1100)
    two = ITEMS[1]
    for now, text in ((1200, 1), (1300, 0)):
        branch.content.put(replace(two, text=text))
        save(branch, now)
    edit(branch, 1)
    run(branch, "build", now=1400)
    assert names(branch) == ["Net.draft.apkg", "Other.draft.apkg"]
    branch.lock.unlink()
    run(branch, "build", now=2000)
    assert stamps(branch) == {"one": 2000, "two": 1000}


def test_no_release_takes_the_place_of_another(branch: Branch) -> None:
    """A version whose files are there is not given again, be it named, or the next one after the lock was lost."""
    for version in ("1", "2"):
        run(branch, "release", version)
    package = (branch.root / "dist/releases/1/Net-1.apkg").read_bytes()
    env = {"NO_COLOR": "1"}
    refused = CliRunner().invoke(app, ["release", "1", "-C", str(branch.root)], env=env)
    assert refused.exit_code == 2
    assert "version `1` is already released" in refused.stderr
    branch.lock.unlink()
    branch.content.version = 1
    assert "released  version 3" in run(branch, "release", now=3000).stdout
    assert (branch.root / "dist/releases/1/Net-1.apkg").read_bytes() == package


def test_locked_compares_what_the_lock_says(branch: Branch) -> None:
    """The order of lines after a merge does not count; `deckgen lock` puts them in order, and writes nothing else."""
    text = branch.lock.read_text()
    head, *lines = text.splitlines(keepends=True)
    branch.lock.write_text(head + "".join([*reversed(lines), lines[-1]]))
    run(branch, "build", "--locked")
    branch.lock.write_text(head + "".join(reversed(lines)))
    before = {path: path.stat().st_mtime_ns for path in (branch.root / "dist").rglob("*")}
    run(branch, "lock")
    assert branch.lock.read_text() == text
    assert {path: path.stat().st_mtime_ns for path in (branch.root / "dist").rglob("*")} == before
    edit(branch, 1)
    run(branch, "lock")
    assert stamps(branch)["one"] == 2000


# --- faults


@pytest.mark.parametrize("command", ["build", "release"])
def test_a_build_that_cannot_put_its_decks_in_place_leaves_the_lock(
    branch: Branch, command: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On a full disk or a read-only folder nothing has changed, and the next build says and sends the change."""
    edit(branch, 1)
    branch.content.write(branch.root)
    before = [(branch.root / name).read_bytes() for name in ("deckgen.lock", "deckgen.toml")]
    rename = Path.replace

    def fail(self: Path, target: Path) -> Path:
        if "dist" in target.parts and "made-by" not in target.name:
            raise OSError(30, "Read-only file system", str(target))
        return rename(self, target)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", fail)
        env = {"NO_COLOR": "1", "SOURCE_DATE_EPOCH": "2000"}
        failed = CliRunner().invoke(app, [command, "-C", str(branch.root)], env=env)
        assert failed.exit_code == 1
        assert "read-only file system" in failed.stderr
    assert [(branch.root / name).read_bytes() for name in ("deckgen.lock", "deckgen.toml")] == before
    assert "1 changed" in run(branch, command).stdout
    assert stamps(branch)["one"] == 2000


@pytest.mark.parametrize("how", ["size=64k", "ro"])
def test_a_release_that_cannot_put_everything_in_place_puts_nothing(branch: Branch, how: str) -> None:
    """A folder below `dist/` on another disk, or that cannot be written, is found before the lock is touched."""
    run(branch, "release", now=1100)
    edit(branch, 1)
    branch.content.version = 1
    branch.content.write(branch.root)
    web = branch.root / "dist/web"
    files = ["deckgen.lock", "deckgen.toml", *(path.relative_to(branch.root) for path in branch.packages)]
    before = [(branch.root / name).read_bytes() for name in files]
    mount = ["mount", "-t", "tmpfs", "-o", how, "tmpfs", str(web)]
    if not shutil.which("mount") or subprocess.run(mount, check=False, capture_output=True).returncode:
        pytest.skip("only root may mount a disk")
    try:
        env = {"NO_COLOR": "1", "SOURCE_DATE_EPOCH": "2000"}
        failed = CliRunner().invoke(app, ["release", "-C", str(branch.root)], env=env)
    finally:
        subprocess.run(["umount", str(web)], check=True)
    assert failed.exit_code == 1
    assert f"error: cannot write {web}: " in failed.stderr
    assert [(branch.root / name).read_bytes() for name in files] == before


_KILLED = """
import os, sys
from pathlib import Path
rename = Path.replace
def killed(self, target):
    if "dist" in target.parts and "made-by" not in target.name:
        os._exit(9)
    return rename(self, target)
Path.replace = killed
from deckgen.cli.main import program
sys.argv[0] = "deckgen"
program()
"""


def test_a_build_killed_after_the_lock_is_finished_by_the_next(branch: Branch) -> None:
    """The lock speaks of decks that are not there yet: the next build makes them, and says what changed."""
    edit(branch, 1)
    branch.content.write(branch.root)
    command = [sys.executable, "-c", _KILLED, "build", "-C", str(branch.root)]
    environment = os.environ | {"SOURCE_DATE_EPOCH": "2000"}
    assert subprocess.run(command, env=environment, check=False, capture_output=True).returncode == 9
    assert stamps(branch)["one"] == 2000
    assert "changes   1 changed" in run(branch, "build", now=3000).stdout
    assert stamps(branch)["one"] == 2000
    assert "changes   none" in run(branch, "build", now=4000).stdout
    with collection() as col:
        for package in branch.packages:
            import_package(col, package)
        assert "text 1" in col.get_note(col.find_notes("Id:one")[0]).fields[0]
