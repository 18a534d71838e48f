"""Draw questions with parameters. The same key always draws the same, on every machine."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

import msgspec

from deckgen.arithmetic import Rounded, expression
from deckgen.compiler.parameters.slots import Filled, NoValueError, calculated, finite, read
from deckgen.core.text import Html, Text
from deckgen.diagnostics import Diagnostic, Path, Place
from deckgen.language.parameters import Combinations, Expression, Value, combinations
from deckgen.language.question import Numeric, Question
from deckgen.language.texts import changed, texts
from deckgen.placeholders import template
from deckgen.ranks import Key, rank
from deckgen.rules import answer_among_distractors, duplicate_entry, duplicate_option

#: What cannot be asked though each text of it can be: two options alike, a right answer among the wrong ones.
_ALIKE = (answer_among_distractors, duplicate_entry, duplicate_option)
#: How many draws of a question a page holds: the first, and those of further attempts.
ATTEMPTS = 8
#: The first of dummy numbers: one that no author is likely to write.
_DUMMY = 27183
#: Combinations that are tried for one draw.
_TRIES = 200


class Drawing:
    """A question with parameters that can be read, to be filled with values.

    `language` is the project's: its decimal sign is in all numbers.
    """

    def __init__(self, question: Question, language: str) -> None:
        """Read the texts of a question.

        Raises:
            UnreadableError: if a placeholder is not an expression.
        """
        self.question = question
        self.combinations: Combinations = combinations(question.params)
        self._language = language
        self._texts: dict[Path, Filled] = {
            path: found for path, text, _ in texts(question) if (found := read(text)) is not None
        }
        self._known: dict[Any, str] = {}

    def filled(self, values: Mapping[str, Value]) -> Question:
        """Return the question with these values, without parameters.

        Raises:
            ImpossibleQuestionError: if one of its expressions has no value.
        """

        def fill(path: Path, text: Text) -> Text:
            found = self._texts.get(path)
            if found is None:
                return text
            try:
                return found.fill(values, self._language, self._known)
            except NoValueError as error:
                raise ImpossibleQuestionError(error, path) from None

        made: Question = changed(self.question, fill)
        if isinstance(made, Numeric) and isinstance(made.answer, Expression):
            made = msgspec.structs.replace(made, answer=_answer(made.answer, values), params={})
        else:
            made = msgspec.structs.replace(made, params={})
        return made

    def first(self) -> Question:
        """Return the one draw for Anki, and for a first attempt on a screen."""
        return self._draw(self._key, 1)[0]

    def attempts(self) -> tuple[Question, ...]:
        """Return the draws for a screen, all different; the first of them is `first`."""
        return self._draw(self._key, min(ATTEMPTS, len(self.combinations)))

    def versions(self, sheet: str, seed: int, count: int) -> tuple[Question, ...]:
        """Return a draw for each version of a sheet, all different as far as there are enough."""
        return self._draw((sheet, str(seed), *self._key), count)

    @property
    def _key(self) -> Key:
        # A question that is renamed keeps its numbers.
        return ("parameters", self.question.lasting_name)

    def _draw(self, key: Key, count: int) -> tuple[Question, ...]:
        """Draw so often. What cannot be asked, where not all combinations were tried before, is passed over."""
        made: dict[int, Question] = {}
        for number in self._numbers(key, count):
            question = None if number in made else self._asked(number)
            if question is not None:
                made[number] = question
            if len(made) == count:
                break
        if not made:
            raise ValueError(f"{self.question.id}: no combination of its parameters can be asked")
        distinct = list(made.values())
        return tuple(distinct[place % len(distinct)] for place in range(count))

    def _numbers(self, key: Key, count: int) -> Iterator[int]:
        for place in range(count + _TRIES):
            yield int.from_bytes(rank(key, str(place))) % len(self.combinations)
        # Where few of them are possible, or there are few, all are tried.
        yield from range(min(len(self.combinations), 100 * _TRIES))

    def _asked(self, number: int) -> Question | None:
        try:
            made = self.filled(self.combinations[number])
        except ImpossibleQuestionError:
            return None
        return None if any(True for _ in alike(made, Place(""))) else made


def dummy(question: Question) -> Question:
    """Return a question with a dummy number for each expression, no two the same, to look at the rest of it."""
    numbers: dict[str, str] = {}

    def number(text: str) -> str:
        return numbers.setdefault(text, str(_DUMMY + len(numbers)))

    def fill(_path: Path, text: Text) -> Text:
        found = template(text.html if isinstance(text, Html) else text)
        if found is None:
            return text
        made = found.fill(number)
        return Html(made) if isinstance(text, Html) else made

    made: Question = msgspec.structs.replace(changed(question, fill), params={})
    if isinstance(made, Numeric) and isinstance(made.answer, Expression):
        made = msgspec.structs.replace(made, answer=number(made.answer.expr))
    return made


class ImpossibleQuestionError(Exception):
    """A question that cannot be asked with some values; `path` leads to the text or key that has no value."""

    def __init__(self, error: NoValueError, path: Path) -> None:
        super().__init__(str(error))
        self.written_as = error.written_as
        self.names = error.names
        self.path = path


def alike(question: Question, at: Place) -> Iterator[Diagnostic]:
    """Yield what the rules say of options and entries of a drawn question that are the same."""
    for rule in _ALIKE:
        if isinstance(question, rule.KINDS):
            check: Callable[[Any, Place], Iterator[Diagnostic]] = rule.check
            yield from check(question, at)


def _answer(answer: Expression, values: Mapping[str, Value]) -> str:
    each = expression(answer.expr)
    path = ("answer", "expr")
    try:
        value = calculated(each, values)
        made = value if answer.digits is None else Rounded(value, answer.digits)
        number = finite(made, each)
    except NoValueError as error:
        raise ImpossibleQuestionError(error, path) from None
    if value and not made:
        rounded = NoValueError("a number that is rounded to 0", each.text, each.names)
        raise ImpossibleQuestionError(rounded, path)
    return number
