"""The tokens of TOML as patterns that never backtrack.

Every repetition is possessive, so the time is linear in the length of any text.
A pattern says where a token ends, not that all inside it is right: the decoder says that.
"""

from __future__ import annotations

import re
from functools import cache

# `""` is an empty string unless a third quote follows, and up to two quotes may stand
# before the three that close (TOML 1.0, "String").
_BASIC = r'"(?!"")(?:[^"\\\n]++|\\[^\n])*+"'
_LITERAL = r"'(?!'')[^'\n]*+'"
_LONG_BASIC = r'"""(?:[^"\\]++|\\[\s\S]|"{1,2}+(?!"))*+"{3,5}+'
_LONG_LITERAL = r"'''(?:[^']++|'{1,2}+(?!'))*+'{3,5}+"
_STRING = f"(?:{_LONG_BASIC}|{_BASIC}|{_LONG_LITERAL}|{_LITERAL})"
_COMMENT = r"\#[^\n]*+"
_BARE = "[A-Za-z0-9_-]++"
_WORD = r"""[^\s,\[\]{}\#"'=]"""


def _nest(opener: str, closer: str) -> str:
    """Return the pattern of a bracket pair with at most one more inside; deeper is counted."""
    inside = rf"""[^\{opener}\{closer}"'\#]++|{_STRING}|{_COMMENT}"""
    flat = rf"\{opener}(?:{inside})*+\{closer}"
    return rf"\{opener}(?:{inside}|{flat})*+\{closer}"


class Tokens:
    """The patterns, compiled."""

    def __init__(self) -> None:
        self.string = re.compile(_STRING)
        # A date and a time may be separated by one space; no other unquoted value contains one.
        self.scalar = re.compile(rf"\d{{4}}-\d\d-\d\d \d\d:{_WORD}*+|{_WORD}++")
        self.trivia = re.compile(rf"(?:[ \t\r\n]++|{_COMMENT})*+")
        self.line_end = re.compile(rf"[ \t]*+(?:{_COMMENT})?+(?:\r?\n|\Z)")
        self.key_part = re.compile(rf"({_BARE})|(?:{_BASIC}|{_LITERAL})")
        self.dot = re.compile(r"[ \t]*+\.[ \t]*+")
        self.blank = re.compile(r"[ \t]*+")
        self.plain_key = re.compile(rf"({_BARE})[ \t]*+=")
        self.plain_header = re.compile(rf"(\[\[?)[ \t]*+({_BARE})[ \t]*+(\]\]?)")
        # Brackets of the other kind count as text here: `elements` and `members` look closer.
        self.nested = re.compile(f"{_nest('[', ']')}|{_nest('{', '}')}")
        self.to_bracket = re.compile(rf"""(?:[^\[\]{{}}"'\#]++|{_STRING}|{_COMMENT})*+""")
        # Everything up to the next `[` that opens a header: a value's `[` comes only after `=`.
        # Inline tables need no care here, as they are made of keys, `=` and values too.
        array = _nest("[", "]")
        self.body = re.compile(rf"""(?:[^"'\#=\[]++|=[ \t]*+(?:{array})?+|{_STRING}|{_COMMENT})*+""")


@cache
def tokens() -> Tokens:
    """Compile the patterns on first use: a run without mistakes needs none of them."""
    return Tokens()


@cache
def flat_run() -> re.Pattern[str]:
    """Compile the pattern of a text up to the next bracket that contains another one."""
    inside = rf"""[^\[\]{{}}"'\#]++|{_STRING}|{_COMMENT}"""
    return re.compile(rf"(?:{inside}|\[(?:{inside})*+\]|\{{(?:{inside})*+\}})*+")
