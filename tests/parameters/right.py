"""What is right of the printed words of the ten questions in `exam/`, found without any code of deckgen's."""

from __future__ import annotations

import html
import math
import re
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Any, NamedTuple

_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")


class Seen(NamedTuple):
    """A question as a reader has it before them."""

    id: str
    #: All that it asks, without its options.
    prompt: str
    #: Options, or entries, in the order in which they stand.
    options: tuple[str, ...] = ()
    #: Of a matching: the entries on the left.
    left: tuple[str, ...] = ()


def visible(markup: str) -> str:
    """Return what a reader sees of HTML, with single spaces and a plain minus."""
    text = (
        html.unescape(re.sub(r"<[^>]*>", " ", markup))
        .replace("\u2212", "-")
        .replace("\u2068", "")
        .replace("\u2069", "")
    )
    return " ".join(text.split())


def numbers(text: str) -> list[Fraction]:
    """Return the numbers of a text."""
    return [Fraction(found) for found in _NUMBER.findall(text)]


def right(seen: Seen) -> Any:
    """Return what is right: a number as it is spelled, a truth, or the options that are, in their order."""
    found = numbers(seen.prompt)
    match seen.id:
        case "z-score":
            score, mean, deviation = found
            return _decimals((score - mean) / deviation, 2)
        case "area":
            return _decimals(Fraction(math.pi) * found[0] ** 2, 1)
        case "product":
            return {option for option in seen.options if Fraction(option) == found[0] * found[1]}
        case "multiples":
            return {option for option in seen.options if int(option) % int(found[0]) == 0}
        case "parity":
            return int(found[0]) % 2 == 0
        case "remainder":
            return str(int(found[0]) % int(found[1]))
        case "by-size":
            return sorted(seen.options, key=Fraction)
        case "squares":
            return {left: str(numbers(left)[0] ** 2) for left in seen.left}
        case "twice":
            return [str(2 * found[0]), f"{float(found[0] / 2):g}"]
        case "divisor":
            number = int(found[0])
            return str(number // next(factor for factor in range(2, number) if number % factor == 0))
    raise AssertionError(seen.id)


def _decimals(value: Fraction, count: int) -> str:
    exact = Decimal(value.numerator) / Decimal(value.denominator)
    return str(exact.quantize(Decimal(1).scaleb(-count), ROUND_HALF_UP))


def name_of(kind: str, prompt: str) -> str:
    """Return the id of a question by its kind and words."""
    words = {"z-score": "z-score", "radius": "area", "prime": "divisor"}
    of_kind = {
        "choice": "product", "multiple": "multiples", "true-false": "parity", "short": "remainder",
        "ordering": "by-size", "matching": "squares", "cloze": "twice",
    }  # fmt: skip
    return of_kind.get(kind) or next(id_ for word, id_ in words.items() if word in prompt)


def on_paper(page: str) -> list[Seen]:
    """Return the questions of a printed version, in its order."""
    found = []
    for chunk in page.split('<fieldset class="question ')[1:]:
        kind = re.split('[ "]', chunk, maxsplit=1)[0]
        lead, _, rest = chunk[: chunk.index("</fieldset>")].partition("</legend>")
        lead = re.sub(r'<span class="(?:number|task|points)"[^>]*>.*?</span>', "", lead.partition("<h2>")[2])
        prompt = visible(rest if kind == "cloze" else lead)
        texts = re.findall(r'<span class="text">(.*?)</span></l', rest)
        left = (
            re.findall(r'aria-label="[^"]*"> <span class="text">(.*?)</span>', rest)
            if kind == "matching"
            else []
        )
        if kind == "matching":
            texts = re.findall(r'<span class="letter">.</span> <span class="text">(.*?)</span>', rest)
        found.append(
            Seen(name_of(kind, prompt), prompt, tuple(map(visible, texts)), tuple(map(visible, left)))
        )
    return found


def solution(seen: Seen) -> str:
    """Return what the marking table of the key ought to say of a printed question."""
    what = right(seen)
    match seen.id:
        case "product" | "multiples":
            return ", ".join("ABCD"[place] for place, text in enumerate(seen.options) if text in what)
        case "parity":
            return "true" if what else "false"
        case "by-size":
            return ", ".join(str(what.index(text) + 1) for text in seen.options)
        case "squares":
            return ", ".join("ABC"[seen.options.index(what[left])] for left in seen.left)
        case "twice":
            return " · ".join(what)
    return str(what)
