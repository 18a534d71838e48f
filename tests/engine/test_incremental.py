"""Building upon the last build gives what a build from nothing gives, and does no more than it must."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from deckgen.cli.starter import starter
from deckgen.engine.state import MADE_FILE, STATE_FILE, unchanged
from deckgen.pipeline import pipeline
from deckgen.pipeline.outcome import Options
from deckgen.pipeline.pipeline import build
from deckgen.reading import read_project
from engine.projects import PROJECT, SOURCES, differing, outputs, write_files

NOW = 1_790_000_000
PICTURE = '<svg xmlns="http://www.w3.org/2000/svg" width="8" height="8"><circle cx="4" cy="4" r="{}"/></svg>'


def any_build(root: Path, now: int) -> tuple[str, tuple[str, ...]]:
    """Build as `deckgen build` does; tell whether that was `nothing`, `built` or `failed`, and what was made anew."""
    if unchanged(root, everything=False):
        return "nothing", ()
    done = build(root, Options(now=now))
    return ("failed" if done.failed else "built"), done.made


def settle(root: Path) -> None:
    """Set the times of all files back, as if some time had passed since they were written."""
    for path in root.rglob("*"):
        if path.is_file() and "dist" not in path.parts and path.name != "deckgen.lock":
            status = path.stat()
            os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns - 60_000_000_000))


def short(number: int, prompt: str, more: str = "") -> str:
    return f'[[question]]\nid = "q{number}"\ntype = "short"\nprompt = "{prompt}"\nanswer = "x"\n{more}\n'


QUIZ_PAGES = (
    "sheets/quiz/A.html",
    "sheets/quiz/key.html",
    "web/quiz.html",
)
CARDS = '[deck]\nname = "Sums::Small"\n\n' + short(1, "one") + short(2, "two", 'tags = ["t"]')
OTHER = '[deck]\nname = "Sums::Other"\n\n' + short(3, "three")
SHEETS = '[[sheet]]\nid = "quiz"\ntitle = "Quiz"\noutputs = ["paper", "quiz"]\nfrom = ["file:quiz"]\n'
MORE = '[deck]\nname = "More"\n\n' + short(5, "else")
QUIZ = '[deck]\nname = "Sums::Quiz"\n\n' + short(9, "drawn")


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Write a project of two decks and a sheet, and build it."""
    files = {
        "deckgen.toml": PROJECT,
        "cards/a.toml": CARDS,
        "cards/b.toml": OTHER,
        "cards/quiz.toml": QUIZ,
        "cards/more.toml": MORE,
        "cards/sheets.toml": SHEETS,
        "cards/sources.toml": SOURCES,
    }
    write_files(tmp_path, files)
    settle(tmp_path)
    assert any_build(tmp_path, NOW)[0] == "built"
    return tmp_path


def anew(root: Path, now: int, before: dict[str, bytes], *, pdf: bool = False) -> dict[str, bytes] | None:
    """Return what a build from nothing makes of the same files, with the lock and the packages from before.

    None where it fails.
    """
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder)
        for name in ("cards", "data", "media", "templates"):
            if (root / name).exists():
                shutil.copytree(root / name, copy / name)
        shutil.copy(root / "deckgen.toml", copy)
        for name, content in before.items():
            if name == "deckgen.lock" or name.startswith("dist/anki/"):
                (copy / name).parent.mkdir(parents=True, exist_ok=True)
                (copy / name).write_bytes(content)
        return None if build(copy, Options(now=now, pdf=pdf)).failed else outputs(copy)


def test_nothing_changed_means_nothing_done(project: Path) -> None:
    """No file is written where no input changed."""
    before = {path: path.stat().st_mtime_ns for path in project.rglob("*") if path.is_file()}
    assert any_build(project, NOW + 5)[0] == "nothing"
    assert {path: path.stat().st_mtime_ns for path in project.rglob("*") if path.is_file()} == before


