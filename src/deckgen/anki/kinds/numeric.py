"""Numeric: a question, and a number with its tolerance and unit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from deckgen.anki.kind import Kind
from deckgen.core.number import significant_digits
from deckgen.numerals import exactness, is_exact, written, written_tolerance

if TYPE_CHECKING:
    from deckgen.anki.pen import Pen
    from deckgen.core import Numeric


def write(item: Numeric, pen: Pen) -> tuple[str, ...]:
    """Write the number in the way of the language, with the author's spelling for the card's script."""
    digits = significant_digits(item.tolerance)
    answer = _spelled(written(item.answer, pen.language), item.answer, item.tolerance if digits else "", pen)
    if digits:
        answer += f' <span class="exactness">({pen.plain(exactness(item.tolerance, pen.language))})</span>'
    tolerance = ""
    if not digits and not is_exact(item.tolerance):
        tolerance = _spelled(written_tolerance(item.tolerance, pen.language), item.tolerance, "", pen)
    return pen.block(item.prompt), answer, tolerance, pen.plain(item.unit)


def _spelled(shown: str, spelling: str, tolerance: str, pen: Pen) -> str:
    """Keep the spelling beside what is shown; a plain whole number is both."""
    if shown == spelling and spelling.isdecimal() and not tolerance:
        return pen.plain(shown)
    more = f' data-tolerance="{pen.attribute(tolerance)}"' if tolerance else ""
    return f'<span data-value="{pen.attribute(spelling)}"{more}>{pen.plain(shown)}</span>'


KIND = Kind(
    name="numeric",
    own=("Question", "Answer", "Tolerance", "Unit"),
    tasks=("anki-task-numeric",),
    write=write,
)
