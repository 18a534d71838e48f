"""Faults put in at the very place: a build that ends at any of its steps on the disk, clocks that tick, names alike."""

from __future__ import annotations

import errno
import os
import shutil
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest

from anki_judge import collection, import_package
from deckgen.anki.unpack import unpack
from deckgen.cli.main import main
from deckgen.engine.stamps import UNKNOWN, inventory
from deckgen.identity import Lock, parse
from engine.projects import differing, outputs, write_files
from texts import PROJECT, concept, deck, short

NOW = 1_790_000_000
#: A code that no command ends with.
KILLED = 99
#: What changes a folder.
STEPS = ("replace", "rename", "link", "unlink", "remove")
FILES = {"deckgen.toml": PROJECT, "cards/a.toml": deck("Sums", short("q1", "one"), short("q2", "two"))}
EDITED = {"cards/a.toml": deck("Sums", short("q1", "one"), short("q2", "another"))}


def deckgen(root: Path, now: int = NOW) -> int:
    """Build in this process, as the command does, and return the exit code."""
    sys.argv = ["deckgen", "build", "-C", str(root)]
    os.environ["SOURCE_DATE_EPOCH"] = str(now)
    with pytest.raises(SystemExit) as ended:
        main()
    return int(ended.value.code or 0)


@pytest.fixture(autouse=True)
def _as_before(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "argv", sys.argv)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "")


def dying(root: Path, now: int, step: int) -> int:
    """Build in a process of its own, which is killed before a step on the disk, and return its code."""
    child = os.fork()
    if child:
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    left = step

    def counted(function: Callable[..., object]) -> Callable[..., object]:
        def call(*how: object, **more: object) -> object:
            nonlocal left
            if not left:
                os._exit(KILLED)
            left -= 1
            return function(*how, **more)

        return call

    for name in STEPS:
        setattr(os, name, counted(getattr(os, name)))
    try:
        os._exit(deckgen(root, now))
    finally:
        os._exit(1)


@pytest.mark.parametrize(
    "more",
    [
        {},
        {
            "deckgen.toml": PROJECT.replace("Sums", "More"),
            "cards/b.toml": deck("Others", short("q3", "three")),
        },
    ],
    ids=["a note", "all"],
)
def test_a_build_may_end_at_any_step(tmp_path: Path, more: dict[str, str]) -> None:
    """Killed before any of its steps on the disk: no deck is newer than the lock, and the next build is right."""
    before, clean = tmp_path / "before", tmp_path / "clean"
    write_files(before, FILES)
    assert deckgen(before) == 0
    shutil.copytree(before, clean)
    write_files(clean, EDITED | more)
    assert deckgen(clean, NOW + 20) == 0
    expected = outputs(clean)
    code, step = KILLED, 0
    while code == KILLED:
        root = tmp_path / f"{step}"
        shutil.copytree(before, root)
        write_files(root, EDITED | more)
        code = dying(root, NOW + 20, step)
        lock = parse((root / "deckgen.lock").read_text(encoding="utf-8"))
        assert isinstance(lock, Lock)
        locked = {note.guid: note.mod for note in lock.notes}
        for package in (root / "dist/anki").glob("*.apkg"):
            assert all(note.mod <= locked[note.guid] for note in unpack(package).notes), step
        assert deckgen(root, NOW + 20) == 0
        assert differing(outputs(root), expected) == set(), step
        assert list(root.rglob(".deckgen-*")) == [], step
        step += 1
    assert code == 0
    assert step > 5


@pytest.mark.parametrize("part", [123_456_789, 0])
def test_a_file_as_new_as_the_look_is_not_believed(tmp_path: Path, part: int) -> None:
    """What bears the time of the look may change once more and bear it still: the same size and time prove nothing."""
    ahead = (NOW + 1_000_000_000) * 1_000_000_000 + part
    cards = tmp_path / "cards/a.toml"
    write_files(tmp_path, FILES)
    os.utime(cards, ns=(ahead, ahead))
    assert deckgen(tmp_path) == 0
    changed = deck("Sums", short("q1", "one"), short("q2", "six"))
    assert len(changed) == len(FILES["cards/a.toml"])
    with cards.open("r+", encoding="utf-8") as stream:
        stream.write(changed)
    os.utime(cards, ns=(ahead, ahead))
    assert deckgen(tmp_path) == 0
    (package,) = (tmp_path / "dist/anki").glob("*.apkg")
    assert any("six" in "".join(note.fields) for note in unpack(package).notes)


@pytest.mark.parametrize(("part", "tick"), [(123_456_789, 20_000_000), (0, 2_000_000_000)])
def test_a_time_is_believed_once_the_clock_of_its_disk_has_ticked(
    tmp_path: Path, part: int, tick: int
) -> None:
    """A kernel's clock ticks every few milliseconds, that of FAT every two seconds, which are whole ones."""
    changed = NOW * 1_000_000_000 + part
    write_files(tmp_path, FILES)
    os.utime(tmp_path / "cards/a.toml", ns=(changed, changed))
    for looked, stamp in (
        (changed + tick, UNKNOWN),
        (changed + tick + 1, (len(FILES["cards/a.toml"]), changed)),
    ):
        assert inventory(tmp_path, scanned=looked)["cards/a.toml"] == stamp


