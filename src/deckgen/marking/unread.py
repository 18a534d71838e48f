"""Pages that could not be read: a person sees each, scans it again, or says that it is to be ignored."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

import msgspec

from deckgen.marking.deciding import Crop
from deckgen.marking.reading import Fault, Reading

if TYPE_CHECKING:
    from deckgen.marking.decisions import Decisions
    from deckgen.marking.marking import Pile

#: More than any page has, mm.
_WHOLE = 10_000.0


class UnreadAsk(msgspec.Struct, frozen=True):
    """Whether a page that could not be read is to be ignored."""

    reading: Reading
    #: The codes that are known, with their versions: `ABCD (A), EFGH (B)`.
    codes: str
    is_ignored: bool
    #: Fixed words.
    text: Mapping[str, str]

    @property
    def id(self) -> str:
        return f"unread/{self.reading.key}"

    @property
    def decided(self) -> bool | None:
        return self.is_ignored or None

    @property
    def why(self) -> str:
        """Why it could not be read, in fixed words."""
        said = self.text[f"review-fault-{self.reading.fault}"]
        return said.format(code=self.reading.code, codes=self.codes)

    @property
    def crops(self) -> tuple[Crop, ...]:
        if self.reading.fault is Fault.DAMAGED:
            return ()
        text = self.text["review-crop-page"].format(page=self.reading.name)
        return (Crop(self.reading.key, 0, 0, _WHOLE, _WHOLE, text),)

    @property
    def line(self) -> str:
        return f"{self.reading.name}: {self.why}"

    def shown(self) -> dict[str, Any]:
        return {"kind": "unread", "page": self.reading.name, "why": self.why}

    def decide(self, decisions: Decisions, value: Any) -> bool:
        if value is True:
            decisions.ignored.add(self.reading.key)
        elif value is None:
            decisions.ignored.discard(self.reading.key)
        return value is True or value is None


def unread(pile: Pile, decisions: Decisions, text: Mapping[str, str]) -> Iterator[UnreadAsk]:
    """Yield the pages that could not be read, in the order of the scans; `text` has fixed words."""
    codes = ", ".join(f"{sheet.code} ({sheet.version})" for sheet in pile.sheets)
    for each in pile.faults:
        yield UnreadAsk(each, codes, each.key in decisions.ignored, text)
