"""Note types: made from the templates, with ids that never change.

Anki takes a new style and new templates for a note type that it has, but never again updates the notes of one
whose fields or cards were added, removed or reordered. So ids are derived from names that never change, and the
schema of each kind is frozen.
"""

from __future__ import annotations

from functools import partial
from hashlib import sha256
from typing import TYPE_CHECKING

import msgspec

from deckgen.anki.kinds import KINDS
from deckgen.direction import direction
from deckgen.templating import anki_environment
from deckgen.text import Medium, stylesheet
from deckgen.words import words
from deckgen.words.numbers import marks

if TYPE_CHECKING:
    from collections.abc import Iterable

    from jinja2 import Environment

    from deckgen.anki.kind import Kind
    from deckgen.core import Project
    from deckgen.templating import Templates

#: Part of every id. Another schema of a kind would be another note type, for new notes only.
SCHEMA = 1
#: Ids have 53 bits, the highest of them set: JavaScript reads them from JSON exactly.
_ID_BITS = 52
#: Words that the scripts of cards show, by the names that they use.
_SCRIPT_WORDS = [
    "almost",
    "missed",
    "partly",
    "picked-right",
    "picked-wrong",
    "reason",
    "right",
    "right-option",
    "wrong",
    "your-answer",
    "your-order",
    "your-place",
]
#: Words that the scripts of cards share with web pages.
_TYPED_WORDS = ["not-read", "read-as", "read-as-decimal", "unread"]


class Field(msgspec.Struct, frozen=True):
    """A field of a note type."""

    name: str
    id: int
    #: Whether Anki's editor shows it collapsed: it is not for editing.
    folded: bool = False


class CardTemplate(msgspec.Struct, frozen=True):
    """One kind of card of a note type: Anki's templates for its two sides."""

    name: str
    id: int
    front: str
    back: str


class NoteType(msgspec.Struct, frozen=True, kw_only=True):
    """A note type for Anki."""

    id: int
    #: The kind: `choice`, `true-false`, …
    kind: str
    name: str
    fields: tuple[Field, ...]
    templates: tuple[CardTemplate, ...]
    style: str
    cloze: bool = False
    #: Whether Anki's editor shows its texts from right to left.
    rtl: bool = False


def note_type_id(project_id: str, kind: str) -> int:
    """Return the id of a project's note type; two projects never share one."""
    return _derived("note type", project_id, kind)


def note_types(
    project: Project, templates: Templates, kinds: Iterable[str] = KINDS, *, subdeck: bool = True
) -> tuple[NoteType, ...]:
    """Return the note types of some kinds, in the order of `KINDS`.

    `subdeck` is whether a card may show the name of its deck if its note has no topic: Anki does not escape it.

    Raises:
        jinja2.TemplateError: A template that the project overrides is wrong.
    """
    environment = anki_environment(templates)
    wanted = frozenset(kinds)
    return tuple(
        _note_type(kind, project, templates, environment, subdeck=subdeck)
        for name, kind in KINDS.items()
        if name in wanted
    )


def _note_type(
    kind: Kind, project: Project, templates: Templates, environment: Environment, *, subdeck: bool
) -> NoteType:
    say = words(project.language)
    side = partial(_side, kind, project=project, environment=environment, subdeck=subdeck)
    return NoteType(
        id=note_type_id(project.id, kind.name),
        kind=kind.name,
        name=f"{project.title} · {say[f'anki-kind-{kind.name}']}",
        fields=tuple(
            Field(name, _derived("field", kind.name, name), kind.folds(name)) for name in kind.fields
        ),
        templates=(
            *(
                CardTemplate(
                    say[name],
                    _derived("template", kind.name, str(number)),
                    _gated(side("front", number), kind, number),
                    side("back", number),
                )
                for number, name in enumerate(kind.cards, 1)
            ),
            *(
                _spare(kind, number, field)
                for number, field in enumerate(kind.spare_cards, len(kind.cards) + 1)
            ),
        ),
        style=_style(kind, templates, environment),
        cloze=kind.cloze,
        rtl=direction(project.language) == "rtl",
    )


def _gated(front: str, kind: Kind, number: int) -> str:
    """Return a front that shows nothing, so that there is no card, where the field that makes it is empty."""
    if not kind.gates:
        return front
    gate = kind.gates[number - 1]
    return f"{{{{#{gate}}}}}{front}{{{{/{gate}}}}}"


def _spare(kind: Kind, number: int, field: str) -> CardTemplate:
    """Return a card that no note has; what it shows when it comes to be one is a change of its text alone.

    Anki refuses the edits of a learner whose note type has a front without a field, or the same front twice.
    """
    front = f"{{{{#{field}}}}}{{{{{field}}}}}{{{{/{field}}}}}"
    return CardTemplate(field, _derived("template", kind.name, str(number)), front, front)


def _side(
    kind: Kind, side: str, number: int, *, project: Project, environment: Environment, subdeck: bool
) -> str:
    say = words(project.language)
    suffix = "" if number == 1 else f"-{number}"
    return environment.get_template(f"anki/{kind.name}/{side}{suffix}.html").render(
        kind=kind.name,
        project=project,
        language=project.language,
        direction=direction(project.language),
        subdeck=subdeck,
        task=say[kind.tasks[number - 1]],
        words=say,
        words_for_scripts={name: say[f"anki-{name}"] for name in _SCRIPT_WORDS}
        | {name: say[f"typed-{name}"] for name in _TYPED_WORDS},
        decimal_mark=marks(project.language).decimal,
    )


def _style(kind: Kind, templates: Templates, environment: Environment) -> str:
    """Return the style of all cards, of code, of the kind if it has one, and the project's own rules."""
    of_kind = f"anki/{kind.name}/style.css"
    parts = [environment.get_template("anki/_style.css").render(), stylesheet(Medium.ANKI)]
    if of_kind in templates.texts:
        parts.append(environment.get_template(of_kind).render())
    parts.append(environment.get_template("anki/own.css").render())
    return "\n".join(part for part in parts if part.strip())


def _derived(*names: str) -> int:
    """Derive an id from names that never change; the length before each keeps different names apart."""
    text = f"deckgen anki {SCHEMA}" + "".join(f":{len(name)}:{name}" for name in names)
    return (1 << _ID_BITS) + (int.from_bytes(sha256(text.encode()).digest()[:8], "big") >> (64 - _ID_BITS))
