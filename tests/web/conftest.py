"""The site that the tests open: made once, lying on the disk."""

from __future__ import annotations

from pathlib import Path

import pytest

from deckgen import sheet, web
from deckgen.cli.session import compile_at
from deckgen.core import Course
from deckgen.templating.own import templates_of
from web.answers import PROJECT

TEMPLATES = templates_of({})


def course_of(project: Path) -> Course:
    """Compile a project without mistakes."""
    compiled, _, diagnostics = compile_at(project)
    assert diagnostics == []
    assert compiled.course is not None
    return compiled.course


def files_of(course: Course) -> dict[str, bytes]:
    """Export sheets and web pages, with something that stands for a package."""
    papers = sheet.export(course, TEMPLATES, {})
    others = {
        "anki/Networking.apkg": b"PK",
        "sheets/index/B.pdf": b"%PDF",
        "web/old.html": b"",
        "secret": b"",
    }
    return web.export(course, TEMPLATES, {}, papers | others)


def put(files: dict[str, bytes], folder: Path) -> Path:
    """Write files, and return the folder of the site."""
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return folder / "web"


@pytest.fixture(scope="session")
def course() -> Course:
    """The project of these tests."""
    return course_of(PROJECT)


@pytest.fixture(scope="session")
def files(course: Course) -> dict[str, bytes]:
    """Its files."""
    return files_of(course)


@pytest.fixture(scope="session")
def site(files: dict[str, bytes], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder in which its pages lie."""
    return put(files, tmp_path_factory.mktemp("site"))
