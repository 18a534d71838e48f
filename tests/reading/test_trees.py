"""Reading a project: whatever the tree of files, there is a snapshot and a list of what is wrong."""

from __future__ import annotations

import os
import socket
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deckgen.contents import in_memory
from deckgen.diagnostics import Diagnostic
from deckgen.language.manuscript import MediaFile, MediaProblem
from deckgen.reading import Snapshot, read_media, read_project
from deckgen.reading.media import pictures_in
from deckgen.root import find_root
from laws import law
from rules.example_project import DOT

PROJECT = 'id = "example"\ntitle = "Example"\n'


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Make a project with one file of cards."""
    project = tmp_path / "project"
    (project / "cards").mkdir(parents=True)
    (project / "deckgen.toml").write_text(PROJECT, encoding="utf-8")
    (project / "cards/good.toml").write_text('[deck]\nname = "Good"\n', encoding="utf-8")
    return project


def read(root: Path) -> tuple[Snapshot, list[tuple[str, str, str]]]:
    """Read a project; of each diagnostic the code, the file and the message, sorted."""
    snapshot, found = read_project(root)
    return snapshot, sorted(map(summary, found))


def summary(diagnostic: Diagnostic) -> tuple[str, str, str]:
    return diagnostic.code, diagnostic.place.file, diagnostic.message


def unreadable(file: str, reason: str) -> tuple[str, str, str]:
    return "unreadable-file", file, f"cannot read `{file}`: {reason}"


def test_files_come_sorted_by_name(root: Path) -> None:
    """All TOML files below `cards/` are read, in the order of their names; others and hidden ones are not."""
    for name in ("b.toml", "a/z.toml", "a/b/c.toml", "notes.md", ".hidden.toml", ".git/x.toml", "a.toml~"):
        (root / "cards" / name).parent.mkdir(parents=True, exist_ok=True)
        (root / "cards" / name).write_text("", encoding="utf-8")
    snapshot, found = read(root)
    assert list(snapshot.cards) == ["cards/a/b/c.toml", "cards/a/z.toml", "cards/b.toml", "cards/good.toml"]
    assert found == []
    assert snapshot.unread == frozenset()


def test_a_folder_with_the_name_of_a_file(root: Path) -> None:
    """A folder called `x.toml` is said to be one; what is in it is not read."""
    (root / "cards/x.toml").mkdir()
    (root / "cards/x.toml/inner.toml").write_text("", encoding="utf-8")
    snapshot, found = read(root)
    assert found == [unreadable("cards/x.toml", "it is a folder")]
    assert list(snapshot.cards) == ["cards/good.toml"]
    assert snapshot.unread == {"cards/x.toml"}


def test_a_pipe_holds_nobody_up(root: Path) -> None:
    """A named pipe that nobody writes to is refused at once."""
    os.mkfifo(root / "cards/pipe.toml")
    assert read(root)[1] == [unreadable("cards/pipe.toml", "it is not a regular file")]


def test_a_socket_and_a_device_are_no_files(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A Unix socket is refused, and a link to a device, which could be read for ever."""
    monkeypatch.chdir(root / "cards")  # the path of a socket is short
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind("s.toml")
        (root / "cards/zero.toml").symlink_to("/dev/zero")
        found = read(root)[1]
    assert [(code, file) for code, file, _ in found] == [
        ("unreadable-file", "cards/s.toml"),
        ("unreadable-file", "cards/zero.toml"),
    ]
    assert found[0][2].endswith(": it is not a regular file")
    assert found[1][2].endswith(": it is a link that leads out of the project")


