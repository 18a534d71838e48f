"""What sheet templates can call: filters and functions for text, letters, room to write."""

from __future__ import annotations

import re
from functools import partial
from textwrap import shorten
from typing import TYPE_CHECKING, Any
from unicodedata import east_asian_width

import msgspec
from markupsafe import Markup, escape

from deckgen.core import Html, gap_marker
from deckgen.direction import direction
from deckgen.numerals import exactness, written
from deckgen.sheet import typeface
from deckgen.sheet.rows import printed_rows
from deckgen.templating import html_environment
from deckgen.text import Medium, plain, stylesheet
from deckgen.words import counted, words
from deckgen.words.numbers import marks

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    import jinja2

    from deckgen.core import Cloze, Gap, Item, Text
    from deckgen.sheet.arrangement import Lettered
    from deckgen.sheet.kinds.matching import Matched
    from deckgen.sheet.profile import PageProfile
    from deckgen.templating import Templates
    from deckgen.text import Renderer

#: Tags of blocks that texts can hold. The renderer escapes `<` in attributes, so that these are tags.
_BLOCK_TAG = re.compile(
    r"<(?P<close>/?)(?P<name>p|div|pre|ul|ol|li|dl|dt|dd|blockquote|h[1-6]|hr|figure|figcaption"
    r"|table|caption|thead|tbody|tfoot|tr|th|td)\b(?P<rest>[^>]*)>"
)
#: A side of a matching that is so many times as wide as the other gets more room.
_LEANING = 1.6
#: Upper bounds, in letters, of the widths for writing by hand: `s`, `m`, `l`; beyond them `xl`.
_ROOM = ((5, "s"), (11, "m"), (20, "l"))
#: Letters of a bookmark.
_BOOKMARK = 80
#: Letters that a hand puts on one line of a definition.
_LETTERS_A_LINE = 55


class Stem(msgspec.Struct, frozen=True):
    """A prompt in two: its first paragraph, which a `legend` may hold, and the blocks after it."""

    first: Markup
    rest: Markup


def environment(templates: Templates, typesetter: Typesetter, profile: PageProfile) -> jinja2.Environment:
    """Return the environment for pages of a profile."""
    language = typesetter.language
    env = html_environment(templates)
    env.filters.update(
        inline=typesetter.inline,
        block=typesetter.block,
        stem=typesetter.stem,
        gaps=typesetter.gaps,
        plain=plain,
        bookmark=bookmark,
        css_string=css_string,
        page_of=page_of,
        room=room,
        lines=lines,
        fit_two_columns=fit_two_columns,
        address=address,
    )
    say = {
        key.removeprefix("sheet-"): text for key, text in words(language).items() if key.startswith("sheet-")
    }
    env.globals.update(
        t=say,
        t_list=words(language)["list-comma"],
        t_point=marks(language).decimal,
        say=lambda key, **values: _filled(say[key], values),
        counted=lambda key, number: counted(language, key, number),
        number=typesetter.number,
        written=lambda number: written(number, language),
        exactness=lambda tolerance: exactness(tolerance, language),
        language=language,
        leaning=leaning,
        printed_rows=printed_rows,
        direction=direction(language),
        profile=profile,
        faces=partial(typeface.rules, large=profile.large),
        **typeface.STACKS,
        text_style=Markup(stylesheet(Medium.PAPER)),  # noqa: S704 -- our own style sheet
    )
    return env


class Typesetter:
    """Renders texts, each once, however many versions print it."""

    def __init__(self, renderer: Renderer, language: str) -> None:
        self._renderer = renderer
        self.language = language
        self._blocks: dict[Text, Markup] = {}
        self._inlines: dict[Text, Markup] = {}

    def inline(self, text: Text) -> Markup:
        """Render a text as phrasing content, which may stand in a label, a legend or a heading."""
        if text not in self._inlines:
            # The renderer escapes what is no Markdown, and passes raw HTML only where the author insists.
            self._inlines[text] = Markup(_BLOCK_TAG.sub(_as_span, self._renderer.inline(text)))  # noqa: S704
        return self._inlines[text]

    def block(self, text: Text) -> Markup:
        """Render a text as paragraphs."""
        if text not in self._blocks:
            self._blocks[text] = Markup(self._renderer.block(text))  # noqa: S704 -- as above
        return self._blocks[text]

    def stem(self, text: Text) -> Stem:
        """Split a prompt: HTML allows no blocks in a `legend`."""
        whole = self.block(text)
        if isinstance(text, Html) or not whole.startswith("<p>"):
            return Stem(Markup(), whole)
        first, _, rest = whole.removeprefix("<p>").partition("</p>")
        # Both halves were markup before they were split.
        return Stem(Markup(first), Markup(rest.strip()))  # noqa: S704

    def gaps(self, item: Cloze, blank: Callable[[int, Gap], Markup]) -> Markup:
        """Render a cloze text with `blank(place, gap)` in its gaps; places count from 1."""
        whole = str(self.block(item.text))
        for index, gap in enumerate(item.gaps):
            whole = whole.replace(gap_marker(index), str(blank(index + 1, gap)).strip())
        return Markup(whole)  # noqa: S704 -- as above

    def number(self, value: float) -> str:
        """Write a number with the decimal point of the language."""
        return f"{value:g}".replace(".", marks(self.language).decimal)


