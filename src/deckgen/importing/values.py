"""Fields to values of a project: Markdown that is proved to say the same, else HTML that is proved to be clean."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import NamedTuple

from deckgen.anki.kinds.cloze import with_gaps
from deckgen.core.text import Html, Text
from deckgen.importing.cleaned import cleaned
from deckgen.importing.literal import Literal, UnsayableError
from deckgen.importing.markdown import markdown
from deckgen.importing.normal import Change, Normal, mark, normal
from deckgen.importing.simplify import simplify
from deckgen.importing.tree import Node, tree
from deckgen.language.question.gaps import read_gaps
from deckgen.text import Medium, Renderer, problems
from deckgen.text.characters import FORBIDDEN
from deckgen.text.problems import ProblemKind
from deckgen.text.writer import Media

#: A text that every Markdown says by itself: no markup, no spaces that are lost, no block.
_PLAIN = re.compile(r"""(?:[^\W_]++|(?<=[^ ])[ ](?=[^ ])|[.,;:!?'"()/%=+–—…’“”„«»、。-])*+""")
#: Neither is a Markdown value nor what an adopted field may lose.
_FATAL = frozenset(
    [ProblemKind.CHARACTER, ProblemKind.LINK, ProblemKind.IMAGE, ProblemKind.MATHS, ProblemKind.HTML]
)
#: What the masks of Image Occlusion begin with.
_MASK = "image-occlusion:"


class Value(NamedTuple):
    """A field as a project has it."""

    text: Text
    changes: frozenset[Change] = frozenset()
    #: What was taken out of it, for people.
    lost: tuple[str, ...] = ()


class Files(NamedTuple):
    """The media of a deck: paths in the project by names in Anki, and back."""

    paths: Mapping[str, str]
    names: Mapping[str, str]


class _Rendered:
    """How the Anki target writes a field: `deckgen.anki.own`, for one text."""

    def __init__(self, media: Media) -> None:
        renderer = Renderer(Medium.ANKI, media)
        self.inline: Callable[[Text], str] = renderer.inline

    def plain(self, text: str) -> str:
        from deckgen.anki.field_writer import plain

        return plain(text)

    def field(self, text: str, *, cloze: bool) -> str | None:
        """Return the field; None if its gaps are wrong."""
        if not cloze or "{{" not in text:
            return self.inline(text)
        marked, gaps, wrong = read_gaps(text)
        return None if wrong else with_gaps(self.inline(marked), gaps, self)


class Converter:
    """Converts the fields of a note type."""

    def __init__(self, files: Files, styled: frozenset[str]) -> None:
        """Take the media, and the elements that the type's style names (`simplify.styled_in`)."""
        self._files = files
        self._styled = styled
        self._rendered = _Rendered(files.names.get)

    def value(self, field: str, *, cloze: bool) -> Value:
        """Return a field; with `cloze` its `{{c1::…}}` are gaps."""
        if _PLAIN.fullmatch(field):
            return Value(field)
        came = normal(field, self._styled, cloze=cloze)
        if came is None or _MASK in field:
            return self._html(field, came, cloze=cloze)
        if not came.tokens:
            return Value("", came.changes - {Change.LINES, Change.BREAKS, Change.PARAGRAPHS})
        read = tree(mark(field, cloze=cloze))
        if read is not None:
            nodes = simplify(read.nodes, self._styled)
            for careful in (False, True):
                text = self._proved(nodes, came, careful=careful, cloze=cloze)
                if text is not None:
                    return Value(text, came.changes)
        return self._html(field, came, cloze=cloze)

    def _proved(self, nodes: list[Node], came: Normal, *, careful: bool, cloze: bool) -> str | None:
        """Return Markdown that renders to what came."""
        paths = self._files.paths.get
        try:
            text = markdown(nodes, Literal(paths, careful=careful, cloze=cloze))
        except UnsayableError:
            return None
        if not text or FORBIDDEN.search(text):
            return None
        wrong = problems(text, gaps=cloze)
        if any(each.kind in _FATAL or (each.kind is ProblemKind.MARKUP and not careful) for each in wrong):
            return None
        html = self._rendered.field(text, cloze=cloze)
        made = None if html is None else normal(html, self._styled, cloze=cloze)
        return text if made is not None and made.tokens == came.tokens else None

    def _html(self, field: str, came: Normal | None, *, cloze: bool) -> Value:
        """Return a field as clean HTML; what it lost is told."""
        html, lost = cleaned(field, self._files.paths.get)
        made = normal(self._rendered.inline(Html(html)), self._styled, cloze=cloze)
        changes = came.changes & {Change.CHARACTERS} if came else frozenset[Change]()
        if came is None:
            changes |= {Change.REPAIRED}
        elif not lost and (made is None or made.tokens != came.tokens):
            lost = ("nothing, but it says something else than before",)
        return Value(Html(html) if html.strip() else "", changes, lost)
