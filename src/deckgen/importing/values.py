"""Fields to values of a project: Markdown that is proved to say the same, else HTML that is proved to be clean."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import cached_property
from typing import NamedTuple

from deckgen.anki.kinds.cloze import with_gaps
from deckgen.core.text import Html, Text
from deckgen.importing.cleaned import cleaned, with_paths
from deckgen.importing.literal import Literal, UnsayableError
from deckgen.importing.markdown import markdown
from deckgen.importing.normal import Change, Normal, mark, normal, normal_of
from deckgen.importing.simplify import alike, simplify
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
#: What a text has that check objects to; that emphasis is none is seen in what is rendered.
_MAY_HAVE_PROBLEMS = re.compile(r"[\[<$|]|&#|\\[(\[]|\{\{")
#: What the masks of Image Occlusion begin with.
_MASK = "image-occlusion:"

#: Said of a field of which nothing was taken out, and which is not proved to be the same.
OTHERWISE = "nothing, but it says something else than before"


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


class _Field:
    """A field that was read."""

    def __init__(
        self, html: str, nodes: list[Node], styled: frozenset[str], cloze: bool, has_comments: bool
    ) -> None:
        self.html = html
        self.nodes = nodes
        self.cloze = cloze
        self._styled = styled
        self._has_comments = has_comments

    @cached_property
    def normal(self) -> Normal:
        """Its normal form, which few fields need."""
        return normal_of(self.html, self.nodes, self._styled, has_comments=self._has_comments)


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
        self._alike = alike(styled)

    def value(self, field: str, *, cloze: bool) -> Value:
        """Return a field; with `cloze` its `{{c1::…}}` are gaps."""
        if _PLAIN.fullmatch(field):
            return Value(field)
        read = self._read(field, cloze=cloze)
        if read is None:
            return self._html(field, None, cloze=cloze)
        return self._markdown(read) or self._html(field, read, cloze=cloze)

    def _read(self, field: str, *, cloze: bool) -> _Field | None:
        read = tree(mark(field, cloze=cloze))
        if read is None:
            return None
        return _Field(field, simplify(read.nodes, self._styled), self._styled, cloze, read.has_comments)

    def _markdown(self, field: _Field) -> Value | None:
        """Return Markdown that renders to what came; None if there is none."""
        if _MASK in field.html:
            return None
        for careful in (False, True):
            try:
                text = markdown(
                    field.nodes, Literal(self._files.paths.get, careful=careful, cloze=field.cloze)
                )
            except UnsayableError:
                return None
            if not text:
                if field.normal.tokens:
                    return None
                return Value("", field.normal.changes & {Change.CHARACTERS, Change.COMMENTS})
            if not FORBIDDEN.search(text) and not self._has_problems(text, field, careful=careful):
                html = self._rendered.field(text, cloze=field.cloze)
                if html is not None and self._alike(field.html) == self._alike(html):
                    return Value(text)
                made = None if html is None else normal(html, self._styled, cloze=field.cloze)
                if made is not None and made.tokens == field.normal.tokens:
                    return Value(text, field.normal.changes)
        return None

    def _has_problems(self, text: str, field: _Field, *, careful: bool) -> bool:
        return bool(_MAY_HAVE_PROBLEMS.search(text)) and any(
            each.kind in _FATAL or (each.kind is ProblemKind.MARKUP and not careful)
            for each in problems(text, gaps=field.cloze)
        )

    def _html(self, field: str, came: _Field | None, *, cloze: bool) -> Value:
        """Return a field without what no project may have, as Markdown or clean HTML; what it lost is told."""
        html, lost = cleaned(field, self._files.paths.get)
        changes = came.normal.changes & {Change.CHARACTERS} if came else frozenset({Change.REPAIRED})
        rest = self._read(html, cloze=cloze) if html != field else None
        if rest is not None and (found := self._markdown(rest)) is not None:
            return Value(found.text, changes | found.changes, lost)
        html = with_paths(html, self._files.paths.get)
        made = normal(self._rendered.inline(Html(html)), self._styled, cloze=cloze)
        if came is not None and not lost and (made is None or made.tokens != came.normal.tokens):
            lost = (OTHERWISE,)
        return Value(Html(html) if html.strip() else "", changes, lost)
