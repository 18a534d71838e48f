"""Word: a term and its meanings, with a card for each of its directions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from deckgen.anki.kind import Kind
from deckgen.anki.kinds.cloze import MARKER
from deckgen.core import DIRECTIONS
from deckgen.vocabulary import heard, typed_terms

if TYPE_CHECKING:
    import re

    from deckgen.anki.field_writer import FieldWriter
    from deckgen.core import Example, Word

#: The field that makes the card of each direction.
_GATES = tuple(direction.capitalize() for direction in DIRECTIONS)
_SPARE_CARDS = ("Card 5", "Card 6", "Card 7", "Card 8", "Card 9", "Card 10")
_MADE = "1"


def write(item: Word, writer: FieldWriter) -> tuple[str, ...]:
    """Write the word and what helps to learn it; a field that makes a card holds `1` where the word has that card."""
    typed, *accept = typed_terms(item)
    typed = writer.plain(typed)
    if item.accents != "almost":
        typed = f'<span data-accents="{item.accents}">{typed}</span>'
    return (
        writer.term(item.term),
        writer.fill("word", "meaning", [writer.term(meaning) for meaning in item.meanings]),
        writer.term(item.part),
        item.gender,
        _grammar(item, writer),
        writer.inline(heard(item, writer.words["word-sound"])) if item.sound else "",
        writer.inline(item.picture) if item.picture else "",
        writer.fill(
            "word", "examples", item.term_language, [_example(each, writer) for each in item.examples]
        )
        if item.examples
        else "",
        typed,
        writer.fill("short", "accept", [writer.plain(text) for text in accept]) if accept else "",
        item.term_language,
        *(_MADE if direction in item.directions else "" for direction in DIRECTIONS),
        *("" for _ in _SPARE_CARDS),
    )


def _grammar(item: Word, writer: FieldWriter) -> str:
    gender = writer.plain(writer.words[f"word-gender-{item.gender}"]) if item.gender else ""
    if not item.part and not gender:
        return ""
    return writer.fill("word", "grammar", writer.term(item.part), item.gender, gender, writer.language)


def _example(example: Example, writer: FieldWriter) -> tuple[str, str]:
    """Return a sentence with its gaps filled, and its translation."""

    def filled(marker: re.Match[str]) -> str:
        return f"<b>{writer.inline(example.gaps[int(marker[1])].answer)}</b>"

    translation = writer.inline(example.translation) if example.translation else ""
    return MARKER.sub(filled, writer.inline(example.text)), translation


KIND = Kind(
    name="word",
    own=(
        "Term",
        "Meaning",
        "Part",
        "Gender",
        "Grammar",
        "Sound",
        "Picture",
        "Examples",
        "Typed",
        "Accept",
        "Language",
        *_GATES,
        *_SPARE_CARDS,
    ),
    folded=frozenset({"Gender", "Typed", "Language", *_GATES, *_SPARE_CARDS}),
    cards=("anki-side-recognise", "anki-side-produce", "anki-side-listen", "anki-side-spell"),
    tasks=("anki-task-recognise", "anki-task-produce", "anki-task-listen", "anki-task-spell"),
    gates=_GATES,
    spare_cards=_SPARE_CARDS,
    # The term without its readings.
    sort="Typed",
    spoken={"term": "Term", "meaning": "Meaning"},
    write=write,
)
