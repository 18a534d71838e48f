"""`deckgen watch`, driven as a process by what editors and other programs do to files."""

from __future__ import annotations

import os
import pty
import re
import select
import shutil
import signal
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from deckgen.live.watching import Watch
from live.live_process import CARDS, FILES, Running, make_project, save
from waiting import PATIENCE, until

GOOD = FILES[CARDS]
SHEET = '[[sheet]]\nid = "test"\ntitle = "A test"\nfrom = ["file:sums"]\n'
BROKEN = GOOD.replace('answer = "two"', 'answr = "two"')


@pytest.fixture
def project(tmp_path):
    return make_project(tmp_path / "sums")


@pytest.fixture
def watch(project):
    with Running("watch", cwd=project) as running:
        running.until("2 added", "2 notes")
        yield running


def edited(number):
    """Return the cards with another answer, and so another note."""
    return GOOD.replace("What is one and one?", f"What is one and one, for the {number}th time?")


def next_edit(watch, project):
    """Save another edit, and return what is said up to its line."""
    save(project / CARDS, edited(20))
    return watch.until("1 changed (one-and-one)")


def decks(project):
    return (project / "dist/anki/Sums.draft.apkg").read_bytes()


def test_a_save_rebuilds_what_it_touched(watch, project):
    """A file written aside and renamed: the line names the file and the one note that changed; the deck is new."""
    before = decks(project)
    save(project / CARDS, edited(2))
    assert len(watch.until(CARDS, "1 changed (one-and-one)")) == 1
    assert decks(project) != before


def test_a_save_in_place_and_a_save_of_the_same_text(watch, project):
    """A file written over is seen; one saved as it was changes nothing for learners."""
    (project / CARDS).write_text(edited(3))
    watch.until("1 changed (one-and-one)")
    (project / CARDS).write_text(edited(3))
    watch.until(CARDS, "nothing changed for learners")


def test_an_edit_of_the_same_length_at_once_after_another_is_not_lost(watch, project):
    """Saves in the same tick of the file system's clock: what is built is the last of them."""
    save(project / "cards/sheets.toml", SHEET)
    watch.until("cards/sheets.toml")
    for digit in "456789":
        (project / CARDS).write_text(edited(digit))
    sheet = project / "dist/sheets/test/A.html"
    until(lambda: "for the 9th time" in sheet.read_text(encoding="utf-8"), "the last edit")


def test_its_own_writes_wake_nobody(watch, project):
    """After a rebuild, which writes the outputs and its state, nothing more is said."""
    save(project / CARDS, edited(4))
    watch.until("1 changed")
    # What it woke up for would be said before the next edit, or with it.
    (line,) = next_edit(watch, project)
    assert f" {CARDS}: no mistakes" in line


def test_mistakes_appear_once_and_vanish(watch, project):
    """A mistake is shown with its line, not again while it stays, and said to be fixed when it is."""
    before = decks(project)
    save(project / CARDS, BROKEN)
    shown = "\n".join(watch.until("dist/ is unchanged"))
    assert f"{CARDS}:9:1" in shown
    assert "answr" in shown
    save(project / CARDS, BROKEN + "\n# and a remark\n")
    assert len(watch.until("dist/ is unchanged")) == 1
    assert decks(project) == before
    save(project / CARDS, GOOD)
    assert len(watch.until("no mistakes", "fixed")) == 1


def test_deckgen_toml_broken_gone_and_back(watch, project):
    """What is wrong with `deckgen.toml` is a mistake like others, and not the end."""
    text = FILES["deckgen.toml"]
    save(project / "deckgen.toml", 'id = "sums')
    assert "error[toml-syntax]" in "\n".join(watch.until("dist/ is unchanged"))
    (project / "deckgen.toml").unlink()
    assert "error[missing-project]" in "\n".join(watch.until("deckgen.toml: ", "dist/ is unchanged"))
    save(project / "deckgen.toml", text)
    watch.until("no mistakes")


def test_files_come_and_go(watch, project):
    """A new file in a new folder is built, a deleted one retires its notes, and comes back."""
    more = GOOD.replace("one-and-one", "three").replace("two-and-two", "four").replace("one and", "zero and")
    save(project / "cards/more/deep/file.toml", more.replace("two and", "nil and"))
    watch.until("cards/more/deep/file.toml", "2 added")
    shutil.rmtree(project / "cards/more")
    watch.until("cards/more/deep/file.toml", "2 retired")
    save(project / "cards/more/deep/file.toml", more.replace("two and", "nil and"))
    watch.until("cards/more/deep/file.toml", "2 restored")


