"""Texts to HTML for one medium."""

from __future__ import annotations

import re
from unicodedata import normalize

from deckgen.core.text import Html, Text
from deckgen.patterns import lazy_pattern
from deckgen.text.characters import clean
from deckgen.text.directed import Direction, directed
from deckgen.text.escape import disarm
from deckgen.text.medium import Medium
from deckgen.text.parse import PARSER, begins_block, has_cjk_emphasis, parse
from deckgen.text.ruby import has_ruby
from deckgen.text.writer import Media, Writer

#: See `deckgen.text.placeholders`.
_PLACEHOLDER = "\U00012470"
#: A formula or a piece of code, which browsers separate from adjacent punctuation, and that punctuation.
_PUNCTUATED = lazy_pattern(
    r"""([(\[“„«‘]*)
    ( <span\ class="formula-wide">.*?</span>
    | <svg\ class="formula"(?:(?!</svg>).)*</svg>(?!</span>)
    | (?<!<pre\ class="highlight">)<code>[^<]*</code> )
    ([.,;:!?)\]”»’…%]*)""",
    re.DOTALL | re.VERBOSE,
)
#: Size of the cache of texts: more would cost memory in a large course, and repeated texts are close together.
_KEPT = 10_000
#: A `<` that is escaped, or may begin an autolink or the destination of a link.
_NOT_ONLY_TEXT = lazy_pattern(r"\\<|<[^<>\s]*[:@]|\][(:]\s*<")


class Renderer:
    """Renders texts for one medium, with a cache, since cells and options are repeated often."""

    def __init__(self, medium: Medium, media: Media, page: Direction | None = None) -> None:
        """Render for a medium; `page` is the direction of pages whose paragraphs need an explicit one."""
        self._medium = medium
        self._page = page
        self.media = media
        self._anki = medium is Medium.ANKI
        self._blocks: dict[Text, str] = {}

    def block(self, text: Text) -> str:
        """Return the text as blocks (`<p>…</p>`), without a newline at the end."""
        html = self._blocks.get(text)
        if html is None:
            if len(self._blocks) >= _KEPT:
                self._blocks.clear()
            html = self._blocks[text] = self._render(text)
        return html

    def inline(self, text: Text) -> str:
        """Return a text of one paragraph without its `<p>`; any other text like `block`."""
        html = self.block(text)
        if html.startswith("<p>") and html.find("</p>") == len(html) - 4:
            return html[3:-4]
        return html

    def _render(self, text: Text) -> str:
        if isinstance(text, Html):
            # Few texts are raw HTML.
            from deckgen.text.sanitize import sanitize

            html = sanitize(clean(text.html), self.media)
        else:
            text = clean(text)
            html = fast(text, anki=self._anki) or self._carefully(text)
            html = self._joined(html)
        if self._page:
            html = directed(html, self._page)
        if self._anki and not html.isascii():
            # NFC would compose `>` with U+0338, which would destroy the end of a tag.
            html = normalize("NFC", html.replace(">\u0338", ">&#824;"))
        return html

    def _joined(self, html: str) -> str:
        """Keep punctuation on the line of the formula or code next to it; on cards a script does it, also on old cards.

        It reads HTML because fast texts are written by the parser's own writer.
        """
        if self._anki or ("<svg" not in html and (self._medium is Medium.PAPER or "<code>" not in html)):
            return html
        return _PUNCTUATED.sub(self._unbroken, html)

    def _unbroken(self, found: re.Match[str]) -> str:
        # On paper code is broken by rules of the page.
        if not (found[1] or found[3]) or (self._medium is Medium.PAPER and found[2].startswith("<code>")):
            return found[0]
        return f'<span class="whole">{found[0]}</span>'

    def _carefully(self, text: str) -> str:
        return Writer(parse(text), self._medium, self.media).html().removesuffix("\n")


def fast(text: str, *, anki: bool) -> str | None:
    """Render a clean text with the parser's own writer; None if that is not safe or not correct.

    It is correct without links, images, formulas, task lists, blocks of code, ruby, references to forbidden characters,
    emphasis next to Chinese, Japanese or Korean, and lines that would become a block; the parser escapes the rest.
    The checks take a fifth of a microsecond, the parser and its writer one microsecond;
    detecting texts without any Markdown would take longer.
    """
    # Searching for one character is several times as fast as for two.
    if (
        ("&" in text and "&#" in text)
        or ("`" in text and "```" in text)
        or ("~" in text and "~~~" in text)
        or ("$" in text and text.count("$") > 1)
        or has_ruby(text)
        or begins_block(text)
        or has_cjk_emphasis(text)
    ):
        return None
    hidden = "<" in text
    if hidden:
        if _PLACEHOLDER in text or _NOT_ONLY_TEXT.search(text):
            return None
        text = text.replace("<", _PLACEHOLDER)
    html = PARSER.html(text)[:-1].replace(" />", ">")
    if "[" in text and ("<a " in html or "<img " in html or "<input " in html):
        return None
    if "<pre>" in html:
        return None
    if anki and ("[" in html or "\\" in html or "{{" in html):
        html = disarm(html)
    return html.replace(_PLACEHOLDER, "&lt;") if hidden else html