def _as_span(tag: re.Match[str]) -> str:
    """Write the tag of a block as one of a `span` that a class makes look like it."""
    if tag["close"]:
        return "</span>"
    rest = tag["rest"]
    had = re.search(r'\sclass="([^"]*)"', rest)
    classes = f"as-{tag['name']} {had[1]}" if had else f"as-{tag['name']}"
    void = "</span>" if tag["name"] == "hr" else ""
    return f'<span class="{classes}"{rest.replace(had[0], "") if had else rest}>{void}'


def bookmark(item: Item) -> str:
    """Name an item in a few words of plain text, for the bookmarks of a PDF."""
    names = ("prompt", "term", "aspect", "text")
    said = next((plain(text) for name in names if (text := getattr(item, name, ""))), "")
    for place in range(len(getattr(item, "gaps", ()))):
        said = said.replace(gap_marker(place), "…")
    return shorten(said, _BOOKMARK, placeholder=" …")


def css_string(text: str) -> Markup:
    """Return `text` as a CSS string, quotes and all, that may stand in a `style` element.

    What could end the string or the element is written as an escape (CSS Syntax 3, 4.3.7).
    """
    inner = re.sub(r"""["'\\<>&\x00-\x1f\x7f]""", lambda found: f"\\{ord(found[0]) or 0xFFFD:x} ", text)
    return Markup(f'"{inner}"')  # noqa: S704 -- just escaped


def page_of(pattern: str, half: str = "") -> Markup:
    """Turn `Page {page} of {pages}` into a value of CSS `content`; `half` goes with the number of the page."""
    pieces = re.split(r"(\{pages?\})", pattern)
    counters = {"{page}": Markup("counter(page) ") + css_string(half), "{pages}": Markup("counter(pages)")}
    return Markup(" ").join(counters.get(piece) or css_string(piece) for piece in pieces if piece)


def address(url: str) -> str:
    """Return a web address as people read it: without `https://` and a slash at its end."""
    return url.removeprefix("https://").removeprefix("http://").removesuffix("/")


def width(text: str) -> int:
    """Measure a text in letters; wide ones (Chinese, Japanese, Korean) count twice."""
    return sum(2 if east_asian_width(letter) in "WF" else 1 for letter in text)


def fit_two_columns(texts: Iterable[Text], most: int) -> bool:
    """Tell whether options are short enough, at most `most` letters, to stand two in a line."""
    return all(width(plain(text)) <= most for text in texts)


def leaning(left: Sequence[Matched], right: Sequence[Lettered]) -> str:
    """Return the class that gives the longer side of a matching more of the width."""
    widths = [max(width(plain(entry.text)) for entry in side) for side in (left, right)]
    if widths[0] > _LEANING * widths[1]:
        return " wide-left"
    return " wide-right" if widths[1] > _LEANING * widths[0] else ""


def room(answers: Iterable[str]) -> str:
    """Return how wide a blank must be for the longest of `answers`: `s`, `m`, `l` or `xl`.

    Four sizes only, and one for all blanks of a question, so that the width tells little.
    """
    longest = max((width(plain(answer)) for answer in answers), default=0)
    return next((name for most, name in _ROOM if longest <= most), "xl")


def lines(text: Text) -> int:
    """Return how many lines to leave for writing what `text` says, 2 to 8."""
    return min(8, max(2, 1 + -(-width(plain(text)) // _LETTERS_A_LINE)))


def _filled(pattern: str, values: dict[str, Any]) -> Markup:
    """Fill `{names}` of fixed words; values that are markup stay so."""
    filled = str(escape(pattern))
    for name, value in values.items():
        filled = filled.replace("{" + name + "}", str(escape(value)))
    return Markup(filled)  # noqa: S704 -- every piece was escaped
