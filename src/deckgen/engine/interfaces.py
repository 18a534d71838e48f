"""What other files, sheets and pages see of a file of cards: where it is the same, only its own notes can differ."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import blake2b
from typing import Any

import msgspec

from deckgen.compiler.check import may_show_pictures
from deckgen.language.annotations import Distractor
from deckgen.language.manuscript import File, Manuscript
from deckgen.language.question import Question
from deckgen.language.texts import texts
from deckgen.text import images


def interface(file: File) -> str:
    """Return a digest of a file's interface: all of it but what its questions say.

    Of a question it holds what rules compare between files (ids, sources, misconceptions), what sheets select by
    (tags, difficulty), its type and the pictures it shows. Everything else stands in it whole.
    """
    shows = may_show_pictures(file.text)
    parts = [
        (type(entry.item).__name__, _of_question(entry.item, shows=shows))
        if isinstance(entry.item, Question)
        else (type(entry.item).__name__, entry.item)
        for entry in file.entries
    ]
    whole = (file.deck, file.sources, parts, [entry.item for entry in file.sheets])
    return blake2b(msgspec.msgpack.encode(whole), digest_size=12).hexdigest()


def interfaces_of(manuscript: Manuscript) -> dict[str, str]:
    """Return the interface of each file by its name."""
    return {file.name: interface(file) for file in manuscript.files}


def exporters(manuscript: Manuscript) -> tuple[str, ...]:
    """Return the names of the files that questions of other files draw on."""
    return tuple(
        file.name
        for file in manuscript.files
        if file.sources or any(not isinstance(entry.item, Question) for entry in file.entries)
    )


def _of_question(item: Question, *, shows: bool) -> tuple[Any, ...]:
    behind = [
        option.misconception
        for option in getattr(item, "distractors", ())
        if isinstance(option, Distractor) and option.misconception
    ]
    pictures = list(_pictures(item)) if shows else []
    return item.id, item.was, item.tags, item.sources, item.difficulty, behind, pictures


def _pictures(item: Question) -> Iterator[str]:
    for _, text, is_markdown in texts(item):
        if is_markdown:
            yield from images(text)
