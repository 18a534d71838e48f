"""A question of a sheet is answered by another one of the same sheet.

What is printed for one question, such as the cells of a table to be sorted, must not say what another one asks
for. The check covers prompts, the lines of matching questions, and texts with gaps. Answers of fewer than four words
do not count, since "TCP" or "443" is everywhere. `[advice] answered` says how much of an answer's words another
question may print together (0.8). For texts in English.
Haladyna, Downing & Rodriguez 2002 (doi:10.1207/S15324818AME1503_5), guidelines 6 and 28; Millman, Bishop & Ebel
1965 (doi:10.1177/001316446502500304).

Bad:
    ```toml
    [deck]
    name = "Numbers"

    [[question]]
    id          = "prime"
    type        = "choice"
    prompt      = "What is a prime?"
    answer      = "A whole number with exactly two divisors"
    distractors = ["A whole number that two divides exactly", "A square number with three whole divisors"]

    [[question]]
    id     = "words"
    type   = "matching"
    prompt = "Which word belongs to which description?"
    pairs  = [["A whole number with exactly two divisors", "prime"], ["What is left over", "remainder"]]

    [[sheet]]
    id    = "test"
    title = "Test"
    from  = ["prime", "words"]
    ```

Good:
    ```toml
    [deck]
    name = "Numbers"

    [[question]]
    id          = "prime"
    type        = "choice"
    prompt      = "What is a prime?"
    answer      = "A whole number with exactly two divisors"
    distractors = ["A whole number that two divides exactly", "A square number with three whole divisors"]

    [[question]]
    id     = "words"
    type   = "matching"
    prompt = "Which word belongs to which description?"
    pairs  = [["What is divided by", "divisor"], ["What is left over", "remainder"]]

    [[sheet]]
    id    = "test"
    title = "Test"
    from  = ["prime", "words"]
    ```
"""

from __future__ import annotations

from collections.abc import Iterator

from deckgen.advice._context import Context
from deckgen.advice._rule import AdviceRule
from deckgen.advice._words import content
from deckgen.core import Choice, Cloze, Contrast, Item, Matching, Open, Ordering, Short, Text
from deckgen.diagnostics import Diagnostic, Related

RULE = AdviceRule(__name__)
LANGUAGES = ("en",)
#: An answer with fewer meaningful words than this is in many texts by chance.
_SHORT = 4


def check_course(context: Context) -> Iterator[Diagnostic]:
    """Compare what each question of a sheet asks for with what the others print."""
    for sheet in context.course.sheets:
        items = [question.item for question in context.versions[sheet.id][0].questions]
        printed = {item.id: [content(text) for text in _printed(item)] for item in items}
        for asked in items:
            answers = [words for text in _answers(asked) if len(words := content(text)) >= _SHORT]
            for other in items:
                texts = printed[other.id]
                if isinstance(asked, Open):
                    # An answer in sentences may be put together from several lines.
                    texts = [frozenset[str]().union(*texts)]
                if other.id != asked.id and any(
                    len(answer & text) >= context.settings.answered * len(answer)
                    for answer in answers
                    for text in texts
                ):
                    yield RULE.advice(
                        f"`{asked.id}` is answered by `{other.id}` on the same sheet",
                        context.sheet_place(sheet.id),
                        "draw only one of them",
                        related=(
                            Related(context.place(asked), "this question"),
                            Related(context.place(other), "prints the answer"),
                        ),
                    )


def _answers(item: Item) -> Iterator[Text]:
    """Yield each text that a question asks for."""
    if isinstance(item, Choice):
        yield from (option.text for option in item.options if option.right)
    elif isinstance(item, Short):
        yield item.answer
    elif isinstance(item, Open):
        yield item.model
    elif isinstance(item, Contrast):
        yield from (cell.text for cell in item.cells)
    elif isinstance(item, Cloze):
        yield from (gap.answer for gap in item.gaps)


def _printed(item: Item) -> Iterator[Text]:
    """Yield each text that a question prints as it is: no options, which may be wrong, and nothing to be judged."""
    if isinstance(item, Choice | Short | Open | Ordering | Matching):
        yield item.prompt
    if isinstance(item, Matching):
        for pair in item.pairs:
            yield pair.left
            yield pair.right
    elif isinstance(item, Ordering):
        yield from item.entries
    elif isinstance(item, Cloze):
        yield item.text
