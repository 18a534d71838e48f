"""The generated pages say what the code says."""

from __future__ import annotations

import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

REPOSITORY = Path(__file__).parents[2]


def test_generated_files_are_up_to_date() -> None:
    """`make docs` would change nothing: the pages of diagnostics, commands and keys, and the schemas."""
    done = subprocess.run(
        [sys.executable, "tools/reference.py", "--check"],
        cwd=REPOSITORY,
        capture_output=True,
        text=True,
        check=False,
    )
    pinned = (REPOSITORY / "constraints.txt").read_text(encoding="utf-8")
    # Other versions of Typer set the help of commands otherwise, which that page shows.
    may_differ = set() if f"typer=={version('typer')}\n" in pinned else {"docs/commands.md"}
    assert {line.partition(" ")[0] for line in done.stdout.splitlines()} <= may_differ
    assert done.stderr == ""
    assert done.returncode == bool(done.stdout)


def test_the_page_of_keys_names_every_key() -> None:
    """No key of any table is missing on its page."""
    import json

    page = (REPOSITORY / "docs/keys.md").read_text(encoding="utf-8")
    for kind in ("cards", "project"):
        schema = json.loads((REPOSITORY / f"schema/{kind}.json").read_text(encoding="utf-8"))
        tables = [one for name, one in schema["$defs"].items() if name not in {"CardsFile", "Html"}]
        keys = {key for table in tables for key in table.get("properties", {})}
        assert {key for key in keys if f"`{key}`" not in page} == set()
