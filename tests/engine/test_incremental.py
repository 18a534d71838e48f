"""Building upon the last build gives what a build from nothing gives, and does no more than it must."""

from __future__ import annotations

import os
import shutil
import tempfile
import threading
import time
from contextlib import AbstractContextManager
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from deckgen.engine import write
from deckgen.engine.outcome import Options
from deckgen.engine.patch import patch
from deckgen.engine.pipeline import build
from deckgen.engine.quick import Quick, quick
from deckgen.engine.state import MADE_FILE, STATE_FILE, load
from deckgen.engine.write import only_one
from engine.projects import PROJECT, SOURCES, differing, outputs, write_files

NOW = 1_790_000_000
PICTURE = '<svg xmlns="http://www.w3.org/2000/svg" width="8" height="8"><circle cx="4" cy="4" r="{}"/></svg>'


def any_build(root: Path, now: int) -> tuple[str, Quick | None]:
    """Build as `deckgen build` does; tell how: `nothing`, `patched`, `whole`, or `failed`."""
    done = quick(root, now)
    if done is not None:
        return ("patched" if done.changed else "nothing"), done
    return ("failed" if build(root, Options(now=now)).failed else "whole"), None


def settle(root: Path) -> None:
    """Set the times of all files back, as if some time had passed since they were written."""
    for path in root.rglob("*"):
        if path.is_file() and "dist" not in path.parts and path.name != "deckgen.lock":
            status = path.stat()
            os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns - 60_000_000_000))


def short(number: int, prompt: str, more: str = "") -> str:
    return f'[[question]]\nid = "q{number}"\ntype = "short"\nprompt = "{prompt}"\nanswer = "x"\n{more}\n'


CARDS = '[deck]\nname = "Sums::Small"\n\n' + short(1, "one") + short(2, "two")
OTHER = '[deck]\nname = "Sums::Other"\n\n' + short(3, "three")
SHEETS = '[[sheet]]\nid = "quiz"\ntitle = "Quiz"\noutputs = ["paper", "quiz"]\nfrom = ["file:quiz"]\n'
QUIZ = '[deck]\nname = "Sums::Quiz"\n\n' + short(9, "drawn")


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Write a project of two decks and a sheet, and build it."""
    files = {
        "deckgen.toml": PROJECT,
        "cards/a.toml": CARDS,
        "cards/b.toml": OTHER,
        "cards/quiz.toml": QUIZ,
        "cards/sheets.toml": SHEETS,
        "cards/sources.toml": SOURCES,
    }
    write_files(tmp_path, files)
    settle(tmp_path)
    assert any_build(tmp_path, NOW)[0] == "whole"
    return tmp_path


def anew(root: Path, now: int, before: dict[str, bytes]) -> dict[str, bytes] | None:
    """Return what a build from nothing makes of the same files, with the lock and the packages from before.

    None where it fails.
    """
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder)
        for name in ("cards", "media", "templates"):
            if (root / name).exists():
                shutil.copytree(root / name, copy / name)
        shutil.copy(root / "deckgen.toml", copy)
        for name, content in before.items():
            if name == "deckgen.lock" or name.startswith("dist/anki/"):
                (copy / name).parent.mkdir(parents=True, exist_ok=True)
                (copy / name).write_bytes(content)
        return None if build(copy, Options(now=now)).failed else outputs(copy)


def test_nothing_changed_means_nothing_done(project: Path) -> None:
    """No file is written where no input changed."""
    before = {path: path.stat().st_mtime_ns for path in project.rglob("*") if path.is_file()}
    assert any_build(project, NOW + 5)[0] == "nothing"
    assert {path: path.stat().st_mtime_ns for path in project.rglob("*") if path.is_file()} == before


def test_a_changed_question_is_patched_in(project: Path) -> None:
    """One question edited: its note alone is written anew, with the bytes of a whole build."""
    before = outputs(project)
    write_files(project, {"cards/a.toml": CARDS.replace('"one"', '"the **first**"')})
    how, done = any_build(project, NOW + 5)
    assert how == "patched"
    assert done is not None
    assert done.changed == ("q1",)
    assert differing(outputs(project), anew(project, NOW + 5, before) or {}) == set()
    settle(project)
    any_build(project, NOW + 6)
    assert any_build(project, NOW + 7)[0] == "nothing"


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("cards/quiz.toml", '"drawn"', '"drawn anew"'),
        ("cards/a.toml", 'id = "q1"', 'id = "q7"'),
        ("cards/a.toml", 'type = "short"\nprompt = "one"', 'type = "short"\ntags = ["t"]\nprompt = "one"'),
        ("cards/a.toml", "Sums::Small", "Sums::Little"),
        ("cards/sources.toml", "The Elements", "Elements"),
        ("deckgen.toml", "Sums", "More sums"),
        ("cards/sheets.toml", "Quiz", "Test"),
    ],
)
def test_what_others_see_is_built_whole(project: Path, name: str, old: str, new: str) -> None:
    """An edit that shows elsewhere than in notes of its file leads to a whole build."""
    before = outputs(project)
    text = (project / name).read_text()
    assert old in text
    write_files(project, {name: text.replace(old, new, 1)})
    assert any_build(project, NOW + 5)[0] == "whole"
    assert differing(outputs(project), anew(project, NOW + 5, before) or {}) == set()


def test_flashcards_on_paper_show_every_item(project: Path) -> None:
    """Where flashcards are printed, an edit of any question is built whole."""
    write_files(project, {"deckgen.toml": PROJECT + "[sheet]\nflashcards = 8\n"})
    assert any_build(project, NOW + 5)[0] == "whole"
    before = outputs(project)
    write_files(project, {"cards/a.toml": CARDS.replace('"one"', '"the **first**"')})
    assert any_build(project, NOW + 9)[0] == "whole"
    assert differing(outputs(project), anew(project, NOW + 9, before) or {}) == set()


def test_what_is_saved_while_a_build_waits_is_for_the_next(project: Path) -> None:
    """A file that changes after the look at what changed is built by the next build, and not taken for built."""
    state = load(project)
    assert state is not None
    for name, old in (("cards/a.toml", "one"), ("cards/b.toml", "three")):
        text = CARDS if name == "cards/a.toml" else OTHER
        (project / name).write_text(text.replace(f'"{old}"', f'"{old} more"'), encoding="utf-8", newline="\n")
        earlier = time.time_ns() - 60_000_000_000
        os.utime(project / name, ns=(earlier, earlier))
    done = patch(project, project / "dist", state, {"cards/a.toml"}, NOW + 9)
    assert done is not None
    assert done.changed == ("q1",)
    how, then = any_build(project, NOW + 20)
    assert (how, then and then.changed) == ("patched", ("q3",))
    assert any_build(project, NOW + 30)[0] == "nothing"


def test_a_build_that_waited_for_another_begins_anew(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What it knew from before the other one is not built upon."""
    state = load(project)
    assert state is not None
    write_files(project, {"cards/a.toml": CARDS.replace('"one"', '"one more"')})
    waits = threading.Event()

    def said(root: Path) -> AbstractContextManager[None]:
        waits.set()
        return only_one(root)

    monkeypatch.setattr(write, "only_one", said)
    found: list[Quick | None] = []
    with only_one(project):
        other = threading.Thread(target=lambda: found.append(quick(project, NOW + 9)))
        other.start()
        assert waits.wait(10)
        assert patch(project, project / "dist", state, {"cards/a.toml"}, NOW + 5)
    other.join(10)
    assert found == [None]


