"""Highlight code with Pygments, as spans with Pygments' short classes (`k`, `s`, `c`, …)."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import starmap
from typing import TYPE_CHECKING

from deckgen.patterns import lazy_pattern
from deckgen.text.characters import GAP
from deckgen.text.escape import escape_attribute, escape_text
from deckgen.text.stylesheet import DEEPEST

if TYPE_CHECKING:
    from pygments.lexer import Lexer

_LANGUAGE = lazy_pattern(r"[^\s,{]+")
#: Tokens that a browser would break after their hyphen: `->`, `-->`, `--option`; in escaped text.
_HYPHENS = lazy_pattern(r"-+&gt;|(?<![\w-])-+[\w=][\w-]*")
#: Words with the spaces after them, and spaces at the start of a token.
_WORDS = lazy_pattern(r"\S+\s*|\s+")
#: How many characters fit into a line wherever code is printed.
_LONG = 12
#: The end of a token after which a long word may be broken, and the beginning of one before which it may not.
_OPEN = lazy_pattern(r"[(\[{,;=.|&+*/]$")
_CLOSING = lazy_pattern(r"[)\]},;.]")
_LINES = lazy_pattern(r"[^\n]*\n|[^\n]+")


def code_block(code: str, info: str, *, lines: bool = False) -> str:
    """Return a fenced block as `<pre class="highlight">`; `info` is what follows the opening fence.

    An unknown language is kept as a class and the code stays plain. With `lines` each line is an element, of a class
    that says how far it is indented, so that what is wrapped of it can stand further in.
    """
    found = _LANGUAGE.match(info.lstrip())
    language = found[0] if found else ""
    attribute = f' class="language-{escape_attribute(language)}"' if language else ""
    tokens = _highlighted(code, language.lower())
    html = _in_lines(tokens) if lines else "".join(starmap(_span, tokens))
    return f'<pre class="highlight"><code{attribute}>{html}</code></pre>'


def _highlighted(code: str, language: str) -> list[tuple[str, str]]:
    """Return the class and the text of each token."""
    plain = [("", code)]
    lexer = _lexer(language) if language else None
    if lexer is None:
        return plain
    shielded, gaps = _shield(code)
    tokens = _tokens(lexer, shielded)
    if gaps:
        word = lazy_pattern("|".join(gaps))
        tokens = [(name, word.sub(lambda found: gaps[found[0]], text)) for name, text in tokens]
    # A lexer that splits words, or changes the text, cannot be used for this code.
    return tokens if "".join(text for _, text in tokens) == code else plain


def _in_lines(tokens: list[tuple[str, str]]) -> str:
    lines: list[list[tuple[str, str]]] = [[]]
    for name, text in tokens:
        for piece in _LINES.findall(text):
            lines[-1].append((name, piece))
            if piece.endswith("\n"):
                lines.append([])
    return "".join(map(_line, filter(None, lines)))


def _line(tokens: list[tuple[str, str]]) -> str:
    text = "".join(text for _, text in tokens)
    indent = text[: len(text) - len(text.lstrip(" \t"))] if text.strip() else ""
    depth = min(len(indent.expandtabs(4)), DEEPEST)
    if not depth:
        return f'<span class="codeline">{_in_words(tokens)}</span>'
    # The margin stands for these spaces, which stay in the text for whoever copies it.
    words = _in_words(_behind(tokens, len(indent)))
    return f'<span class="codeline in{depth}"><span class="indent">{indent}</span>{words}</span>'


def _behind(tokens: list[tuple[str, str]], length: int) -> list[tuple[str, str]]:
    """Return the tokens without their first `length` characters."""
    left = []
    for name, text in tokens:
        if length < len(text):
            left.append((name, text[length:]))
        length = max(0, length - len(text))
    return left


def _in_words(tokens: list[tuple[str, str]]) -> str:
    """Write the tokens of a line, each long word as one element, which may be broken after its tokens.

    WeasyPrint breaks what is too long for a line only within the first element of the line. So a long word is a block
    in the line, and so is a long token in it.
    """
    words: list[list[tuple[str, str]]] = [[]]
    for name, text in tokens:
        for piece in _WORDS.findall(text):
            if words[-1] and words[-1][-1][1][-1].isspace():
                words.append([])
            words[-1].append((name, piece))
    html = []
    short: list[tuple[str, str]] = []
    for word in words:
        if sum(len(text) for _, text in word) > _LONG:
            html += [*starmap(_unsplit, short), _long(word)]
            short = []
            continue
        for name, text in word:
            before = short.pop()[1] if short and short[-1][0] == name else ""
            short.append((name, before + text))
    return "".join([*html, *starmap(_unsplit, short)])


def _long(word: list[tuple[str, str]]) -> str:
    """Write a long word; what is white behind it stands outside, where it may hang over the end of the line."""
    last_name, last = word[-1]
    end = last.rstrip()
    parts: list[list[tuple[str, str]]] = [[]]
    for name, text in (*word[:-1], *(((last_name, end),) if end else ())):
        if parts[-1] and _OPEN.search(parts[-1][-1][1]) and not _CLOSING.match(text):
            parts.append([])
        parts[-1].append((name, text))
    html = []
    for part in parts:
        made = "".join(starmap(_unsplit, part))
        is_long = len(parts) > 1 and sum(len(text) for _, text in part) > _LONG
        html.append(f'<span class="long">{made}</span>' if is_long else made)
    return f'<span class="long">{"<wbr>".join(html)}</span>{last[len(end) :]}'


def _unsplit(name: str, text: str) -> str:
    """Write a token of a line that may be wrapped; arrows and options must not be split at their hyphens."""
    if name not in ("", "w", "err", "n") or "-" not in text:
        return _span(name, text)
    return _HYPHENS.sub(r'<span class="whole">\g<0></span>', _span(name, text))


def _shield(code: str) -> tuple[str, dict[str, str]]:
    """Replace each gap marker, which lexers would split as an error, by an identifier."""
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
    """Return the class and the text of each token, with neighbours of one class joined."""
    from pygments.token import STANDARD_TYPES

    joined: list[tuple[str, str]] = []
    for kind, text in lexer.get_tokens(code):
        # A type without a class is shown as its nearest ancestor with one.
        name = next(STANDARD_TYPES[above] for above in reversed(kind.split()) if above in STANDARD_TYPES)
        before = joined.pop()[1] if joined and joined[-1][0] == name else ""
        joined.append((name, before + text))
    return joined


def _span(name: str, text: str) -> str:
    # An error of the lexer is usually a fragment or a dialect, which learners need not see.
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
