"""Code on paper: lines that can be wrapped."""

from __future__ import annotations

import re
from html import unescape

import pytest

from deckgen.sheet import typeface
from deckgen.sheet.pdf import pdf
from deckgen.text import Medium, stylesheet
from deckgen.text.code import code_block
from sheet.paper import overlapping, read, spilled

DEEP = f"""\
server = socket.socket(socket.AF_INET6, socket.SOCK_STREAM)
x = '{"abcdefghij" * 15}' + y
    value = call_a_function_with_a_long_name(argument_number_one=0, argument_number_two=0)
{24 * " "}deep = connections_of(addresses_of_the_host)
{60 * " "}deeper = 1
\t\t\t\t\t\t\t\t\t\t\ttabs = {"https://example.org/" + 9 * "path/"!r}
"""
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


def bare(html: str) -> str:
    """Return the text of HTML."""
    return unescape(re.sub("<[^>]*>", "", html))


def test_a_long_word_is_one_element() -> None:
    """It goes to the next line whole, and is broken after its tokens where that is too short for it."""
    html = code_block(CODE, "python", lines=True)
    _, first, second, *_ = html.split('<span class="long">')
    assert bare(first) == "socket.socket(socket.AF_INET6, "
    assert bare(second).partition("\n")[0] == "socket.SOCK_STREAM)"
    assert [bare(part) for part in first.split("<wbr>")] == ["socket.", "socket(", "socket.", "AF_INET6, "]


def test_a_word_is_not_broken_before_what_closes_it() -> None:
    """A comma and a bracket stay with what they end, a name with the bracket that it opens."""
    html = code_block("f(argument_number_one=(1, 2), x=[call_of_a_function()])\n", "python", lines=True)
    assert [bare(part) for part in html.split("<wbr>")] == [
        "f(", "argument_number_one=", "(", "1, 2), x=", "[", "call_of_a_function()])\n",
    ]  # fmt: skip


def test_a_margin_stands_for_the_indent() -> None:
    """However deep it is, so that what is wrapped has room; the spaces stay in the text."""
    html = code_block("if x:\n\t y\n" + 60 * " " + "z\n", "python", lines=True)
    assert '<span class="codeline in5"><span class="indent">\t </span>' in html
    assert f'<span class="codeline in40"><span class="indent">{60 * " "}</span>' in html


@pytest.mark.parametrize("size", [8, 10.5, 20])
@pytest.mark.parametrize("language", ["python", ""])
def test_no_code_leaves_a_narrow_column(size: float, language: str) -> None:
    """Deep indents, long words of one token and of many: all of it stays between its edges, and no line on another."""
    block = code_block(DEEP, language, lines=True)
    made = pdf(
        f"""<!doctype html><html lang="en"><title>Code</title><style>{typeface.rules("<pre>")}
        {stylesheet(Medium.PAPER)} @page {{ size: 83mm 290mm; margin: 3mm }} * {{ box-sizing: border-box }} body {{ margin: 0; font-size: {size}pt }}
        pre {{ margin: 0; font: .86em {typeface.STACKS["mono"]} }}</style>{block}""".encode()
    )
    paper = read(made)
    assert overlapping(paper) == []
    assert spilled(paper, margin=2) == []
    assert "".join(paper.text.split()) == "".join(DEEP.split())
