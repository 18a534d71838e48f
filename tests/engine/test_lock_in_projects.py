"""The lock in a real project: git merges it, damage is reported where it is, and bytes hang on nothing else."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from anki_judge import collection, import_package
from deckgen.cli.app import app
from deckgen.cli.starter import starter
from deckgen.rules import large_media
from history_author import Branch, Content, Written
from history_learner import read

ITEMS = [Written(number, "short", 0, f"q{number}") for number in range(1, 6)]


@pytest.fixture
def branch(tmp_path: Path) -> Branch:
    made = Branch(tmp_path / "project", Content(items=list(ITEMS)))
    made.build(1000)
    return made


def git(root: Path, *arguments: str) -> str:
    identity = ["-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false"]
    command = ["git", *identity, "-C", str(root), *arguments]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def run(branch: Branch, *arguments: str) -> Result:
    return CliRunner().invoke(app, ["build", "-C", str(branch.root), *arguments], env={"NO_COLOR": "1"})


def test_branches_that_both_added_notes_merge_by_themselves(branch: Branch) -> None:
    """With `.gitattributes` as `deckgen new` writes it, `git merge` needs no hand, and no GUID or stamp is lost."""
    files = starter("project", "Project")
    for name in (".gitattributes", ".gitignore"):
        (branch.root / name).write_text(files[name])
    git(branch.root, "init", "-q", "-b", "main")
    git(branch.root, "add", ".")
    git(branch.root, "commit", "-qm", "base")
    git(branch.root, "switch", "-qc", "other")
    branch.content.items.append(Written(7, "short", 1, "theirs"))
    branch.build(1005)
    git(branch.root, "add", ".")
    git(branch.root, "commit", "-qm", "theirs")
    theirs = read(branch.packages, branch.root.parent).notes
    git(branch.root, "switch", "-q", "main")
    branch.content.items[-1] = Written(6, "short", 2, "ours")
    branch.build(1003)
    git(branch.root, "add", ".")
    git(branch.root, "commit", "-qm", "ours")
    ours = read(branch.packages, branch.root.parent).notes
    assert "CONFLICT" not in git(branch.root, "merge", "-q", "--no-edit", "other")
    assert git(branch.root, "status", "--porcelain") == ""
    branch.content.items.append(Written(7, "short", 1, "theirs"))
    branch.build(1001)
    merged = read(branch.packages, branch.root.parent).notes
    new = Written(7, "short", 1, "theirs").guid
    assert merged == {**ours, new: theirs[new]}


@pytest.mark.parametrize(
    ("damage", "line", "help_"),
    [
        (
            lambda text: text.replace("note q2 ", "<<<<<<< HEAD\nnote q2 "),
            "<<<<<<< HEAD",
            "keep the lines of both",
        ),
        (lambda text: text[:-20], "note q5", "git checkout -- deckgen.lock"),
        (lambda text: text.replace("note q3 ", "note q3 x"), "note q3", "git checkout -- deckgen.lock"),
        (
            lambda text: text.replace("deckgen.lock 2", "deckgen.lock 9"),
            "deckgen.lock 9",
            "install a newer deckgen",
        ),
        (lambda _text: "", "deckgen.lock:1", "git checkout -- deckgen.lock"),
    ],
)
def test_a_damaged_lock_is_an_error_that_says_what_to_do(
    branch: Branch, damage, line: str, help_: str
) -> None:
    """Conflicted, cut off, edited, of a later format or empty: the error has the line and the way out."""
    before = {path: path.read_bytes() for path in branch.packages}
    branch.lock.write_text(damage(branch.lock.read_text()))
    damaged = branch.lock.read_bytes()
    result = run(branch)
    assert result.exit_code == 1
    assert "error[bad-lock]" in result.stderr
    assert "deckgen.lock:" in result.stderr
    assert line in result.stderr
    assert help_ in " ".join(result.stderr.split())
    # Nothing is written over.
    assert branch.lock.read_bytes() == damaged
    assert {path: path.read_bytes() for path in branch.packages} == before


def test_both_sides_of_a_conflict_kept_are_a_lock(branch: Branch) -> None:
    """The help is right: without the conflict markers, duplicate lines resolve themselves."""
    text = branch.lock.read_text()
    branch.lock.write_text(text + text)
    assert run(branch).exit_code == 0
    assert branch.lock.read_text() == text


def test_two_items_of_one_guid_are_an_error(branch: Branch) -> None:
    """A lock edited by hand may say that two items are one note; Anki would import both and update neither."""
    lines = branch.lock.read_text().splitlines(keepends=True)
    guids = {line.split()[1]: line.split()[2] for line in lines if line.startswith("note ")}
    branch.lock.write_text("".join(lines).replace(guids["q2"], guids["q1"]))
    result = run(branch)
    assert result.exit_code == 1
    assert "error[duplicate-guid]" in result.stderr


def test_locked_fails_where_the_lock_would_change(branch: Branch) -> None:
    """`--locked` is quiet on a committed lock, and an error that says what changed on an outdated one."""
    assert run(branch, "--locked").exit_code == 0
    branch.content.put(replace(ITEMS[0], text=9))
    branch.content.write(branch.root)
    lock = branch.lock.read_bytes()
    result = run(branch, "--locked")
    assert result.exit_code == 1
    assert "error[outdated-lock]" in result.stderr
    assert "1 changed" in result.stderr
    assert branch.lock.read_bytes() == lock


def test_projects_never_collide(branch: Branch, tmp_path: Path) -> None:
    """Two projects of the same items share no note and no note type: one collection holds both."""
    other = Branch(tmp_path / "other", Content(items=list(ITEMS)))
    other.content.write(other.root)
    project = other.root / "deckgen.toml"
    project.write_text(project.read_text().replace('id = "histories"', 'id = "other"'))
    assert run(other).exit_code == 0
    with collection() as col:
        for package in (*branch.packages, *other.packages):
            log = import_package(col, package)
            assert len(log.new) == len(ITEMS)
            assert not log.conflicting
        ours = "SELECT count() FROM notetypes WHERE name LIKE 'Title 0%'"
        assert col.db.scalar(ours) == 2


def test_the_same_bytes_for_everybody(branch: Branch, tmp_path: Path) -> None:
    """Another folder, locale, time zone, hash seed, mask and home give the same bytes, lock and all."""
    branch.content.items += [
        Written(8, "picture", 1, "p"),
        Written(9, "cloze", 2, "c"),
        Written(10, "concept", 2, "n"),
    ]
    branch.build(1000)
    lock = branch.lock.read_text()
    outputs = {}
    for number, (locale, zone, mask) in enumerate(
        [("C", "UTC", 0o022), ("tr_TR.UTF-8", "Asia/Kathmandu", 0o077)]
    ):
        copy = Branch(tmp_path / f"a folder {number}" / "é", branch.content.copy())
        copy.content.write(copy.root)
        copy.lock.write_text(lock)
        home = tmp_path / f"home{number}"
        home.mkdir()
        env = {
            "PATH": os.environ["PATH"],
            "PYTHONPATH": os.pathsep.join(sys.path),
            "PYTHONHASHSEED": str(number + 1),
            "SOURCE_DATE_EPOCH": str(5000 + number),
            "LC_ALL": locale,
            "TZ": zone,
            "HOME": str(home),
        }
        command = [sys.executable, "-m", "deckgen", "build", "--locked", "-q"]
        subprocess.run(command, cwd=copy.root, env=env, check=True, umask=mask)
        dist = copy.root / "dist"
        outputs[number] = {
            path.relative_to(dist).as_posix(): path.read_bytes() for path in dist.rglob("*") if path.is_file()
        }
        assert copy.lock.read_text() == lock
    assert outputs[0]
    assert outputs[0] == outputs[1]


def test_a_removed_item_is_given_for_its_releases_and_then_no_more(branch: Branch) -> None:
    """`keep_retired = 2`: with the version that removes it and the next one, and not after; its lock line stays."""
    gone = ITEMS[4]
    branch.content.items.remove(gone)
    seen = []
    for version in (2, 3, 4):
        branch.content.version = version
        branch.build(1000 + version)
        note = read(branch.packages, branch.root.parent).notes.get(gone.guid)
        seen.append((note.retired, note.cards) if note else None)
    assert seen == [(True, frozenset()), (True, frozenset()), None]
    assert f"gone {gone.id} {gone.guid}" in branch.lock.read_text()


def test_a_new_style_arrives_and_the_name_stays(branch: Branch) -> None:
    """A template of the project restyles the note type that learners have, also where the clock went back."""
    branch.content.items.append(Written(20, "cloze", 0, "cloze"))
    branch.build(1000)
    with collection() as col:
        for package in branch.packages:
            import_package(col, package)
        before = col.db.all("SELECT id, name FROM notetypes ORDER BY id")
        branch.content.style = 7
        branch.build(10)
        for package in branch.packages:
            assert not import_package(col, package).updated
        col.models._clear_cache()
        assert col.db.all("SELECT id, name FROM notetypes ORDER BY id") == before
        cloze = next(each for each in col.models.all() if each["name"] == "Title 0 · Cloze")
        assert "line-height: 7" in cloze["css"]


def test_a_package_whose_pictures_are_too_large_together_is_reported(
    branch: Branch, monkeypatch: pytest.MonkeyPatch
) -> None:
    """AnkiWeb's limit counts for a package as a whole; a limit of 50 bytes stands in for one of 100 MB."""
    branch.content.items = [Written(number, "picture", 0, f"p{number}") for number in (1, 2)]
    assert "large-media" not in run(branch).stderr
    monkeypatch.setattr(large_media, "LIMIT", 50)
    branch.content.write(branch.root)
    result = run(branch)
    assert result.exit_code == 0
    assert "warning[large-media]: the pictures and sounds of `anki/Net.apkg` have" in result.stderr
    assert "cards/a.toml:2" in result.stderr


def test_a_former_package_that_cannot_be_read_is_a_wrong_use(branch: Branch, tmp_path: Path) -> None:
    """`--former` names the only copy of what removed notes said: it is not passed over in silence."""
    damaged = tmp_path / "damaged.apkg"
    damaged.write_bytes(b"PK")
    result = run(branch, "--former", str(damaged))
    assert result.exit_code == 2
    assert "damaged.apkg` cannot be read" in result.stderr


def test_a_broken_lock_is_told_with_all_else(branch: Branch) -> None:
    """The lock is read when notes have been made; what is wrong before that does not hide what is wrong in it."""
    (branch.root / "deckgen.lock").write_text("note nonsense\n")
    (branch.root / "cards/wrong.toml").write_text("[deck]\nname = 1\n")
    done = run(branch)
    assert done.exit_code == 1
    assert "error[wrong-type]" in done.stderr
    assert "error[bad-lock]" in done.stderr
