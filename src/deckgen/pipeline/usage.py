"""What a command was asked for and cannot do."""

from __future__ import annotations

from pathlib import Path

from deckgen.anki.previous import PreviousPackages


class UsageError(ValueError):
    """A request that cannot be fulfilled, whatever the project says; the message is for a person."""


def packages_of(project_id: str, paths: tuple[Path, ...]) -> PreviousPackages:
    """Read packages that somebody named.

    Raises:
        UsageError: if one cannot be read, or holds no note of the project.
    """
    for path in paths:
        one = PreviousPackages(project_id, [path])
        if not one.contents:
            raise UsageError(f"`{path}` cannot be read: {one.problem_of(path)}")
        if not one.notes:
            raise UsageError(f"`{path}` holds no note of the project `{project_id}`")
    return PreviousPackages(project_id, paths)
