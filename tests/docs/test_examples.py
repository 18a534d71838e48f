"""What the documentation shows is so: examples compile, reports are real, commands and links exist."""

from __future__ import annotations

import json
import os
import re
import shlex
import subprocess
import sys
import tomllib
from functools import cache
from pathlib import Path

import pytest

from deckgen.compiler.compile import compile_project
from deckgen.language.schema import KINDS, schema_text
from deckgen.reading import Snapshot
from docs.pages import PAGES, ROOT, Block, blocks, prose
from sounds.made import tone
from waiting import PATIENCE

LANGUAGE = ROOT / "docs" / "language.md"
#: The first line of a block that is a file, or the end of one, says which.
FILE = re.compile(r"# (cards/[\w/-]+\.toml)\n")
#: A spreadsheet that a page shows, and its name.
TABLE = re.compile(r"^`(data/[\w-]+\.csv)`:\n\n```csv\n(.*?)^```$", re.MULTILINE | re.DOTALL)
PAGE_NAMES = [page.name for page in PAGES]


def _deckgen(*arguments: str, folder: Path) -> subprocess.CompletedProcess[str]:
    environment = {key: value for key, value in os.environ.items() if key not in ("CI", "FORCE_COLOR")}
    return subprocess.run(
        [sys.executable, "-m", "deckgen", *arguments],
        cwd=folder,
        env=environment | {"NO_COLOR": "1", "COLUMNS": "100"},
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )


def test_examples_of_the_language_make_a_project():
    """The examples of the language's page, put together, compile without a word of complaint."""
    project, *cards = [block.text for block in blocks(LANGUAGE) if block.language == "toml"]
    snapshot = Snapshot(root=ROOT, project=project, cards={"cards/page.toml": "\n".join(cards)}, lock=None)
    compiled = compile_project(snapshot, lambda _: None, list)

    assert compiled.diagnostics == ()
    assert compiled.course is not None
    # One of each: nine types of question, three of them made from the table, concepts, words and a misconception.
    assert len({item.kind for item in compiled.course.items}) == 12


def test_page_of_the_language_names_every_key():
    """Each key of the language stands on its page, in an example or in the text."""
    text = LANGUAGE.read_text("utf-8")
    keys = {
        key
        for kind in KINDS
        for shape in json.loads(schema_text(kind))["$defs"].values()
        for key in shape.get("properties", {})
    }

    assert len(keys) > 40
    assert [key for key in sorted(keys) if not re.search(rf"(?<![\w-]){re.escape(key)}(?![\w-])", text)] == []


@cache
def _examples(page: Path) -> list[tuple[str, str, str]]:
    """List the blocks of a page that name a file: that name, the text, and the report shown below it."""
    shown = blocks(page)
    return [
        (named[1], block.text, below.text if below.text.startswith(("error", "warning")) else "")
        for block, below in zip(shown, [*shown[1:], Block("", "")], strict=False)
        if block.language == "toml" and (named := FILE.match(block.text))
    ]


def _record(course: Path, text: str) -> None:
    """Put a tone where an example plays a sound."""
    for name in re.findall(r"media/[\w-]+\.mp3", text):
        (course / name).parent.mkdir(exist_ok=True)
        (course / name).write_bytes(tone("mp3"))


@pytest.mark.parametrize("page", [page for page in PAGES if _examples(page)], ids=lambda page: page.name)
def test_examples_work_in_a_new_project(page, tmp_path):
    """A page's examples, put into a new project one after the other, give the reports shown, or none."""
    assert _deckgen("new", "course", folder=tmp_path).returncode == 0
    course = tmp_path / "course"
    for name, text in TABLE.findall(page.read_text("utf-8")):
        path = course / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, "utf-8", newline="\n")
    for name, text, report in _examples(page):
        path = course / name
        before = path.read_text("utf-8") if path.exists() else None
        path.write_text(
            f"{before}\n{text}" if before and "[deck]" not in text else text, "utf-8", newline="\n"
        )
        _record(course, text)
        checked = _deckgen("check", folder=course)
        assert checked.returncode == (1 if report.startswith("error") else 0), checked.stderr
        if report:
            assert checked.stderr == report
            # The mistake is on the page only: what follows goes on from before it.
            path.unlink() if before is None else path.write_text(before, "utf-8", newline="\n")


def test_the_tour_ends_with_the_files_it_names(tmp_path):
    """Whoever follows the tour finds in `dist/` what its table says."""
    page = ROOT / "docs" / "guide.md"
    named = re.findall(r"^\| (`.*?) \|", prose(page), re.MULTILINE)
    files = [name for cell in named for name in re.findall(r"`([\w/.-]+\.\w+)`", cell)]
    assert len(files) >= 6

    course = tmp_path / "course"
    assert _deckgen("new", "course", folder=tmp_path).returncode == 0
    for name, text, report in _examples(page):
        if not report:
            path = course / name
            before = f"{path.read_text('utf-8')}\n" if path.exists() else ""
            path.write_text(before + text, "utf-8", newline="\n")
    built = _deckgen("build", folder=course)
    assert built.returncode == 0, built.stderr
    assert [name for name in files if not (course / "dist" / name).is_file()] == []


@cache
def _help(*command: str) -> str:
    done = _deckgen(*command, "--help", folder=ROOT)
    assert done.returncode == 0, (command, done.stderr)
    return done.stdout


@pytest.mark.parametrize("page", PAGES, ids=PAGE_NAMES)
def test_commands_and_options_exist(page):
    """Every command that a page shows is one, and so are its options."""
    shown = [
        line.removeprefix("$ ")
        for block in blocks(page)
        if block.language in ("console", "sh", "bash")
        for line in block.text.splitlines()
    ]
    shown += re.findall(r"`(deckgen [^`]*)`", prose(page))
    for line in shown:
        command, *arguments = shlex.split(line, comments=True) or [""]
        if not command.endswith("deckgen"):
            continue
        text = _help(*arguments[:1]) if arguments and not arguments[0].startswith("-") else _help()
        for argument in arguments:
            if argument.startswith("-"):
                assert re.search(rf"(?<![\w-]){re.escape(argument.split('=')[0])}(?![\w-])", text), line


@pytest.mark.parametrize("page", PAGES, ids=PAGE_NAMES)
def test_links_lead_somewhere(page):
    """A page links to files and folders that are there, to headings that exist, and shows pictures that are there."""
    for target in re.findall(r"\]\(([^)\s]+)\)", _without_code(page)):
        if target.startswith("https://"):
            continue
        name, _, heading = target.partition("#")
        path = page.parent / name if name else page
        assert path.exists(), target
        if heading:
            headings = re.findall(r"^#+ (.*)$", prose(path), re.MULTILINE)
            slugs = {re.sub(r"[^\w -]", "", line.lower()).replace(" ", "-") for line in headings}
            assert heading in slugs, target


def _without_code(page: Path) -> str:
    return re.sub(r"`[^`\n]*`", "", prose(page))


def test_extras_exist():
    """An extra that a page has people install is one."""
    there = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["optional-dependencies"]
    named = {
        extra
        for page in PAGES
        for extras in re.findall(r"deckgen\[([\w,-]+)\]", page.read_text("utf-8"))
        for extra in extras.split(",")
    }

    assert {"live", "pdf"} <= named <= there.keys()


def test_nobody_is_sent_to_the_index():
    """The name `deckgen` is another package's on the index, so no page says to install it from there."""
    for page in PAGES:
        for line in page.read_text("utf-8").splitlines():
            assert not re.search(r"(?:pip|pipx|uv tool|uv) (?:install|run|add) (?:-U )?deckgen\b", line), (
                page.name
            )
