"""Explain keys and tables that are there twice: correct by themselves, but not in their file."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from deckgen.toml.scanner import Entry, elements, members, statements
from deckgen.toml.tokens import tokens

from .finding import Finding, shorten

if TYPE_CHECKING:
    from collections.abc import Iterable

    from deckgen.toml.outline import Block
    from deckgen.toml.positions import Positions
    from deckgen.toml.spot import Path, Span

_VALUE, _DOTTED, _TABLE, _LIST = "a value", "a dotted key", "a header", "a list's header"
_RENAME = "choose another name for one of the two"
_ONE_PLACE = "put all its keys in one place; for a list of tables write `[[…]]` each time"


class _Site(NamedTuple):
    """A name of a dotted key or header, and the entries of its own table in front of it."""

    names: tuple[str, ...]
    keys: tuple[Span, ...]
    number: int
    before: tuple[Entry, ...]
    is_inline: bool


def twice(text: str, positions: Positions, block: Block, at: int) -> Finding | None:
    """Explain the key or header at this offset, if the same one is further up."""
    if block.header and at < block.header.span[1]:
        return _header_twice(text, positions, block, at)
    site = _find_site(text, statements(text, block.body, block.end), at, is_inline=False)
    if site is None:
        return None
    span = site.keys[site.number]
    name = shorten(text[site.keys[0][0] : span[1]])
    first = _first_in_table(site)
    if first is None and not site.is_inline:
        first = _first_in_file(positions, (*block.path, *site.names[: site.number + 1]), at)
    if first is None:
        return _extended(positions, block, site, at)
    also = (first, f"`{name}` is given here first")
    if site.number == len(site.names) - 1:
        return Finding(f"the key `{name}` is there twice", span, _next_item_help(block), also)
    if _made_by(text, first) == _VALUE:
        return Finding(f"`{name}` has a value already and cannot be a table", span, _RENAME, also)
    return Finding(f"the table `{name}` is made twice", span, _ONE_PLACE, also)


def _extended(positions: Positions, block: Block, site: _Site, at: int) -> Finding | None:
    """Explain a dotted key that would add to what a header has made."""
    for number in range(site.number - 1, -1, -1):
        names = site.names[: number + 1]
        first = _first_in_file(positions, (*block.path, *names), at)
        if first:
            name = shorten(".".join(names))
            message = f"`{name}` is made by a header, and a dotted key cannot add to it"
            help_ = "put the key under that header"
            return Finding(message, (site.keys[0][0], site.keys[number][1]), help_, (first, "made here"))
    return None


def _made_by(text: str, name: Span) -> str:
    """Tell what makes a name: a value, a dotted key, a header, or a header of a list."""
    line = text[text.rfind("\n", 0, name[0]) + 1 : name[0]].lstrip()
    if line.startswith("["):
        return _LIST if line.startswith("[[") else _TABLE
    return _DOTTED if tokens().dot.match(text, name[1]) else _VALUE


def _next_item_help(block: Block) -> str:
    if block.header and block.header.is_array:
        header = f"[[{'.'.join(block.header.names)}]]"
        return f"delete one of the two; a further item starts with a line `{header}`"
    return "delete one of the two"


def _find_site(text: str, entries: Iterable[Entry], at: int, *, is_inline: bool) -> _Site | None:
    """Find the key at an offset; there is no mistake before it."""
    before: list[Entry] = []
    for entry in entries:
        for number, span in enumerate(entry.keys):
            if span[0] <= at < span[1]:
                return _Site(entry.names, entry.keys, number, tuple(before), is_inline)
        if entry.value[0] <= at < entry.value[1]:
            return _find_inside(text, entry.value[0], at)
        before.append(entry)
    return None


def _find_inside(text: str, opened: int, at: int) -> _Site | None:
    while text[opened] == "[":
        inner = [span for span in elements(text, opened) if span[0] <= at < span[1]]
        if not inner:
            return None
        opened = inner[0][0]
    if text[opened] != "{":
        return None
    return _find_site(text, members(text, opened), at, is_inline=True)


def _first_in_table(site: _Site) -> Span | None:
    names = site.names[: site.number + 1]
    for entry in site.before:
        if entry.names[: len(names)] == names:
            return entry.keys[site.number]
    return None


def _first_in_file(positions: Positions, path: Path, at: int) -> Span | None:
    spans = [key or value for key, value in positions.places(path)]
    earlier = [span for span in spans if span[1] <= at]
    return min(earlier, default=None)


def _header_twice(text: str, positions: Positions, block: Block, at: int) -> Finding | None:
    header = block.header
    if header is None:
        return None
    number = next((n for n, span in enumerate(header.keys) if span[0] <= at < span[1]), -1)
    path = _without_last_indexes(block.path, number % len(header.names))
    first = _first_in_file(positions, path, header.span[0])
    if first is None:
        return None
    this = shorten(text[header.span[0] : header.span[1]])
    name = shorten(".".join(header.names[: number % len(header.names) + 1]))
    also = (first, f"`{name}` is made here")
    made_by = _made_by(text, first)
    if made_by == _VALUE:
        message = f"`{name}` has a value already and cannot be a table"
        return Finding(message, header.keys[number], _RENAME, also)
    if header.is_array and made_by != _LIST:
        message = f"`{this}` adds to a list, but `{name}` is one table"
        return Finding(message, header.span, f"write `{this}` at both places", also)
    if not header.is_array and made_by == _LIST:
        message = f"`{this}` makes one table, but `{name}` is a list of tables"
        return Finding(message, header.span, f"for one more element write `[[{name}]]`", also)
    return Finding(f"the table `{this}` is made twice", header.span, _ONE_PLACE, also)


def _without_last_indexes(path: Path, number: int) -> Path:
    """Return the path up to the name of this number, without the indexes after it."""
    seen = -1
    for length, part in enumerate(path, start=1):
        seen += isinstance(part, str)
        if seen == number:
            return path[:length]
    return path