def test_templates_and_pictures_are_inputs(watch, project):
    """A template of the project's own, and a picture in any folder, wake the watch like cards do."""
    save(project / "templates/anki/own.css", ".card { color: teal }\n")
    watch.until("templates/anki/own.css", "restyled")
    named = GOOD.replace("What is one and one?", "What is ![it](drawings/one.svg)?")
    save(project / CARDS, named)
    watch.until("dist/ is unchanged")
    svg = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M1 1h{}"/></svg>'
    save(project / "drawings/one.svg", svg.format(3))
    watch.until("drawings/one.svg", "fixed", "1 changed")
    save(project / "drawings/one.svg", svg.format(4))
    watch.until("drawings/one.svg", "1 changed")


def test_it_says_what_is_not_public_any_more(watch, project):
    """A quiz that becomes a sheet for paper is withdrawn, which is said once, as `build` says it."""
    save(project / "cards/sheets.toml", SHEET + 'outputs = ["quiz"]\n')
    watch.until("cards/sheets.toml")
    assert (project / "dist/web/test.html").exists()
    save(project / "cards/sheets.toml", SHEET)
    watch.until("withdrawn: 1 quiz (test); `outputs` of a sheet and `[web] publish` say what is public")
    assert not (project / "dist/web/test.html").exists()
    assert "withdrawn" not in "".join(next_edit(watch, project))


def of_burst(number, turn):
    text = GOOD.replace("one-and-one", f"a-{number}").replace("two-and-two", f"b-{number}")
    return text.replace("What is", f"{turn}: In place {number}, what is")


def test_a_burst_is_one_rebuild(watch, project):
    """Sixty files written while it does not look, and again: one line each time."""
    for turn in (1, 2):
        watch.process.send_signal(signal.SIGSTOP)
        for number in range(60):
            (project / f"cards/{number}.toml").write_text(of_burst(number, turn))
        watch.process.send_signal(signal.SIGCONT)
        (line,) = watch.until("122 notes")
        assert "and 56 more" in line
    assert len(next_edit(watch, project)) == 1


def test_a_burst_is_waited_for(project, monkeypatch):
    """Sixty files written one every 5 ms, as by `git checkout`, are one change; time goes on by the watch's naps alone."""
    now, todo = 0.0, list(range(60))

    def nap(seconds):
        nonlocal now
        now += seconds
        for number in todo[: round(seconds / 0.005)]:
            (project / f"cards/{number}.toml").write_text(of_burst(number, 1))
        del todo[: round(seconds / 0.005)]

    watching = Watch(project, events=False)
    watching.begin()
    nap(0.01)
    monkeypatch.setattr(
        "deckgen.live.watching.time", SimpleNamespace(sleep=nap, monotonic=lambda: now, time=lambda: 0)
    )
    assert next(watching.changes()) == {f"cards/{number}.toml" for number in range(60)}


@pytest.mark.parametrize(
    ("ago", "left"), [(0, 0.025), (0.01, 0.015), (0.025, 0), (1, 0), (5, 0.025), (-1, 0.025)]
)
def test_a_file_that_has_settled_is_not_waited_for(project, monkeypatch, ago, left):
    """How long it has been as it is counts; but not where its clock is another, or where a file is gone."""
    watching = Watch(project, events=False)
    watching.begin()
    now = 1_790_000_000.0
    monkeypatch.setattr("deckgen.live.watching.time", SimpleNamespace(time=lambda: now))
    changed = round((now - ago) * 1e9)
    stamps = dict(watching._last) | {CARDS: (1, changed - 10**12, changed, 1)}
    assert watching._still_to_wait(stamps) == pytest.approx(left, abs=1e-6)
    del stamps["deckgen.toml"]
    assert watching._still_to_wait(stamps) == pytest.approx(0.025)


def test_editors_leftovers_wake_nobody(watch, project):
    """Swap files, backups and probes beside the cards, and files the project is not made from, are no changes."""
    for name in (
        "cards/.sums.toml.swp",
        "cards/sums.toml~",
        "cards/4913",
        "cards/#x#",
        "notes.txt",
        "dist/own.txt",
    ):
        (project / name).write_text("x")
        (project / name).unlink()
    (line,) = next_edit(watch, project)
    assert f" {CARDS}: no mistakes" in line


def test_the_folder_goes_and_comes_back(watch, project):
    """The whole project moved away is said, and once another is in its place work goes on."""
    project.rename(project.with_name("aside"))
    watch.until("is gone")
    project.with_name("aside").rename(project)
    watch.until("no mistakes")
    save(project / CARDS, edited(5))
    watch.until("1 changed (one-and-one)")