def test_an_error_leaves_everything_as_it_was(project: Path) -> None:
    """A mistake in an edited question is told, nothing is written, and its repair builds again."""
    before = outputs(project)
    write_files(project, {"cards/a.toml": CARDS.replace('answer = "x"', "", 1)})
    assert any_build(project, NOW + 5)[0] == "failed"
    assert differing(outputs(project), before) == set()
    write_files(project, {"cards/a.toml": CARDS})
    any_build(project, NOW + 6)
    assert differing(outputs(project), before) == set()


def test_outputs_of_removed_inputs_go_and_no_others(project: Path) -> None:
    """A removed sheet takes its pages with it; a file that no build made stays, and so does its folder."""
    write_files(project, {"dist/sheets/quiz/notes-of-a-teacher.txt": "mine", "dist/mine.txt": "mine"})
    (project / "cards/sheets.toml").unlink()
    assert any_build(project, NOW + 5)[0] == "whole"
    left = {name for name in outputs(project) if name.startswith("dist/sheets")}
    assert left == {"dist/sheets/quiz/notes-of-a-teacher.txt"}
    assert (project / "dist/mine.txt").read_text() == "mine"
    assert not (project / "dist/web/quiz.html").exists()


@pytest.mark.parametrize("damage", [b"", b"{", b'{"format": 99}', b"[1]", b"\xff\xfe", b'{"format": 1}'])
def test_a_damaged_state_is_no_state(project: Path, damage: bytes) -> None:
    """Whatever stands in the state, the build is right."""
    before = outputs(project)
    (project / STATE_FILE).write_bytes(damage)
    assert any_build(project, NOW + 5)[0] == "whole"
    assert differing(outputs(project), before) == set()


def test_a_changed_output_is_made_anew(project: Path) -> None:
    """An output that somebody changed or deleted comes back."""
    before = outputs(project)
    (project / "dist/web/index.html").write_bytes(b"")
    (project / "dist/anki/Sums.apkg").unlink()
    assert any_build(project, NOW + 5)[0] == "whole"
    assert differing(outputs(project), before) == set()


