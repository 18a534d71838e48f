"""Texts to HTML for one medium."""

from __future__ import annotations

from unicodedata import normalize

from deckgen.core.text import Html, Text
from deckgen.text.characters import clean
from deckgen.text.escape import disarm
from deckgen.text.medium import Medium
from deckgen.text.parse import PARSER, parse
from deckgen.text.sanitize import sanitize
from deckgen.text.writer import Media, Writer


class Renderer:
    """Renders texts for one medium; keeps what it has rendered, as cells and options return often."""

    def __init__(self, medium: Medium, media: Media) -> None:
        self._medium = medium
        self._media = media
        self._anki = medium is Medium.ANKI
        self._blocks: dict[Text, str] = {}

    def block(self, text: Text) -> str:
        """Return the text as blocks (`<p>…</p>`), without a newline at the end."""
        html = self._blocks.get(text)
        if html is None:
            html = self._blocks[text] = self._render(text)
        return html

    def inline(self, text: Text) -> str:
        """Return a text of one paragraph without its `<p>`; any other as `block` does."""
        html = self.block(text)
        if html.startswith("<p>") and html.find("</p>") == len(html) - 4:
            return html[3:-4]
        return html

    def _render(self, text: Text) -> str:
        if isinstance(text, Html):
            html = sanitize(clean(text.html), self._media)
        else:
            text = clean(text)
            html = self._fast(text) if is_simple(text) else self._carefully(text)
        if self._anki and not html.isascii():
            # A composed `>` (U+226F) would swallow the end of a tag.
            html = normalize("NFC", html.replace(">\u0338", ">&#824;"))
        return html

    def _fast(self, text: str) -> str:
        html = PARSER.html(text)[:-1].replace(" />", ">")
        if "<pre>" in html:
            html = html.replace("<pre>", '<pre class="highlight">')
        return disarm(html) if self._anki and ("\\" in html or "{{" in html) else html

    def _carefully(self, text: str) -> str:
        return Writer(parse(text), self._medium, self._media).html().removesuffix("\n")


def is_simple(text: str) -> bool:
    """Tell whether the parser's own writer is safe and right for a clean text.

    Without these characters there is no link, image, raw HTML, formula, fenced block or reference to a
    forbidden character; what is left the parser escapes. Six searches take a fifth of a microsecond, the
    parser and its writer one; telling texts without any Markdown apart would take longer than that.
    """
    return not ("[" in text or "<" in text or "$" in text or "&#" in text or "```" in text or "~~~" in text)
