"""Words of texts, and lists of English words that advice looks for."""

from __future__ import annotations

import re

from deckgen.core.text import Text
from deckgen.text import plain


def _set(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


#: Words that make a statement absolute (Haladyna, Downing & Rodriguez 2002, guideline 28a).
ABSOLUTE = _set(
    "absolutely all always anybody any completely cannot each entirely every everybody everything must never no nobody "
    "none nothing only totally whatever"
)
#: Of these, the ones that a distractor seldom needs for its matter.
STRONG = ABSOLUTE - _set("all any cannot each must no none nothing only")
#: Words that make a statement hard to deny, or vague (NBME 2024).
VAGUE = _set(
    "can could frequently generally may might normally occasionally often perhaps possibly probably rarely seldom "
    "sometimes some typically usually"
)
#: Of these, the ones that make an option a matter of taste.
FREQUENCY = _set("frequently generally occasionally often rarely seldom sometimes usually")

_WORD = re.compile(r"[^\W_]+(?:[’'.][^\W_]+)*")
_CODE = re.compile(r"`+[^`]*`+")
_STOP = _set(
    "a about above after also an and any are as at be because been before behind being below between both but "
    "by can do does each either else for from further get gets give given gives goes had has have he her here "
    "his how i if in into is it its itself just let like made make makes many may more most much must neither "
    "no nor not now of off on one only or other others our out over own same she should so some such take takes "
    "than that the their them then there these they this those through to too under up use used uses very via "
    "was we what when where whether which while who whose why will with within without would yes you your"
)
_ENDINGS = ("'s", "ations", "ation", "ions", "ing", "ies", "ion", "ers", "ed", "es", "er", "s", "y")
_SHORTEST_STEM = 3


def words(text: Text) -> list[str]:
    """Return the words and numbers of a text, in lower case."""
    return [word.casefold().replace("’", "'") for word in _WORD.findall(plain(text))]


def content(text: Text) -> frozenset[str]:
    """Return the stems of the English words of a text that carry meaning."""
    return frozenset(_stem(word) for word in words(text) if word not in _STOP)


def without_code(text: str) -> str:
    """Return a Markdown text without what stands between backticks."""
    return _CODE.sub(" ", text)


def _stem(word: str) -> str:
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST_STEM:
            return word.removesuffix(ending)
    return word
