"""A case: a folder with `report.json`, the authors' files, and what each format is expected to say.

`report.json` holds `diagnostics`, as in `deckgen.diagnostics`; if wanted also `texts`, for files that hold
what an editor would not show, and `color` and `width`. A case is checked in every format it has a file for;
make an empty `expected.sarif` and run with `--rewrite` to add one.
"""

from __future__ import annotations

from pathlib import Path

import msgspec

from deckgen.diagnostics import Diagnostic, Report
from deckgen.diagnostics.formats import FORMATS, Setting
from deckgen.diagnostics.locate import locate

CASES = Path(__file__).parent / "cases"


class Description(msgspec.Struct, forbid_unknown_fields=True):
    """What `report.json` holds."""

    diagnostics: list[Diagnostic]
    texts: dict[str, str] = {}
    color: bool = False
    width: int = 80


def read(folder: Path) -> tuple[Report, Setting]:
    """Return the case's report and setting."""
    description = msgspec.json.decode((folder / "report.json").read_bytes(), type=Description)
    files = {path.relative_to(folder).as_posix(): path.read_text() for path in folder.rglob("*.toml")}
    report = locate(description.diagnostics, {**files, **description.texts})
    return report, Setting(dict, color=description.color, width=description.width, version="1.2.3")


def expected_files(folder: Path) -> dict[str, Path]:
    """Return the formats a case is checked in, with the file of each; always in `text`."""
    files = {word: folder / f"expected.{'txt' if word == 'text' else word}" for word in FORMATS}
    return {word: path for word, path in files.items() if word == "text" or path.exists()}
