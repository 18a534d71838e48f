"""`[[question]]`: the nine types, one a file."""

from deckgen.language.question.choice import Choice
from deckgen.language.question.cloze import Cloze
from deckgen.language.question.common import Question
from deckgen.language.question.matching import Matching
from deckgen.language.question.multiple import Multiple
from deckgen.language.question.numeric import Numeric
from deckgen.language.question.open import Open
from deckgen.language.question.ordering import Ordering
from deckgen.language.question.short import Short
from deckgen.language.question.true_false import TrueFalse

#: The one list of question types.
AnyQuestion = Choice | Multiple | TrueFalse | Cloze | Numeric | Short | Ordering | Matching | Open

__all__ = [
    "AnyQuestion",
    "Choice",
    "Cloze",
    "Matching",
    "Multiple",
    "Numeric",
    "Open",
    "Ordering",
    "Question",
    "Short",
    "TrueFalse",
]
