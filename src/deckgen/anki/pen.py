"""What kinds write their fields with: rendered texts and the macros of `templates/anki/<kind>/fields.html`."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from html import escape
from typing import TYPE_CHECKING
from unicodedata import normalize

from deckgen.templating import anki_environment
from deckgen.text.escape import disarm, disarm_attribute
from deckgen.words import words

if TYPE_CHECKING:
    from jinja2 import Environment
    from markupsafe import Markup

    from deckgen.core import Citation, Course, Table, Text
    from deckgen.templating import Templates
    from deckgen.text import Renderer


def plain(text: str) -> str:
    """Escape a text that is no Markdown, for HTML and for Anki."""
    html = disarm(escape(text))
    # As Anki keeps it.
    return html if html.isascii() else normalize("NFC", html)


class Pen:
    """Writes the parts of fields; made once for a build, as compiling macros is what costs."""

    def __init__(self, course: Course, renderer: Renderer, templates: Templates) -> None:
        from markupsafe import Markup

        self._environment: Environment = anki_environment(templates)
        self._macros: dict[tuple[str, str], Callable[..., Markup]] = {}
        self._sources: dict[tuple[Citation, ...], str] = {(): ""}
        self._markup = Markup
        self._inline = renderer.inline
        self.words = words(course.project.language)
        self.tables: dict[str, Table] = {table.id: table for table in course.tables}
        #: A text as paragraphs and other blocks.
        self.block: Callable[[Text], str] = renderer.block
        #: A text of one paragraph without the paragraph's tags.
        self.inline: Callable[[Text], str] = renderer.inline

    def plain(self, text: str) -> str:
        """Escape a text that is no Markdown."""
        return plain(text) if text else ""

    def label(self, text: str) -> Markup:
        """Return a text that is no Markdown for a macro that is not to escape it."""
        return self._markup(plain(text))

    def attribute(self, text: str) -> Markup:
        """Return a text for an attribute that a macro writes in double quotes."""
        return self._markup(disarm_attribute(escape(text)))

    def markup(self, text: Text) -> Markup:
        """Return a text as `inline` does, for a macro that is not to escape it."""
        return self._markup(self._inline(text))

    def fill(self, kind: str, macro: str, *values: object) -> str:
        """Call a macro of a kind's `fields.html`."""
        made = self._macros.get((kind, macro))
        if made is None:
            made = self._macros[kind, macro] = self._macro(f"anki/{kind}/fields.html", macro)
        return made(*values).strip()

    def sources(self, citations: tuple[Citation, ...]) -> str:
        """Return citations as a list of links, empty for none."""
        made = self._sources.get(citations)
        if made is None:
            made = self._sources[citations] = self._list_sources(citations)
        return made

    def _list_sources(self, citations: Iterable[Citation]) -> str:
        macro = self._macro("anki/_sources.html", "sources")
        return macro(
            [(self.label(citation.label), self.attribute(citation.url)) for citation in citations]
        ).strip()

    def _macro(self, template: str, name: str) -> Callable[..., Markup]:
        macro: Callable[..., Markup] = getattr(self._environment.get_template(template).module, name)
        return macro
