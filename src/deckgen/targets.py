"""The targets, which turn a course into outputs, and their context."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from deckgen.contents import contents
from deckgen.engine.output import Key, Output, key

if TYPE_CHECKING:
    from deckgen.anki.edition import Edition
    from deckgen.core import Course
    from deckgen.engine.store import Store
    from deckgen.templating import Templates

#: Packages with a module `target` that has a `TARGET`; those that wait for others are asked last, in this order.
NAMES = ("anki", "sheet", "handouts", "pdf", "web")


@dataclass(frozen=True, kw_only=True)
class Context:
    """What targets get besides the course."""

    templates: Templates
    #: Contents of the pictures that texts name, by their paths in the project.
    media: Mapping[str, bytes]
    #: Returns pictures by their names in packages; those that no longer exist are left out.
    pictures: Callable[[Iterable[str]], Mapping[str, bytes]] = lambda _names: {}
    #: The stamped notes; None if they are not needed.
    edition: Edition | None
    store: Store
    #: A folder for outputs that are too large for memory; without one, there are none.
    scratch: Path | None = None
    #: Whether to make outputs that take long (PDFs) as well.
    everything: bool = False
    #: Names of the outputs of earlier targets.
    offered: frozenset[str] = frozenset()

    @cached_property
    def media_key(self) -> Key:
        """A digest of all pictures."""
        return key(sorted((path, content.hash) for path, content in contents(self.media).contents.items()))


class Target(Protocol):
    """A kind of output. A target knows the core language, and not the code of other targets."""

    #: Whether it needs the stamped notes or the names of the outputs of earlier targets, and has to wait for them.
    waits: bool

    def outputs(self, course: Course, context: Context) -> Iterable[Output]:
        """Return all outputs, each with its key; nothing is made yet.

        Raises:
            jinja2.TemplateError: if a template is wrong, here or when an output is made.
        """

    def prepare(self) -> None:
        """Load what all outputs need, before several processes make them."""


@cache
def targets() -> tuple[Target, ...]:
    """Return all targets: those that wait for notes or others come last."""
    return tuple(sorted(map(_target, NAMES), key=lambda target: target.waits))


def _target(name: str) -> Target:
    target: Target = importlib.import_module(f"deckgen.{name}.target").TARGET
    return target


def without_notes(templates: Templates, media: Mapping[str, bytes], offered: Iterable[str] = ()) -> Context:
    """Return a context for outputs that no note is needed for, and that nothing is kept of."""
    from deckgen.engine.store import Store

    return Context(
        templates=templates,
        media=media,
        edition=None,
        store=Store(Path(), "", lasting=False, empty=True),
        offered=frozenset(offered),
    )


def export_by(
    names: Iterable[str],
    course: Course,
    templates: Templates,
    media: Mapping[str, bytes],
    others: Mapping[str, bytes] | None = None,
) -> dict[str, bytes]:
    """Make all outputs of some targets, without notes; `others` are outputs of other targets.

    Raises:
        jinja2.TemplateError: if a template is wrong.
    """
    context = without_notes(templates, media, others or ())
    made: dict[str, bytes] = {}
    for name in names:
        for output in _target(name).outputs(course, context):
            source = output.of or output.copy_of
            content = (others or {}).get(source) or made.get(source, b"")
            made[output.name] = content if output.copy_of else output.in_memory(content)
    return made
