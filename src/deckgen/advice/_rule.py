"""How a piece of advice makes diagnostics."""

from __future__ import annotations

from typing import Any

from deckgen.diagnostics import Diagnostic, Place, Severity
from deckgen.rules._rule import Rule


class AdviceRule(Rule):
    """A piece of advice, named after its module."""

    __slots__ = ()
    severity = Severity.ADVICE

    def advice(self, message: str, place: Place, label: str = "", **more: Any) -> Diagnostic:
        """Return a piece of this advice; `more` are further fields of `Diagnostic`."""
        return self.diagnostic(Severity.ADVICE, message, place, label, **more)
