"""`deckgen diff`: a project in, what learners will get out."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from anki_judge import collection, import_package
from deckgen.cli.app import app
from history_author import Branch, Content, Written

EXPECTED = Path(__file__).parent / "expected"
FIRST = [
    Written(1, "short", 0, "port"),
    Written(2, "cloze", 0, "pair", gaps=2),
    Written(3, "concept", 1, "socket"),
    Written(4, "picture", 2, "drawn"),
    Written(5, "short", 0, "old-id"),
    Written(6, "short", 0, "out-of-date"),
]


@pytest.fixture
def project(tmp_path: Path) -> Branch:
    """A project that was built, published in `published/`, and has changed in every way since."""
    branch = Branch(tmp_path / "project", Content(items=list(FIRST)))
    branch.build(1000)
    shutil.copytree(branch.root / "dist/anki", tmp_path / "published")
    content = branch.content
    content.put(replace(FIRST[0], text=3, tag=2))
    content.put(replace(FIRST[1], gaps=3))
    content.put(replace(FIRST[4], file=1, id="new-id", was=("old-id",)))
    content.items.remove(FIRST[5])
    content.items.append(Written(7, "concept", 1, "added"))
    content.renames, content.version, content.style, content.pictures = (0, 0, 1), 2, 4, (5, 0)
    content.write(branch.root)
    return branch


def diff(project: Branch, *arguments: str | Path, color: bool = False) -> Result:
    env = {"FORCE_COLOR": "1", "NO_COLOR": ""} if color else {"NO_COLOR": "1"}
    where = ["diff", "-C", str(project.root)]
    return CliRunner().invoke(app, [*where, *map(str, arguments)], env={**env, "SOURCE_DATE_EPOCH": "2000"})


def published(project: Branch) -> list[Path]:
    return sorted((project.root.parent / "published").glob("*.apkg"))


@pytest.mark.parametrize("form", ["text", "json", "markdown"])
def test_it_tells_all_that_changed(
    project: Branch, form: str, expect_file: Callable[[Path, str], None]
) -> None:
    """Every kind of change is reported in every format, with what Anki does not do by itself."""
    result = diff(project, "--format", form)
    assert result.exit_code == 0, result.output
    expect_file(EXPECTED / f"all.{form}", result.stdout)


def test_colours_say_the_same(project: Branch, expect_file: Callable[[Path, str], None]) -> None:
    """In a terminal, what went is red and struck through, and what came is green."""
    expect_file(EXPECTED / "color.text", diff(project, color=True).stdout.replace("\x1b", "ESC"))


def test_packages_say_the_same_as_the_lock(project: Branch) -> None:
    """Compared with the packages of the last build, the same comes out, but for the names learners know."""
    by_lock, by_packages = (
        json.loads(diff(project, "--format", "json", *packages).stdout)
        for packages in ([], published(project))
    )
    assert by_packages.pop("against") == "Net.apkg, Other.apkg"
    assert by_lock.pop("against") == "deckgen.lock"
    # A package does not say which version it is of.
    assert by_lock.pop("version") == {"before": "1", "after": "2"}
    assert by_packages.pop("version") == {"before": "", "after": "2"}
    assert by_packages == by_lock


def test_it_writes_nothing(project: Branch) -> None:
    """No file of the project is written, made or touched."""

    def state() -> dict[Path, int]:
        return {path: path.stat().st_mtime_ns for path in project.root.rglob("*")}

    before = state()
    assert diff(project).exit_code == 0
    assert diff(project, *published(project)).exit_code == 0
    assert state() == before


def test_after_a_build_there_is_no_difference(project: Branch) -> None:
    """What was built is what learners have; against what was published the difference stays."""
    project.build(2000)
    result = diff(project, "--exit-code")
    assert result.stdout == "No difference from deckgen.lock.\n"
    assert result.exit_code == 0
    assert diff(project, "--exit-code", *published(project)).exit_code == 1


def test_without_packages_the_lock_tells_what_it_can(project: Branch) -> None:
    """A fresh clone has no packages: changes are reported, only not word by word."""
    shutil.rmtree(project.root / "dist")
    result = diff(project)
    assert "the old content is not known" in result.stdout
    assert "The previous pictures and sounds are not known" in result.stdout
    # The last content of a removed note is not known either, so it cannot be retired.
    assert "No longer given: 1 note\n  - out-of-date" in result.stdout


def test_a_project_never_built_is_all_new(tmp_path: Path) -> None:
    """Without a lock and packages everything is added."""
    branch = Branch(tmp_path, Content(items=FIRST[:1]))
    branch.content.write(tmp_path)
    result = diff(branch)
    assert result.exit_code == 0
    assert "there is no deckgen.lock" in result.stdout
    assert "Added: 1 note" in result.stdout


def test_packages_of_others_are_refused(project: Branch, tmp_path: Path) -> None:
    """A package of another project, or a file that is none, is a wrong use and no difference."""
    other = Branch(tmp_path / "other", Content(items=FIRST[:1]))
    other.content.write(other.root)
    toml = other.root / "deckgen.toml"
    toml.write_text(toml.read_text().replace('id = "histories"', 'id = "another"'))
    assert CliRunner().invoke(app, ["build", "-C", str(other.root)]).exit_code == 0
    result = diff(project, other.packages[0])
    assert (result.exit_code, result.stdout) == (2, "")
    assert "has no note of the project `histories`" in result.stderr
    damaged = tmp_path / "damaged.apkg"
    damaged.write_bytes(published(project)[0].read_bytes()[:-100])
    result = diff(project, damaged)
    assert result.exit_code == 2
    assert "it is damaged, or not a package" in result.stderr


def test_errors_of_the_project_are_reported(project: Branch) -> None:
    """Where there is nothing to compare with, the mistakes are reported as `check` tells them."""
    (project.root / "cards/a.toml").write_text("[deck]\nname = 1\n")
    result = diff(project)
    assert (result.exit_code, result.stdout) == (1, "")
    assert "error[wrong-type]" in result.stderr


def test_the_searches_find_what_they_are_for(project: Branch) -> None:
    """Entered in Anki's browser, each search of the advice finds the notes it speaks of."""
    advice = json.loads(diff(project, "--format", "json").stdout)["advice"]
    searches = {each["code"]: each["search"] for each in advice}
    with collection() as col:
        for package in published(project):
            import_package(col, package)
        project.build(2000)
        for package in project.packages:
            import_package(col, package)

        def found(code: str) -> set[str]:
            notes = [col.get_note(note_id) for note_id in col.find_notes(searches[code])]
            return {note["Id"] for note in notes}

        assert found("retired") == {"out-of-date"}
        assert found("cards-stay") == {"old-id"}
        assert found("deck-renamed") == {"drawn"}
