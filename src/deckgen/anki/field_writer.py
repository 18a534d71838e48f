"""Write the fields of notes, from rendered texts and the macros of `templates/anki/<kind>/fields.html`."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING
from unicodedata import normalize

from deckgen.templating import anki_environment
from deckgen.text.escape import disarm, disarm_attribute, escape
from deckgen.text.ruby import plain_to_html
from deckgen.text.sound import on_request
from deckgen.words import words

if TYPE_CHECKING:
    from jinja2 import Environment

    from deckgen.core import Citation, Course, Table, Text
    from deckgen.templating import Templates
    from deckgen.text import Renderer

#: Size of the cache of source lists: neighbouring items often cite the same sources.
_KEPT = 10_000


def plain(text: str) -> str:
    """Escape a text that is not Markdown, for HTML and for Anki."""
    html = disarm(escape(text))
    # As Anki stores it.
    return html if html.isascii() else normalize("NFC", html)


class FieldWriter:
    """Writes the parts of fields; made once for a build, because compiling macros is slow."""

    def __init__(self, course: Course, renderer: Renderer, templates: Templates) -> None:
        self._environment: Environment = anki_environment(templates)
        self._macros: dict[tuple[str, str], Callable[..., str]] = {}
        self._sources: dict[tuple[Citation, ...], str] = {(): ""}
        self._links: dict[Citation, tuple[str, str]] = {}
        self.project = course.project
        self.language = course.project.language
        self.words = words(self.language)
        self.tables: dict[str, Table] = {table.id: table for table in course.tables}
        #: A text as paragraphs and other blocks.
        self.block: Callable[[Text], str] = renderer.block
        #: The name in Anki of a picture or sound by its path; None if there is none.
        self.media = renderer.media
        #: A text of one paragraph without the paragraph's tags.
        self.inline: Callable[[Text], str] = renderer.inline

    def plain(self, text: str) -> str:
        """Escape a text that is not Markdown."""
        return plain(text) if text else ""

    def on_request(self, text: Text) -> str:
        """Return a text of one paragraph whose sounds are played on request alone."""
        return on_request(self.inline(text))

    def term(self, text: str) -> str:
        """Escape a term, or an answer in plain text, and write its ruby."""
        return plain_to_html(text, plain)

    def attribute(self, text: str) -> str:
        """Escape a text for an attribute that a macro writes in double quotes."""
        return disarm_attribute(escape(text))

    def fill(self, kind: str, macro: str, *values: object) -> str:
        """Call a macro of a kind's `fields.html`; texts among the values are HTML."""
        made = self._macros.get((kind, macro))
        if made is None:
            made = self._macros[kind, macro] = self._macro(f"anki/{kind}/fields.html", macro)
        return made(*values).strip()

    def sources(self, citations: tuple[Citation, ...]) -> str:
        """Return citations as a list of links, empty without any."""
        made = self._sources.get(citations)
        if made is None:
            if len(self._sources) >= _KEPT:
                self._sources.clear()
            made = self._sources[citations] = self._list_sources(citations)
        return made

    def _list_sources(self, citations: tuple[Citation, ...]) -> str:
        if not citations:
            return ""
        macro = self._macros.get(("", "sources"))
        if macro is None:
            macro = self._macros["", "sources"] = self._macro("anki/_sources.html", "sources")
        return macro([self._link(citation) for citation in citations]).strip()

    def _link(self, citation: Citation) -> tuple[str, str]:
        made = self._links.get(citation)
        if made is None:
            made = self._links[citation] = (self.plain(citation.label), self.attribute(citation.url))
        return made

    def _macro(self, template: str, name: str) -> Callable[..., str]:
        macro: Callable[..., str] = getattr(self._environment.get_template(template).module, name)
        return macro
