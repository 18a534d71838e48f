"""An id contains characters that are not allowed.

An id is made of lower-case letters `a`–`z`, digits and single hyphens, so that it can stand in an address,
a file name, a search in Anki and a slash-joined id of a made question without quoting.

Bad:
    ```toml
    [deck]
    name = "Arithmetic"

    [[question]]
    id     = "Six Times Seven"
    type   = "short"
    prompt = "What is six times seven?"
    answer = "42"
    ```

Good:
    ```toml
    [deck]
    name = "Arithmetic"

    [[question]]
    id     = "six-times-seven"
    type   = "short"
    prompt = "What is six times seven?"
    answer = "42"
    ```
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from deckgen.diagnostics import Diagnostic, Place
from deckgen.filenames import file_name
from deckgen.language.cards import CLASSES
from deckgen.language.comparison import Comparison
from deckgen.language.manuscript import Manuscript
from deckgen.language.sheet import Sheet
from deckgen.language.stem import Stem
from deckgen.language.word import Example, Word
from deckgen.latin import slug
from deckgen.rules._rule import Rule

RULE = Rule(__name__)
KINDS = CLASSES

_WELL_FORMED = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*").fullmatch
#: A former id may be that of a made question.
_FORMER = re.compile(r"[a-z0-9]+(?:[-/][a-z0-9]+)*").fullmatch
#: Bytes; a tag, a file name and an address still hold it comfortably.
LONGEST = 100


def check(item: Any, at: Place) -> Iterator[Diagnostic]:
    """Check the id, the former ids, and those of the rows of a table."""
    if not _WELL_FORMED(item.id) or len(item.id) > LONGEST:
        yield _found(item.id, at.child("id"))
    if isinstance(item, Sheet):
        if file_name(item.id) != item.id:
            yield RULE.error(
                f"Windows does not allow a file called `{item.id}`",
                at.child("id"),
                f"perhaps `{item.id}-test`?",
                help="the id of a sheet is the name of its folder and of its page",
            )
        return
    if isinstance(item, Stem):
        return
    for index, former in enumerate(item.was):
        if not _FORMER(former):
            yield _found(former, at.child("was", index))
    if isinstance(item, Word):
        for index, example in enumerate(item.examples):
            if isinstance(example, Example) and example.id and not _WELL_FORMED(example.id):
                yield _found(example.id, at.child("examples", index, "id"))
    if isinstance(item, Comparison):
        for kind, parts in (("row", item.row), ("match", item.match)):
            for index, part in enumerate(parts):
                yield from check_part(part, at.child(kind, index))


def check_part(part: Any, at: Place) -> Iterator[Diagnostic]:
    """Check the id of a row or a match."""
    if not _WELL_FORMED(part.id):
        yield _found(part.id, at.child("id"))
    for index, former in enumerate(part.was):
        if not _WELL_FORMED(former):
            yield _found(former, at.child("was", index))


def check_all(manuscript: Manuscript) -> Iterator[Diagnostic]:
    """Check the id of the project."""
    if not _WELL_FORMED(manuscript.project.id):
        yield _found(manuscript.project.id, Place("deckgen.toml", ("id",)))


def _found(id_: str, place: Place) -> Diagnostic:
    better = slug(id_)
    return RULE.error(
        f"malformed id `{id_}`" if id_ else "empty id",
        place,
        f"perhaps `{better}`?" if better and better != id_ else "",
        help=f"an id is lower-case letters, digits and single hyphens, at most {LONGEST} characters",
    )
