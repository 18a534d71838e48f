"""The web target: quizzes, study guides, tables and an index as pages that need no server."""

from __future__ import annotations

from typing import TYPE_CHECKING

from deckgen.targets import export_by

if TYPE_CHECKING:
    from collections.abc import Mapping

    from deckgen.core import Course
    from deckgen.templating import Templates

__all__ = ["export"]


def export(
    course: Course,
    templates: Templates,
    media: Mapping[str, bytes],
    outputs: Mapping[str, bytes] | None = None,
) -> dict[str, bytes]:
    """Return the files of `web/`. `outputs` are those of other targets, which are copied where they are offered.

    Raises:
        jinja2.TemplateError: if a template is wrong.
    """
    return export_by(("web",), course, templates, media, outputs)
