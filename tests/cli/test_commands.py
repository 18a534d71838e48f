"""`explain`, `schema`, `list`, `new`, and the completion of shells."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Callable
from pathlib import Path

import jsonschema
import pytest

import deckgen.advice
import deckgen.rules
from cli.conftest import Ran, environment, process
from deckgen.cli.list import What
from deckgen.diagnostics.explain import explain
from deckgen.diagnostics.rule import RuleDoc, docs_in
from laws import all_hold

REPOSITORY = Path(__file__).parents[2]
DOCS = docs_in(deckgen.rules) | docs_in(deckgen.advice)
CODES = tuple(DOCS)


def test_every_code_is_explained() -> None:
    """What is told of a code is what, why, a bad and a good example."""

    def check(doc: RuleDoc) -> None:
        told = explain(doc)
        assert told.startswith((f"error[{doc.code}]: ", f"warning[{doc.code}]: ", f"advice[{doc.code}]: "))
        assert "\nBad:\n" in told
        assert "\nGood:\n" in told

    all_hold(DOCS.items(), check)


@pytest.mark.parametrize("code", ["unknown-key", "echoed-stem"])
def test_explain_tells_of_a_code(code: str, deckgen: Callable[..., Ran]) -> None:
    """`explain CODE` tells of rules and of advice."""
    assert deckgen("explain", code) == (0, explain(DOCS[code], width=100), "")


def test_explain_lists_all_codes(deckgen: Callable[..., Ran]) -> None:
    """Without a code every one is listed, with a sentence."""
    ended, out, _ = deckgen("explain")
    assert ended == 0
    assert tuple(line.split()[0] for line in out.splitlines()) == CODES
    assert all(line.endswith(".") for line in out.splitlines())


@pytest.mark.parametrize("kind", ["cards", "project", "answer-sheet"])
def test_committed_schemas_are_those_of_the_code(kind: str, deckgen: Callable[..., Ran]) -> None:
    """`schema/` holds what `deckgen schema` prints; `deckgen schema --out schema` writes it anew."""
    ended, out, _ = deckgen("schema", kind)
    assert ended == 0
    assert (REPOSITORY / f"schema/{kind}.json").read_text(encoding="utf-8") == out


@pytest.mark.parametrize("kind", ["cards", "project", "answer-sheet"])
def test_a_schema_is_one(kind: str, deckgen: Callable[..., Ran]) -> None:
    """What `deckgen schema` prints is a JSON Schema of the draft that it names."""
    jsonschema.Draft202012Validator.check_schema(json.loads(deckgen("schema", kind).out))


def test_schemas_accept_the_content(deckgen: Callable[..., Ran], course: Path) -> None:
    """Editors find nothing wrong in the files of this repository, and of a new project."""
    kinds = {kind: json.loads(deckgen("schema", kind).out) for kind in ("cards", "project")}
    for root in (REPOSITORY, course):
        for path in [root / "deckgen.toml", *sorted((root / "cards").rglob("*.toml"))]:
            kind = "project" if path.name == "deckgen.toml" else "cards"
            document = json.loads(json.dumps(tomllib.loads(path.read_text(encoding="utf-8")), default=str))
            jsonschema.Draft202012Validator(kinds[kind]).validate(document)


@pytest.mark.parametrize(
    "wrong",
    [
        {"question": [{"id": "a", "type": "shrot", "prompt": "?", "answer": "!"}]},
        {"question": [{"id": "a", "type": "short", "promt": "?", "answer": "!"}]},
        {"question": [{"id": "a", "type": "short", "prompt": "?"}]},
        {"concept": [{"id": "A b", "term": "T", "definition": "D"}]},
        {"deck": {"name": 1}},
        {"decks": {}},
    ],
)
def test_schemas_refuse_mistakes(wrong: object, deckgen: Callable[..., Ran]) -> None:
    """Editors mark unknown types and keys, missing keys, malformed ids and wrong types."""
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(wrong, json.loads(deckgen("schema", "cards").out))


def test_schema_writes_both_files(deckgen: Callable[..., Ran], tmp_path: Path) -> None:
    """`schema --out DIR` makes the folder and writes both."""
    assert deckgen("schema", "--out", "deep/schema") == (0, "", "")
    assert sorted(path.name for path in (tmp_path / "deep/schema").iterdir()) == [
        "cards.json",
        "project.json",
    ]


@pytest.mark.parametrize("what", list(What))
def test_lists_are_tables_and_json(what: What, deckgen: Callable[..., Ran], course: Path) -> None:
    """Every list has as many lines as JSON has objects, and nothing of it is on standard error."""
    code, out, err = deckgen("list", what.value, "-C", course)
    assert (code, err) == (0, "")
    rows = json.loads(deckgen("list", what.value, "-C", course, "--json").out)
    assert len(rows) == len(out.splitlines()) > 0
    assert [str(next(iter(row.values()))) for row in rows] == [
        line.split("  ")[0] for line in out.splitlines()
    ]


def test_a_project_with_errors_is_not_listed(deckgen: Callable[..., Ran], course: Path) -> None:
    """`list` says what is wrong, and fails."""
    (course / "cards/more.toml").write_text("[[question]]\n", encoding="utf-8")
    code, out, err = deckgen("list", "-C", course)
    assert (code, out) == (1, "")
    assert "error[unknown-type]" in err


@pytest.mark.parametrize(
    ("name", "id_", "title"),
    [
        ("my-course", "my-course", "My course"),
        ("Große Übung", "grosse-ubung", "Große Übung"),
        ("数学", "course", "数学"),
        ("2026", "2026", "2026"),
        ('quo"te', "quo-te", 'Quo"te'),
    ],
)
def test_a_new_project_is_without_mistakes(
    name: str, id_: str, title: str, deckgen: Callable[..., Ran], tmp_path: Path
) -> None:
    """Whatever its folder is called, `new` makes a project that checks and says what comes next."""
    code, out, err = deckgen("new", name)
    assert (code, err) == (0, "")
    assert "deckgen build -C" in out
    assert deckgen("check", "-C", name).code == 0
    project = tomllib.loads((tmp_path / name / "deckgen.toml").read_text(encoding="utf-8"))
    readable, _, unique = project["id"].rpartition("-")
    assert (readable, len(unique), project["title"]) == (id_, 12, title)


def test_a_new_project_can_be_built(deckgen: Callable[..., Ran], tmp_path: Path) -> None:
    """`new` and then `build` makes a deck, a sheet with its key, and web pages."""
    deckgen("new", "course")
    code, _, err = deckgen("build", "-C", "course")
    assert (code, err) == (0, "")
    made = {path.suffix for path in (tmp_path / "course/dist").rglob("*") if path.is_file()}
    assert {".apkg", ".html"} <= made


def test_a_new_course_of_words(deckgen: Callable[..., Ran], tmp_path: Path) -> None:
    """`--kind vocabulary` makes 24 words in two lessons, with a test for each and a quiz; nothing is advised against."""
    assert deckgen("new", "spanish", "--kind", "vocabulary").code == 0
    code, _, err = deckgen("check", "--advice", "-C", "spanish")
    assert (code, err.splitlines()) == (
        0,
        ["no mistakes and no advice in 3 files with 24 items and 3 sheets"],
    )
    code, _, err = deckgen("build", "-C", "spanish")
    assert (code, err) == (0, "")
    dist = tmp_path / "spanish/dist"
    assert (dist / "sheets/at-home-test/B.html").is_file()
    assert (dist / "web/practice.html").is_file()
    assert {path.name for path in (dist / "anki").iterdir()} == {"Spanish.apkg"}


def test_a_new_course_of_countries(deckgen: Callable[..., Ran], tmp_path: Path) -> None:
    """`--kind geography` asks for each row of a spreadsheet in four directions; nothing is advised against."""
    assert deckgen("new", "countries", "--kind", "geography").code == 0
    code, _, err = deckgen("check", "--advice", "-C", "countries")
    assert (code, err.splitlines()) == (0, ["no mistakes and no advice in 1 file with 12 items and 1 sheet"])
    code, out, err = deckgen("build", "-C", "countries")
    assert (code, err) == (0, "")
    assert "notes     12\ncards     48\n" in out
    assert (tmp_path / "countries/dist/web/capitals.html").is_file()


def test_a_new_project_has_a_title(deckgen: Callable[..., Ran], tmp_path: Path) -> None:
    """`--title` is written as it is given."""
    deckgen("new", "bio", "--title", 'Biology, "year one"')
    project = tomllib.loads((tmp_path / "bio/deckgen.toml").read_text(encoding="utf-8"))
    assert project["title"] == 'Biology, "year one"'


def test_new_never_writes_over_a_project(deckgen: Callable[..., Ran], course: Path) -> None:
    """Where a project or one of its files is already, nothing is written."""
    before = (course / "deckgen.toml").read_bytes()
    assert deckgen("new", "course").code == 2
    (course / "deckgen.toml").unlink()
    code, _, err = deckgen("new", "course")
    assert code == 2
    assert "is there already" in err
    assert not (course / "deckgen.toml").exists()
    assert before


def test_new_in_a_file_is_refused(deckgen: Callable[..., Ran], tmp_path: Path) -> None:
    """A file in the way of the folder is named."""
    (tmp_path / "taken").write_text("", encoding="utf-8")
    code, _, err = deckgen("new", "taken")
    assert code == 2
    assert err.startswith("error: cannot write taken: ")


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish", "powershell"])
def test_completion_is_shown_for_every_shell(shell: str) -> None:
    """`--show-completion` prints a script that calls the program back."""
    env = environment(_TYPER_COMPLETE_TEST_DISABLE_SHELL_DETECTION="1")
    code, out, err = process("--show-completion", shell, env=env)
    assert (code, err) == (0, "")
    assert "_DECKGEN_COMPLETE" in out


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("deckgen ch", {"check"}),
        ("deckgen check --fo", {"--format"}),
        ("deckgen check --format s", {"sarif"}),
        ("deckgen explain unknown-s", {"unknown-selector", "unknown-source", "unknown-stem"}),
        ("deckgen schema ", {"cards", "project", "answer-sheet", "attempt"}),
    ],
)
def test_bash_completes(typed: str, offered: set[str]) -> None:
    """Commands, options, words and codes are completed."""
    env = environment(
        _DECKGEN_COMPLETE="complete_bash", COMP_WORDS=typed, COMP_CWORD=str(len(typed.split(" ")) - 1)
    )
    assert set(process(env=env).out.split()) == offered


@pytest.mark.parametrize("command", [["check"], ["list", "items"], ["build", "--locked"], ["build"]])
def test_the_folder_may_come_before_the_command(
    command: list[str], deckgen: Callable[..., Ran], course: Path
) -> None:
    """`deckgen -C course build` does what `deckgen build -C course` does."""
    assert deckgen("build", "-C", "course").code == 0
    timeless = re.compile(r"time +.*")
    before, behind = deckgen("-C", "course", *command), deckgen(*command, "-C", "course")
    assert before.code == 0
    assert timeless.sub("", before.out) == timeless.sub("", behind.out)
    assert before.err == behind.err


def test_a_command_without_a_folder_refuses_one(deckgen: Callable[..., Ran]) -> None:
    """Nothing that is typed is passed over in silence."""
    assert deckgen("-C", "course", "explain", "unknown-key") == (
        2,
        "",
        "error: invalid value for -C: `explain` does not work in a folder\nhelp: `deckgen --help`\n",
    )


def test_the_next_step_can_be_typed(deckgen: Callable[..., Ran]) -> None:
    """`new` names a folder with a space in quotes, so that its hint works when it is copied."""
    out = deckgen("new", "Meine Schule").out
    assert out.splitlines()[1] == "next: deckgen build -C 'Meine Schule'"
