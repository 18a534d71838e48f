"""A student of a class list."""

from __future__ import annotations

import msgspec


class Student(msgspec.Struct, frozen=True):
    """Who writes a copy of a sheet; one of both may be empty."""

    number: str = ""
    name: str = ""

    @property
    def key(self) -> str:
        """What they are known by: the number where there is one."""
        return self.number or self.name
