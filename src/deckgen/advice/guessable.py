"""A deck or sheet can be answered well by knowing tests instead of the subject.

A test-wise guesser marks every statement "false", or those with "always" false and those with "may" true, takes the
longest option, or the letter that is right most often. `[advice] guessed_statements` (0.65) and
`guessed_options` (0.5) say how much may be right this way. Fewer than eight statements or questions do not count.
Words are checked in English only.
Haladyna, Downing & Rodriguez 2002 (doi:10.1207/S15324818AME1503_5), guidelines 20, 24 and 28a; Millman, Bishop
& Ebel 1965 (doi:10.1177/001316446502500304), on test-wiseness.

Bad:
    ```toml
    [deck]
    name = "Numbers"
    new  = "mixed"

    [[misconception]]
    id         = "one-is-prime"
    claim      = "One is prime."
    correction = "It has one divisor."

    [[misconception]]
    id         = "two-is-odd"
    claim      = "Two is odd."
    correction = "Two divides it."

    [[misconception]]
    id         = "nine-is-prime"
    claim      = "Nine is prime."
    correction = "Three divides it."

    [[misconception]]
    id         = "six-is-a-square"
    claim      = "Six is a square."
    correction = "It has no whole root."

    [[misconception]]
    id         = "four-is-a-cube"
    claim      = "Four is a cube."
    correction = "Eight is the next one after one."

    [[question]]
    id     = "ten-is-even"
    type   = "true-false"
    prompt = "Ten is even."
    answer = true

    [[misconception]]
    id         = "seven-is-even"
    claim      = "Seven is even."
    correction = "A half is left over."

    [[question]]
    id     = "zero-is-even"
    type   = "true-false"
    prompt = "Zero is even."
    answer = true
    ```

Good:
    ```toml
    [deck]
    name = "Numbers"

    [[misconception]]
    id         = "one-is-prime"
    claim      = "One is prime."
    correction = "It has one divisor."

    [[question]]
    id     = "two-is-prime"
    type   = "true-false"
    prompt = "Two is prime."
    answer = true
    ```
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from deckgen.advice._context import Context
from deckgen.advice._rule import AdviceRule
from deckgen.advice._words import ABSOLUTE, VAGUE, words
from deckgen.core import Choice, Item, TrueFalse
from deckgen.diagnostics import Diagnostic, Place
from deckgen.sheet.version import Version
from deckgen.text import plain

RULE = AdviceRule(__name__)
#: Fewer show no pattern.
_ENOUGH = 8


def check_course(context: Context) -> Iterator[Diagnostic]:
    """Let a guesser try each deck and each sheet."""
    for deck in context.course.decks:
        items = [item for item in context.course.items if item.deck == deck.name and item.in_deck]
        yield from _of_items(items, context, context.deck_place(deck.name), "deck")
    for sheet in context.course.sheets:
        versions, place = context.versions[sheet.id], context.sheet_place(sheet.id)
        yield from _of_items([question.item for question in versions[0].questions], context, place, "sheet")
        for version in versions:
            yield from _of_letters(version, context, place)


def _of_items(items: Iterable[Item], context: Context, place: Place, what: str) -> Iterator[Diagnostic]:
    statements, choices = [], []
    for item in items:
        if isinstance(item, TrueFalse):
            statements.append(item)
        elif isinstance(item, Choice) and not item.multiple:
            choices.append(item)
    if len(statements) >= _ENOUGH:
        share, how = max(_statements(statements, context.course.project.language))
        if share > context.settings.guessed_statements:
            yield RULE.advice(
                f"{how} is right for {share:.0%} of the {len(statements)} statements of this {what}",
                place,
                "use as many true as false statements, and word them alike",
            )
    if len(choices) >= _ENOUGH:
        share = sum(map(_is_longest, choices)) / len(choices)
        if share > context.settings.guessed_options:
            yield RULE.advice(
                f"the longest option is right in {share:.0%} of the {len(choices)} choices of this {what}",
                place,
                "lengthen distractors",
            )


def _statements(statements: Sequence[TrueFalse], language: str) -> Iterator[tuple[float, str]]:
    """Yield how often each strategy is right, and what it is."""
    count = len(statements)
    false = sum(not item.answer for item in statements)
    yield false / count, "`false` throughout"
    yield 1 - false / count, "`true` throughout"
    if language.partition("-")[0].lower() != "en":
        return
    for otherwise in (False, True):
        right = sum(_by_words(item, otherwise=otherwise) == item.answer for item in statements)
        yield right / count, f'"absolute is false, vague is true", else `{str(otherwise).lower()}`,'


def _by_words(item: TrueFalse, *, otherwise: bool) -> bool:
    said = {*words(item.prompt)}
    absolute, vague = bool(said & ABSOLUTE), bool(said & VAGUE)
    return vague if absolute != vague else otherwise


def _is_longest(item: Choice) -> bool:
    right = max(len(plain(option.text)) for option in item.options if option.right)
    return all(len(plain(option.text)) < right for option in item.options if not option.right)


def _of_letters(version: Version, context: Context, place: Place) -> Iterator[Diagnostic]:
    letters = [
        question.arrangement.solution
        for question in version.questions
        if isinstance(question.item, Choice) and not question.item.multiple
    ]
    if len(letters) < _ENOUGH:
        return
    ((letter, most),) = Counter(letters).most_common(1)
    if most / len(letters) > context.settings.guessed_options:
        yield RULE.advice(
            f"`{letter}` is right in {most / len(letters):.0%} of the {len(letters)} choices of version {version.name}",
            place,
            "another `seed` shuffles differently",
        )
