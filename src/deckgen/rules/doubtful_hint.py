r"""A `::` in a gap may be part of the answer, and not the beginning of its hint.

`{{answer::hint}}` divides at the first `::` outside of code and formulas.
`\::` is the text `::`.
In code it always is, and there a hint follows `:: `, with a space: `{{bind:: takes an address}}`.

Bad:
    ```toml
    [deck]
    name = "C++"

    [[question]]
    id   = "growing-array"
    type = "cloze"
    text = "The growing array of C++ is {{std::vector<T>}}."
    ```

Good:
    ```toml
    [deck]
    name = "C++"

    [[question]]
    id   = "growing-array"
    type = "cloze"
    text = "The growing array of C++ is {{`std::vector<T>`}}."
    ```
"""

from __future__ import annotations

from collections.abc import Iterator

from deckgen.diagnostics import Diagnostic, Place
from deckgen.language.question import Cloze
from deckgen.language.question.gaps import read_gaps
from deckgen.patterns import lazy_pattern
from deckgen.rules._rule import Rule

RULE = Rule(__name__)
KINDS = (Cloze,)

#: Names before `::` that C++ and Rust have for themselves.
_NAMESPACES = frozenset({"std", "boost", "core", "alloc", "crate", "self", "super", "Self"})
#: A call, a generic, a further part, a name with an underscore: what is said in code, not in a hint.
_CODE = lazy_pattern(r"[\w~]+\s*(?:\(\)|\([^\s)]|<\w|\[\w)|::|\A\w+_\w+\Z|\A[a-z]+[A-Z]\w*\Z|;\Z")
#: Words of a hint after `::` in code.
_PHRASE = lazy_pattern(r"(?<=\w)::[A-Za-z][a-z]+(?: [a-z]+){2,}\Z")


def check(question: Cloze, at: Place) -> Iterator[Diagnostic]:
    """Look at what stands before and after each `::`."""
    if "::" not in question.text:
        return
    for gap in read_gaps(question.text)[1]:
        if gap.hint and (gap.answer in _NAMESPACES or _CODE.search(gap.hint)):
            piece = f"{gap.answer}::{gap.hint}"
            yield RULE.warning(
                f"`{gap.hint}` is read as the hint of `{gap.answer}`",
                at.child("text").part(piece),
                f"if it belongs to the answer, write `{gap.answer}\\::{gap.hint}`, or put all of it into code",
            )
        elif not gap.hint and "`" not in gap.answer and _PHRASE.search(gap.answer):
            repair = _PHRASE.sub(lambda found: found[0].replace("::", ":: ", 1), gap.answer)
            yield RULE.warning(
                f"`{gap.answer}` has no hint: in code, `::` is part of the answer",
                at.child("text").part(gap.answer),
                f"if a hint was meant, write `{repair}`",
            )