def test_loops_of_links_end(root: Path) -> None:
    """Links to themselves, to each other and to a folder above are said, and followed by nobody."""
    cards = root / "cards"
    (cards / "self.toml").symlink_to("self.toml")
    (cards / "one.toml").symlink_to("two.toml")
    (cards / "two.toml").symlink_to("one.toml")
    (cards / "up").symlink_to("..")
    (cards / "here").symlink_to(".")
    snapshot, found = read(root)
    link = "it is a link to a folder, which is not followed"
    assert found == [
        unreadable("cards/here", link),
        unreadable("cards/one.toml", "too many levels of symbolic links"),
        unreadable("cards/self.toml", "too many levels of symbolic links"),
        unreadable("cards/two.toml", "too many levels of symbolic links"),
        unreadable("cards/up", link),
    ]
    assert list(snapshot.cards) == ["cards/good.toml"]


def test_links_inside_of_the_project_are_read(root: Path) -> None:
    """A link to a file of the project is as good as the file."""
    (root / "shared.toml").write_text("# shared\n", encoding="utf-8")
    (root / "cards/link.toml").symlink_to("../shared.toml")
    snapshot, found = read(root)
    assert found == []
    assert snapshot.cards["cards/link.toml"] == "# shared\n"


def test_links_out_of_the_project_are_refused(root: Path) -> None:
    """A link cannot bring a file of somebody else into a deck."""
    (root.parent / "secret.toml").write_text("x = 1\n", encoding="utf-8")
    (root / "cards/link.toml").symlink_to("../../secret.toml")
    (root / "cards/gone.toml").symlink_to("nowhere.toml")
    snapshot, found = read(root)
    assert found == [
        unreadable("cards/gone.toml", "no such file or directory"),
        unreadable("cards/link.toml", "it is a link that leads out of the project"),
    ]
    assert list(snapshot.cards) == ["cards/good.toml"]


def test_a_folder_of_cards_that_leads_out_is_refused(root: Path) -> None:
    """`cards/` itself may be no link to elsewhere: its files would be none of the project."""
    (root / "cards").rename(root.parent / "elsewhere")
    (root / "cards").symlink_to("../elsewhere")
    snapshot, found = read(root)
    assert [code for code, _, _ in found] == ["unreadable-file"]
    assert snapshot.cards == {}


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read anything")
def test_what_may_not_be_read_is_said(root: Path) -> None:
    """A file and a folder without the right to read them are named."""
    (root / "cards/locked.toml").write_text("", encoding="utf-8")
    (root / "cards/locked.toml").chmod(0)
    (root / "cards/shut").mkdir(mode=0)
    snapshot, found = read(root)
    (root / "cards/shut").chmod(0o755)
    assert found == [
        unreadable("cards/locked.toml", "permission denied"),
        unreadable("cards/shut", "permission denied"),
    ]
    assert snapshot.unread == {"cards/locked.toml", "cards/shut"}


@pytest.mark.parametrize("kind", ["folder", "pipe", "loop", "bytes", "gone"])
def test_a_project_file_that_cannot_be_read(kind: str, root: Path) -> None:
    """Whatever `deckgen.toml` is instead of a text, it is said, and the cards are read all the same."""
    path = root / "deckgen.toml"
    path.unlink()
    match kind:
        case "folder":
            path.mkdir()
        case "pipe":
            os.mkfifo(path)
        case "loop":
            path.symlink_to("deckgen.toml")
        case "bytes":
            path.write_bytes(b"\xff")
    snapshot, found = read(root)
    assert snapshot.project is None
    assert len(found) == 1
    assert list(snapshot.cards) == ["cards/good.toml"]


def test_no_cards_are_no_mistake(root: Path) -> None:
    """A project without a folder of cards is read as one without files; a file of that name is said."""
    (root / "cards/good.toml").unlink()
    (root / "cards").rmdir()
    assert read(root) == (read(root)[0], [])
    (root / "cards").write_text("", encoding="utf-8")
    assert [code for code, _, _ in read(root)[1]] == ["unreadable-file"]


