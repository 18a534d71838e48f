"""Help says what each command does, and is there at once."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from cli.conftest import Ran, environment, process
from deckgen.cli.app import app

COMMANDS = [command.name for command in app.registered_commands if command.name]
#: Each costs more to import than all that `--help` needs.
HEAVY = ["genanki", "jinja2", "msgspec", "pygments", "pydantic", "rich", "toml_rs", "weasyprint", "ziamath"]


def test_help_of_the_program_lists_every_command(deckgen: Callable[..., Ran]) -> None:
    """`deckgen --help` names all commands, each with a sentence beside it."""
    code, out, err = deckgen("--help")
    assert (code, err) == (0, "")
    listed = dict(re.findall(r"^  ([a-z]+) +(\S.*)$", out.partition("Commands:")[2], re.MULTILINE))
    assert list(listed) == COMMANDS
    assert [
        sentence for sentence in listed.values() if not sentence.endswith(".") or sentence.endswith("..")
    ] == []


@pytest.mark.parametrize("name", COMMANDS)
def test_help_of_a_command_has_usage_and_examples(name: str, deckgen: Callable[..., Ran]) -> None:
    """Every command has help with its usage, a sentence and examples that name it."""
    code, out, err = deckgen(name, "--help")
    assert (code, err) == (0, "")
    assert re.match(rf"Usage: deckgen {name} [^\n]+\n\n  [A-Z][^\n]+\.\n", out)
    examples = out.partition("\nExamples:\n")[2].partition("\n\n")[0].splitlines()
    assert examples
    assert all(line.startswith((f"  deckgen {name}", " " * 10)) for line in examples)
    assert "[bold]" not in out


@pytest.mark.parametrize("name", ["", *COMMANDS])
def test_short_help_is_the_same(name: str, deckgen: Callable[..., Ran]) -> None:
    """`-h` prints what `--help` prints."""
    arguments = [name] if name else []
    assert deckgen(*arguments, "-h") == deckgen(*arguments, "--help")


@pytest.mark.parametrize("name", ["", *COMMANDS])
def test_help_fits_a_page(name: str, deckgen: Callable[..., Ran]) -> None:
    """No line of help is wider than 100 cells, or ends in blanks."""
    lines = deckgen(*([name] if name else []), "--help").out.splitlines()
    assert max(map(len, lines)) <= 100
    assert [line for line in lines if line != line.rstrip()] == []


def test_without_arguments_help_is_shown_as_misuse(deckgen: Callable[..., Ran]) -> None:
    """`deckgen` alone shows its help on standard error and fails."""
    code, out, err = deckgen()
    assert (code, out) == (2, "")
    assert err == deckgen("--help").out


def test_version_is_printed_alone(deckgen: Callable[..., Ran]) -> None:
    """`deckgen --version` prints name and version."""
    code, out, err = deckgen("--version")
    assert (code, err) == (0, "")
    assert re.fullmatch(r"deckgen \d+\.\d+\.\d+\n", out)


@pytest.mark.parametrize("arguments", [["--help"], ["check", "--help"], ["build", "--help"]])
def test_help_imports_nothing_heavy(arguments: list[str]) -> None:
    """Help loads no library that it does not need; Typer converts the folder before a command with pydantic."""
    code = (
        "import sys\n"
        "from deckgen.cli.main import main\n"
        "try:\n    main()\n"
        f"finally:\n    print(*sorted(set({HEAVY!r}) & set(sys.modules)), file=sys.stderr)\n"
    )
    assert set(process(*arguments, code=code).err.split()) <= ({"pydantic"} if len(arguments) > 1 else set())


def test_check_does_without_pydantic_and_rich(course: object) -> None:
    """A command loads neither pydantic nor rich where its arguments are right."""
    code = (
        "import sys\n"
        "from deckgen.cli.main import main\n"
        "try:\n    main()\n"
        "finally:\n    print('loaded', *{'pydantic', 'rich', 'genanki', 'weasyprint'} & set(sys.modules))\n"
    )
    assert process("check", "-C", str(course), code=code).out == "loaded\n"


def test_plain_commands_do_without_the_library_of_the_command_line(course: Path) -> None:
    """`deckgen build` and `check` import neither typer nor its dependencies; a second build not even msgspec."""
    code = (
        "import sys\n"
        "from deckgen.cli.main import main\n"
        "try:\n    main()\n"
        "finally:\n    print('loaded', *{'typer', 'click', 'inspect', 'msgspec'} & set(sys.modules))\n"
    )
    assert "typer" not in process("build", "-C", course, code=code).out
    for how in (["check", "-C", course], ["-C", course, "check"]):
        assert "typer" not in process(*how, code=code).out
    for how, where in ((["build", "-C", course], None), (["build"], course)):
        assert process(*how, cwd=where, code=code).out.splitlines()[-1] == "loaded"


@pytest.mark.parametrize("case", ["fine", "again", "mistaken", "elsewhere", "nowhere", "no clock"])
def test_a_plain_build_is_a_build(case: str, course: Path, tmp_path: Path) -> None:
    """`deckgen build` ends and says as it does where its arguments are taken apart by the library."""
    if case == "mistaken":
        (course / "cards" / "wrong.toml").write_text("[[short]]\nid = 3\n", encoding="utf-8")
    folder = {"elsewhere": tmp_path, "nowhere": tmp_path / "nowhere"}.get(case, course)
    ran = []
    for more in ([], ["--format", "text"]):
        shutil.rmtree(course / "dist", ignore_errors=True)
        (course / "deckgen.lock").unlink(missing_ok=True)
        if case == "again":
            process("build", "-C", str(course))
        changes = {"SOURCE_DATE_EPOCH": "noon"} if case == "no clock" else {}
        done = process("build", "-C", str(folder), *more, env=environment(**changes))
        ran.append((done.code, done.out.partition("\ntime")[0], done.err))
    assert ran[0] == ran[1]
    assert ran[0][0] == {"mistaken": 1, "elsewhere": 2, "nowhere": 2, "no clock": 2}.get(case, 0)
