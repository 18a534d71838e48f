"""What all tests share: files of what is expected, written anew by `--rewrite`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

#: Chromium, axe and the HTML validators.
pytest_plugins = ["browser"]


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add `--rewrite`."""
    parser.addoption(
        "--rewrite", action="store_true", help="write the expected files anew; read the diff, then commit it"
    )


@pytest.fixture
def expect_file(request: pytest.FixtureRequest) -> Callable[[Path, str], None]:
    """Return the function that compares a text with a file, or with `--rewrite` makes it the file."""

    def expect(path: Path, actual: str) -> None:
        if request.config.getoption("--rewrite"):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(actual.encode())
        assert actual == path.read_bytes().decode()

    return expect
