"""Colours where a person looks, plain lines where not."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import struct
import subprocess
import sys
import termios
from pathlib import Path

import pytest

from cli.conftest import environment, process
from waiting import PATIENCE

ESCAPE = "\x1b["


@pytest.fixture
def mistaken(course: Path) -> Path:
    """Return a course with one mistake."""
    path = course / "cards/measuring.toml"
    path.write_text(path.read_text(encoding="utf-8").replace("answers ", "answres "), encoding="utf-8")
    return course


def in_terminal(*arguments: str, env: dict[str, str], columns: int = 0) -> str:
    """Run the program with a terminal at all three ends, and return what a person sees."""
    ours, theirs = pty.openpty()
    if columns:
        fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
        env = {name: value for name, value in env.items() if name != "COLUMNS"}
    with subprocess.Popen(
        [sys.executable, "-m", "deckgen", *arguments], stdin=theirs, stdout=theirs, stderr=theirs, env=env
    ) as running:
        os.close(theirs)
        seen = b""
        while True:
            try:
                chunk = os.read(ours, 4096)
            except OSError:  # Linux reports the closed end so
                break
            if not chunk:
                break
            seen += chunk
        running.wait(timeout=PATIENCE)
    os.close(ours)
    return seen.decode()


def test_a_terminal_gets_colours(mistaken: Path) -> None:
    """Diagnostics are coloured in a terminal."""
    seen = in_terminal("check", "-C", str(mistaken), env=environment(TERM="xterm-256color"))
    assert f"{ESCAPE}1;31merror[unknown-key]{ESCAPE}0m" in seen


@pytest.mark.parametrize("changes", [{"NO_COLOR": "1"}, {"TERM": "dumb"}])
def test_a_terminal_without_colours_gets_none(changes: dict[str, str], mistaken: Path) -> None:
    """`NO_COLOR` and dumb terminals get plain text."""
    seen = in_terminal("check", "-C", str(mistaken), env=environment(**{"TERM": "xterm", **changes}))
    assert "error[unknown-key]" in seen
    assert ESCAPE not in seen


def test_an_empty_no_color_is_no_wish(mistaken: Path) -> None:
    """`NO_COLOR=` counts as not set, as no-color.org has it."""
    assert ESCAPE in in_terminal("check", "-C", str(mistaken), env=environment(TERM="xterm", NO_COLOR=""))


def test_a_pipe_gets_plain_lines(mistaken: Path) -> None:
    """Nothing of what goes into pipes is coloured, cut or drawn over."""
    ran = process("check", "-C", mistaken, env=environment(TERM="xterm-256color", COLUMNS="40"))
    assert ran.code == 1
    assert ESCAPE not in ran.err
    assert "\r" not in ran.err
    assert any(len(line) > 40 for line in ran.err.splitlines())


def test_colours_can_be_forced_into_a_pipe(mistaken: Path) -> None:
    """`FORCE_COLOR` colours diagnostics and explanations for a pipe too."""
    env = environment(FORCE_COLOR="1")
    assert ESCAPE in process("check", "-C", mistaken, env=env).err
    assert ESCAPE in process("explain", "unknown-key", env=env).out


def test_what_programs_read_is_never_coloured(mistaken: Path) -> None:
    """JSON, annotations and SARIF have no colours even if forced."""
    for form in ("json", "github", "sarif"):
        assert (
            ESCAPE
            not in process("check", "-C", mistaken, "--format", form, env=environment(FORCE_COLOR="1")).out
        )


def test_help_is_as_wide_as_the_terminal() -> None:
    """In a narrow terminal, help is wrapped to it."""
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 50, 0, 0))
    done = subprocess.run(
        [sys.executable, "-m", "deckgen", "check", "--help"],
        stdout=theirs,
        env={name: value for name, value in environment(NO_COLOR="1").items() if name != "COLUMNS"},
        check=True,
    )
    os.close(theirs)
    seen = os.read(ours, 65536).decode()
    os.close(ours)
    assert done.returncode == 0
    lines = [line.rstrip() for line in seen.splitlines() if not line.startswith("  deckgen")]
    assert max(map(len, lines)) <= 50


def test_names_are_utf8_whatever_the_locale(course: Path) -> None:
    """Texts come out as UTF-8 in an ASCII locale as well."""
    path = course / "cards/measuring.toml"
    path.write_text(path.read_text(encoding="utf-8").replace('"°C"', '"°C"\nübung = 1'), encoding="utf-8")
    ran = process(
        "check", "-C", course, env=environment(LC_ALL="C", PYTHONUTF8="0", PYTHONIOENCODING="ascii")
    )
    assert "`übung`" in ran.err


def shown_lines(seen: str) -> list[str]:
    """Return the lines of what was written to a terminal, without colours and what was drawn over."""
    plain = re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", seen.replace("\r\n", "\n"))
    return [line.rpartition("\r")[2].rstrip() for line in plain.splitlines()]


def test_messages_are_wrapped_to_a_narrow_window(mistaken: Path) -> None:
    """Messages and help break between words, and nothing is lost."""
    env = environment(TERM="xterm", CI="1")
    lines = shown_lines(in_terminal("check", "-C", str(mistaken), env=env, columns=48))
    # A place stays in one piece, which terminals make a link of.
    assert max(len(line) for line in lines if "-->" not in line) <= 48
    wide = shown_lines(in_terminal("check", "-C", str(mistaken), env=env, columns=200))
    message = next(line for line in wide if line.startswith("error[unknown-key]"))
    assert message in " ".join(line.strip() for line in lines)


def test_a_build_ends_with_what_to_open_next(course: Path) -> None:
    """Names in bold, wrapped to the window; the last line says what there is to look at, in green."""
    env = environment(TERM="xterm", CI="1")
    seen = in_terminal("build", "-C", str(course), env=env, columns=48)
    lines = shown_lines(seen)
    assert max(map(len, lines)) <= 48
    output = " ".join(line.strip() for line in lines)
    assert re.search(r"next +open dist/anki/\S+ with Anki, dist/web/index\.html in a browser", output)
    assert f"{ESCAPE}1;32mnext{ESCAPE}0m" in seen
    assert f"{ESCAPE}1mdecks{ESCAPE}0m" in seen
    plain = process("build", "-C", course, env=environment(CI="1")).out
    assert ESCAPE not in plain
    assert plain.splitlines()[-1].startswith("next      open dist/anki/")


def test_a_project_without_a_sheet_is_told_how_to_get_one(course: Path) -> None:
    """Where `build` counts sheets; a project that has one gets the count alone."""
    assert "\nsheets    1\n" in process("build", "-C", course, env=environment(CI="1")).out
    (course / "cards/sheets.toml").unlink()
    told = "\nsheets    0; a `[[sheet]]` in a file of cards makes one: `deckgen explain empty-sheet`\n"
    assert told in process("build", "-C", course, env=environment(CI="1")).out
