"""Anki's cloze language: `{{c1::answer::hint}}`, nested, read and shown exactly as Anki does (rslib/cloze.rs)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from deckgen.patterns import lazy_pattern

#: Anki reads deeper nesting as if the inner opening brackets were not there.
DEEPEST = 10
#: Anki's highest card ordinal of a cloze note.
LAST_ORDINAL = 499

_MARK = lazy_pattern(r"\{\{c([0-9,]+)::|\}\}")
_MATHS = lazy_pattern(r"(\\[(\[])(.*?)(\\[\])])", re.DOTALL)
_TAG = lazy_pattern(
    r"<!--.*?-->|<style.*?>.*?</style>|<script.*?>.*?</script>|<.*?>", re.DOTALL | re.IGNORECASE
)
#: Numbers are 16 bits wide in Anki; a larger one does not count.
_HIGHEST_NUMBER = 65535


class Deletion:
    """One `{{c1::…}}`: its numbers, its content, and its hint if it has one."""

    __slots__ = ("hint", "nodes", "numbers")

    def __init__(self, numbers: tuple[int, ...]) -> None:
        self.numbers = numbers
        self.nodes: list[str | Deletion] = []
        self.hint: str | None = None

    @property
    def text(self) -> str:
        """Its text, without brackets and hints."""
        return "".join(node if isinstance(node, str) else node.text for node in self.nodes)


def parse(text: str) -> list[str | Deletion]:
    """Parse a field into text and deletions; a deletion that is never closed is dropped, as in Anki."""
    top: list[str | Deletion] = []
    opened: list[Deletion] = []
    for token in _tokens(text):
        if isinstance(token, str):
            if opened:
                _add_text(opened[-1], token)
            else:
                top.append(token)
        elif token:
            if len(opened) < DEEPEST:
                opened.append(Deletion(token))
        elif opened:
            closed = opened.pop()
            (opened[-1].nodes if opened else top).append(closed)
        else:
            top.append("}}")
    return top


def numbers(values: Iterable[str]) -> frozenset[int]:
    """Return the numbers of all deletions in a note's fields; 0 does not count in Anki."""
    found: set[int] = set()
    for value in values:
        if "{{c" in value:
            found.update(_numbers(parse(value)))
    return frozenset(found - {0})


def ordinals(values: Iterable[str]) -> tuple[int, ...]:
    """Return the ordinals of the cards that a cloze note with these fields has, ascending."""
    return tuple(sorted({min(number - 1, LAST_ORDINAL) for number in numbers(values)}))


def show(text: str, number: int, *, question: bool) -> str:
    """Return the result of the filter `cloze:` for a field, empty if it has no deletion of this number."""
    nodes = parse(text)
    if number not in set(_numbers(nodes)):
        return ""
    shown = "".join(node if isinstance(node, str) else _shown(node, number, question) for node in nodes)
    return _MATHS.sub(lambda m: m[1] + _TAG.sub("", m[2]) + m[3], shown)


def show_only(text: str, number: int, *, question: bool) -> str:
    """Return the result of the filter `cloze-only:` for a field: the deletions alone."""
    return ", ".join(_alone(parse(text), number, question))


def _tokens(text: str) -> Iterator[str | tuple[int, ...]]:
    """Yield texts, the numbers of each opening bracket, and an empty tuple for each closing one."""
    start = 0
    for mark in _MARK.finditer(text):
        numbers: tuple[int, ...] = ()
        if mark[1] is not None:
            numbers = tuple(sorted({int(n) for n in mark[1].split(",") if n and int(n) <= _HIGHEST_NUMBER}))
            if not numbers:
                continue
        if mark.start() > start:
            yield text[start : mark.start()]
        yield numbers
        start = mark.end()
    if start < len(text):
        yield text[start:]


def _add_text(deletion: Deletion, text: str) -> None:
    if not text.startswith("image-occlusion:"):
        text, colons, hint = text.partition("::")
        if colons:
            deletion.hint = hint
    deletion.nodes.append(text)


def _numbers(nodes: list[str | Deletion]) -> Iterator[int]:
    for node in nodes:
        if isinstance(node, Deletion):
            yield from node.numbers
            yield from _numbers(node.nodes)


def _shown(deletion: Deletion, number: int, question: bool) -> str:
    inner = "".join(
        node if isinstance(node, str) else _shown(node, number, question) for node in deletion.nodes
    )
    ordinal = ",".join(map(str, deletion.numbers))
    if number not in deletion.numbers:
        return f'<span class="cloze-inactive" data-ordinal="{ordinal}">{inner}</span>'
    if question:
        hint = "..." if deletion.hint is None else deletion.hint
        return (
            f'<span class="cloze" data-cloze="{_attribute(inner)}" data-ordinal="{ordinal}">[{hint}]</span>'
        )
    return f'<span class="cloze" data-ordinal="{ordinal}">{inner}</span>'


def _alone(nodes: list[str | Deletion], number: int, question: bool) -> Iterator[str]:
    for node in nodes:
        if isinstance(node, Deletion):
            if number in node.numbers:
                yield ("..." if node.hint is None else node.hint) if question else node.text
            yield from _alone(node.nodes, number, question)


_NAMED = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;"}


def _attribute(text: str) -> str:
    """Escape as Anki's `encode_attribute`: all of Latin-1 but ASCII letters and digits."""
    return "".join(
        char
        if (char.isascii() and char.isalnum()) or ord(char) >= 256  # noqa: PLR2004
        else _NAMED.get(char, f"&#x{ord(char):X};")
        for char in text
    )