def test_odd_names_are_read(root: Path) -> None:
    """Names with blanks, line ends, quotes and other scripts, and such as are no UTF-8, stop nobody."""
    for name in ("with blank.toml", "line\nend.toml", "ü日本.toml", 'quo"te.toml', "-x.toml", "%.toml"):
        (root / "cards" / name).write_text("", encoding="utf-8")
    with open(os.fsencode(root / "cards") + b"/latin\xe9.toml", "wb"):  # noqa: PTH123 - a name in bytes
        pass
    snapshot, found = read(root)
    assert len(snapshot.cards) + len(found) == 8


def test_the_nearest_project_is_found(root: Path) -> None:
    """From any folder inside, the innermost folder with a `deckgen.toml` is the project."""
    deep = root / "cards/a/b"
    deep.mkdir(parents=True)
    assert find_root(deep) == root
    (deep.parent / "deckgen.toml").write_text(PROJECT, encoding="utf-8")
    assert find_root(deep) == deep.parent
    assert find_root(root.parent) is None
    (root.parent / "deckgen.toml").mkdir()
    assert find_root(root.parent) is None


NODES = st.sampled_from(["file", "bytes", "folder", "loop", "up", "out", "gone", "pipe", "empty"])
NAMES = st.sampled_from(["a.toml", "b.toml", "c", "d.toml", ".e.toml", "ü.toml", "f.TOML", "g.toml.bak"])


@law(20)
@given(st.dictionaries(st.lists(NAMES, min_size=1, max_size=3).map("/".join), NODES, max_size=8), st.data())
def test_any_tree_has_an_answer(
    tmp_path_factory: pytest.TempPathFactory, nodes: dict[str, str], data: st.DataObject
) -> None:
    """Every TOML file below `cards/` is either read or said to be unreadable, whatever lies around it."""
    root = tmp_path_factory.mktemp("tree")
    (root / "cards").mkdir()
    for name, kind in nodes.items():
        path = root / "cards" / name
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            make(path, kind, data)
        except OSError:  # a part of the path is a file, a pipe or a loop already
            continue
    snapshot, found = read(root)
    assert set(snapshot.cards).isdisjoint(snapshot.unread)
    assert {file for code, file, _ in found if code != "missing-project"} == snapshot.unread
    for folder, _, files in os.walk(root / "cards"):
        inside = Path(folder).relative_to(root)
        if any(part.startswith(".") or part.endswith(".toml") for part in inside.parts[1:]):
            continue
        for file in files:
            if file.endswith(".toml") and not file.startswith("."):
                assert (inside / file).as_posix() in snapshot.cards.keys() | snapshot.unread


def make(path: Path, kind: str, data: st.DataObject) -> None:
    match kind:
        case "file":
            path.write_text(data.draw(st.text(max_size=20)), encoding="utf-8", errors="replace")
        case "bytes":
            path.write_bytes(data.draw(st.binary(max_size=20)))
        case "empty":
            path.touch()
        case "folder":
            path.mkdir()
        case "loop":
            path.symlink_to(path.name)
        case "up":
            path.symlink_to("..")
        case "out":
            path.symlink_to("/etc/hosts")
        case "gone":
            path.symlink_to("nowhere")
        case _:
            os.mkfifo(path)


@pytest.mark.parametrize(
    ("path", "what"),
    [
        ("media/dot.png", "read"),
        ("media/gone.png", "missing"),
        ("media/dot.png/x.png", "missing"),
        ("../secret.png", "unsafe"),
        ("media/../../secret.png", "unsafe"),
        ("/etc/hosts", "unsafe"),
        ("~/x.png", "unsafe"),
        ("http://example.org/x.png", "unsafe"),
        ("//example.org/x.png", "unsafe"),
        ("file:///etc/hosts", "unsafe"),
        ("C:\\x.png", "unsafe"),
        ("media\\dot.png", "unsafe"),
        ("media/\0.png", "unsafe"),
        ("media/out.png", "unsafe"),
        ("out/secret.png", "unsafe"),
        ("media/pipe.png", "unreadable"),
        ("media", "unreadable"),
        ("media/loop.png", "unreadable"),
        ("media/text.png", "unreadable"),
        ("media/dot.jpg", "unreadable"),
        ("media/" + "x" * 300 + ".png", "missing"),
        ("media/" + "x/" * 3000 + "x.png", "missing"),
    ],
)
def test_pictures_are_read_from_the_project_only(path: str, what: str, root: Path) -> None:
    """A picture is a file of the project with the ending of its format; all else is told apart."""
    media = root / "media"
    media.mkdir()
    (media / "dot.png").write_bytes(DOT)
    (media / "dot.jpg").write_bytes(DOT)
    (media / "text.png").write_text("text", encoding="utf-8")
    (root.parent / "secret.png").write_bytes(DOT)
    (media / "out.png").symlink_to("../../secret.png")
    (root / "out").symlink_to("..")
    (media / "loop.png").symlink_to("loop.png")
    os.mkfifo(media / "pipe.png")
    found = read_media(root, path)
    assert getattr(found, "what", "read") == what
    assert found.path == path


