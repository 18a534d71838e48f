"""`deckgen templates`: lists templates, copies them out, and overwrites nothing."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from deckgen.cli.app import app
from deckgen.templating import read_folder, shipped_folder

SHIPPED = read_folder(shipped_folder())


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "deckgen.toml").write_text('id = "sample"\ntitle = "Sample"\n')
    return tmp_path


def run(project: Path, *arguments: str) -> Result:
    return CliRunner().invoke(app, ["templates", "-C", str(project), *arguments])


def copied(project: Path) -> dict[str, str]:
    folder = project / "templates"
    return {
        path.relative_to(folder).as_posix(): path.read_text() for path in folder.rglob("*") if path.is_file()
    }


def test_all_templates_are_listed_and_own_ones_marked(project: Path) -> None:
    """As text, and as JSON for programs."""
    run(project, "sheet/key.css")
    (project / "templates/sheet/mine.html").write_text("{# What I added. And more. #}")
    lines = run(project).stdout.splitlines()
    assert [line[2:].split()[0] for line in lines] == sorted([*SHIPPED, "sheet/mine.html"])
    assert [line.split() for line in lines if line.startswith("*")] == [
        [
            "*",
            "sheet/key.css",
            "The",
            "style",
            "of",
            "the",
            "key,",
            "in",
            "addition",
            "to",
            "that",
            "of",
            "all",
            "pages",
        ],
        ["*", "sheet/mine.html", "What", "I", "added"],
    ]
    rows = json.loads(run(project, "--json").stdout)
    assert [row["name"] for row in rows if row["own"]] == ["sheet/key.css", "sheet/mine.html"]


@pytest.mark.parametrize(
    ("wishes", "names"),
    [
        (["sheet/page.html"], ["sheet/page.html"]),
        (["templates/sheet/page.html", "sheet/page.html"], ["sheet/page.html"]),
        (["sheet/choice"], [name for name in SHIPPED if name.startswith("sheet/choice/")]),
        (["anki/*.css", "web/"], [n for n in SHIPPED if n.startswith("web/") or (n.startswith("anki/") and n.endswith(".css"))]),
    ],
)  # fmt: skip
def test_templates_are_copied_as_they_are(project: Path, wishes: list[str], names: list[str]) -> None:
    """By name, by folder, by pattern."""
    assert run(project, *wishes).exit_code == 0
    assert copied(project) == {name: SHIPPED[name] for name in names}


def test_nothing_is_overwritten_without_being_told(project: Path) -> None:
    """Where one file is there already, none is copied; `--force` copies."""
    run(project, "sheet/page.html")
    (project / "templates/sheet/page.html").write_text("mine")
    refused = run(project, "sheet/key.html", "sheet/page.html")
    assert (refused.exit_code, refused.stderr) == (
        2,
        "error: templates/sheet/page.html is there already; --force overwrites\n",
    )
    assert copied(project) == {"sheet/page.html": "mine"}
    run(project, "--force", "sheet/page.html")
    assert copied(project) == {"sheet/page.html": SHIPPED["sheet/page.html"]}


def test_a_misspelt_name_is_answered_with_the_right_one(project: Path) -> None:
    """And nothing is copied."""
    done = run(project, "sheet/key.html", "sheet/pgae.html")
    assert (done.exit_code, done.stderr) == (
        2,
        "error: no template `sheet/pgae.html`; did you mean `sheet/page.html`?\n",
    )
    assert copied(project) == {}


def test_nothing_is_written_outside_of_the_project(
    project: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Not even through a link."""
    outside = tmp_path_factory.mktemp("outside")
    (project / "templates").symlink_to(outside)
    assert run(project, "sheet/page.html").exit_code == 2
    assert list(outside.iterdir()) == []
