"""Characters that stand in for others while a text is parsed."""

from __future__ import annotations

from typing import NamedTuple

#: Punctuation (Unicode Po) of cuneiform, Medefaidrin and Sogdian: to Markdown the same kind of character.
_CANDIDATES = "\U00012470\U00012471\U00012472\U00012473\U00012474\U00016e97\U00016e98\U00010f55\U00010f56"
#: What is ever hidden from the parser.
_HIDDEN = "<&$(:"


class StandIns(NamedTuple):
    """For each character that may be hidden from the parser, one that the text does not hold."""

    pairs: tuple[tuple[str, str], ...] = ()

    def of(self, character: str) -> str:
        """Return what stands in for a character."""
        return next(stand_in for stand_in, hidden in self.pairs if hidden == character)

    def restore(self, text: str) -> str:
        """Put back what the stand-ins stand for."""
        for stand_in, hidden in self.pairs:
            text = text.replace(stand_in, hidden)
        return text


NONE = StandIns()
_USUAL = StandIns(tuple(zip(_CANDIDATES, _HIDDEN, strict=False)))


def choose(text: str) -> tuple[str, StandIns]:
    """Return the text, and stand-ins that it does not hold."""
    if text.isascii():
        return text, _USUAL
    free = [candidate for candidate in _CANDIDATES if candidate not in text]
    if len(free) < len(_HIDDEN):
        # No honest text holds five of these nine.
        text = text.translate(dict.fromkeys(map(ord, _CANDIDATES), "\ufffd"))
        free = list(_CANDIDATES)
    return text, StandIns(tuple(zip(free, _HIDDEN, strict=False)))
