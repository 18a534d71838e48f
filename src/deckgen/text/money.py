r"""Distinguish formulas from money and shell variables: which `$…$` a reader takes for mathematics.

The Markdown parser pairs dollars by its own rules (an opening one is followed by no space, a closing one
preceded by none, braces are balanced). Of what it pairs, this is not a formula:

1. the closing dollar is followed by a digit, as in pandoc: `$5-$10`;
2. it reads as amounts in a sentence: an amount after the opening dollar, or one before each of the two,
   and prose between: `$5, or 5$ in Spain`, `between $1 and 2$`, `5$-6$`;
3. an amount after a currency's letters: `US$5 and 6$`;
4. variables of a shell or a template: `$HOME/$USER`, `${a}-${b}`;
5. for `$$…$$`: a third dollar at either end, or words alone: `a $$ to $$$ place`.

All else is a formula, `$5-10$` and `$5$` too: who writes dollars at both ends of one term means it.
A backslash settles it: `\$` is always a dollar.
"""

from __future__ import annotations

import re

from deckgen.patterns import lazy_pattern

_FUNCTIONS = (
    "arg|cos|cosh|cot|csc|deg|det|dim|exp|gcd|inf|ker|lcm|lg|lim|ln|log|max|min|mod|sec|sin|sinh|sup|tan|tanh"
)
_COMMANDS = lazy_pattern(
    r"\\(?:text[a-z]*|math[a-z]+|operatorname\*?|mbox)\s*\{[^{}]*\}|\\[A-Za-z]+|\\.", re.DOTALL
)
#: A word with another word, an amount or punctuation after it; or a single letter between two numbers
#: (`5 y 6`, but `2 x 3` is a product); or punctuation of prose.
_PROSE = lazy_pattern(
    rf"(?<![\w^]) (?!(?:{_FUNCTIONS})\b) [^\W\d_]{{2,}} (?=\s+[\w(]|\s*[,.;:!?)])"
    r"|(?<=\d\s)(?![xX]\b)[^\W\d_](?=\s+\d)"
    r"|[–—…“”„«»]",
    re.VERBOSE,
)
_AMOUNT = lazy_pattern(r"[+-]?\.?[0-9]")
_SEPARATED_AMOUNT = lazy_pattern(r"[-–—/&+]\s?[0-9]")
_CLAUSE = lazy_pattern(r"[,.;:?!]\s|\)")
_VARIABLE = lazy_pattern(r"[A-Z_]{2,}")
_WORDS = lazy_pattern(r"[\s,.;:!?'’\w()-]*\Z")


def is_formula(content: str, before: str, after: str, *, display: bool) -> bool:
    """Decide whether `content` between dollars is mathematics.

    Args:
        content: What stands between the dollars.
        before: The text before the opening dollars; only its end is looked at.
        after: The text after the closing dollars; only its beginning is looked at.
        display: True for `$$…$$`.
    """
    if display:
        return not (before.endswith("$") or after.startswith("$") or _is_words(content))
    return not (after[:1].isdecimal() or _is_money(content, before) or _is_variable(content, after))


def _is_money(content: str, before: str) -> bool:
    begins = _AMOUNT.match(content) is not None
    if begins and before[-1:].isascii() and before[-1:].isupper():
        return True
    suffixed = before[-1:].isdecimal()
    if suffixed and (_CLAUSE.match(content) or _SEPARATED_AMOUNT.match(content)):
        return True
    if begins or (suffixed and content[-1:].isdecimal()):
        return _PROSE.search(_COMMANDS.sub("+", content)) is not None
    return False


def _is_variable(content: str, after: str) -> bool:
    follows = after[:1]
    if not (follows.isascii() and (follows.isalpha() or follows in ("{", "(", "_"))) or not follows:
        return False
    if content[-1] in "/:,.;=+-|&@":
        return True
    return _VARIABLE.match(content) is not None and _VARIABLE.match(after) is not None


def _is_words(content: str) -> bool:
    """Return whether a content such as ` to ` or `; echo ` is prose: no sign of mathematics, and at least one word."""
    return (
        content[:1] in " ,.;:!?"
        and _WORDS.match(content) is not None
        and re.search(r"[^\W\d_]{2}", content) is not None
    )
