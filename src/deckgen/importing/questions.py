"""Notes as questions of deckgen's own, where the author wants these: learners then get new cards.

A note that does not fit stays a note of its type.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from deckgen.core.text import Html, Text
from deckgen.importing.losses import Losses
from deckgen.importing.plan import Become, TypePlan
from deckgen.importing.sides import sides
from deckgen.language.question.gaps import read_gaps
from deckgen.text.plain import plain

#: A table of TOML, and its entries.
Item = tuple[str, dict[str, Any]]
#: Characters of an answer that is typed.
_LONGEST_ANSWER = 80
_FIELD = re.compile(r"@\{([^{}]*)\}")
#: The letter or number before an option, and the whole of an option's field name.
_OPTION = re.compile(r"(?:^|(?<=\s))\\?\(?([A-Ha-h]|[1-8])\\?[).:]\s+")
_OPTION_FIELD = re.compile(
    r"(?:(?:option|choice|distractor|antwort|wahl)\s*)?([A-Ha-h]|[1-8])", re.IGNORECASE
)
_RIGHT = re.compile(r"\W*([A-Ha-h]|[1-8])(?:\W+.*|\W*)", re.DOTALL)
_FEWEST = 2


def item(kind: TypePlan, values: Sequence[Text], losses: Losses, id_: str) -> Item | None:
    """Return what a note becomes; None where it does not fit."""
    made = _made(kind, dict(zip(kind.keys.values(), values, strict=True)))
    if made is None:
        losses.add(f"a note cannot become {kind.become}, and stays a note of its type", id_)
    return made


def _made(kind: TypePlan, values: dict[str, Text]) -> Item | None:
    asked, answered = _asked(kind)
    prompt, answer = values[asked], values[answered]
    rest = [text for key, text in values.items() if key not in (asked, answered) and text]
    explanation = {"explanation": _joined(rest)} if rest else {}
    if kind.become is Become.CLOZE:
        text = values[kind.keys.get(kind.cloze, asked)]
        if isinstance(text, Html) or not read_gaps(text)[1] or read_gaps(text)[2]:
            return None
        rest = [each for each in values.values() if each and each is not text]
        more = {"explanation": _joined(rest)} if rest else {}
        return "question", {"type": "cloze", "text": text} | more
    if kind.become is Become.CHOICE:
        return _choice(values, asked, answered)
    if not prompt or not answer:
        return None
    if kind.become is Become.CONCEPT:
        if not _is_plain(prompt):
            return None
        return "concept", {"term": plain(prompt), "definition": answer} | explanation
    if kind.become is Become.SHORT and _is_plain(answer):
        return "question", {"type": "short", "prompt": prompt, "answer": plain(answer)} | explanation
    return "question", {"type": "open", "prompt": prompt, "model": answer} | explanation


def _asked(kind: TypePlan) -> tuple[str, str]:
    """Return the keys of the fields that the first card asks, and that answer it."""
    keys = list(kind.keys.values())
    said = sides(kind.type.templates[0], kind.keys, kind.cloze)
    asked = next(iter(_FIELD.findall(said.front)), keys[0])
    answered = next((key for key in _FIELD.findall(said.back) if key != asked), "")
    return asked, answered or next((key for key in keys if key != asked), asked)


def _choice(values: dict[str, Text], asked: str, answered: str) -> Item | None:
    """Return a question whose options stand behind letters in its prompt, or in fields named by letters."""
    prompt = values[asked]
    if isinstance(prompt, Html):
        return None
    named = {
        found[1].upper(): text
        for key, text in values.items()
        if text and (found := _OPTION_FIELD.fullmatch(key))
    }
    stem, options = (prompt, named) if len(named) >= _FEWEST else _parted(prompt)
    said = values[answered]
    if len(options) < _FEWEST or not stem or not said or isinstance(said, Html):
        return None
    right = _right(said, options)
    if not right or len(right) == len(options):
        return None
    wrong = [text for letter, text in options.items() if letter not in right]
    rest = [
        text
        for key, text in values.items()
        if key not in (asked, answered) and text and not any(text is option for option in options.values())
    ]
    more = {"explanation": _joined(rest)} if rest else {}
    if len(right) == 1:
        return "question", {
            "type": "choice",
            "prompt": stem,
            "answer": options[right[0]],
            "distractors": wrong,
        } | more
    answers = [options[letter] for letter in right]
    return "question", {"type": "multiple", "prompt": stem, "answers": answers, "distractors": wrong} | more


def _parted(prompt: str) -> tuple[str, dict[str, Text]]:
    """Return the stem and the options of a prompt such as `Which? A) this B) that`."""
    marks = list(_OPTION.finditer(prompt))
    first = next((at for at, mark in enumerate(marks) if mark[1] in "Aa1"), None)
    if first is None:
        return prompt, {}
    chosen = [marks[first]]
    for mark in marks[first + 1 :]:
        if ord(mark[1]) == ord(chosen[-1][1]) + 1:
            chosen.append(mark)
    ends = [mark.start() for mark in chosen[1:]] + [len(prompt)]
    options: dict[str, Text] = {
        mark[1].upper(): _trimmed(prompt[mark.end() : end]) for mark, end in zip(chosen, ends, strict=True)
    }
    return _trimmed(prompt[: chosen[0].start()]), options if all(options.values()) else {}


def _right(said: str, options: dict[str, Text]) -> list[str]:
    """Return the letters of the right options: they are named by letters, or by what they say."""
    text = _trimmed(_OPTION.sub("", said)) or said
    same = [letter for letter, option in options.items() if option in (said, text)]
    if same:
        return same
    letters = (
        re.findall(r"[A-Ha-h]|[1-8]", said)
        if re.fullmatch(r"(?:[A-Ha-h1-8]|[\s,;&+/]|and|und)+", said)
        else []
    )
    if not letters and (found := _RIGHT.fullmatch(said)) and re.match(r"\W*\w\W", f"{said} "):
        letters = [found[1]]
    return [letter for letter in dict.fromkeys(each.upper() for each in letters) if letter in options]


def _trimmed(text: str) -> str:
    """Return a piece of Markdown without the breaks and spaces at its ends."""
    return re.sub(r"^(?:\\?\s)+|(?:\\?\s|\\\Z)+\Z", "", text)


def _is_plain(text: Text) -> bool:
    return isinstance(text, str) and "\n" not in text and "![" not in text and len(text) <= _LONGEST_ANSWER


def _joined(texts: Sequence[Text]) -> Text:
    """Return texts as one: HTML where one of them is."""
    if all(isinstance(text, str) for text in texts):
        return "\n\n".join(map(str, texts))
    return Html(
        "".join(f"<div>{text.html if isinstance(text, Html) else plain(text)}</div>" for text in texts)
    )
