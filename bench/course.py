"""A generated course: mixed questions in many files, the same for the same numbers."""

from __future__ import annotations

import random
import re
from pathlib import Path

WORDS = [
    "socket",
    "port",
    "address",
    "kernel",
    "packet",
    "stream",
    "server",
    "client",
    "buffer",
    "thread",
    "router",
    "header",
    "segment",
    "channel",
    "protocol",
    "session",
    "window",
    "timer",
    "queue",
    "handle",
    "process",
    "memory",
    "file",
    "signal",
    "table",
    "frame",
    "bridge",
    "switch",
]

#: Pictures of a course, and what is in one.
PICTURES = 20
PICTURE = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="40"><circle cx="20" cy="20" r="{}"/></svg>'
)

#: Mistakes for each step of the compiler: what to look for in a question, and what to write instead.
MISTAKES = (
    ("explanation =", "explantion ="),
    ('explanation = "[^"]*"', "explanation = 5"),
    (r'\nid = "q-\d+"', ""),
    ('"rfc ', '"rfd '),
    ('prompt = "[^"]*"', 'prompt = ""'),
    ('explanation = "', 'explanation = "![x](media/x.png) '),
)

SOURCES = """\
[source.rfc]
title = "A standard"
url   = "https://example.org/rfc"

[source.book]
title = "A book"
url   = "https://example.org/book"
"""


def write_course(
    root: Path,
    questions: int,
    files: int,
    *,
    mistakes: int = 0,
    decks: int = 10,
    tops: int = 1,
    short: bool = False,
) -> None:
    """Write a project of `questions` in `files` files into `root`, with `mistakes` spread over them.

    Its `decks` lie in `tops` top-level ones. Three sheets draw from all questions. `short` texts are a few words.
    """
    (root / "cards").mkdir(parents=True, exist_ok=True)
    (root / "media").mkdir(exist_ok=True)
    (root / "deckgen.toml").write_text(
        'id = "bench-k3v9"\ntitle = "Bench"\nversion = "1"\n', encoding="utf-8"
    )
    (root / "cards" / "sources.toml").write_text(SOURCES, encoding="utf-8")
    (root / "cards" / "sheets.toml").write_text("\n".join(map(sheet, range(3))), encoding="utf-8")
    each = questions // files
    shown: set[str] = set()
    wrong = range(0, questions, max(questions // mistakes, 1)) if mistakes else range(0)
    for number in range(files):
        chance = random.Random(number)
        deck = f"Bench {number % tops}::Part {number % decks}"
        parts = [f'[deck]\nname = "{deck}"\ntags = ["bench", "part-{number}"]\n']
        for index in range(number * each, (number + 1) * each):
            text = question(index, chance, short=short)
            parts.append(mistaken(text, wrong.index(index)) if index in wrong else text)
        text = "\n".join(parts)
        (root / "cards" / f"part-{number:04}.toml").write_text(text, encoding="utf-8")
        shown |= {name for name in map("dot-{}.svg".format, range(PICTURES)) if name in text}
    for name in sorted(shown):
        (root / "media" / name).write_text(PICTURE.format(len(name)), encoding="utf-8")


def mistaken(text: str, number: int) -> str:
    """Return a question with a mistake; the kinds take turns, where they fit."""
    for kind in range(number, number + len(MISTAKES)):
        old, new = MISTAKES[kind % len(MISTAKES)]
        text, count = re.subn(old, new, text, count=1)
        if count:
            return text
    raise ValueError(f"no mistake fits: {text}")


def sheet(number: int) -> str:
    """Return a sheet that draws twenty questions from all of them."""
    return (
        f'[[sheet]]\nid = "quiz-{number}"\ntitle = "Quiz {number}"\noutputs = ["paper", "quiz"]\n'
        f'from = ["tag:bench"]\ndraw = 20\nversions = 2\nseed = {number}\n'
    )


def sentence(chance: random.Random, words: int = 12) -> str:
    """Return a sentence with some Markdown in it."""
    said = [chance.choice(WORDS) for _ in range(words)]
    said[words // 2] = f"`{said[words // 2]}()`"
    said[-1] = f"*{said[-1]}*"
    return " ".join(said).capitalize() + "."


def more(index: int) -> str:
    """Return what some prompts end with: a formula, a picture, characters that HTML escapes."""
    if index % 25 == 0:
        return f" Is $x_{{{index % 40}}}^2 \\\\le \\\\frac{{a}}{{b}}$ right?"
    if index % 40 == 1:
        return f" ![a dot](media/dot-{index % PICTURES}.svg)"
    return f" Is {index} < {index + 1} & `a->b`?" if index % 10 == 3 else ""


def question(index: int, chance: random.Random, *, short: bool = False) -> str:
    """Return one question; the types take turns."""
    say = lambda words=12: sentence(chance, min(words, 4) if short else words) + more(index)  # noqa: E731
    head = f'[[question]]\nid = "q-{index}"\n'
    if short:
        return f'{head}type = "short"\nprompt = "{say()} {index}"\nanswer = "{chance.choice(WORDS)}"\n'
    tail = f'explanation = "{say(16)}"\nsources = ["rfc {index % 90}.{index % 7}", "book {index % 400}"]\n'
    match index % 8:
        case 0 | 1:
            options = ", ".join(f'"{say(5)} {n}"' for n in range(3))
            return f'{head}type = "choice"\nprompt = "{say()} {index}"\nanswer = "{say(5)}"\ndistractors = [{options}]\n{tail}'
        case 2:
            right = ", ".join(f'"{say(4)} {n}"' for n in range(2))
            wrong = ", ".join(f'"{say(4)} {n}"' for n in range(2, 5))
            return f'{head}type = "multiple"\nprompt = "{say()} {index}"\nanswers = [{right}]\ndistractors = [{wrong}]\n{tail}'
        case 3:
            return f'{head}type = "true-false"\nprompt = "{say()} {index}"\nanswer = false\ncorrection = "{say()}"\n{tail}'
        case 4:
            return f'{head}type = "cloze"\ntext = "{say()} {{{{answer {index}}}}} and {{{{another::hint}}}}."\n{tail}'
        case 5:
            return (
                f'{head}type = "numeric"\nprompt = "{say()} {index}"\nanswer = {index}\nunit = "ms"\n{tail}'
            )
        case 6:
            return (
                f'{head}type = "short"\nprompt = "{say()} {index}"\nanswer = "{chance.choice(WORDS)}"\n{tail}'
            )
        case _:
            pairs = ", ".join(f'["{say(3)} {n}", "{say(3)} {n}"]' for n in range(4))
            return f'{head}type = "matching"\nprompt = "{say()} {index}"\npairs = [{pairs}]\n{tail}'
