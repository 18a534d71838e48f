"""Prove that a question with parameters can be asked with all of their values."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from typing import NamedTuple

import msgspec

from deckgen import result_cache
from deckgen.arithmetic import UnreadableError, expression, numeral
from deckgen.compiler.parameters.drawing import Drawing, ImpossibleQuestionError, alike, dummy
from deckgen.core.number import MOST_PLACES, number, percentage
from deckgen.core.text import Html
from deckgen.diagnostics import Diagnostic, Place, errors_among
from deckgen.language.parameters import Combinations, Expression, Value, combinations, has_texts
from deckgen.language.question import Numeric, Question
from deckgen.language.question.numeric import spelled
from deckgen.language.texts import texts
from deckgen.placeholders import template
from deckgen.ranks import rank
from deckgen.rules import (
    bad_expression,
    bad_parameter,
    impossible_question,
    unknown_parameter,
    unused_parameter,
)

#: Combinations that are tried; of more, a sample of so many.
MOST_TRIED = 1000
_MOST_DIGITS = 15


class Proof(NamedTuple):
    """What is wrong with the parameters of a question, and a draw of it to look at."""

    found: list[Diagnostic]
    #: The first draw; where there are mistakes, one without any, or with dummy numbers where there is none.
    draw: Question


class _Mistake(NamedTuple):
    """Something that is wrong with a combination."""

    #: Makes its diagnostic, given words for the combinations.
    diagnostic: Callable[[str], Diagnostic]
    #: The values that matter.
    values: Mapping[str, str]


def prove(question: Question, at: Place, *, in_bubbles: bool) -> Proof:
    """Try the combinations of a question's parameters; the language of its numbers changes nothing of the result.

    `in_bubbles` says whether answers must have room in the bubbles of an answer sheet. A question without mistakes is
    not tried again until it changes.
    """
    found = [*bad_parameter.of_question(question, at), *_names(question, at)]
    if errors_among(found):
        return Proof(found, dummy(question))
    drawing = Drawing(question, "en")
    name = f"proof {in_bubbles} {msgspec.json.encode(question).decode()}"
    if result_cache.known(name) is not None:
        return Proof(found, drawing.first())
    wrong: dict[object, _Mistake] = {}
    counts: Counter[object] = Counter()
    right: int | None = None
    numbers = tried(drawing.combinations)
    for place in numbers:
        mistakes = dict(_mistakes(drawing, drawing.combinations[place], at, in_bubbles=in_bubbles))
        for key, mistake in mistakes.items():
            wrong.setdefault(key, mistake)
            counts[key] += 1
        if right is None and not mistakes:
            right = place
    for key, mistake in wrong.items():
        where = impossible_question.told(mistake.values, counts[key], len(numbers))
        found.append(mistake.diagnostic(where))
    if not wrong:
        result_cache.keep(name, b"")
        return Proof(found, drawing.first())
    return Proof(found, dummy(question) if right is None else drawing.filled(drawing.combinations[right]))


def tried(combinations: Combinations) -> Sequence[int]:
    """Return the numbers of the combinations that are tried: all, or a sample with the least and greatest values."""
    count = len(combinations)
    if count <= MOST_TRIED:
        return range(count)
    sizes = [len(each) for each in combinations.values]
    corners = [0]
    step = 1
    for size in sizes:
        if 2 * len(corners) <= MOST_TRIED // 2 and size > 1:
            corners += [number + step * (size - 1) for number in corners]
        step *= size
    numbers = dict.fromkeys(corners)
    place = 0
    while len(numbers) < MOST_TRIED:
        numbers[int.from_bytes(rank(("sample",), str(place))) % count] = None
        place += 1
    return tuple(numbers)


def combinations_of(item: object) -> int:
    """Count the combinations of an item's parameters; 1 where it has none."""
    return len(combinations(item.params)) if isinstance(item, Question) and item.params else 1


def _names(question: Question, at: Place) -> Iterator[Diagnostic]:
    """Yield what is wrong with the expressions themselves, and the parameters that none of them names."""
    misnamed = {name for name in question.params if not bad_parameter.is_name(name)}
    used = set(misnamed)
    for text, place in _expressions(question, at):
        mentioned = {name for name in question.params if name in text}
        if mentioned & misnamed:
            used |= mentioned
            continue
        try:
            names = expression(text).names
        except UnreadableError as error:
            yield bad_expression.found(text, error, place)
            used |= mentioned
            continue
        used |= set(names)
        for name in names:
            if name not in question.params:
                yield unknown_parameter.found(name, list(question.params), place)
            elif name != text and has_texts(question.params[name]):
                yield bad_expression.of_text(name, text, place)
    if isinstance(question, Numeric) and isinstance(question.answer, Expression):
        digits = question.answer.digits
        if digits is not None and not 0 <= digits <= _MOST_DIGITS:
            yield bad_expression.of_digits(at.child("answer", "digits"), _MOST_DIGITS)
    for name in question.params:
        if name not in used:
            yield unused_parameter.found(name, at.child("params", name))


def _drawn(drawing: Drawing, chosen: Mapping[str, Value]) -> dict[str, str]:
    """Return the values of what is not always the same."""
    sizes = dict(zip(drawing.combinations.names, map(len, drawing.combinations.values), strict=True))
    return {name: _shown(value) for name, value in chosen.items() if sizes[name] > 1}


def _shown(value: Value) -> str:
    return f'"{value}"' if isinstance(value, str) else numeral(value)


def _expressions(question: Question, at: Place) -> Iterator[tuple[str, Place]]:
    """Yield each expression of a question."""
    for path, text, _ in texts(question):
        found = template(text.html if isinstance(text, Html) else text)
        for name in dict.fromkeys(found.names if found else ()):
            yield name, at.child(*path).part(f"@{{{name}}}")
    if isinstance(question, Numeric) and isinstance(question.answer, Expression):
        yield question.answer.expr, at.child("answer", "expr")


def _mistakes(
    drawing: Drawing, chosen: Mapping[str, Value], at: Place, *, in_bubbles: bool
) -> Iterator[tuple[object, _Mistake]]:
    """Yield what is wrong with one combination, each with a key that is the same for all combinations."""
    try:
        made = drawing.filled(chosen)
    except ImpossibleQuestionError as error:
        named = {name: _shown(chosen[name]) for name in error.names}
        text, why, path = error.written_as, str(error), error.path
        place = at.child(*path).part(text)
        yield (
            (path, why),
            _Mistake(lambda where: impossible_question.found(text, why, place, where), named),
        )
        return
    for each in alike(made, at):
        yield (
            (each.code, each.place.path),
            _Mistake(partial(impossible_question.of_alike, each), _drawn(drawing, chosen)),
        )
    if not isinstance(made, Numeric):
        return
    answer = spelled(made.answer)
    if in_bubbles and len(answer) > MOST_PLACES:
        place = at.child("answer")
        yield (
            "bubbles",
            _Mistake(
                partial(impossible_question.of_bubbles, answer, MOST_PLACES, place), _drawn(drawing, chosen)
            ),
        )
    tolerance = made.tolerance if isinstance(made.tolerance, str) else ""
    part = percentage(tolerance)
    if part and number(part) and number(answer) == 0:
        place = at.child("tolerance")
        yield (
            "tolerance",
            _Mistake(partial(impossible_question.of_tolerance, tolerance, place), _drawn(drawing, chosen)),
        )
