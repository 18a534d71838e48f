"""A generated course: mixed questions in many files, the same for the same numbers."""

from __future__ import annotations

import random
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

SOURCES = """\
[source.rfc]
title = "A standard"
url   = "https://example.org/rfc"

[source.book]
title = "A book"
url   = "https://example.org/book"
"""


def write_course(root: Path, questions: int, files: int, mistakes: int = 0, decks: int = 10) -> None:
    """Write a project of `questions` in `files` files into `root`, with `mistakes` spread over them."""
    (root / "cards").mkdir(parents=True, exist_ok=True)
    (root / "deckgen.toml").write_text('id = "bench"\ntitle = "Bench"\nversion = "1"\n', encoding="utf-8")
    (root / "cards" / "sources.toml").write_text(SOURCES, encoding="utf-8")
    sheet = '[[sheet]]\nid = "quiz"\ntitle = "Quiz"\nfrom = ["file:part-0000"]\ndraw = 20\nversions = 1\nseed = 1\n'
    (root / "cards" / "sheets.toml").write_text(sheet, encoding="utf-8")
    each = questions // files
    wrong = set(range(0, questions, max(questions // mistakes, 1))) if mistakes else set[int]()
    for number in range(files):
        chance = random.Random(number)
        parts = [f'[deck]\nname = "Bench::Part {number % decks}"\ntags = ["bench", "part-{number}"]\n']
        for index in range(number * each, (number + 1) * each):
            text = question(index, chance)
            parts.append(text.replace("explanation", "explantion", 1) if index in wrong else text)
        (root / "cards" / f"part-{number:04}.toml").write_text("\n".join(parts), encoding="utf-8")


def sentence(chance: random.Random, words: int = 12) -> str:
    """Return a sentence with some Markdown in it."""
    said = [chance.choice(WORDS) for _ in range(words)]
    said[words // 2] = f"`{said[words // 2]}()`"
    said[-1] = f"*{said[-1]}*"
    return " ".join(said).capitalize() + "."


def question(index: int, chance: random.Random) -> str:
    """Return one question; the types take turns."""
    say = lambda words=12: sentence(chance, words)  # noqa: E731
    head = f'[[question]]\nid = "q-{index}"\n'
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