def test_names_in_the_list_of_outputs_cannot_lead_out(project: Path) -> None:
    """What somebody wrote into the list of outputs removes nothing outside of the output folder."""
    (project / "precious").write_text("x")
    with (project / "dist" / MADE_FILE).open("a") as stream:
        stream.write("../precious\n/etc/passwd\nweb/../../precious\n")
    build(project, Options(now=NOW + 5))
    assert (project / "precious").exists()


# Whole histories: any edit, in any order, with and without builds in between.

TEXTS = ("one", "two", "`code`", "*so*", "1 < 2", "![dot](media/dot.svg)", "$x^2$", "ünï", "a\\nb")
KINDS = {
    "short": 'prompt = "{text}"\nanswer = "{more}"',
    "numeric": 'prompt = "{text}"\nanswer = 4',
    "choice": 'prompt = "{text}"\nanswer = "yes"\ndistractors = ["no {more}", {{ text = "never", why = "{text}" }}]',
    "cloze": 'text = "{text} {{{{{more}}}}} and {{{{more::{more}}}}}"',
    "true-false": 'prompt = "{text}"\nanswer = true',
}
items = st.tuples(st.sampled_from(sorted(KINDS)), st.sampled_from(TEXTS), st.sampled_from(("x", "yy", "z z")))
edits = st.one_of(
    st.tuples(st.just("say"), st.integers(0, 5), items),
    st.tuples(st.just("remove"), st.integers(0, 5)),
    st.tuples(st.just("source"), st.sampled_from(("The Elements", "Elements", "Στοιχεῖα"))),
    st.tuples(st.just("concept"), st.sampled_from(("sum", "total"))),
    st.tuples(st.just("sheet"), st.sampled_from(("file:a", "file:b", "q0"))),
    st.tuples(st.just("picture"), st.integers(1, 3)),
    st.tuples(st.just("build")),
    st.tuples(st.just("forget")),
)


class Author:
    """Edits a project of two files of questions."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.said: dict[int, tuple[str, str, str]] = dict.fromkeys(range(3), ("short", "one", "x"))
        self.other = {"source": "The Elements", "concept": "sum", "sheet": "file:b", "picture": "2"}
        self.write()

    def edit(self, what: str, *how: object) -> None:
        if what == "say":
            number, item = how
            known = self.said.get(number, item)  # type: ignore[arg-type]
            self.said[number] = (known[0], *item[1:])  # type: ignore[index,misc]
        elif what == "remove" and len(self.said) > 1:
            self.said.pop(how[0], None)  # type: ignore[call-overload]
            self.said.setdefault(0, ("short", "one", "x"))
        elif what in self.other:
            self.other[what] = str(how[0])
        self.write()

    def write(self) -> None:
        files = {
            "deckgen.toml": PROJECT,
            "cards/sources.toml": f'[source.euclid]\ntitle = "{self.other["source"]}"\n',
            "cards/concepts.toml": '[deck]\nname = "Sums::Words"\n[[concept]]\nid = "sum"\nterm = '
            f'"{self.other["concept"]}"\ndefinition = "What adding gives."\n',
            "cards/sheets.toml": f'[[sheet]]\nid = "quiz"\ntitle = "Quiz"\noutputs = ["paper", "quiz"]\nfrom = ["{self.other["sheet"]}"]\n',
            "media/dot.svg": PICTURE.format(self.other["picture"]),
        }
        for half, name in enumerate("ab"):
            parts = [
                f'[[question]]\nid = "q{number}"\ntype = "{kind}"\nsources = ["euclid {number}"]\n'
                + KINDS[kind].format(text=text, more=more)
                for number, (kind, text, more) in sorted(self.said.items())
                if number % 2 == half
            ]
            files[f"cards/{name}.toml"] = "\n\n".join([f'[deck]\nname = "Sums::{name}"', *parts]) + "\n"
        for name, text in files.items():
            path = self.root / name
            if not path.exists() or path.read_text(encoding="utf-8") != text:
                write_files(self.root, {name: text})


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(edits, min_size=1, max_size=8))
def test_any_history_ends_as_a_build_from_nothing(history: list[tuple[object, ...]]) -> None:
    """After any edits, with builds at any moments, lock and outputs are those of a clean build, byte for byte."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        author = Author(root)
        now = NOW
        any_build(root, now)
        for step in [*history, ("build",)]:
            now += 7
            if step[0] == "forget":
                shutil.rmtree(root / ".deckgen", ignore_errors=True)
            elif step[0] == "build":
                before = outputs(root)
                how, _ = any_build(root, now)
                made = anew(root, now, before)
                assert (made is None) == (how == "failed")
                assert differing(outputs(root), before if made is None else made) == set()
            else:
                author.edit(*step)  # type: ignore[arg-type]