@law(60)
@given(
    path=st.text(max_size=20)
    | st.lists(st.sampled_from(["..", ".", "media", "", "/", "~", "\0", "C:"])).map("/".join)
)
def test_any_path_of_a_picture_has_an_answer(path: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    """No text makes reading a picture fail, and none leads out of the project."""
    root = tmp_path_factory.getbasetemp()
    assert getattr(read_media(root, path), "what", "") in {"missing", "unsafe", "unreadable"}


def test_pictures_are_proposed_from_the_project(root: Path) -> None:
    """Pictures of the project can be proposed, those that it has made cannot."""
    for name in ("media/a.png", "media/deep/b.svg", "dist/c.png", ".git/d.png", "e.txt"):
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_bytes(DOT)
    (root / "media/loop").symlink_to("..")
    assert [name for name in pictures_in(root) if "loop" not in name] == ["media/a.png", "media/deep/b.svg"]


def test_a_name_that_is_not_utf8_is_reported(root: Path) -> None:
    """A file or folder whose name is not text is named by its bytes, and not read."""
    cards = os.fsencode(root / "cards")
    try:
        (Path(os.fsdecode(cards + b"/caf\xe9.toml"))).write_text("", encoding="utf-8")
        Path(os.fsdecode(cards + b"/\xff")).mkdir()
    except OSError:
        pytest.skip("the file system has UTF-8 names only")
    (Path(os.fsdecode(cards + b"/\xff/in.toml"))).write_text("", encoding="utf-8")
    snapshot, found = read(root)
    assert found == [
        unreadable("cards/\\xff/in.toml", "its name is not UTF-8"),
        unreadable("cards/caf\\xe9.toml", "its name is not UTF-8"),
    ]
    assert list(snapshot.cards) == ["cards/good.toml"]


def test_a_picture_is_found_however_its_name_is_spelt(root: Path) -> None:
    """`é` in one character or in two is one name to whoever reads it, in folders too."""
    (root / "me\u0301dia").mkdir()
    (root / "me\u0301dia/e\u0301.png").write_bytes(DOT)
    made = read_media(root, "m\xe9dia/\xe9.png")
    assert made == MediaFile("m\xe9dia/\xe9.png", in_memory(DOT))


def test_folders_that_are_links_out_of_the_project_are_not_looked_into(root: Path, tmp_path: Path) -> None:
    """Neither cards, nor templates, nor pictures come in through a link to a folder, nor are their names listed."""
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "secret.toml").write_text("", encoding="utf-8")
    (outside / "secret.png").write_bytes(DOT)
    (root / "cards/good.toml").unlink()
    (root / "cards").rmdir()
    for name in ("cards", "templates", "media"):
        (root / name).symlink_to(outside)
    snapshot, found = read(root)
    why = "it is a link that leads out of the project"
    assert found == [unreadable("cards", why), unreadable("templates", why)]
    assert not snapshot.cards
    assert pictures_in(root) == []
    assert read_media(root, "media/secret.png") == MediaProblem(
        "media/secret.png", "unsafe", "is a link that leads out of the project"
    )