@pytest.mark.parametrize(
    ("name", "old", "new", "made"),
    [
        ("cards/a.toml", '"one"', '"the **first**"', {"anki/Sums.apkg", "web/anki/Sums.apkg"}),
        ("cards/a.toml", 'tags = ["t"]', 'tags = ["u"]', {"anki/Sums.apkg", "web/anki/Sums.apkg"}),
        ("cards/quiz.toml", '"drawn"', '"drawn anew"', {"anki/Sums.apkg", "web/anki/Sums.apkg", *QUIZ_PAGES}),
        ("cards/more.toml", '"else"', '"other"', {"anki/More.apkg", "web/anki/More.apkg"}),
        ("cards/sheets.toml", '"Quiz"', '"Test"', {*QUIZ_PAGES, "web/index.html"}),
    ],
)
def test_only_what_shows_an_edit_is_made_anew(
    project: Path, name: str, old: str, new: str, made: set[str]
) -> None:
    """A question's package, and the pages that print or ask it; with the bytes of a clean build."""
    before = outputs(project)
    text = (project / name).read_text()
    assert old in text
    write_files(project, {name: text.replace(old, new, 1)})
    assert any_build(project, NOW + 5) == ("built", tuple(sorted(made)))
    assert differing(outputs(project), anew(project, NOW + 5, before) or {}) == set()
    settle(project)
    any_build(project, NOW + 6)
    assert any_build(project, NOW + 7)[0] == "nothing"


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("cards/a.toml", 'id = "q1"', 'id = "q7"'),
        ("cards/a.toml", "Sums::Small", "Sums::Little"),
        ("cards/sources.toml", "The Elements", "Elements"),
        ("deckgen.toml", "Sums", "More sums"),
    ],
)
def test_what_shows_in_many_places_is_right_in_all(project: Path, name: str, old: str, new: str) -> None:
    """An edit of what many outputs show gives the bytes of a clean build."""
    before = outputs(project)
    text = (project / name).read_text()
    assert old in text
    write_files(project, {name: text.replace(old, new, 1)})
    assert any_build(project, NOW + 5)[0] == "built"
    assert differing(outputs(project), anew(project, NOW + 5, before) or {}) == set()


@pytest.mark.parametrize(
    "old",
    [
        "What is measured",
        'aspect   = "What it is"',
        'title   = "Unit and quantity"',
        'term       = "Unit"',
        "3 m is a length",
        "It is the unit of mass",
    ],
)
def test_what_many_notes_are_made_from_is_in_the_lock_as_a_clean_build_has_it(
    tmp_path: Path, old: str
) -> None:
    """An edited cell, row, table, concept or claim gives the lock of a clean build, hashes of content included.

    A question of one cell of a row has a hash of all its cells: an edit of another one changes it, and not its HTML.
    """
    write_files(tmp_path, starter("course", "Course"))
    assert any_build(tmp_path, NOW)[0] == "built"
    before = outputs(tmp_path)
    path = tmp_path / "cards/measuring.toml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(
        text.replace(old, old.rstrip('"') + ", edited" + '"' * old.endswith('"'), 1), encoding="utf-8"
    )
    assert any_build(tmp_path, NOW + 10)[0] == "built"
    clean = anew(tmp_path, NOW + 10, before)
    assert clean is not None
    assert differing(outputs(tmp_path), clean) == set()


