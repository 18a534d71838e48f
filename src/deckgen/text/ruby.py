r"""Ruby: `{漢字|かんじ}`, small signs that say how others are read.

The first part ends in a Han character or kana, and neither part holds markup, so that braces and pipes of other
languages stay what they are. `\{漢字|かんじ}` is the text.

In Markdown the braces and the pipe give way to noncharacters, which no text holds, one for one. So the pipe parts no
cell of a table, emphasis takes the whole for a word, and in code and formulas the signs are put back.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from deckgen.patterns import lazy_pattern
from deckgen.text.escape import escape

#: Han (Unicode's script, with the marks that repeat a character) and kana, for a set of characters in a pattern.
HAN_OR_KANA = (
    "\u2e80-\u2fd5\u3005-\u3007\u3021-\u3029\u3038-\u303b\u3041-\u3096\u3099-\u309f\u30a1-\u30fa\u30fc-\u30ff"
    "\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff66-\uff9f\U0001aff0-\U0001b16f\U00020000-\U0003ffff"
)
#: What a part may hold: no punctuation of ASCII but what names hold, no control, no marker of a gap.
_PART = "[^\x00-\x1f!-&(-,/:-@\\[-`{-~\ufdd0-\ufdef]"
_RUBY = lazy_pattern(
    rf"(?P<slashes>\\*)\{{(?P<base>{_PART}*[{HAN_OR_KANA}])\|(?P<reading>(?=[^}}]*[^\s}}]){_PART}+)\}}"
)
_OPEN, _MIDDLE, _CLOSE = "\ufdd8", "\ufdd9", "\ufdda"
_MARKED = lazy_pattern(f"{_OPEN}([^{_MIDDLE}]*){_MIDDLE}([^{_CLOSE}]*){_CLOSE}")
#: The same with punctuation that no line may end or begin with (JLREQ, 3.1.7 and 3.1.8).
_PUNCTUATED = lazy_pattern(
    rf"([(\[“‘（〔［｛〈《「『【]*){_MARKED.pattern}([)\]”’.,:;!?…、。，．：；！？）〕］｝〉》」』】・ー]*)"
)
_SIGNS = str.maketrans({_OPEN: "{", _MIDDLE: "|", _CLOSE: "}"})


def has_ruby(text: str) -> bool:
    """Tell whether a text holds ruby, or its escape; in code and formulas too."""
    return "|" in text and "{" in text and _RUBY.search(text) is not None


def is_ruby(text: str) -> bool:
    """Tell whether a text is ruby and nothing else."""
    return text[:1] == "{" and _RUBY.fullmatch(text) is not None


def marked(text: str) -> str:
    """Write noncharacters for the signs of ruby in Markdown, one for one."""

    def mark(found: re.Match[str]) -> str:
        if len(found["slashes"]) % 2:
            return found[0]
        return f"{found['slashes']}{_OPEN}{found['base']}{_MIDDLE}{found['reading']}{_CLOSE}"

    return _RUBY.sub(mark, text)


def unmarked(text: str) -> str:
    """Put the signs back: where the text is code, say."""
    return text.translate(_SIGNS) if _OPEN in text else text


def base_of_marked(text: str) -> str:
    """Return a marked text without readings."""
    return _MARKED.sub(r"\1", text) if _OPEN in text else text


def marked_to_html(text: str, escaped: Callable[[str], str], *, paper: bool = False) -> str:
    """Write a marked text as HTML; `escaped` writes what is not ruby."""
    if _OPEN not in text:
        return escaped(text)
    html: list[str] = []
    done = 0
    for found in (_PUNCTUATED if paper else _MARKED).finditer(text):
        parts = map(escaped, found.groups())
        html += (escaped(text[done : found.start()]), (_on_paper if paper else _element)(*parts))
        done = found.end()
    return "".join((*html, escaped(text[done:])))


def _element(base: str, reading: str) -> str:
    return f"<ruby>{base}<rp>(</rp><rt>{reading}</rt><rp>)</rp></ruby>"


def _on_paper(before: str, base: str, reading: str, after: str) -> str:
    # WeasyPrint knows no ruby: it is a box whose last line, the base, stands on the line of the text.
    box = f'<span class="ruby"><span class="reading">{reading}</span>{base}</span>'
    return f'<span class="whole">{before}{box}{after}</span>' if before or after else box


def base(text: str) -> str:
    """Return a text that is not Markdown without readings."""
    return base_of_marked(_marked_plain(text)) if has_ruby(text) else text


def plain_to_html(text: str, escaped: Callable[[str], str] = escape, *, paper: bool = False) -> str:
    """Write a text that is not Markdown as HTML; `escaped` writes what is not ruby."""
    return marked_to_html(_marked_plain(text), escaped, paper=paper) if has_ruby(text) else escaped(text)


def _marked_plain(text: str) -> str:
    """Mark ruby in a text in which a backslash is one, unless it stands before what would be ruby."""

    def mark(found: re.Match[str]) -> str:
        slashes = found["slashes"]
        if slashes:
            return f"{slashes[:-1]}{found[0][len(slashes) :]}"
        return f"{_OPEN}{found['base']}{_MIDDLE}{found['reading']}{_CLOSE}"

    return _RUBY.sub(mark, text)
