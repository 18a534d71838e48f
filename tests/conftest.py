"""What all tests share: files of what is expected, written anew by `--rewrite`."""

from __future__ import annotations

import gc
import os
import shutil
import signal
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings

if TYPE_CHECKING:
    from collections.abc import Callable

#: Chromium, axe and the HTML validators.
pytest_plugins = ["browser"]
# The same examples each time, however busy the machine is; `make test-long` looks for others.
settings.register_profile(
    "tests",
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
    derandomize="DECKGEN_EXAMPLES" not in os.environ,
    database=None,
)
settings.load_profile("tests")
COLLECTED = pytest.StashKey[list[str]]()

# A shell starts what runs in the background (`make test &`, some CI) with SIGINT ignored, and programs inherit that.
# Tests that interrupt a program would wait for ever.
signal.signal(signal.SIGINT, signal.default_int_handler)

# Programs that the system lacks, or has too old, were put beside this Python (tools/install_test_tools.py).
os.environ["PATH"] = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")])


# A build waits for the disk after each file that it writes; in memory there is nothing to wait for.
_MEMORY = Path("/dev/shm")
if "TMPDIR" not in os.environ and _MEMORY.is_dir() and shutil.disk_usage(_MEMORY).free > 4_000_000_000:
    os.environ["TMPDIR"] = tempfile.tempdir = str(_MEMORY)

# The program collects no garbage (cli/main.py); tests do, but seldom, as printing and typesetting make much at once.
gc.set_threshold(50_000, 20, 50)


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add `--rewrite`."""
    parser.addoption(
        "--rewrite", action="store_true", help="write the expected files anew; read the diff, then commit it"
    )


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Keep the names of all tests, before any is left out."""
    config.stash[COLLECTED] = [item.nodeid for item in items]


@pytest.fixture
def collected(request: pytest.FixtureRequest) -> list[str]:
    """Return the names of all tests that pytest found, those that it does not run as well."""
    return request.config.stash[COLLECTED]


@pytest.fixture
def expect_file(request: pytest.FixtureRequest) -> Callable[[Path, str], None]:
    """Return the function that compares a text with a file, or with `--rewrite` makes it the file."""

    def expect(path: Path, actual: str) -> None:
        if request.config.getoption("--rewrite"):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(actual.encode())
        assert actual == path.read_bytes().decode()

    return expect
