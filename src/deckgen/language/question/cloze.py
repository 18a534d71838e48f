"""`type = "cloze"`: a text with gaps."""

import re
from typing import Annotated, Literal, NamedTuple

from msgspec import Meta

from deckgen import core
from deckgen.language.annotations import Markdown
from deckgen.language.question.common import Question
from deckgen.language.setting import Setting

_BRACE = re.compile(r"[{}]")
#: `c1::` in front of an answer: a gap numbered by hand.
_NUMBER = re.compile(r"c(\d{1,9})::")
#: Anki's limit: a note has at most 500 cloze cards.
HIGHEST_GAP = 500


class Cloze(Question, frozen=True, kw_only=True, tag="cloze"):
    """Fill the gaps."""

    text: Annotated[
        str,
        Meta(
            description="Text with gaps: `{{answer}}`, `{{answer::hint}}`; "
            "`{{c1::…}}` numbers by hand, and gaps of one number are asked together."
        ),
    ]
    prompt: Annotated[Markdown, Meta(description="What to do, above the text.")] = ""

    def lower(self, setting: Setting) -> core.Cloze:
        text, gaps, _ = read_gaps(self.text)
        return core.Cloze(text=text, gaps=gaps, prompt=self.prompt, **self.head(setting))


class GapProblem(NamedTuple):
    """What is wrong with a gap, and where in the text it begins (0-based offset)."""

    what: Literal["unclosed", "empty", "number", "mixed", "nested"]
    offset: int


def read_gaps(text: str) -> tuple[str, tuple[core.Gap, ...], tuple[GapProblem, ...]]:
    r"""Return the text with markers for gaps, the gaps, and what is wrong with them.

    Braces inside a gap are counted, so `{{\\frac{a}{b}}}` is one gap with the answer `\\frac{a}{b}`.
    """
    pieces: list[str] = []
    gaps: list[core.Gap] = []
    problems: list[GapProblem] = []
    at, unnumbered = 0, 0
    while (start := text.find("{{", at)) >= 0:
        end = _gap_end(text, start + 2)
        if end < 0:
            problems.append(GapProblem("unclosed", start))
            break
        inside = text[start + 2 : end]
        number, answer, hint = _take_apart(inside)
        if number is None:
            unnumbered += 1
            number = unnumbered
        if not answer.strip():
            problems.append(GapProblem("empty", start))
        if not 1 <= number <= HIGHEST_GAP:
            problems.append(GapProblem("number", start))
        if "{{" in answer and _NUMBER.search(answer):
            problems.append(GapProblem("nested", start))
        pieces += [text[at:start], core.gap_marker(len(gaps))]
        gaps.append(core.Gap(number, answer.strip(), hint.strip()))
        at = end + 2
    pieces.append(text[at:])
    if 0 < unnumbered < len(gaps):
        problems.append(GapProblem("mixed", text.find("{{")))
    return "".join(pieces), tuple(gaps), tuple(problems)


def _gap_end(text: str, start: int) -> int:
    """Return the offset of the `}}` that closes a gap whose inside begins at `start`, or -1."""
    depth = 0
    for brace in _BRACE.finditer(text, start):
        if brace[0] == "{":
            depth += 1
        elif depth:
            depth -= 1
        else:
            return brace.start() if text.startswith("}}", brace.start()) else -1
    return -1


def _take_apart(inside: str) -> tuple[int | None, str, str]:
    number = None
    if match := _NUMBER.match(inside):
        number = int(match[1])
        inside = inside[match.end() :]
    answer, _, hint = inside.partition("::")
    return number, answer, hint
