"""Find what Anki would refuse in the card templates of a project."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from deckgen.anki.render import render, special_fields
from deckgen.anki.template import TemplateError
from deckgen.nearest import did_you_mean, nearest
from deckgen.rules import template
from deckgen.templating import file_name

if TYPE_CHECKING:
    from deckgen.anki.notetypes import NoteType
    from deckgen.diagnostics import Diagnostic
    from deckgen.templating import Templates


#: Names that Anki puts into cards as they are.
_BARE = re.compile(r"\{\{(?:[^{}]*:)?\s*(Deck|Subdeck|Type)\s*\}\}")


def card_mistakes(
    types: Iterable[NoteType], templates: Templates, decks: Iterable[str] = (), title: str = ""
) -> list[Diagnostic]:
    """Return what Anki would refuse, or take for markup, in the cards of note types that the project overrides.

    `decks` are the names of all decks, `title` is the project's.
    """
    own = [name for name in sorted(templates.own) if name.startswith("anki/")]
    if not own:
        return []
    deck = next((name for name in sorted(decks) if "<" in name), "")
    names = {"Deck": deck, "Subdeck": deck, "Type": title if "<" in title else ""}
    # Kinds share pieces, and therefore mistakes.
    return list(dict.fromkeys((*_refused(types, own, templates), *_bare(own, templates, names))))


def _bare(own: list[str], templates: Templates, names: Mapping[str, str]) -> Iterator[Diagnostic]:
    for name in own:
        for found in _BARE.finditer(templates.texts[name]):
            if shown := names[found[1]]:
                line = templates.texts[name].count("\n", 0, found.start()) + 1
                message = f"Anki does not escape `{found[0]}`, and would take `{shown}` for markup"
                yield template.found(
                    file_name(name), message, line, templates.texts[name], "show `{{Spare 1}}`"
                )


def _refused(types: Iterable[NoteType], own: list[str], templates: Templates) -> Iterator[Diagnostic]:
    for made in types:
        # Every field is filled, so that every part of a template is checked.
        values = {field.name: "{{c1::x}}" if made.cloze else "x" for field in made.fields}
        for ordinal, card in enumerate(made.templates):
            special = special_fields(deck="", tags=(), note_type=made.name, card=card.name, card_id=0)
            try:
                render(card.front, card.back, special | values, ordinal=ordinal, cloze=made.cloze)
            except TemplateError as error:
                name, line = _holder(str(error), made.kind, own, templates)
                near = nearest(*_unknown_field(str(error), values))
                help_ = did_you_mean(near)
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
