"""The content of this repository, compiled once."""

from __future__ import annotations

from pathlib import Path

import pytest

from deckgen.compiler.compile import Compiled, compile_project
from deckgen.reading import read_media, read_project
from deckgen.reading.media import pictures_in

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="session")
def compiled() -> Compiled:
    """Compile the content; what is wrong with it fails every test that looks at it."""
    snapshot, found = read_project(ROOT)
    result = compile_project(snapshot, lambda path: read_media(ROOT, path), lambda: pictures_in(ROOT))
    assert [*found, *result.diagnostics] == []
    assert result.course is not None
    assert result.manuscript is not None
    return result