def test_names_of_outputs_differ_where_case_does_not_count(tmp_path: Path) -> None:
    """Decks whose names are told apart by what no file's name may hold, and by case: each keeps its own files."""
    more = PROJECT + "[sheet]\nflashcards = 8\n"
    decks = {
        f"cards/{n}.toml": deck(name, concept(f"c{n}", f"Term {n}"))
        for n, name in enumerate(("A: b", "a? B"))
    }
    write_files(tmp_path, {"deckgen.toml": more, **decks})
    assert deckgen(tmp_path) == 0
    names = list(outputs(tmp_path))
    assert len({name.casefold() for name in names}) == len(names)
    for kind in ("anki/*.apkg", "web/study/*.html", "flashcards/*.html"):
        assert len(list((tmp_path / "dist").glob(kind))) == 2, (kind, names)


@pytest.mark.parametrize("describes", ["a", "b"])
def test_a_deck_is_described_in_any_of_its_files(tmp_path: Path, describes: str) -> None:
    """A deck of two files has the description that one of them gives, whichever comes first."""
    described = 'description = "Adding and *more*."'
    files = {
        f"cards/{name}.toml": deck("Sums", short(name, name), more=described if name == describes else "")
        for name in "ab"
    }
    write_files(tmp_path, {"deckgen.toml": PROJECT, **files})
    assert deckgen(tmp_path) == 0
    with collection() as col:
        (package,) = (tmp_path / "dist/anki").glob("*.apkg")
        import_package(col, package)
        assert "Adding and" in col.decks.by_name("Sums")["desc"]


@pytest.mark.parametrize("has_links", [True, False])
def test_all_outputs_are_on_the_disk_before_the_first_is_in_its_place(
    has_links: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Before the lock or an output is renamed, the bytes of every output are synced: a power cut leaves no empty one.

    Where the file system has no hard links, copies of outputs as well.
    """
    write_files(tmp_path, FILES)
    if not has_links:

        def link(*_: object) -> None:
            raise OSError(errno.EPERM, "Operation not permitted")

        monkeypatch.setattr(os, "link", link)
    safe: set[int] = set()
    early: list[str] = []
    fsync, replace = os.fsync, Path.replace

    def syncing(handle: int) -> None:
        fsync(handle)
        safe.add(os.fstat(handle).st_ino)

    def replacing(path: Path, target: Path) -> Path:
        if "dist" in path.parts and path.stat().st_ino not in safe:
            early.append(str(target))
        return replace(path, target)

    monkeypatch.setattr(os, "fsync", syncing)
    monkeypatch.setattr(Path, "replace", replacing)
    assert deckgen(tmp_path) == 0
    assert not early
    assert {path.stat().st_ino for path in (tmp_path / "dist").rglob("*.*") if path.is_file()} <= safe


def test_a_disk_that_takes_one_output_not_changes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """An output that cannot be synced fails the build, and all outputs and the lock stay as they were."""
    write_files(tmp_path, FILES)
    assert deckgen(tmp_path) == 0
    before = outputs(tmp_path), (tmp_path / "deckgen.lock").read_bytes()
    write_files(tmp_path, EDITED)
    fsync = os.fsync

    def failing(handle: int) -> None:
        staged = (tmp_path / "dist").glob(".deckgen-*/1")
        if os.fstat(handle).st_ino in {path.stat().st_ino for path in staged}:
            raise OSError(errno.ENOSPC, "No space left on device")
        fsync(handle)

    monkeypatch.setattr(os, "fsync", failing)
    assert deckgen(tmp_path, NOW + 100) == 1
    assert "no space left" in capsys.readouterr().err
    assert before == (outputs(tmp_path), (tmp_path / "deckgen.lock").read_bytes())


@pytest.mark.parametrize("state", ["", ".state"])
def test_what_a_killed_build_left_goes_with_the_next(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, state: str
) -> None:
    """Nothing of a package that was being written stays, also where `.deckgen` is a link within the project."""
    root, temporary = tmp_path / "course", tmp_path / "temporary"
    temporary.mkdir()
    write_files(root, FILES)
    if state:
        (root / state).mkdir()
        (root / ".deckgen").symlink_to(state)
    monkeypatch.setattr(tempfile, "tempdir", str(temporary))
    monkeypatch.setattr("deckgen.anki.package._LARGE", 0)
    with monkeypatch.context() as dying:
        dying.setattr("deckgen.anki.package._Collection._write_rows", lambda *_: os._exit(KILLED))
        child = os.fork()
        if not child:
            deckgen(root)
        assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == KILLED
    assert any(root.glob(f"{state or '.deckgen'}/.deckgen-*"))
    assert deckgen(root) == 0
    assert [*tmp_path.rglob(".deckgen-*"), *temporary.iterdir()] == []
