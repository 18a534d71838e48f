"""Requests of the user that cannot be fulfilled."""

from __future__ import annotations

from pathlib import Path

from deckgen.anki.own import kinds_of
from deckgen.anki.previous import PreviousPackages
from deckgen.core import Project


class UsageError(ValueError):
    """A request that cannot be fulfilled, independent of the project's content; the message is for the user."""


def packages_of(project: Project, paths: tuple[Path, ...]) -> PreviousPackages:
    """Read the packages that the user named.

    Raises:
        UsageError: if one cannot be read, or has no note of the project.
    """
    kinds = kinds_of(project)
    for path in paths:
        one = PreviousPackages(project.id, [path], kinds)
        if not one.contents:
            raise UsageError(f"`{path}` cannot be read: {one.problem_of(path)}")
        if not one.notes:
            raise UsageError(f"`{path}` has no note of the project `{project.id}`")
    return PreviousPackages(project.id, paths, kinds)
