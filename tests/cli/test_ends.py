"""How runs end that go wrong: closed pipes, Ctrl-C, refusals of the system, bugs."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from cli.conftest import environment, process
from deckgen.cli.failure import bug, refusal
from waiting import PATIENCE

#: The program with one more command, which ends as a command never should.
WITH_A_COMMAND = """\
import signal, sys
from deckgen.cli.app import app
from deckgen.cli.main import main
from deckgen.cli.command import Command

def fail() -> None:
    {body}

app.command("fail", cls=Command)(fail)
sys.argv[1:] = ["fail"]
main()
"""


@pytest.mark.parametrize("command", ["explain --markdown", "list --json", "list", "explain"])
def test_a_reader_that_goes_is_no_error(command: str, course: Path) -> None:
    """`deckgen list | head -1` ends silently with 0, however much is left to write."""
    long = "\n\n".join(
        f'[[concept]]\nid = "c-{n}"\nterm = "Term {n}"\ndefinition = "{"x" * 50}"' for n in range(4000)
    )
    (course / "cards/many.toml").write_text(f'[deck]\nname = "Many"\n\n{long}\n', encoding="utf-8")
    script = f'"$0" -m deckgen {command} | head -1 >/dev/null; echo "${{PIPESTATUS[0]}}"'
    done = subprocess.run(
        ["bash", "-c", script, sys.executable],
        cwd=course,
        capture_output=True,
        text=True,
        env=environment(),
        timeout=PATIENCE,
        check=True,
    )
    assert (done.stdout, done.stderr) == ("0\n", "")


def test_ctrl_c_ends_silently() -> None:
    """SIGINT ends a command with 130, as shells count it, and without a traceback."""
    code = WITH_A_COMMAND.format(body="print('ready', flush=True); signal.pause()")
    with subprocess.Popen(
        [sys.executable, "-c", code],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=environment(),
    ) as running:
        assert running.stdout
        assert running.stdout.readline() == "ready\n"
        running.send_signal(signal.SIGINT)
        out, err = running.communicate(timeout=PATIENCE)
    assert (running.returncode, out, err.strip()) == (130, "", "")


def test_ctrl_c_stops_a_check(course: Path) -> None:
    """SIGINT ends `deckgen check` of a big course at once, wherever it is."""
    for part in range(40):
        text = "\n\n".join(
            f'[[concept]]\nid = "c-{part}-{n}"\nterm = "Term {n}"\ndefinition = "$x$ is *not* a `y`."'
            for n in range(500)
        )
        (course / f"cards/many-{part}.toml").write_text(
            f'[deck]\nname = "Many"\n\n{text}\n', encoding="utf-8"
        )
    code = (
        "import os, signal, sys\n"
        "from deckgen.cli.main import main\n"
        "signal.signal(signal.SIGPROF, lambda *_: os.kill(os.getpid(), signal.SIGINT))\n"
        "signal.setitimer(signal.ITIMER_PROF, float(sys.argv.pop()))\n"
        "sys.argv[1:] = ['check']\n"
        "main()"
    )
    for seconds_of_work in ("0.05", "0.2", "0.5"):
        ended = process(seconds_of_work, code=code, cwd=course)
        assert (ended.code, ended.err) == (130, "")


def test_a_bug_is_said_to_be_one() -> None:
    """An exception that nobody expects is said in a few lines, with how to report it."""
    code, out, err = process(code=WITH_A_COMMAND.format(body="[][1]"))
    assert (code, out) == (70, "")
    lines = err.splitlines()
    assert lines[0] == "error: this is a bug in deckgen, not in your files"
    assert lines[1].startswith("  IndexError: list index out of range")
    assert "Please report it" in err
    assert "Traceback" not in err


def test_a_bug_shows_its_traceback_if_asked() -> None:
    """`DECKGEN_TRACEBACK=1` shows where a bug came up."""
    code, _, err = process(code=WITH_A_COMMAND.format(body="[][1]"), env=environment(DECKGEN_TRACEBACK="1"))
    assert code == 70
    assert "Traceback (most recent call last)" in err
    assert "IndexError" in err


def test_a_bug_names_the_line_of_deckgen() -> None:
    """The report names the innermost line of deckgen's own code, not of a library."""
    from deckgen.diagnostics.rule import parse_docstring

    with pytest.raises(ValueError, match="needs") as caught:
        parse_docstring("x", "")
    assert "(diagnostics/rule.py:" in bug(caught.value)


def test_a_refusal_of_the_system_is_no_bug() -> None:
    """What the system refuses is said in one line with the file."""
    with pytest.raises(OSError, match="No such file") as caught:
        Path("/nowhere/at/all").read_text(encoding="utf-8")
    assert refusal(caught.value) == "error: /nowhere/at/all: no such file or directory\n"


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write anywhere")
def test_fix_in_a_folder_that_cannot_be_written(course: Path) -> None:
    """`check --fix` says which file it may not write, and fails."""
    path = course / "cards/measuring.toml"
    path.write_text(path.read_text(encoding="utf-8").replace('id         = "unit"\n', ""), encoding="utf-8")
    (course / "cards").chmod(0o555)
    code, _, err = process("check", "--fix", cwd=course)
    (course / "cards").chmod(0o755)
    assert code == 1
    assert err.startswith("error: ")
    assert err.endswith("permission denied\n")
