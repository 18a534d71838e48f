"""Numeric: a question, and a number with its tolerance and unit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from deckgen.anki.kind import Kind
from deckgen.core.number import significant_digits
from deckgen.numerals import exactness, is_exact, written, written_tolerance

if TYPE_CHECKING:
    from deckgen.anki.field_writer import FieldWriter
    from deckgen.core import Numeric


def write(item: Numeric, writer: FieldWriter) -> tuple[str, ...]:
    """Write the number as the language does, with the author's spelling for the card's script."""
    digits = significant_digits(item.tolerance)
    answer = _spelled(
        written(item.answer, writer.language), item.answer, item.tolerance if digits else "", writer
    )
    if digits:
        answer += (
            f' <span class="exactness">({writer.plain(exactness(item.tolerance, writer.language))})</span>'
        )
    tolerance = ""
    if not digits and not is_exact(item.tolerance):
        tolerance = _spelled(written_tolerance(item.tolerance, writer.language), item.tolerance, "", writer)
    return writer.block(item.prompt), answer, tolerance, writer.plain(item.unit)


def _spelled(shown: str, spelling: str, tolerance: str, writer: FieldWriter) -> str:
    """Add the spelling to what is shown; for a plain whole number they are the same."""
    if shown == spelling and spelling.isdecimal() and not tolerance:
        return writer.plain(shown)
    more = f' data-tolerance="{writer.attribute(tolerance)}"' if tolerance else ""
    return f'<span data-value="{writer.attribute(spelling)}"{more}>{writer.plain(shown)}</span>'


KIND = Kind(
    name="numeric",
    own=("Question", "Answer", "Tolerance", "Unit"),
    tasks=("anki-task-numeric",),
    spoken={"prompt": "Question"},
    write=write,
)
