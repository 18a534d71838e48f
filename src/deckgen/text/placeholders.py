"""Characters that replace others while a text is parsed."""

from __future__ import annotations

from typing import NamedTuple

#: Punctuation (Unicode Po) of cuneiform, Medefaidrin and Sogdian: to Markdown the same kind of character.
_CANDIDATES = "\U00012470\U00012471\U00012472\U00012473\U00012474\U00016e97\U00016e98\U00010f55\U00010f56"
#: Characters that may be hidden from the parser.
_HIDDEN = "<&$(:"
#: Letters (Unicode Lo) of cuneiform, at least one of which a text does not contain.
_LETTERS = "\U00012000\U00012001\U00012002\U00012003"


class Placeholders(NamedTuple):
    """For each character that may be hidden from the parser, one that the text does not contain."""

    pairs: tuple[tuple[str, str], ...] = ()
    #: A letter that is inserted between others, and is removed again.
    letter: str = ""

    def of(self, character: str) -> str:
        """Return the placeholder of a character."""
        return next(placeholder for placeholder, hidden in self.pairs if hidden == character)

    def restore(self, text: str) -> str:
        """Replace the placeholders by their characters."""
        for placeholder, hidden in self.pairs:
            text = text.replace(placeholder, hidden)
        return text.replace(self.letter, "") if self.letter else text


NONE = Placeholders()


def choose(text: str, block: str = "") -> tuple[str, Placeholders]:
    """Return the text, and placeholders that it does not contain; `block` is a character that would start a block."""
    hidden = _HIDDEN + (block if block not in _HIDDEN else "")
    if text.isascii():
        return text, Placeholders(tuple(zip(_CANDIDATES, hidden, strict=False)), _LETTERS[0])
    free = [candidate for candidate in _CANDIDATES if candidate not in text]
    if len(free) < len(hidden):
        # No real text contains four of these nine.
        text = text.translate(dict.fromkeys(map(ord, _CANDIDATES), "\ufffd"))
        free = list(_CANDIDATES)
    letter = next((candidate for candidate in _LETTERS if candidate not in text), "")
    if not letter:
        text, letter = text.replace(_LETTERS[0], "\ufffd"), _LETTERS[0]
    return text, Placeholders(tuple(zip(free, hidden, strict=False)), letter)