def test_what_is_saved_during_a_build_is_for_the_next(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that changes after it was read is built by the next build, and not taken for built."""
    write_files(project, {"cards/a.toml": CARDS.replace('"one"', '"one more"')})

    def read(root: Path) -> object:
        taken = read_project(root)
        write_files(project, {"cards/b.toml": OTHER.replace('"three"', '"three more"')})
        return taken

    with monkeypatch.context() as patch:
        patch.setattr(pipeline, "read_project", read)
        first = build(project, Options(now=NOW + 9))
    assert first.changes is not None
    assert first.changes.changed == ("q1",)
    assert unchanged(project, everything=False) is None
    then = build(project, Options(now=NOW + 20))
    assert then.changes is not None
    assert then.changes.changed == ("q3",)


def test_what_was_said_is_said_again(project: Path) -> None:
    """A warning is not lost because nothing changed; nothing is made anew for it."""
    write_files(project, {"templates/web/unknown.html": "x"})
    any_build(project, NOW + 5)
    settle(project)
    any_build(project, NOW + 6)
    assert unchanged(project, everything=False) is None
    done = build(project, Options(now=NOW + 7))
    assert [each.code for each in done.diagnostics] == ["unknown-template"]
    assert done.made == ()


def test_an_error_leaves_everything_as_it_was(project: Path) -> None:
    """A mistake in an edited question is reported, nothing is written, and its repair builds again."""
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
    assert any_build(project, NOW + 5)[0] == "built"
    left = {name for name in outputs(project) if name.startswith("dist/sheets")}
    assert left == {"dist/sheets/quiz/notes-of-a-teacher.txt"}
    assert (project / "dist/mine.txt").read_text() == "mine"
    assert not (project / "dist/web/quiz.html").exists()


@pytest.mark.parametrize("damage", [b"", b"{", b'{"format": 99}', b"[1]", b"\xff\xfe", b'{"format": 1}'])
def test_a_damaged_state_is_no_state(project: Path, damage: bytes) -> None:
    """Whatever stands in the state, the build is right."""
    before = outputs(project)
    (project / STATE_FILE).write_bytes(damage)
    assert any_build(project, NOW + 5)[0] == "built"
    assert differing(outputs(project), before) == set()


def test_a_changed_output_is_made_anew(project: Path) -> None:
    """An output that somebody changed or deleted comes back."""
    before = outputs(project)
    (project / "dist/web/index.html").write_bytes(b"")
    (project / "dist/anki/Sums.apkg").unlink()
    assert any_build(project, NOW + 5)[0] == "built"
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
SETTINGS = (
    "",
    "[sheet]\nflashcards = 8\n",
    '[sheet]\nalso = ["large-print"]\nbubble_sheets = true\nstudy_guides = false\n',
    '[web]\npublish = ["quizzes", "tables", "sheets", "keys"]\n',
)
#: A project's own template and its text; nothing for none.
TEMPLATES = (
    "",
    "anki/own.css .card { color: teal }",
    "sheet/footer.css /* none */",
    "anki/_sources.html [% macro sources(cited) %]<p>[% for label, url in cited %][[ label ]][% endfor %]</p>[% endmacro %]",
    "web/sources.html {% macro source(cited) %}{% endmacro %}{% macro sources(cited) %}{% endmacro %}",
)
items = st.tuples(st.sampled_from(sorted(KINDS)), st.sampled_from(TEXTS), st.sampled_from(("x", "yy", "z z")))
edits = st.one_of(
    st.tuples(st.just("say"), st.integers(0, 5), items),
    st.tuples(st.just("remove"), st.integers(0, 5)),
    st.tuples(st.just("source"), st.sampled_from(("The Elements", "Elements", "Στοιχεῖα"))),
    st.tuples(st.just("concept"), st.sampled_from(("sum", "total"))),
    st.tuples(st.just("sheet"), st.sampled_from(("file:a", "file:b", "q0"))),
    st.tuples(st.just("picture"), st.integers(1, 3)),
    st.tuples(st.just("setting"), st.sampled_from(SETTINGS)),
    st.tuples(st.just("template"), st.sampled_from(TEMPLATES)),
    st.tuples(st.just("table"), st.sampled_from(("one", "`one`", "1 < 2"))),
    st.tuples(st.just("version"), st.sampled_from(("", "2"))),
    st.tuples(st.just("build")),
    st.tuples(st.just("forget")),
)


class Author:
    """Edits a project of two files of questions."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.written: dict[int, tuple[str, str, str]] = dict.fromkeys(range(3), ("short", "one", "x"))
        self.other = {"source": "The Elements", "concept": "sum", "sheet": "file:b", "picture": "2"}
        self.other |= {"setting": "", "template": "", "table": "one", "version": ""}
        self.write()

    def edit(self, what: str, *how: object) -> None:
        if what == "say":
            number, item = how
            known = self.written.get(number, item)  # type: ignore[arg-type]
            self.written[number] = (known[0], *item[1:])  # type: ignore[index,misc]
        elif what == "remove" and len(self.written) > 1:
            self.written.pop(how[0], None)  # type: ignore[call-overload]
            self.written.setdefault(0, ("short", "one", "x"))
        elif what in self.other:
            self.other[what] = str(how[0])
        self.write()

    def write(self) -> None:
        files = {
            "deckgen.toml": PROJECT.replace('version = "1"', f'version = "1{self.other["version"]}"')
            + self.other["setting"],
            "cards/table.toml": '[deck]\nname = "Tables"\n[[concept]]\nid = "plus"\nterm = "Plus"\n'
            'definition = "Adds."\n[[concept]]\nid = "minus"\nterm = "Minus"\ndefinition = "Takes."\n'
            '[[comparison]]\nid = "signs"\ntitle = "Signs"\nbetween = ["plus", "minus"]\n'
            'make = ["contrast", "which"]\n[[comparison.row]]\nid = "of"\naspect = "Of"\n'
            f'plus = "{self.other["table"]}"\nminus = "two"\n',
            "cards/sources.toml": f'[source.euclid]\ntitle = "{self.other["source"]}"\n',
            "cards/concepts.toml": '[deck]\nname = "Sums::Words"\n[[concept]]\nid = "sum"\nterm = '
            f'"{self.other["concept"]}"\ndefinition = "What adding gives."\n',
            "cards/sheets.toml": f'[[sheet]]\nid = "quiz"\ntitle = "Quiz"\noutputs = ["paper", "quiz"]\nfrom = ["{self.other["sheet"]}"]\n',
            "media/dot.svg": PICTURE.format(self.other["picture"]),
        }
        shutil.rmtree(self.root / "templates", ignore_errors=True)
        if self.other["template"]:
            name, _, text = self.other["template"].partition(" ")
            write_files(self.root, {f"templates/{name}": text})
        for half, name in enumerate("ab"):
            parts = [
                f'[[question]]\nid = "q{number}"\ntype = "{kind}"\nsources = ["euclid {number}"]\n'
                + KINDS[kind].format(text=text, more=more)
                for number, (kind, text, more) in sorted(self.written.items())
                if number % 2 == half
            ]
            files[f"cards/{name}.toml"] = "\n\n".join([f'[deck]\nname = "Sums::{name}"', *parts]) + "\n"
        for name, text in files.items():
            path = self.root / name
            if not path.exists() or path.read_text(encoding="utf-8") != text:
                write_files(self.root, {name: text})


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(edits, min_size=1, max_size=6))
def test_any_history_ends_as_a_build_from_nothing(history: list[tuple[object, ...]]) -> None:
    """After any edits, with builds at any moments, lock and outputs are those of a clean build, byte for byte."""
    follow(history)


@pytest.mark.long
@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(edits, min_size=1, max_size=10))
def test_any_longer_history_ends_as_a_build_from_nothing(history: list[tuple[object, ...]]) -> None:
    """The same for many more."""
    follow(history)


@pytest.mark.long
@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(edits, min_size=1, max_size=4))
def test_pdfs_are_those_of_a_build_from_nothing(history: list[tuple[object, ...]]) -> None:
    """After edits and builds without PDFs, those that are left are true, and those that are asked for again are all."""
    pytest.importorskip("weasyprint")
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        author = Author(root)
        build(root, Options(now=NOW, pdf=True))
        for number, step in enumerate(history, 1):
            author.edit(*step)  # type: ignore[arg-type]
            if build(root, Options(now=NOW + 7 * number)).failed:
                return
        before = outputs(root)
        clean = anew(root, NOW + 99, before, pdf=True)
        assert clean is not None
        left = {name: content for name, content in before.items() if name.endswith(".pdf")}
        assert {name: clean[name] for name in left} == left
        build(root, Options(now=NOW + 99, pdf=True))
        assert differing(outputs(root), clean) == set()


def follow(history: list[tuple[object, ...]]) -> None:
    """Edit and build, and compare each build with a clean one."""
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