def test_what_cannot_be_written_is_said_and_tried_again(watch, project):
    """A file where `dist` has to be is a problem, not the end."""
    shutil.rmtree(project / "dist")
    (project / "dist").write_text("in the way")
    save(project / CARDS, edited(6))
    watch.until("cannot write")
    (project / "dist").unlink()
    save(project / CARDS, edited(7))
    watch.until("no mistakes", "2 notes")


def test_ctrl_c_ends_it_quietly(watch):
    """SIGINT ends it with 0 and no further word."""
    assert watch.interrupt() == 0
    assert watch.rest() == []


def test_without_events_it_looks(project):
    """Where the library for events is missing changes are found all the same, and it is said how to get it."""
    code = "import sys; sys.modules['watchfiles'] = None\nfrom deckgen.cli.main import main; main()"
    blocked = code.replace("None\n", "None\nimport deckgen.live.events as w; w.has_events = lambda: False\n")
    with Running("watch", cwd=project, code=blocked) as running:
        lines = running.until("2 added")
        assert any("extra `live`" in line for line in lines)
        assert not any("pip install deckgen" in line for line in lines)
        save(project / CARDS, edited(8))
        running.until("1 changed (one-and-one)")
        assert running.interrupt() == 0


class Terminal:
    """`deckgen watch` on a terminal of 80 × 24, and what it wrote."""

    def __init__(self, project: Path) -> None:
        self.pid, self.handle = pty.fork()
        if not self.pid:
            os.chdir(project)
            os.environ.pop("NO_COLOR", None)
            os.environ |= {"TERM": "xterm-256color", "LINES": "24", "COLUMNS": "80"}
            os.execv(sys.executable, [sys.executable, "-m", "deckgen", "watch"])  # noqa: S606 - no shell is wanted
        import fcntl
        import struct
        import termios

        fcntl.ioctl(self.handle, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))

    def screen(self, wanted: str) -> str:
        """Return what stands on the screen once it holds `wanted`, colours left out."""
        text = ""
        while select.select([self.handle], [], [], PATIENCE)[0]:
            text += os.read(self.handle, 65536).decode()
            shown = re.sub(r"\x1b\[[0-9;]*m", "", text.rpartition("\x1b[H\x1b[J")[2])
            if wanted in shown:
                return shown
        raise AssertionError(text)


def test_a_terminal_shows_how_things_are(project):
    """The screen is drawn anew: mistakes as far as they fit with the summary below, and after fixing none."""
    terminal = Terminal(project)
    try:
        assert "2 added" in terminal.screen("notes, ")
        many = "".join(
            f'\n[[question]]\nid = "q-{n}"\ntype = "short"\nprmpt = "?"\nanswer = "x"\n' for n in range(30)
        )
        save(project / CARDS, GOOD + many)
        shown = terminal.screen("is unchanged")
        assert len(shown.splitlines()) <= 24
        left = re.search(r"… and (\d+) more: `deckgen check` lists all", shown)
        assert left
        assert shown.count("-->") + int(left[1]) == 30
        assert re.search(r"\d\d:\d\d:\d\d  cards/sums.toml: \d+ errors in 1 file", shown)
        save(project / CARDS, GOOD)
        shown = terminal.screen("no mistakes")
        assert "error[" not in shown
        assert len(shown.strip().splitlines()) == 1
        os.write(terminal.handle, b"\x03")
        assert os.waitstatus_to_exitcode(os.waitpid(terminal.pid, 0)[1]) == 0
    finally:
        os.close(terminal.handle)


def test_spreadsheets_are_followed(watch, project):
    """A saved cell changes its note, a half-saved file waits for the rest, and a picture that a cell names is seen."""
    table = '[deck]\nname = "Words"\n\n[[table]]\nfile = "data/w.csv"\nas = "short"\nmedia = "media"\n'
    (project / "data").mkdir()
    (project / "data/w.csv").write_text("id,prompt,answer\na,One?,uno\nb,Two?,dos\n", "utf-8")
    save(project / "cards/words.toml", table)
    watch.until("cards/words.toml", "2 added (a, b)")
    save(project / "data/w.csv", "id,prompt,answer\na,One?,uno\nb,Second?,dos\n")
    watch.until("data/w.csv", "1 changed (b)")
    (project / "data/w.csv").write_bytes(b"")
    watch.until("unreadable-table")
    save(project / "data/w.csv", "id,prompt,answer\na,![dot](dot.svg),uno\n")
    watch.until("missing-media")
    (project / "media").mkdir(exist_ok=True)
    save(project / "media/dot.svg", '<svg xmlns="http://www.w3.org/2000/svg" width="8" height="8"/>')
    watch.until("media/dot.svg", "no mistakes")
