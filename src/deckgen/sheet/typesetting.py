"""What sheet templates can call: filters and functions for text, letters, room to write."""

from __future__ import annotations

import math
import re
from functools import cache, lru_cache, partial
from textwrap import shorten
from typing import TYPE_CHECKING, Any

import msgspec
from markupsafe import Markup, escape

from deckgen.core import Cloze, Matching, Numeric, Short, Word, gap_marker
from deckgen.direction import direction
from deckgen.numerals import exactness, written, written_points
from deckgen.sheet import points, typeface
from deckgen.sheet.measure import Picture, fits
from deckgen.sheet.phrasing import BLOCK_TAG, phrasing
from deckgen.sheet.pieces import read
from deckgen.sheet.rows import column_groups, printed_rows
from deckgen.sheet.tables import fitted
from deckgen.sheet.writing import lines, width
from deckgen.templating import html_environment
from deckgen.text import Medium, plain, ruby, stylesheet
from deckgen.text.isolation import isolated, lang, spanned, words_lang
from deckgen.vocabulary import typed_terms
from deckgen.words import counted, words
from deckgen.words.numbers import marks

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    import jinja2

    from deckgen.core import Example, Gap, Item, Text
    from deckgen.sheet.arrangement import Lettered
    from deckgen.sheet.kinds.matching import Matched
    from deckgen.sheet.profile import PageProfile
    from deckgen.sheet.version import Version
    from deckgen.templating import Templates
    from deckgen.text import Renderer

#: The first paragraph of a text and what is in it.
_PARAGRAPH = re.compile(r"<p\b[^>]*>(.*?)</p>", re.DOTALL)
#: A legend is never split between pages, so longer paragraphs (in characters) are not put into it.
_LONGEST_LEGEND = 1200
#: How much of a column is left to options, entries and cells.
_SHARE = 0.8
#: Room for a picture: its height in mm, as in the style sheet, and its width in em.
_PICTURE = (80, 20.0)
#: A question that is estimated to take so many pages may be torn; estimates err on the large side.
_MOST_OF_A_PAGE = 1.1
#: A side of a matching that is so many times as wide as the other gets more room.
_LEANING = 1.6
#: An option that is nothing but a picture.
_A_PICTURE = re.compile(r"<img [^>]*>")
#: Upper bounds, in letters, of the widths for writing by hand: `s`, `m`, `l`; beyond them `xl`.
_ROOM = ((5, "s"), (11, "m"), (20, "l"))
#: Letters of a bookmark.
_BOOKMARK = 80


class Stem(msgspec.Struct, frozen=True):
    """A prompt in two parts: its first paragraph, for a `legend`, and the blocks after it."""

    first: Markup
    rest: Markup


class Rooms(msgspec.Struct, frozen=True):
    """How wide blanks are, for the longest answer: `s`, `m`, `l` or `xl`, as the style sheet has them."""

    words: str
    numbers: str


