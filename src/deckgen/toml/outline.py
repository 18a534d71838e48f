"""Find the table headers of a text, and their paths, in one fast pass."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from .scanner import Header, Mistake, open_string, read_header, skip, skip_value
from .tokens import tokens

if TYPE_CHECKING:
    from .spot import Path


class Block(NamedTuple):
    """A header and the statements below it, up to the next header. The first has no header."""

    path: Path
    header: Header | None
    body: int
    end: int


class Outline:
    """The blocks of a text, in order, up to the first mistake that hides the rest."""

    def __init__(self, text: str) -> None:
        self.blocks: list[Block] = []
        self.mistake: Mistake | None = None
        self.by_path: dict[Path, Block] = {}
        # Paths that no header opens but some pass through: the first such header and
        # the number of the name in it.
        self.passed: dict[Path, tuple[Header, int]] = {}
        self._counts: dict[Path, int] = {}
        try:
            self._read(text)
        except Mistake as mistake:
            self.mistake = mistake

    def _read(self, text: str) -> None:
        end = self._add_block((), None, text, 0)
        while end < len(text):
            header = read_header(text, end)
            end = self._add_block(self._path(header), header, text, header.span[1])

    def _add_block(self, path: Path, header: Header | None, text: str, body: int) -> int:
        """Add the block whose statements start at `body`, even when a mistake ends it."""
        end = len(text)
        try:
            end = _skip_body(text, body)
        finally:
            block = Block(path, header, body, end)
            self.blocks.append(block)
            self.by_path.setdefault(path, block)
        return end

    def _path(self, header: Header) -> Path:
        """Return the header's path: an array of tables on the way means its last element."""
        path: Path = ()
        last = len(header.names) - 1
        for number, name in enumerate(header.names):
            path = (*path, name)
            if number == last and header.is_array:
                self._counts[path] = self._counts.get(path, 0) + 1
            elif number == last:
                return path
            self.passed.setdefault(path, (header, number))
            count = self._counts.get(path)
            if count is not None:
                path = (*path, count - 1)
        return path


def _skip_body(text: str, at: int) -> int:
    """Return the offset of the next header, or the text's length."""
    body = tokens().body
    here = skip(body, text, at)
    while text[here : here + 1] == "[" and _is_value(text, here):
        here = skip(body, text, skip_value(text, here))
    if here < len(text) and text[here] != "[":
        raise open_string(text, here)
    return here


def _is_value(text: str, at: int) -> bool:
    """Return whether a bracket belongs to an array, after `=`, and not to a header."""
    while at > 0 and text[at - 1] in " \t":
        at -= 1
    return at > 0 and text[at - 1] == "="
