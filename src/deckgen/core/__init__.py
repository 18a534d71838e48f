"""The core language: the few kinds of item that every target knows.

Authors write richer things (concepts, tables, misconceptions); `deckgen.language`
lowers them to these. A target turns a `Course` into files and needs to know nothing else.
"""

from __future__ import annotations

from deckgen.core.choice import Choice, Option, in_source_order
from deckgen.core.cloze import Cloze, Gap, gap_marker
from deckgen.core.concept import Concept
from deckgen.core.contrast import Contrast
from deckgen.core.course import Course, Deck, Draws, Project, Published, top_level
from deckgen.core.digest import item_digest
from deckgen.core.item import Item
from deckgen.core.matching import Matching, Pair
from deckgen.core.new_order import new_card_places
from deckgen.core.note import (
    COMPANION,
    Note,
    NoteCard,
    NoteType,
    field_marker,
    fields_in,
    filled,
    is_filled,
    own_kind,
)
from deckgen.core.numeric import Numeric
from deckgen.core.open import Open
from deckgen.core.ordering import Ordering
from deckgen.core.printing import LARGE_SIZE, AnyProfile, Edge, Paper, Printing, Profile, SizedProfile
from deckgen.core.reference import Cell, Citation, Refutation, Source, Table, TableRow
from deckgen.core.scoring import Grade, Partial, Scoring
from deckgen.core.sheet import Output, Section, Sheet
from deckgen.core.short import Short
from deckgen.core.stem import Stem
from deckgen.core.student import Student
from deckgen.core.text import Html, Text
from deckgen.core.true_false import TrueFalse, Verdict
from deckgen.core.word import DIRECTIONS, Ask, Direction, Example, Gender, Word

#: Every kind of item. Each has its place in the tables of all targets, which a test compares with this one.
KINDS = (
    "choice",
    "multiple",
    "true-false",
    "cloze",
    "numeric",
    "short",
    "ordering",
    "matching",
    "open",
    "concept",
    "contrast",
    "word",
)

__all__ = [
    "COMPANION",
    "DIRECTIONS",
    "KINDS",
    "LARGE_SIZE",
    "AnyProfile",
    "Ask",
    "Cell",
    "Choice",
    "Citation",
    "Cloze",
    "Concept",
    "Contrast",
    "Course",
    "Deck",
    "Direction",
    "Draws",
    "Edge",
    "Example",
    "Gap",
    "Gender",
    "Grade",
    "Html",
    "Item",
    "Matching",
    "Note",
    "NoteCard",
    "NoteType",
    "Numeric",
    "Open",
    "Option",
    "Ordering",
    "Output",
    "Pair",
    "Paper",
    "Partial",
    "Printing",
    "Profile",
    "Project",
    "Published",
    "Refutation",
    "Scoring",
    "Section",
    "Sheet",
    "Short",
    "SizedProfile",
    "Source",
    "Stem",
    "Student",
    "Table",
    "TableRow",
    "Text",
    "TrueFalse",
    "Verdict",
    "Word",
    "field_marker",
    "fields_in",
    "filled",
    "gap_marker",
    "in_source_order",
    "is_filled",
    "item_digest",
    "new_card_places",
    "own_kind",
    "top_level",
]