def environment(templates: Templates, typesetter: Typesetter, profile: PageProfile) -> jinja2.Environment:
    """Return the environment for pages of a profile."""
    language = typesetter.language
    env = html_environment(templates)
    env.filters.update(
        inline=cache(partial(typesetter.inline, width=_SHARE * profile.measure)),
        flow=cache(partial(typesetter.flow, width=_SHARE * profile.measure)),
        block=cache(partial(typesetter.block, width=profile.measure)),
        stem=cache(partial(typesetter.stem, width=profile.measure)),
        gaps=partial(typesetter.gaps, width=profile.measure),
        plain=plain,
        ruby=with_ruby,
        base=ruby.base,
        typed_terms=typed_terms,
        bookmark=bookmark,
        isolated=lambda text, amid=False: isolated(with_ruby(text), direction(language), amid=amid),
        spanned=spanned,
        css_string=css_string,
        page_of=page_of,
        lines=lines,
        fit_two_columns=partial(fit_two_columns, typesetter),
        fills_page=partial(fills_page, profile),
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
        written_points=lambda points: written_points(points, language),
        exactness=lambda tolerance: exactness(tolerance, language),
        language=language,
        lang=lang,
        words_lang=lambda item: words_lang(item, language),
        leaning=leaning,
        printed_rows=printed_rows,
        earned=points.earned,
        grading=lambda version: points.grading(version, profile),
        column_groups=partial(column_groups, profile),
        direction=direction(language),
        gender=lambda gender: words(language)[f"word-gender-{gender}"] if gender else "",
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

    def inline(self, text: Text, width: float) -> Markup:
        """Render a text as phrasing content, for a label, a legend or a heading."""
        return Markup(phrasing(fitted(self._renderer.inline(text), width)))  # noqa: S704 -- see `block`

    def flow(self, text: Text, width: float) -> Markup:
        """Render a text for a cell or an entry of a list: one paragraph without its tags, others as blocks."""
        return Markup(fitted(self._renderer.inline(text), width))  # noqa: S704 -- see `block`

    def block(self, text: Text, width: float) -> Markup:
        """Render a text as paragraphs, for a column of `width` em."""
        # The renderer escapes what is not Markdown, and passes raw HTML only where the author insists.
        return Markup(fitted(self._renderer.block(text), width))  # noqa: S704

    def stem(self, text: Text, width: float) -> Stem:
        """Split a prompt: HTML allows no blocks in a `legend`."""
        whole = self.block(text, width)
        if not BLOCK_TAG.search(whole):
            return Stem(whole, Markup())
        paragraph = _PARAGRAPH.match(whole)
        if not paragraph or len(paragraph[1]) > _LONGEST_LEGEND:
            return Stem(Markup(), whole)
        # Both halves were markup before they were split.
        return Stem(Markup(paragraph[1]), Markup(whole[paragraph.end() :].strip()))  # noqa: S704

    def gaps(self, item: Cloze | Example, blank: Callable[[int, Gap], Markup], width: float) -> Markup:
        """Render a text with `blank(place, gap)` in its gaps; places count from 1."""
        whole = str(self.block(item.text, width))
        for index, gap in enumerate(item.gaps):
            whole = whole.replace(gap_marker(index), str(blank(index + 1, gap)).strip())
        return Markup(whole)  # noqa: S704 -- as above

    def number(self, value: float) -> str:
        """Write a number with the decimal point of the language."""
        return f"{value:g}".replace(".", marks(self.language).decimal)


def with_ruby(text: str) -> Markup:
    """Write a term, or an answer in plain text, with its ruby."""
    return Markup(ruby.plain_to_html(text, paper=True))  # noqa: S704 -- it escapes what it is given


def bookmark(item: Item) -> str:
    """Name an item in a few words of plain text, for the bookmarks of a PDF."""
    names = ("prompt", "term", "aspect", "text")
    label = next((plain(text) for name in names if (text := getattr(item, name, ""))), "")
    if isinstance(item, Matching) and not label:
        label = ", ".join(plain(pair.left) for pair in item.pairs)
    if isinstance(item, Word) and item.ask not in ("", "recognise"):
        label = "" if item.ask == "listen" else ", ".join(item.meanings)
    for place in range(len(getattr(item, "gaps", ()))):
        label = label.replace(gap_marker(place), "…")
    return _few_words(label)


@lru_cache(maxsize=1000)  # versions of a sheet have the same questions
def _few_words(label: str) -> str:
    return shorten(label, _BOOKMARK, placeholder=" …")


def css_string(text: str) -> Markup:
    """Return `text` as a quoted CSS string that is safe in a `style` element.

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


def fit_two_columns(typesetter: Typesetter, texts: Iterable[Text], most: int) -> bool:
    """Return whether options are short enough, at most `most` letters, or pictures, to stand two in a line."""
    if not most:
        return False
    return all(
        width(plain(text)) <= most or _A_PICTURE.fullmatch(typesetter.inline(text, math.inf))
        for text in texts
    )


def fills_page(profile: PageProfile, html: str, writing: int = 0) -> bool:
    """Return whether a question takes most of a page, with so many lines to write on, and so may be torn."""
    height = _MOST_OF_A_PAGE * profile.text_height - writing * profile.writing
    picture = Picture(_PICTURE[0] / profile.line_height, _PICTURE[1])
    return not fits(read(html), profile.measure, height / profile.line_height, picture)


def leaning(left: Sequence[Matched], right: Sequence[Lettered]) -> str:
    """Return the class that gives the longer side of a matching more of the width."""
    widths = [max(width(plain(entry.text)) for entry in side) for side in (left, right)]
    if widths[0] > _LEANING * widths[1]:
        return " wide-left"
    return " wide-right" if widths[1] > _LEANING * widths[0] else ""


def rooms(version: Version) -> Rooms:
    """Return how wide the blanks of a version are: all alike, so that none tells how long its answer is."""
    items = [question.item for question in version.questions]
    words = [item.answer for item in items if isinstance(item, Short)]
    words += [gap.answer for item in items if isinstance(item, Cloze) for gap in item.gaps]
    words += [
        gap.answer
        for item in items
        if isinstance(item, Word) and item.ask == "fill"
        for gap in item.examples[0].gaps
    ]
    return Rooms(_room(words), _room(item.answer for item in items if isinstance(item, Numeric)))


def _room(answers: Iterable[str]) -> str:
    longest = max((width(plain(answer)) for answer in answers), default=0)
    return next((name for most, name in _ROOM if longest <= most), "xl")


def _filled(pattern: str, values: dict[str, Any]) -> Markup:
    """Fill `{names}` of fixed words; values that are markup stay so."""
    filled = str(escape(pattern))
    for name, value in values.items():
        filled = filled.replace("{" + name + "}", str(escape(value)))
    return Markup(filled)  # noqa: S704 -- every piece was escaped
