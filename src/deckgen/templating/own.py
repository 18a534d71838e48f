"""The templates of a build: the shipped ones, replaced by the project's own."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import msgspec

from deckgen.engine.output import key
from deckgen.nearest import nearest
from deckgen.result_cache import cache_folder, keep, known
from deckgen.rules import unknown_template
from deckgen.templating import (
    Templates,
    anki_environment,
    file_name,
    html_environment,
    read_folder,
    shipped_folder,
)
from deckgen.templating.cache import TemplateCache
from deckgen.templating.mistakes import syntax_mistake

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from deckgen.diagnostics import Diagnostic


def templates_of(own_files: Mapping[str, str], part: str = "") -> Templates:
    """Return the templates of a project whose own ones are given by their files (`Snapshot.templates`).

    Of the shipped ones, only those in the folder `part` where that is all that is wanted.
    """
    own = {file.partition("/")[2]: text for file, text in own_files.items()}
    return Templates(_shipped(part) | own, frozenset(own), TemplateCache(cache_folder()))


@cache
def _shipped(part: str = "") -> dict[str, str]:
    """Read the default templates, which are a part of the tool: from its cache of results, if they are there."""
    name = f"templates {part}"
    if (before := known(name)) is not None:
        return msgspec.msgpack.decode(before, type=dict[str, str])
    texts = read_folder(shipped_folder(), part)
    keep(name, msgspec.msgpack.encode(texts))
    return texts


def check(templates: Templates) -> list[Diagnostic]:
    """Return the mistakes in a project's templates that are visible without rendering: syntax, and unused names."""
    if not templates.own:
        return []
    return [*_unused(templates), *_syntax(templates)]


def _unused(templates: Templates) -> Iterator[Diagnostic]:
    shipped = _shipped().keys()
    for name in sorted(templates.own - shipped):
        # Which note types and cards there are is not known here.
        if unknown_template.is_of_type(file_name(name)):
            continue
        # An override may include further templates by their names.
        if not any(
            f'"{name}"' in templates.texts[other] or f"'{name}'" in templates.texts[other]
            for other in templates.own
        ):
            near = nearest(name, shipped)
            yield unknown_template.found(file_name(name), file_name(near) if near else None)


def _syntax(templates: Templates) -> Iterator[Diagnostic]:
    from jinja2 import TemplateSyntaxError

    texts = _shipped()
    environments = {True: anki_environment(templates), False: html_environment(templates)}
    for name in sorted(templates.own):
        # Scripts and styles of web pages are put in as they are.
        if name.startswith("web/") and not name.endswith(".html"):
            continue
        if texts.get(name) == templates.texts[name] or known(_right(name, templates)) is not None:
            continue
        try:
            # Files outside any folder are for cards and pages, which include them unchanged.
            for_cards = name.startswith("anki/") or "/" not in name
            environments[for_cards].parse(templates.texts[name], name, file_name(name))
        except TemplateSyntaxError as error:
            yield syntax_mistake(error, name, templates)
        else:
            keep(_right(name, templates), b"")


def _right(name: str, templates: Templates) -> str:
    """Return the name under which the cache says that a template is right."""
    return f"right {name} {key(templates.texts[name]).hex()}"
