"""What every core item has, of any kind."""

from __future__ import annotations

import msgspec

from deckgen.core.reference import Citation
from deckgen.core.scoring import Scoring
from deckgen.core.stem import Stem
from deckgen.core.text import Text


class Item(msgspec.Struct, frozen=True, kw_only=True, gc=False, tag=True):
    """One thing to learn: a note in Anki, a question on a sheet.

    `kind` is the word for it everywhere: TOML, template folder, note type.
    """

    #: Permanent id, unique in the project; those of questions made from tables have slashes (`table/row/which/socket`).
    id: str
    #: Full deck name, `Networking::Sockets and ports`.
    deck: str
    #: What its card names as its subject; the last part of the deck's name where it is empty.
    topic: str = ""
    #: BCP 47 tag of its texts, empty where it is the project's.
    language: str = ""
    #: BCP 47 tag of what is answered (options, the right side, gaps), empty where it is `language`.
    answer_language: str = ""
    #: File it was written in, below `cards/` and without its ending: `networking/questions`.
    file: str
    #: Former ids, the oldest first.
    was: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    citations: tuple[Citation, ...] = ()
    explanation: Text = ""
    hint: Text = ""
    points: float = 1
    #: What its author says of how its answers become points.
    scoring: Scoring = Scoring()
    #: `easy`, `medium`, `hard` or empty.
    difficulty: str = ""
    #: The table cell it was made from or speaks of: `table/row/concept`, or empty.
    cell: str = ""
    #: What the device's voice reads aloud: names of texts, and the language and region of each (`ja-JP`).
    speak: tuple[tuple[str, str], ...] = ()
    #: False in a bank: only sheets draw it. It is in no package, guide, table page, flashcard, index or search.
    in_deck: bool = True

    #: What it is about, where it shares that with others.
    stem: Stem | None = None

    @property
    def kind(self) -> str:
        """Name the kind of item, such as `choice` or `true-false`."""
        raise NotImplementedError

    @property
    def lasting_name(self) -> str:
        """Return the oldest id that it had: a renamed item stays where it was on sheets."""
        return self.was[0] if self.was else self.id

    @property
    def subject(self) -> str:
        """Name what its card says it is about."""
        return self.topic or self.deck.rpartition("::")[2]

    @property
    def cards(self) -> int:
        """Count the cards that its note has in Anki."""
        return 1

    @property
    def asked(self) -> tuple[Item, ...]:
        """What sheets, pages and flashcards ask of it, each by itself."""
        return (self,)

    @property
    def introduces(self) -> bool:
        """Return whether its first card brings something that other items speak of."""
        return False

    @property
    def key(self) -> str:
        """Return the right answer if it is one word or option, so that equal answers can be compared; else nothing."""
        return ""
