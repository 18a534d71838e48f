"""Note types: made from the templates, with ids that never change.

Anki takes a new style and new templates for a note type that it has, but never again updates the notes of one
whose fields or cards were added, removed or reordered. So ids are derived from names that never change, and the
schema of each kind is frozen.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from deckgen.anki.kinds import KINDS
from deckgen.anki.note_type import CardTemplate, Field, NoteType
from deckgen.anki.own import kinds_of
from deckgen.anki.own_type import own_type
from deckgen.anki.spares import gated, spare_front
from deckgen.anki.type_renderer import TypeRenderer
from deckgen.identity import derived_id, note_type_id

if TYPE_CHECKING:
    from collections.abc import Iterable

    from deckgen.anki.kind import Kind
    from deckgen.core import Project
    from deckgen.templating import Templates

__all__ = ["CardTemplate", "Field", "NoteType", "note_types"]


def note_types(
    project: Project, templates: Templates, kinds: Iterable[str] | None = None, *, subdeck: bool = True
) -> tuple[NoteType, ...]:
    """Return the note types of some kinds, or of all: in the order of `KINDS`, those of the author's own behind them.

    `subdeck` is whether a card may show the name of its deck if its note has no topic: Anki does not escape it.

    Raises:
        jinja2.TemplateError: A template that the project overrides is wrong.
    """
    renderer = TypeRenderer(project, templates, subdeck=subdeck)
    wanted = frozenset(kinds_of(project) if kinds is None else kinds)
    return (
        *(_note_type(kind, renderer) for name, kind in KINDS.items() if name in wanted),
        *(own_type(made, renderer) for made in project.note_types if made.kind in wanted),
    )


def _note_type(kind: Kind, renderer: TypeRenderer) -> NoteType:
    project, say = renderer.project, renderer.say
    return NoteType(
        id=note_type_id(project.id, kind.name),
        kind=kind.name,
        name=f"{project.title} · {say[f'anki-kind-{kind.name}']}",
        fields=tuple(
            Field(name, derived_id("field", kind.name, name), kind.folds(name)) for name in kind.fields
        ),
        templates=(
            *(
                CardTemplate(
                    say[name],
                    derived_id("template", kind.name, str(number)),
                    gated(_side(kind, "front", number, renderer), kind.gates[number - 1 : number]),
                    _side(kind, "back", number, renderer),
                )
                for number, name in enumerate(kind.cards, 1)
            ),
            *(
                _spare(kind, number, field)
                for number, field in enumerate(kind.spare_cards, len(kind.cards) + 1)
            ),
        ),
        style=renderer.style(kind.name),
        cloze=kind.cloze,
        rtl=renderer.direction == "rtl",
        sort=kind.fields.index(kind.sort) if kind.sort else 0,
    )


def _spare(kind: Kind, number: int, field: str) -> CardTemplate:
    """Return a card that no note has; what it shows when it comes to be one is a change of its text alone."""
    front = spare_front(field)
    return CardTemplate(field, derived_id("template", kind.name, str(number)), front, front)


def _side(kind: Kind, side: str, number: int, renderer: TypeRenderer) -> str:
    suffix = "" if number == 1 else f"-{number}"
    task = renderer.say[kind.tasks[number - 1]]
    return renderer.render(f"anki/{kind.name}/{side}{suffix}.html", kind=kind.name, task=task)
