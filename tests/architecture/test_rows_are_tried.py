"""The trials of "Where do I add …" take minutes; that each row has one is seen at once."""

from __future__ import annotations

import re
from pathlib import Path

from architecture import test_where_do_i_add as trials

PAGE = Path(__file__).parents[2] / "ARCHITECTURE.md"


def test_each_row_is_tried() -> None:
    """A row that nobody tries is a promise that nobody keeps."""
    text = PAGE.read_text(encoding="utf-8").partition("## Where do I add")[2]
    rows = re.findall(r"^\| ((?:a|something|another) [^|]+) \|", text, re.MULTILINE)
    claims = [test.__doc__ or "" for name, test in vars(trials).items() if name.startswith("test_add_")]
    tried = [claim.partition(":")[0].lower() for claim in claims]
    assert rows
    assert [row for row in rows if row not in tried] == []
