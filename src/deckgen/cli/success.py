"""The summary that a command prints on success: names and values, and what to open next."""

from __future__ import annotations

from deckgen.cli.console import is_terminal, wants_color, width

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from typing import TextIO

#: Columns of a name, with the space after it.
_NAME = 10
_BOLD, _GREEN, _PLAIN = "\x1b[1m", "\x1b[1;32m", "\x1b[0m"
_PAGE = "web/index.html"


def written(rows: Mapping[str, str], stream: TextIO) -> str:
    """Write a line for each name and its value, wrapped to the window, with colours where `stream` takes them."""
    colored = wants_color(stream)
    return "".join(_line(name, value, stream, colored=colored) for name, value in rows.items())


def to_open(outputs: Iterable[str], folder: str) -> str:
    """Return what to open next, given the paths of outputs below `folder`; empty for nothing."""
    there = set(outputs)
    packages = sorted(name for name in there if name.startswith("anki/"))
    offers = []
    if packages:
        one = packages[0] if len(packages) == 1 else "anki/*.apkg"
        offers.append(f"{folder}/{one} with Anki")
    if _PAGE in there:
        offers.append(f"{folder}/{_PAGE} in a browser")
    return f"open {', '.join(offers)}; `deckgen serve` shows everything" if offers else ""


def _line(name: str, value: str, stream: TextIO, *, colored: bool) -> str:
    room = width(stream) - _NAME if is_terminal(stream) else 0
    lines = _wrapped(value, room)
    style = _GREEN if name == "next" else _BOLD
    head = f"{style}{name}{_PLAIN}{' ' * (_NAME - len(name))}" if colored else f"{name:<{_NAME}}"
    return head + f"\n{' ' * _NAME}".join(lines) + "\n"


def _wrapped(value: str, room: int) -> list[str]:
    if room < _NAME or len(value) <= room:
        return [value]
    import textwrap

    return textwrap.wrap(value, room, break_long_words=False, break_on_hyphens=False)
