"""How a rule makes diagnostics; its code is the name of its file."""

from __future__ import annotations

import re
from typing import Any

from deckgen.diagnostics import Diagnostic, Place, Severity

#: What a message quotes: the start is enough to know it by, and the line itself is shown below.
_LONG = re.compile(r"`([^`]{60})[^`]{20,}`")


class Rule:
    """A rule, named after its module: `Rule(__name__)` in `unknown_key.py` has the code `unknown-key`."""

    __slots__ = ("code",)
    #: Of most of its diagnostics; a module that only warns has its own `SEVERITY`.
    severity = Severity.ERROR

    def __init__(self, module: str) -> None:
        self.code = module.rpartition(".")[2].replace("_", "-")

    def error(self, message: str, place: Place, label: str = "", **more: Any) -> Diagnostic:
        """Return an error of this rule; `more` are further fields of `Diagnostic`."""
        return self.diagnostic(Severity.ERROR, message, place, label, **more)

    def warning(self, message: str, place: Place, label: str = "", **more: Any) -> Diagnostic:
        """Return a warning of this rule."""
        return self.diagnostic(Severity.WARNING, message, place, label, **more)

    def diagnostic(
        self, severity: Severity, message: str, place: Place, label: str = "", **more: Any
    ) -> Diagnostic:
        """Return a diagnostic of this rule."""
        return Diagnostic(
            code=self.code,
            message=_sentence(message),
            place=place,
            label=_line(label),
            severity=severity,
            **more,
        )


def quoted(message: str) -> str:
    """Return what a message quotes first, to find it in the text that it is about; empty if it quotes nothing."""
    found = re.search(r"`([^`\n]+)`", message)
    return found[1] if found else ""


def _line(text: str) -> str:
    """Put what quotes an author's text, which may have several lines, into one line."""
    return " ".join(text.split()) if "\n" in text else text


def _sentence(message: str) -> str:
    """Put a message into one line, and cut what it quotes where that is long."""
    return _LONG.sub(lambda quoted: f"`{quoted[1].rstrip()}…`", _line(message))
