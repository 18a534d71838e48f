"""`deckgen check`: exit codes, formats, folders, repairs."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import jsonschema
import pytest

from cli.conftest import Ran

SARIF_SCHEMA = Path(__file__).parents[1] / "diagnostics/sarif/sarif-schema-2.1.0.json"
CARDS = Path("cards/measuring.toml")


def spoil(course: Path, old: str, new: str, file: Path = CARDS) -> None:
    """Write a mistake into the course."""
    text = (course / file).read_text(encoding="utf-8")
    assert old in text
    (course / file).write_text(text.replace(old, new, 1), encoding="utf-8")


def test_a_project_without_mistakes_is_fine(deckgen: Callable[..., Ran], course: Path) -> None:
    """Exit code 0, and one line for people."""
    assert deckgen("check", "-C", course) == (0, "", "no mistakes in 3 files with 13 items and 1 sheet\n")


def test_errors_make_it_fail(deckgen: Callable[..., Ran], course: Path) -> None:
    """Exit code 1, and the report on standard error."""
    spoil(course, "answers ", "answres ")
    code, out, err = deckgen("check", "-C", course)
    assert (code, out) == (1, "")
    assert err.startswith(
        "error[unknown-key]: unknown key `answres` in a multiple question\n"
        "  --> course/cards/measuring.toml:32:1\n"
    )
    assert err.endswith("\n1 error in 1 file\n")


def test_warnings_do_not_make_it_fail(deckgen: Callable[..., Ran], course: Path) -> None:
    """Exit code 0 with warnings only."""
    spoil(course, 'correction = "It is accepted for use with the SI: 1 L = 1 dm³."\n', "")
    code, _, err = deckgen("check", "-C", course)
    assert code == 0
    assert err.startswith("warning[correction]")


def test_what_a_build_found_right_is_checked_once_it_changes(
    deckgen: Callable[..., Ran], course: Path
) -> None:
    """A mistake that is made after a build is reported, though what did not change is not checked again."""
    assert deckgen("build", "-C", course).code == 0
    assert deckgen("check", "-C", course).err.startswith("no mistakes")
    spoil(course, 'correction = "It is accepted for use with the SI: 1 L = 1 dm³."\n', "")
    assert deckgen("check", "-C", course).err.startswith("warning[correction]")


def test_it_writes_nothing_into_the_project(deckgen: Callable[..., Ran], course: Path) -> None:
    """Also not what it found right."""
    before = sorted(course.rglob("*"))
    assert deckgen("check", "-C", course).code == 0
    assert sorted(course.rglob("*")) == before


def test_a_folder_inside_of_the_project_will_do(
    deckgen: Callable[..., Ran], course: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """From `cards/` the project around it is checked, and files are named as seen from there."""
    spoil(course, 'term       = "Unit"', "term       = 1")
    monkeypatch.chdir(course / "cards")
    code, _, err = deckgen("check")
    assert code == 1
    assert " --> ../cards/measuring.toml:" in err


def test_all_mistakes_are_said_in_one_run(deckgen: Callable[..., Ran], course: Path) -> None:
    """Mistakes of every step come together, sorted by file and line."""
    spoil(course, "title    = ", "titel    = ", Path("deckgen.toml"))
    spoil(course, 'term       = "Unit"', 'trem       = "Unit"')
    spoil(course, '"bipm 2.3.1"', '"bimp 2.3.1"')
    spoil(course, 'answer      = "The second"', 'answer      = " "')
    spoil(course, 'from     = ["measuring"]', 'from     = ["measure-me"]', Path("cards/sheets.toml"))
    code, out, _ = deckgen("check", "-C", course, "--format", "json")
    found = [(one["file"].partition("/")[2], one["code"]) for one in json.loads(out)["diagnostics"]]
    assert code == 1
    assert found == [
        ("cards/measuring.toml", "unknown-key"),
        ("cards/measuring.toml", "empty-text"),
        ("cards/measuring.toml", "unknown-source"),
        ("cards/sheets.toml", "unknown-selector"),
        ("deckgen.toml", "unknown-key"),
    ]


def test_what_cannot_be_read_hides_what_depends_on_it(deckgen: Callable[..., Ran], course: Path) -> None:
    """Where a file cannot be read, what is missing may be in it and is not said to be unknown."""
    (course / "cards/sources.toml").write_bytes(b'[source.bipm]\ntitle = "\xe4"\n')
    (course / "cards/broken.toml").write_text("[deck\n", encoding="utf-8")
    spoil(course, 'answer      = "The second"', 'answer      = " "')
    _, out, _ = deckgen("check", "-C", course, "--format", "json")
    codes = [one["code"] for one in json.loads(out)["diagnostics"]]
    assert codes == ["toml-syntax", "empty-text", "not-utf8"]


def test_an_item_with_a_mistake_is_checked_all_the_same(deckgen: Callable[..., Ran], course: Path) -> None:
    """A misspelt key or a missing id hides no other mistake of its item, and brings no further one up."""
    spoil(course, 'id          = "unit-of-time"\n', "")
    spoil(course, '"bipm 2.3.1"', '"bimp 2.3.1"')
    spoil(course, 'id         = "unit"\n', "")
    spoil(course, 'example    = "The', 'exmaple    = "$x The')
    spoil(course, 'id         = "litre-is-si"', 'id         = "base-units"\nextra      = 1')
    _, out, _ = deckgen("check", "-C", course, "--format", "json")
    assert [one["code"] for one in json.loads(out)["diagnostics"]] == [
        "missing-id",
        "unknown-key",
        "missing-id",
        "unknown-source",
        "duplicate-id",
        "unknown-key",
    ]


def test_json_is_one_object(deckgen: Callable[..., Ran], course: Path) -> None:
    """`--format json` writes the report for programs to standard output and nothing else anywhere."""
    spoil(course, "answers ", "answres ")
    code, out, err = deckgen("check", "-C", course, "--format", "json")
    assert (code, err) == (1, "")
    report = json.loads(out)
    assert (report["errors"], report["warnings"]) == (1, 0)
    assert report["diagnostics"][0]["file"] == "course/cards/measuring.toml"
    assert deckgen("check", "-C", course / "cards", "--format", "json").out == out


def test_github_is_a_command_a_line(deckgen: Callable[..., Ran], course: Path) -> None:
    """`--format github` writes workflow commands."""
    spoil(course, "answers ", "answres ")
    code, out, err = deckgen("check", "-C", course, "--format", "github")
    assert (code, err) == (1, "")
    assert out.startswith("::error file=course/cards/measuring.toml,line=32,col=1,endLine=32,endColumn=8,")
    assert out.count("\n") == 1


@pytest.mark.parametrize("mistaken", [True, False])
def test_sarif_is_valid(mistaken: bool, deckgen: Callable[..., Ran], course: Path) -> None:
    """`--format sarif` is valid against the schema of OASIS, with and without results."""
    if mistaken:
        spoil(course, "answers ", "answres ")
        spoil(course, 'id         = "unit"\n', "")
    code, out, err = deckgen("check", "-C", course, "--format", "sarif")
    assert (code, err) == (int(mistaken), "")
    log = json.loads(out)
    jsonschema.validate(log, json.loads(SARIF_SCHEMA.read_text(encoding="utf-8")))
    results = log["runs"][0]["results"]
    assert [one["ruleId"] for one in results] == (["missing-id", "unknown-key"] if mistaken else [])


@pytest.mark.parametrize(("form", "empty"), [("github", ""), ("text", "")])
def test_nothing_found_writes_nothing_for_programs(
    form: str, empty: str, deckgen: Callable[..., Ran], course: Path
) -> None:
    """Standard output stays empty where there is nothing to say."""
    assert deckgen("check", "-C", course, "--format", form).out == empty


UNNAMED = """\
[deck]
name = "Sums"   # a comment


