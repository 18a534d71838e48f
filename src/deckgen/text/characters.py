"""Characters that texts must not contain, and the markers for the gaps of a cloze."""

from __future__ import annotations

import re
import sys

from deckgen.patterns import lazy_pattern

_NONCHARACTERS = "\ufdd0-\ufdef\ufffe\uffff" + "".join(
    f"{chr(plane + 0xFFFE)}{chr(plane + 0xFFFF)}" for plane in range(0x10000, 0x110000, 0x10000)
)
#: Controls but tab and newline, lone surrogates, noncharacters (Unicode 23.7).
FORBIDDEN = lazy_pattern(f"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff{_NONCHARACTERS}]")
#: What `deckgen.core.cloze.gap_marker` writes: an index between two noncharacters.
GAP = lazy_pattern("\ufdd0([0-9]+)\ufdd1")
_FORBIDDEN_OR_GAP = lazy_pattern(f"{GAP.pattern}|{FORBIDDEN.pattern}")
_REFERENCE = lazy_pattern(r"(?<!\\)((?:\\\\)*)&#(?:([0-9]{1,7})|[xX]([0-9a-fA-F]{1,6}));")


def clean(text: str) -> str:
    r"""Replace forbidden characters by U+FFFD and line ends by `\n`; gap markers stay.

    Total: `problems` has told the author before, this keeps the output valid for any input.
    """
    # Most texts are one printable line, and this test costs a third of the regex.
    if text.isprintable() or FORBIDDEN.search(text) is None:
        return text
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return _FORBIDDEN_OR_GAP.sub(_keep_gap, text)


def forbidden_references(text: str) -> list[re.Match[str]]:
    """Find the numeric references (`&#31;`) to forbidden characters, except NUL and surrogates.

    CommonMark itself makes U+FFFD of those two. Group 1 is the backslashes before the `&`.
    """
    return [found for found in _REFERENCE.finditer(text) if _is_forbidden(found)]


def without_gaps(text: str, blank: str = "…") -> str:
    """Replace every gap marker by `blank`: gaps in attributes cannot be filled."""
    return GAP.sub(blank, text) if "\ufdd0" in text else text


def _keep_gap(found: re.Match[str]) -> str:
    return "\ufffd" if found[1] is None else found[0]


def _is_forbidden(found: re.Match[str]) -> bool:
    code = int(found[2]) if found[2] else int(found[3], 16)
    if code == 0 or code > sys.maxunicode or 0xD800 <= code <= 0xDFFF:  # noqa: PLR2004 - Unicode's surrogates
        return False
    return FORBIDDEN.match(chr(code)) is not None
