"""Code on paper: lines that can be wrapped."""

from __future__ import annotations

import re
from html import unescape

from deckgen.text.code import code_block

CODE = """\
if server:  # a  comment
    server = socket.socket(socket.AF_INET6, socket.SOCK_STREAM)
\tx->y --option "two  words"
"""


def test_lines_on_paper_hold_the_same_text() -> None:
    """However they are parted."""
    for language in ("python", "c", "sh", "", "unknown"):
        html = code_block(CODE, language, lines=True)
        assert unescape(re.sub("<[^>]*>", "", html)) == CODE
        assert html.count('class="codeline') == CODE.count("\n")


def test_a_long_word_of_several_tokens_is_one_element() -> None:
    """It goes to the next line whole, and is broken only where that is too short for it."""
    html = code_block(CODE, "python", lines=True)
    words = [
        unescape(re.sub("<[^>]*>", "", found))
        for found in re.findall(r"<span>((?:<span .*?</span>)+ *\n?)</span>", html)
    ]
    assert [word.strip() for word in words] == ["socket.socket(socket.AF_INET6,", "socket.SOCK_STREAM)"]
