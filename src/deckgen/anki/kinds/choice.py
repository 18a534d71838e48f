"""Choice: a question and its options, of which one is right."""

from __future__ import annotations

import re
from hashlib import blake2b
from typing import TYPE_CHECKING

from deckgen.anki.kind import Kind
from deckgen.text import plain

if TYPE_CHECKING:
    from deckgen.anki.field_writer import FieldWriter
    from deckgen.core import Choice, Option, Text

_FORMULA = re.compile(r"\$\$?[^$]+\$\$?")


def write(item: Choice, writer: FieldWriter) -> tuple[str, ...]:
    """Write the options in an order that gives nothing away, in case no script shuffles them."""
    options = [
        (
            writer.on_request(option.text),
            option.right,
            option.last,
            writer.on_request(option.why) if option.why else "",
            writer.attribute(plain(option.text)) if _is_formula(option.text) else "",
        )
        for option in sorted(item.options, key=lambda option: _rank(item.id, option))
    ]
    return writer.block(item.prompt), writer.fill("choice", "options", options)


def _is_formula(text: Text) -> bool:
    """Return whether an option is only a formula: a screen reader would spell out its LaTeX."""
    return isinstance(text, str) and _FORMULA.fullmatch(text.strip()) is not None


def _rank(item_id: str, option: Option) -> tuple[bool, bytes]:
    return option.last, blake2b(f"{item_id}\n{option.text}".encode(), digest_size=8).digest()


KIND = Kind(
    name="choice",
    own=("Question", "Options"),
    tasks=("anki-task-choice",),
    spoken={"prompt": "Question"},
    write=write,
)
