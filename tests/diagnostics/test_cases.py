"""Every case folder renders as its expected files say."""

from __future__ import annotations

import pytest

from deckgen.diagnostics.formats import FORMATS
from diagnostics.case import CASES, expected_files, read

FOLDERS = sorted(path.parent for path in CASES.glob("*/report.json"))


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_renders_as_expected(folder, expect_file):
    """What a person reads has been read in review."""
    report, setting = read(folder)
    for word, path in expected_files(folder).items():
        expect_file(path, FORMATS[word](report, setting))
