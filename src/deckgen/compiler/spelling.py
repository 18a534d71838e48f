"""Keep how authors spell numbers: a decoder makes `3.1` of `3.10`, and 24 digits of `6.022e23`."""

from __future__ import annotations

import re
from typing import Any

from deckgen.patterns import lazy_pattern
from deckgen.toml import Positions

#: The keys whose spelling is kept, in questions of this type.
_TYPE = "numeric"
_KEYS = ("answer", "tolerance")
_LINE = lazy_pattern(
    r"""\n[ \t]*(answer|tolerance)[ \t]*=[ \t]*([+-]?[0-9][0-9A-Za-z_.+-]*)[ \t]*(?:#.*)?$""", re.MULTILINE
)


def keep_spelling(raw: dict[str, Any], text: str) -> None:
    """Put the spelling in the place of the numbers of decoded numeric questions, where it differs from Python's."""
    if _TYPE not in text or not isinstance(raw.get("question"), list):
        return
    wanted = [
        (question, index, key)
        for index, question in enumerate(raw["question"])
        if isinstance(question, dict) and question.get("type") == _TYPE
        for key in question
        if key in _KEYS and isinstance(question[key], int | float) and not isinstance(question[key], bool)
    ]
    if not wanted:
        return
    # Nearly every file has a key on each line, where one search finds all. The positions of keys are exact, and
    # many times slower.
    lines = [(found[1], found[2]) for found in _LINE.finditer(f"\n{text}")]
    in_lines = len(lines) == len(wanted) and all(
        key == line[0] and _is(question[key], line[1])
        for (question, _, key), line in zip(wanted, lines, strict=True)
    )
    positions = None if in_lines else Positions(text)
    for place, (question, index, key) in enumerate(wanted):
        if positions is None:
            spelling = lines[place][1]
        else:
            span = next((value for _, value in positions.places(("question", index, key))), None)
            spelling = text[slice(*span)] if span else ""
        if spelling != repr(question[key]) and _is(question[key], spelling):
            question[key] = spelling.replace("_", "")


def _is(value: float, spelling: str) -> bool:
    """Return whether a number that was decoded may be spelled like this."""
    try:
        read = int(spelling, 0) if isinstance(value, int) else float(spelling)
    except ValueError:
        return False
    return read == value
