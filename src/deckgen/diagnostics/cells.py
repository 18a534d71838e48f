"""An author's characters as cells of a terminal, with nothing in them that could command it."""

from __future__ import annotations

import unicodedata
from typing import NamedTuple

#: A tab extends to the next multiple of so many cells.
TAB = 4

_VARIATION_16 = "\ufe0f"
_JOINER, _NON_JOINER = "\u200d", "\u200c"
_KEYCAPS = frozenset("#*0123456789")
# Control and format characters, surrogates, separators of lines and paragraphs. Format characters
# turn the direction of text or cannot be seen at all: "Trojan Source", CVE-2021-42574.
_HIDDEN = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
_MARKS = frozenset({"Mn", "Me"})
_WIDE = 2


class Cell(NamedTuple):
    """What one character becomes on the screen."""

    shown: str
    #: Cells it takes: 0 for a mark on the character before it.
    width: int
    #: The character is shown by its number, `<U+202E>`, since it would be unseen or do harm.
    escaped: bool = False


def cells(line: str) -> list[Cell]:
    """Return one cell for each character of a line.

    Widths are those of UAX #11, with emoji sequences (joiners, skin tones, variation 16) as wide as
    one emoji. A tab is as wide as its place in the line makes it.
    """
    if line.isascii() and line.isprintable():
        return [Cell(character, 1) for character in line]
    row: list[Cell] = []
    column = 0
    for index, character in enumerate(line):
        before = line[index - 1] if index else ""
        cell = _tab(column) if character == "\t" else _cell(character, before, row)
        if character == _VARIATION_16 and row and row[-1].width == 1 and _has_emoji_form(before):
            row[-1] = row[-1]._replace(width=_WIDE)
            column += 1
        row.append(cell)
        column += cell.width
    return row


def visible(text: str) -> str:
    """Return one line of prose with hidden and harmful characters shown by their numbers."""
    if text.isprintable() and text.isascii():
        return text
    return "".join(cell.shown for cell in cells(text.replace("\t", " ")))


def width(text: str) -> int:
    """Return how many cells a line takes."""
    if text.isascii() and text.isprintable():
        return len(text)
    return sum(cell.width for cell in cells(text))


def _tab(column: int) -> Cell:
    wide = TAB - column % TAB
    return Cell(" " * wide, wide)


def _cell(character: str, before: str, row: list[Cell]) -> Cell:
    if character in {_JOINER, _NON_JOINER} and _joins(before, row):
        return Cell(character, 0)
    category = unicodedata.category(character)
    if category in _HIDDEN:
        name = f"<U+{ord(character):04X}>"
        return Cell(name, len(name), escaped=True)
    if category in _MARKS or _is_jamo_tail(character):
        return Cell(character, 0)
    if not _is_wide(character):
        return Cell(character, 1)
    return Cell(character, 0 if _extends_emoji(character, before, row) else _WIDE)


def _joins(before: str, row: list[Cell]) -> bool:
    """Return whether a joiner does its work here: in an emoji, or in a script that needs it.

    Between Latin letters it would only make two ids look the same.
    """
    return bool(row) and not row[-1].escaped and ord(before) >= ord("\u0590")  # Hebrew is the first


def _has_emoji_form(character: str) -> bool:
    return character in _KEYCAPS or unicodedata.category(character) in {"So", "Sm", "Po"}


def _is_wide(character: str) -> bool:
    # Emoji younger than this Python's Unicode are unassigned to it, but terminals may know them.
    return unicodedata.east_asian_width(character) in {"W", "F"} or (
        "\U0001f300" <= character <= "\U0001faff" and unicodedata.category(character) == "Cn"
    )


def _extends_emoji(character: str, before: str, row: list[Cell]) -> bool:
    """Return whether a wide character changes the emoji before it: by a joiner, or as its skin tone."""
    if before != _JOINER and not "\U0001f3fb" <= character <= "\U0001f3ff":
        return False
    base = next((cell for cell in reversed(row) if cell.width), None)
    return base is not None and base.width == _WIDE


def _is_jamo_tail(character: str) -> bool:
    """Return whether it is a Korean vowel or tail, which joins the syllable before it."""
    return "\u1160" <= character <= "\u11ff" or "\ud7b0" <= character <= "\ud7fb"
