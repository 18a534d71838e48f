"""Update the outputs of all targets: those that need no notes are begun before the notes are made."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from deckgen.confined import place
from deckgen.engine.state import STATE_FOLDER
from deckgen.pipeline.packages import pictures_by_name
from deckgen.targets import Context, targets

if TYPE_CHECKING:
    from deckgen.anki.edition import Edition
    from deckgen.core import Course
    from deckgen.engine.store import Store
    from deckgen.engine.update import Update
    from deckgen.templating import Templates


class Outputs:
    """Adds the outputs of all targets to an update."""

    def __init__(self, update: Update, root: Path, templates: Templates, store: Store) -> None:
        self._update = update
        self._root = root
        self._templates = templates
        self._store = store
        self._has_begun = False

    def begin(self, course: Course, media: Mapping[str, bytes]) -> None:
        """Let other processes begin to make what waits for nothing.

        Raises:
            jinja2.TemplateError: if a template is wrong.
        """
        self._add(self._context(course, media), course, waiting=False)
        self._update.begin()
        self._has_begun = True

    def finish(
        self, course: Course, media: Mapping[str, bytes], edition: Edition, *, everything: bool
    ) -> None:
        """Make all outputs, with those that take long if `everything` is wanted.

        Raises:
            jinja2.TemplateError: if a template is wrong.
        """
        context = replace(self._context(course, media), edition=edition, everything=everything)
        if not self._has_begun:
            self._add(context, course, waiting=False)
        self._add(context, course, waiting=True)
        self._update.finish()

    def _add(self, context: Context, course: Course, *, waiting: bool) -> None:
        for target in targets():
            if target.waits == waiting:
                there = replace(context, offered=frozenset(self._update.names))
                self._update.add(target.outputs(course, there), target.prepare)

    def _context(self, course: Course, media: Mapping[str, bytes]) -> Context:
        return Context(
            templates=self._templates,
            media=media,
            pictures=lambda names: pictures_by_name(self._root, names, media, course.project),
            edition=None,
            store=self._store,
            scratch=place(self._root, STATE_FOLDER),
        )
