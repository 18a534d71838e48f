"""How much room a text takes is not estimated too small, in any letter of the faces that a page carries."""

from __future__ import annotations

import re
from base64 import b64decode
from io import BytesIO
from typing import TYPE_CHECKING
from unicodedata import category

import pytest
from fontTools.ttLib import TTFont
from hypothesis import given
from hypothesis import strategies as st

from deckgen.sheet.measure import Picture, extent, fits, least_height, longest_word
from deckgen.sheet.pieces import Word, read
from deckgen.sheet.typeface import MONO, rules
from laws import law

if TYPE_CHECKING:
    from playwright.sync_api import Page

#: Letters of all scripts, and code, so that all faces are carried.
ALL = "<code>ĀΩЖ</code>"
FACE = re.compile(
    r'font-family: "([^"]+)"; font-weight: (\d+); font-style: (\w+); src: url\(data:[^,]*,([^)]+)\)'
)
#: Widths in em of each letter repeated, so that what moves two of them apart counts.
WIDTHS = """async (faces) => {
  const context = document.createElement("canvas").getContext("2d");
  const found = [];
  for (const [font, letters] of faces) {
    await document.fonts.load(font, letters.join(""));
    context.font = font;
    found.push(letters.map((letter) => context.measureText(letter.repeat(20)).width / 2000));
  }
  return found;
}"""
#: The size of code, as the style sheet says.
CODE = 0.86


def estimated(html: str) -> float:
    """Return the estimated width of text without spaces, in em."""
    return sum(piece.width for piece in read(html) if isinstance(piece, Word))


def test_no_letter_is_wider_than_estimated(page: Page) -> None:
    """Latin of all Europe, Greek, Cyrillic and signs, upright, slanted and bold, in text and in code, by 1 % at most."""
    css = str(rules(ALL))
    page.set_content(f"<style>{css}</style>")
    faces = []
    for family, weight, style, font in FACE.findall(css):
        letters = TTFont(BytesIO(b64decode(font))).getBestCmap()
        shown = [chr(letter) for letter in letters if category(chr(letter))[0] not in "CMZ"]
        faces.append((f'{style} {weight} 100px "{family}"', shown))
    assert len(faces) == 18
    tight = {}
    for (font, letters), widths in zip(faces, page.evaluate(WIDTHS, faces), strict=True):
        tag, size = ("code", CODE) if MONO in font else ("b", 1) if " 600 " in font else ("i", 1)
        for letter, width in zip(letters, widths, strict=True):
            room = estimated(f"<{tag}>{letter.replace('<', '&lt;').replace('&', '&amp;')}</{tag}>")
            if width * size > 1.01 * room:
                tight[font, letter] = (round(width * size, 3), room)
    assert tight == {}


@pytest.mark.parametrize(
    "tag", ["b", "strong", "em", 'span class="answer"', 'li class="answer"', 'b class="filled"']
)
def test_bold_letters_take_more_room(tag: str) -> None:
    """Whatever makes them bold; and what comes after is not bold any more."""
    html = f"<p>x <{tag}>xxxx</{tag.partition(' ')[0]}> xxxx</p>"
    before, bold, after = [piece.width for piece in read(html) if isinstance(piece, Word)]
    assert bold > after == 4 * before


@pytest.mark.parametrize(
    "html", ["<b>word</b>:", "<b>wo</b><i>rd:</i>", "wo<code>rd</code>:", "(<b>word</b>)"]
)
def test_what_touches_a_word_is_part_of_it(html: str) -> None:
    """No line ends before the colon after a bold word."""
    (word,) = read(html)
    assert isinstance(word, Word)
    assert longest_word(read(html)) == word.width


def test_a_line_may_end_where_a_word_does() -> None:
    """After a space, a hyphen, a place where a long word of code may break, and the letter of an option."""
    for html in (
        "word word",
        "word-word",
        "<code>word<wbr>word</code>",
        "<li><b>word</b>word</li>",
        "日本<b>word</b>",
    ):
        assert longest_word(read(html)) < 0.6 * estimated(html) + 1, html


def test_a_bold_word_that_fills_its_line_pushes_the_next_one_down() -> None:
    """Six lines of thirty bold letters, and a word that has no room on the last of them, are seven lines."""
    html = f"<p><b>{'x' * 180}</b>: x</p>"
    width = 16.8  # em of a card in large print
    assert not fits(read(html), width, 6.5, Picture(1, 1))
    assert fits(read(html), width, 7.5, Picture(1, 1))


#: What pages consist of: words of several widths, spaces, hyphens, letters of other scripts, blocks and tables.
SCRAPS = (
    "a", "Word", "incomprehensibilities", " ", "  ", "\n", "well-known", "-", "漢字", "<b>bold</b>", "<br>", "<wbr>",
    "<p>Word a <i>Word</i></p>", "<ul><li>well-known Word</li><li><b>A</b>a</li></ul>", "<pre>  code\n x y</pre>",
    "<blockquote>Word a word, a Word</blockquote>", "<code>x y</code>", '<img src="a.png">', "MMMMMM",
    '<svg style="width: 3em; height: 2em"></svg>', "<table><tr><td>a cell</td><td>b</td></tr></table>",
    '<span class="blank"></span>',
)  # fmt: skip


@law(60)
@given(scraps=st.lists(st.sampled_from(SCRAPS), max_size=60), width=st.floats(3, 30))
def test_no_size_is_left_out_that_fits(scraps: list[str], width: float) -> None:
    """The least height is quick to tell, and never more than pieces take."""
    pieces = read("".join(scraps))
    least = least_height(extent(pieces), width)
    for taken in range(int(least * 4) + 1):
        assert not fits(pieces, width, taken / 4, Picture(1, 1)) or least <= taken / 4


def test_the_least_height_is_near_the_real_one() -> None:
    """It counts lines of words and the room below blocks, so that nearly all sizes that do not fit are left out."""
    pieces = read("<p>" + "some words " * 40 + "</p>" + "<p>one more</p>" * 3)
    least = least_height(extent(pieces), 20)
    assert not fits(pieces, 20, least - 0.1, Picture(4, 10))
    assert fits(pieces, 20, 1.2 * least, Picture(4, 10))
