"""Colours of diagnostics in a terminal."""

from __future__ import annotations

from collections.abc import Callable

#: What a piece of text is, and how it looks (SGR parameters, ECMA-48). The sixteen basic colours
#: only: people choose those in their terminals, on light and dark ground.
_LOOKS = {
    "error": "1;31",
    "warning": "1;33",
    "advice": "1;36",
    "strong": "1",
    "frame": "1;34",
    "second": "1;34",
    "help": "1;36",
    "escape": "35",
    "good": "1;32",
    "faint": "2",
}

Paint = Callable[[str, str], str]


def painter(*, color: bool) -> Paint:
    """Return the function that paints a text in its role; without colour it changes nothing."""
    return _colored if color else _plain


def _colored(role: str, text: str) -> str:
    return f"\x1b[{_LOOKS[role]}m{text}\x1b[0m" if text else ""


def _plain(_role: str, text: str) -> str:
    return text
