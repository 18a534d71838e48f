"""Texts as pages show them."""

from __future__ import annotations

import json
import re
from hashlib import sha256
from html import unescape
from typing import TYPE_CHECKING, Any

import msgspec
from markupsafe import Markup, escape

from deckgen.core import Html
from deckgen.patterns import lazy_pattern
from deckgen.text import plain, ruby
from deckgen.text.allowed import is_allowed_style

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from deckgen.core import Cloze, Example, Text
    from deckgen.text import Renderer

#: Letters that a closed list shows on a phone.
_CHOICE_WIDTH = 28
#: A picture (its text is not HTML), a tag with its attributes, or the marker of a gap.
_PIECE = lazy_pattern(r"""<svg\b.*?</svg>|<(?:"[^"]*"|'[^']*'|[^'">])*>|\ufdd0(\d+)\ufdd1""", re.DOTALL)
_MARKER = lazy_pattern("\ufdd0\\d+\ufdd1")
#: A link around a gap: a field must not be inside a link.
_LINKED_GAP = lazy_pattern(r"<a\b[^>]*>((?:(?!</a>).)*\ufdd0.*?)</a>", re.DOTALL)

_TAG = lazy_pattern(r"""<[a-z](?:"[^"]*"|'[^']*'|[^'">])*>""")
_STYLE = lazy_pattern(r' style="([^"]*)"')


class Stem(msgspec.Struct, frozen=True):
    """A text in two parts: its first paragraph, for a `legend` or `label`, and the blocks after it."""

    first: Markup
    rest: Markup


class Texts:
    """Renders texts, each once, however many pages show it."""

    def __init__(self, renderer: Renderer) -> None:
        self._renderer = renderer
        self._blocks: dict[Text, Markup] = {}
        self._inlines: dict[Text, Markup] = {}
        #: Declarations of `style` attributes, by their name in `data-look`.
        self._looks: dict[str, str] = {}

    def inline(self, text: Text) -> Markup:
        """Render a text without paragraphs around it."""
        if text not in self._inlines:
            # The renderer escapes what is not Markdown, and lets raw HTML pass only sanitised.
            self._inlines[text] = Markup(self._lawful(self._renderer.inline(text)))  # noqa: S704
        return self._inlines[text]

    def block(self, text: Text) -> Markup:
        """Render a text as paragraphs."""
        if text not in self._blocks:
            self._blocks[text] = Markup(self._lawful(self._renderer.block(text)))  # noqa: S704 -- as above
        return self._blocks[text]

    def rules(self, html: str) -> str:
        """Return the rules for the `data-look` attributes in a page."""
        return "".join(
            f'[data-look="{name}"] {{ {look} }}\n'
            for name, look in sorted(self._looks.items())
            if f'data-look="{name}"' in html
        )

    def _lawful(self, html: str) -> str:
        """Turn `style` attributes, which the pages' policy forbids, into rules of the style sheet.

        They are read from HTML because authors write them in raw HTML.
        """
        return _TAG.sub(lambda tag: _STYLE.sub(self._look, tag[0]), html) if ' style="' in html else html

    def _look(self, style: re.Match[str]) -> str:
        declarations = (declaration.strip() for declaration in unescape(style[1]).split(";"))
        look = "; ".join(each for each in declarations if is_allowed_style(each))
        if not look:
            return ""
        # Named after its content, so that a page does not depend on other pages.
        name = sha256(look.encode()).hexdigest()[:8]
        self._looks[name] = look
        return f' data-look="{name}"'

    def stem(self, text: Text) -> Stem:
        """Split a text: HTML allows no blocks in a `legend` or `label`."""
        whole = self.block(text)
        if isinstance(text, Html) or not whole.startswith("<p>"):
            return Stem(Markup(), whole)
        first, _, rest = whole.removeprefix("<p>").partition("</p>")
        return Stem(Markup(first), Markup(rest.strip()))  # noqa: S704 -- both halves were markup before

    def gaps(self, item: Cloze | Example, field: Callable[[int], Markup]) -> Markup:
        """Render a text with `field(index)` in its gaps.

        A gap in a formula or in a picture's description cannot be filled where it stands: it shows as `…`,
        and its field follows the text.
        """
        whole = _LINKED_GAP.sub(r"\1", str(self.block(item.text)))
        placed: set[int] = set()

        def fill(found: re.Match[str]) -> str:
            if found[1] is None:
                return _MARKER.sub("…", found[0])
            placed.add(int(found[1]))
            return str(field(int(found[1])))

        html = _PIECE.sub(fill, whole)
        left = [field(index) for index in range(len(item.gaps)) if index not in placed]
        after = Markup("<p>{}</p>").format(Markup(" ").join(left)) if left else ""
        return Markup(html) + after  # noqa: S704 -- markup before, and fields are markup

    def is_rich(self, text: Text) -> bool:
        """Return whether a list of choices could not show the text as it is."""
        flat = plain(text)
        return len(flat) > _CHOICE_WIDTH or self.block(text) != Markup("<p>{}</p>").format(flat)


def with_ruby(text: str) -> Markup:
    """Write a term, or an answer in plain text, with its ruby."""
    return Markup(ruby.plain_to_html(text))  # noqa: S704 -- it escapes what it is given


def filled(pattern: str, values: Mapping[str, Any]) -> Markup:
    """Fill `{names}` of fixed words; values that are markup stay so."""
    text = str(escape(pattern))
    for name, value in values.items():
        text = text.replace("{" + name + "}", str(escape(value)))
    return Markup(text)  # noqa: S704 -- every piece was escaped


def as_json(value: object) -> str:
    """Write JSON for an attribute; it is escaped there like any text."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def script_json(value: object) -> Markup:
    """Write JSON for a `script` element: nothing in it can end the element."""
    text = as_json(value).replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e")
    return Markup(text)  # noqa: S704 -- just escaped


__all__ = ["Stem", "Texts", "as_json", "filled", "plain", "script_json", "with_ruby"]
