"""Sheets on paper: HTML pages that print well, one a version, and their key."""

from __future__ import annotations

from typing import TYPE_CHECKING

from deckgen.sheet.profile import PageProfile
from deckgen.targets import export_by

if TYPE_CHECKING:
    from collections.abc import Mapping

    from deckgen.core import Course
    from deckgen.templating import Templates

__all__ = ["PageProfile", "export"]


def export(course: Course, templates: Templates, media: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return everything that is printed, handouts too, by its name below the output folder.

    Raises:
        jinja2.TemplateError: if a template is wrong.
    """
    return export_by(("sheet", "handouts"), course, templates, media)
