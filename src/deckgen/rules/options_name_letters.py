"""An option or explanation names other options by a letter, or by their position.

Options are shuffled on every sheet and screen, so "Both A and B", "Option C" and "the first two" soon name others.
"All of the above" and "None of the above" stay last if `last` names them; what names letters is better
said in words.

Bad:
    ```toml
    [deck]
    name = "Arithmetic"

    [[question]]
    id          = "factors"
    type        = "choice"
    prompt      = "Which of these divides 42?"
    answer      = "All of the above"
    distractors = ["2", "3"]
    ```

Good:
    ```toml
    [deck]
    name = "Arithmetic"

    [[question]]
    id          = "factors"
    type        = "choice"
    prompt      = "Which of these divides 42?"
    answer      = "All of the above"
    distractors = ["2", "3"]
    last        = ["All of the above"]
    ```
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from deckgen.core.text import Html, Text
from deckgen.diagnostics import Diagnostic, Place
from deckgen.language.annotations import Distractor
from deckgen.language.question import Choice, Multiple
from deckgen.patterns import lazy_pattern
from deckgen.rules._options import folded, option_text
from deckgen.rules._rule import Rule

RULE = Rule(__name__)
KINDS = (Choice, Multiple)

_LETTER = r"\(?[A-H]\)?"
_LETTERS = lazy_pattern(
    rf"\b(?i:both|either|neither|only|not)\s+{_LETTER}\s*(?:,\s*{_LETTER}\s*)*(?:,?\s*(?:and|or|nor|&)\s+{_LETTER})(?!\w)"
    rf"|^\s*(?:{_LETTER},\s*)*{_LETTER},?\s+(?:and|or|&)\s+{_LETTER}(?:\s+(?:only|both))?\s*[.!]?\s*$"
    r"|\b(?i:options?|answers?|choices?|alternatives?|distractors?)\s+\(?[A-H]\)?(?![\w'’])"
    r"|\b(?i:correct|right|wrong|best)\s+(?:answer|option|choice|one)\s+is\s+\(?[A-H]\)?(?![\w'’])"
    r"|(?<!\w)\([A-H]\)(?=\s+(?:is|are|and|or|too|would|has)\b|\s*$|\s*[.,;])"
    r"|\b(?:Antwort|Option|Réponse|Respuesta|Opción|Risposta|Opzione)\s+\(?[A-H]\)?(?![\w'’])"
    r"|\b(?:sowohl|beide[rs]?)\s+[A-H]\s+(?:und|als auch)\s+[A-H]\b",
    re.MULTILINE,
)
_PLACES = lazy_pattern(
    r"\b(?:all|none|both|any|neither|some|each|one|two|more than one)\s+of\s+(?:the\s+)?"
    r"(?:above|preceding|foregoing|other\s+options)\b"
    r"|\bthe\s+(?:first|last)\s+(?:two|three|four)\s+(?:options|answers|choices|are|of)\b"
    r"|\b(?:alle|keine|beide)s?\s+(?:der\s+)?(?:oben|vorstehend|genannt)\w*"
    r"|\b(?:toutes|aucune)\s+(?:de\s+)?(?:ces\s+réponses|les\s+réponses\s+(?:ci-dessus|précédentes))"
    r"|\b(?:todas|ninguna)\s+(?:de\s+)?las\s+anteriores\b|\b(?:tutte|nessuna)\s+(?:delle?\s+)?(?:precedenti|risposte\s+precedenti)\b",
    re.IGNORECASE,
)
#: Without one of these in a text the patterns, which are slow, need not be tried. This one is quick, as it begins with
#: what few texts contain.
_ALONE = lazy_pattern(r"[A-H]\b(?<!\w.)")
_WORDS = (
    "above",
    "preceding",
    "foregoing",
    "other",
    "first",
    "last",
    "oben",
    "vorstehend",
    "genannt",
    "toutes",
    "aucune",
    "anteriores",
    "precedenti",
)
_KEEP = "name it in `last`, which keeps it at the end"
_SAY = "options are shuffled: describe in words which one is meant"


def check(question: Choice | Multiple, at: Place) -> Iterator[Diagnostic]:
    """Look for letters and places in the options, and for letters in explanations."""
    if _may_name_options(question):
        yield from _check(question, at)


def _may_name_options(question: Choice | Multiple) -> bool:
    """Look quickly at all texts of a question together."""
    rights = question.answers if isinstance(question, Multiple) else (question.answer,)
    options = "\n".join(_content(option_text(option)) for option in (*rights, *question.distractors))
    whys = (each.why for each in question.distractors if isinstance(each, Distractor))
    texts = "\n".join((options, *map(_content, (question.explanation, *whys))))
    return _ALONE.search(texts) is not None or _has_word(options)


def _content(text: Text) -> str:
    return text.html if isinstance(text, Html) else text


def _check(question: Choice | Multiple, at: Place) -> Iterator[Diagnostic]:
    last = {folded(text) for text in question.last}
    for text, place in _options(question, at):
        content = folded(text)
        if (found := _letters(content)) is not None:
            yield _found(found[0], place, _SAY, also_last=True)
        elif (found := _places(content)) is not None and content not in last:
            yield _found(found[0], place, _KEEP)
    texts: list[tuple[Text, Place]] = [(question.explanation, at.child("explanation"))]
    for index, option in enumerate(question.distractors):
        if isinstance(option, Distractor) and option.why:
            texts.append((option.why, at.child("distractors", index, "why")))
    for text, place in texts:
        if (found := _letters(_content(text))) is not None:
            yield _found(found[0], place, _SAY)


def _letters(text: str) -> re.Match[str] | None:
    return _LETTERS.search(text) if _ALONE.search(text) else None


def _places(text: str) -> re.Match[str] | None:
    return _PLACES.search(text) if _has_word(text) else None


def _has_word(text: str) -> bool:
    lower = text.lower()
    return any(word in lower for word in _WORDS)


def _options(question: Choice | Multiple, at: Place) -> Iterator[tuple[Text, Place]]:
    if isinstance(question, Multiple):
        yield from ((answer, at.child("answers", index)) for index, answer in enumerate(question.answers))
    else:
        yield question.answer, at.child("answer")
    for index, option in enumerate(question.distractors):
        yield option_text(option), at.child("distractors", index)


def _found(piece: str, place: Place, label: str, *, also_last: bool = False) -> Diagnostic:
    return RULE.warning(
        f"`{piece.strip()}` names options by their position",
        place.part(piece.strip()),
        label,
        help="an option that is to stay last is named in `last`" if also_last else "",
    )
