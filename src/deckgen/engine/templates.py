"""The templates of a build: the shipped ones, and in their places the project's own."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from deckgen.diagnostics.nearest import nearest
from deckgen.engine.template_cache import TemplateCache, cache_folder
from deckgen.engine.template_mistakes import syntax_mistake
from deckgen.rules import template, unknown_template
from deckgen.templating import (
    Templates,
    anki_environment,
    file_name,
    html_environment,
    read_folder,
    shipped_folder,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from deckgen.anki.notetypes import NoteType
    from deckgen.diagnostics import Diagnostic


def templates_of(own_files: Mapping[str, str], part: str = "") -> Templates:
    """Return the templates of a project whose own ones are given by their files (`Snapshot.templates`).

    Of the shipped ones, only those in the folder `part` where that is all that is wanted.
    """
    own = {file.partition("/")[2]: text for file, text in own_files.items()}
    return Templates(read_folder(shipped_folder(), part) | own, frozenset(own), TemplateCache(cache_folder()))


def check(templates: Templates) -> list[Diagnostic]:
    """Return what is wrong with a project's templates as they stand: syntax, and names that nothing uses."""
    if not templates.own:
        return []
    return [*_unused(templates), *_syntax(templates)]


def _unused(templates: Templates) -> Iterator[Diagnostic]:
    shipped = read_folder(shipped_folder()).keys()
    for name in sorted(templates.own - shipped):
        # An override may bring pieces of its own, which it includes by their names.
        if not any(
            f'"{name}"' in templates.texts[other] or f"'{name}'" in templates.texts[other]
            for other in templates.own
        ):
            near = nearest(name, shipped)
            yield unknown_template.found(file_name(name), file_name(near) if near else None)


def _syntax(templates: Templates) -> Iterator[Diagnostic]:
    from jinja2 import TemplateSyntaxError

    environments = {True: anki_environment(templates), False: html_environment(templates)}
    for name in sorted(templates.own):
        # Scripts and styles of web pages are put in as they are.
        if name.startswith("web/") and not name.endswith(".html"):
            continue
        try:
            environments[name.startswith("anki/")].parse(templates.texts[name], name, file_name(name))
        except TemplateSyntaxError as error:
            yield syntax_mistake(error, name, templates)


def card_mistakes(types: Iterable[NoteType], templates: Templates) -> list[Diagnostic]:
    """Return what Anki would refuse in the cards of note types that the project overrides."""
    own = [name for name in sorted(templates.own) if name.startswith("anki/")]
    # Kinds share pieces, and so mistakes.
    return list(dict.fromkeys(_refused(types, own, templates))) if own else []


def _refused(types: Iterable[NoteType], own: list[str], templates: Templates) -> Iterator[Diagnostic]:
    from deckgen.anki.render import render, special_fields
    from deckgen.anki.template import TemplateError

    for made in types:
        # Every field is filled, so that every part of a template is looked at.
        values = {field.name: "{{c1::x}}" if made.cloze else "x" for field in made.fields}
        for ordinal, card in enumerate(made.templates):
            special = special_fields(deck="", tags=(), note_type=made.name, card=card.name, card_id=0)
            try:
                render(card.front, card.back, special | values, ordinal=ordinal, cloze=made.cloze)
            except TemplateError as error:
                name, line = _holder(str(error), made.kind, own, templates)
                near = nearest(*_unknown_field(str(error), values))
                help_ = f"did you mean `{near}`?" if near else ""
                yield template.found(file_name(name), str(error), line, templates.texts[name], help_)


def _unknown_field(message: str, values: Mapping[str, str]) -> tuple[str, list[str]]:
    found = re.search(r"no field called `(.*)`$", message)
    return (found[1], list(values)) if found else ("", [])


def _holder(message: str, kind: str, own: list[str], templates: Templates) -> tuple[str, int | None]:
    """Return the own template, and the line in it, that holds the `{{…}}` which a message is about."""
    mine = sorted(own, key=lambda name: not name.startswith(f"anki/{kind}/"))
    handle = re.search(r"\{\{.*?\}\}", message)
    for name in mine:
        at = templates.texts[name].find(handle[0]) if handle else -1
        if at >= 0:
            return name, templates.texts[name].count("\n", 0, at) + 1
    return mine[0], None
