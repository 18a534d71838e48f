"""A file of cards: the contents of a TOML file below `cards/`."""

from typing import Annotated, Any, get_args, get_type_hints

import msgspec
from msgspec import Meta

from deckgen.language.comparison import Comparison
from deckgen.language.concept import Concept
from deckgen.language.deck import Deck
from deckgen.language.misconception import Misconception
from deckgen.language.note import Note
from deckgen.language.note_type import NoteType
from deckgen.language.question import AnyQuestion
from deckgen.language.sheet import Sheet
from deckgen.language.source import Source
from deckgen.language.stem import Stem
from deckgen.language.table import Table
from deckgen.language.word import Word


class CardsFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The whole file."""

    deck: Deck | None = None
    source: Annotated[dict[str, Source], Meta(description="The registry of sources, by key.")] = {}
    notetype: Annotated[
        dict[str, NoteType], Meta(description="Types of notes of your own, by name; known in all files.")
    ] = {}
    concept: tuple[Concept, ...] = ()
    word: tuple[Word, ...] = ()
    question: tuple[AnyQuestion, ...] = ()
    comparison: tuple[Comparison, ...] = ()
    misconception: tuple[Misconception, ...] = ()
    note: tuple[Note, ...] = ()
    stem: tuple[Stem, ...] = ()
    sheet: tuple[Sheet, ...] = ()
    table: tuple[Table, ...] = ()


#: The arrays of tables of a file, by their keys, with the type of each: `[[question]]`, `[[sheet]]`.
#: A `[[table]]` is not one of them: its rows are.
TABLES: dict[str, Any] = {
    key: get_args(hint)[0]
    for key, hint in get_type_hints(CardsFile).items()
    if getattr(hint, "__origin__", None) is tuple and key != "table"
}
#: Those of them that contain items, which belong to a deck.
ITEMS = tuple(key for key in TABLES if key not in ("sheet", "stem"))
#: What the rows of a `[[table]]` may become: (the key of the TOML table, the `type` or nothing), by the word for it.
ROW_KINDS: dict[str, tuple[str, str]] = {key: (key, "") for key in ITEMS} | {
    str(kind.__struct_config__.tag): (key, str(kind.__struct_config__.tag))
    for key in ITEMS
    for kind in get_args(TABLES[key])
}


def _classes(keys: tuple[str, ...]) -> tuple[type[msgspec.Struct], ...]:
    # `[[question]]` is a union of classes, one for each type.
    return tuple(each for key in keys for each in get_args(TABLES[key]) or (TABLES[key],))


#: The classes of all items, and of all arrays of tables.
ITEM_CLASSES = _classes(ITEMS)
CLASSES = _classes(tuple(TABLES))