[[question]] # one
type   = "short"
prompt = "What is one and one?"
answer = "2"

[[question]]
type   = "short"   # two
prompt = "What is one and one?"
answer = "two"

[[comparison]]
title   = "Unit and quantity again"
between = ["unit", "quantity"]

    [[comparison.row]]
    aspect   = "Aspect"
    unit     = "a"
    quantity = "b"

    [[comparison.row]]
    aspect   = "Aspect"
    unit     = "c"
    quantity = "d"
"""


@pytest.mark.parametrize("line_break", ["\n", "\r\n"])
def test_fix_writes_missing_ids(line_break: str, deckgen: Callable[..., Ran], course: Path) -> None:
    """`--fix` writes an id under each header, all different, and leaves every other byte alone."""
    path = course / "cards/sums.toml"
    path.write_bytes(UNNAMED.replace("\n", line_break).encode())
    code, _, err = deckgen("check", "-C", course, "--fix")
    assert code == 0, err
    assert err.startswith("fixed 5 mistakes in 1 file\n")
    fixed = path.read_bytes().decode()
    added = [line.strip() for line in fixed.split(line_break) if line.strip().startswith("id = ")]
    assert added == [
        'id = "one-one"',
        'id = "one-one-2"',
        'id = "unit-quantity-again"',
        'id = "aspect"',
        'id = "aspect-2"',
    ]
    kept = line_break.join(line for line in fixed.split(line_break) if not line.strip().startswith("id = "))
    assert kept == UNNAMED.replace("\n", line_break)


def test_fixing_twice_changes_nothing(deckgen: Callable[..., Ran], course: Path) -> None:
    """The second `--fix` finds nothing to fix."""
    path = course / "cards/sums.toml"
    path.write_text(UNNAMED, encoding="utf-8")
    deckgen("check", "-C", course, "--fix")
    fixed = path.read_bytes()
    code, _, err = deckgen("check", "-C", course, "--fix")
    assert (code, path.read_bytes()) == (0, fixed)
    assert "fixed" not in err


def test_fix_never_proposes_an_id_that_is_taken(deckgen: Callable[..., Ran], course: Path) -> None:
    """An id that any item has, or has had, is not written for another."""
    (course / "cards/taken.toml").write_text(
        '[deck]\nname = "Taken"\n\n'
        '[[concept]]\nid = "metre"\nwas = ["meter"]\nterm = "Metre"\ndefinition = "A unit."\n\n'
        '[[concept]]\nterm = "Metre"\ndefinition = "Another."\n\n'
        '[[concept]]\nterm = "Meter"\ndefinition = "A third."\n',
        encoding="utf-8",
    )
    code, _, err = deckgen("check", "-C", course, "--fix")
    assert code == 0, err
    text = (course / "cards/taken.toml").read_text(encoding="utf-8")
    assert 'id = "metre-2"' in text
    assert 'id = "meter-2"' in text


def test_fix_leaves_what_it_cannot_mend(deckgen: Callable[..., Ran], course: Path) -> None:
    """What is left is reported, at the lines of the fixed file, and the check still fails."""
    spoil(course, 'id         = "unit"\n', "")
    spoil(course, "answers ", "answres ")
    code, _, err = deckgen("check", "-C", course, "--fix")
    assert code == 1
    assert "fixed 1 mistake in 1 file\n" in err
    assert "cards/measuring.toml:32:1" in err


def test_fix_writes_through_a_link(deckgen: Callable[..., Ran], course: Path) -> None:
    """A file of cards that is a link stays one; the file it leads to is fixed."""
    (course / "shared").mkdir()
    (course / CARDS).rename(course / "shared/measuring.toml")
    (course / CARDS).symlink_to("../shared/measuring.toml")
    spoil(course, 'id         = "unit"\n', "", Path("shared/measuring.toml"))
    assert deckgen("check", "-C", course, "--fix").code == 0
    assert (course / CARDS).is_symlink()
    assert 'id = "unit"' in (course / "shared/measuring.toml").read_text(encoding="utf-8")


def test_files_get_what_concerns_them(deckgen: Callable[..., Ran], course: Path) -> None:
    """With files, as hooks call it: the whole project is checked, and the reports are those on these files."""
    spoil(course, "answers ", "answres ")
    spoil(course, "year  = 2019", "yaer  = 2019", Path("cards/sources.toml"))
    code, _, err = deckgen("check", "course/cards/measuring.toml")
    assert code == 1
    assert "answres" in err
    assert "yaer" not in err
    assert err.endswith("\n1 error in 1 file\n")

    fine = deckgen("check", "-C", "course", "cards/sheets.toml", "cards/sheets.toml", "deckgen.toml")
    assert fine == (0, "", "no mistakes in 2 files; 2 reports on others, see `deckgen check`\n")


def test_a_mistake_in_two_files_concerns_both(deckgen: Callable[..., Ran], course: Path) -> None:
    """What another file says first is reported with either: an id that is there twice."""
    (course / "cards/more.toml").write_text(
        '[deck]\nname = "More"\n[[question]]\nid = "unit-of-time"\ntype = "short"\nprompt = "P?"\nanswer = "a"\n',
        encoding="utf-8",
    )
    reports = [deckgen("check", f"course/cards/{name}.toml") for name in ("measuring", "more")]
    assert [one.code for one in reports] == [1, 1]
    assert all("duplicate-id" in one.err for one in reports)


def test_fix_changes_the_files_that_are_named(deckgen: Callable[..., Ran], course: Path) -> None:
    """`--fix` with files writes to no other."""
    for name in ("one", "two"):
        (course / f"cards/{name}.toml").write_text(
            f'[deck]\nname = "{name}"\n[[question]]\ntype = "short"\nprompt = "Which {name}?"\nanswer = "a"\n',
            encoding="utf-8",
        )
    before = (course / "cards/two.toml").read_bytes()
    code, _, err = deckgen("check", "--fix", "course/cards/one.toml")
    assert (code, err.splitlines()[0]) == (0, "fixed 1 mistake in 1 file")
    assert b"id" in (course / "cards/one.toml").read_bytes()
    assert (course / "cards/two.toml").read_bytes() == before


def test_files_of_no_project_are_misuse(deckgen: Callable[..., Ran], course: Path, tmp_path: Path) -> None:
    """A file that is not there, one outside of any project, and files of two projects are refused."""
    (tmp_path / "stray.toml").write_text("", encoding="utf-8")
    shutil.copytree(course, tmp_path / "other")
    for files, message in (
        (["course/cards/nothing.toml"], "there is no file"),
        (["stray.toml"], "error[missing-project]"),
        (["course/deckgen.toml", "other/deckgen.toml"], "belong to two projects"),
    ):
        code, out, err = deckgen("check", *files)
        assert (code, out) == (2, "")
        assert message in err


def test_the_hook_calls_what_there_is(deckgen: Callable[..., Ran], course: Path) -> None:
    """The hook for pre-commit runs `deckgen check` on the files of a project, and on those only."""
    hook = (Path(__file__).parents[2] / ".pre-commit-hooks.yaml").read_text(encoding="utf-8")
    (entry,) = re.findall(r"^  entry: deckgen (.*)$", hook, re.MULTILINE)
    (pattern,) = re.findall(r"^  files: (.*)$", hook, re.MULTILINE)
    files = [
        path.relative_to(course.parent).as_posix()
        for path in course.rglob("*")
        if path.is_file() and re.search(pattern, path.relative_to(course.parent).as_posix())
    ]
    assert sorted(path.removeprefix("course/") for path in files) == [
        "cards/measuring.toml",
        "cards/sheets.toml",
        "cards/sources.toml",
        "deckgen.toml",
    ]
    assert deckgen(*entry.split(), *files) == (0, "", "no mistakes in 4 files\n")
