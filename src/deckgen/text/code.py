"""Highlight code with Pygments, as spans with Pygments' short classes (`k`, `s`, `c`, …)."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from deckgen.text.characters import GAP
from deckgen.text.escape import escape_attribute, escape_text

if TYPE_CHECKING:
    from pygments.lexer import Lexer

_LANGUAGE = re.compile(r"[^\s,{]+")


def code_block(code: str, info: str) -> str:
    """Return a fenced block as `<pre class="highlight">`; `info` is what follows the opening fence.

    An unknown language is kept as a class and the code stays plain.
    """
    found = _LANGUAGE.match(info.lstrip())
    language = found[0] if found else ""
    attribute = f' class="language-{escape_attribute(language)}"' if language else ""
    return f'<pre class="highlight"><code{attribute}>{_highlighted(code, language.lower())}</code></pre>'


def _highlighted(code: str, language: str) -> str:
    lexer = _lexer(language) if language else None
    if lexer is None:
        return escape_text(code)
    shielded, gaps = _shield(code)
    html = "".join(_span(kind, text) for kind, text in _tokens(lexer, shielded))
    for word, marker in gaps.items():
        html = html.replace(word, marker)
    # A lexer that splits words apart, or changes the text, cannot be trusted with this code.
    whole = re.sub(r"<[^>]*>", "", html) == escape_text(code)
    return html if whole else escape_text(code)


def _shield(code: str) -> tuple[str, dict[str, str]]:
    """Write an identifier for each gap marker, which lexers would take for an error and tear apart."""
    gaps: dict[str, str] = {}
    if "\ufdd0" not in code:
        return code, gaps

    def word(found: re.Match[str]) -> str:
        name = f"q{'q' * longest}gap{''.join(chr(ord('a') + int(digit)) for digit in found[1])}z"
        gaps[name] = found[0]
        return name

    longest = max(map(len, re.findall("q+", code)), default=0)
    return GAP.sub(word, code), gaps


def _tokens(lexer: Lexer, code: str) -> list[tuple[str, str]]:
    """Give the class and the text of each token, neighbours of one class joined."""
    from pygments.token import STANDARD_TYPES

    joined: list[tuple[str, str]] = []
    for kind, text in lexer.get_tokens(code):
        # A type without a class is shown as the nearest one above it that has one.
        name = next(STANDARD_TYPES[above] for above in reversed(kind.split()) if above in STANDARD_TYPES)
        before = joined.pop()[1] if joined and joined[-1][0] == name else ""
        joined.append((name, before + text))
    return joined


def _span(name: str, text: str) -> str:
    # An error to the lexer is mostly a fragment or a dialect, nothing to show to learners.
    return (
        f'<span class="{name}">{escape_text(text)}</span>'
        if name not in ("", "w", "err")
        else escape_text(text)
    )


@lru_cache(maxsize=128)
def _lexer(language: str) -> Lexer | None:
    from pygments.lexers import get_lexer_by_name
    from pygments.util import ClassNotFound

    try:
        return get_lexer_by_name(language, stripnl=False, ensurenl=False)
    except ClassNotFound:
        return None
