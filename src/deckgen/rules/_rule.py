"""How a rule speaks: its code is the name of its file."""

from __future__ import annotations

from typing import Any

from deckgen.diagnostics import Diagnostic, Place, Severity


class Rule:
    """A rule, named after its module: `Rule(__name__)` in `unknown_key.py` has the code `unknown-key`."""

    __slots__ = ("code",)

    def __init__(self, module: str) -> None:
        self.code = module.rpartition(".")[2].replace("_", "-")

    def error(self, message: str, place: Place, label: str = "", **more: Any) -> Diagnostic:
        """Return an error of this rule; `more` are further fields of `Diagnostic`."""
        return Diagnostic(code=self.code, message=message, place=place, label=label, **more)

    def warning(self, message: str, place: Place, label: str = "", **more: Any) -> Diagnostic:
        """Return a warning of this rule."""
        return Diagnostic(
            code=self.code, message=message, place=place, label=label, severity=Severity.WARNING, **more
        )
