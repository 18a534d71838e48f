"""What a build is asked for, and what comes of it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec

from deckgen.diagnostics import Diagnostic, Severity
from deckgen.engine.decks import Edition
from deckgen.engine.former import Former
from deckgen.engine.state import Counts
from deckgen.identity import Changes, Lock
from deckgen.reading import Snapshot

#: Called with (step, done, total).
Progress = Callable[[str, int, int], None]


class MisuseError(ValueError):
    """A wish that nobody can fulfil, whatever the project says; the message is for a person."""


class Options(msgspec.Struct, frozen=True, kw_only=True):
    """What a build is asked for."""

    #: Seconds since 1970; stamps what changed.
    now: int
    #: Ids to stamp anew, `*` for all.
    restamp: frozenset[str] = frozenset()
    #: Fail where the lock would change.
    locked: bool = False
    #: Packages to take former contents from; those in the output folder where there are none.
    former: tuple[Path, ...] = ()
    #: Print every sheet and handout to PDF as well.
    pdf: bool = False

    def of_outputs(self) -> dict[str, Any]:
        """Return the options that outputs depend on."""
        return {"pdf": self.pdf}


class Outcome(msgspec.Struct, frozen=True, kw_only=True):
    """What came of a build."""

    snapshot: Snapshot
    diagnostics: tuple[Diagnostic, ...]
    #: Names of the files written below the output folder; empty where there are errors.
    outputs: tuple[str, ...] = ()
    decks: int = 0
    notes: int = 0
    cards: int = 0
    sheets: int = 0
    changes: Changes | None = None

    @property
    def counts(self) -> Counts:
        """How much was made."""
        return Counts(self.decks, self.notes, self.cards, self.sheets, len(self.outputs))

    @property
    def failed(self) -> bool:
        """Whether there are errors, so that nothing was written."""
        return any(diagnostic.severity is Severity.ERROR for diagnostic in self.diagnostics)


class Preview(msgspec.Struct, frozen=True, kw_only=True):
    """What a build would give, with nothing written."""

    snapshot: Snapshot
    diagnostics: tuple[Diagnostic, ...]
    #: None where there are errors.
    edition: Edition | None
    #: What learners were given last; None where there is no lock.
    lock: Lock | None
    #: The packages of the last build.
    former: Former | None


def summary(changes: Changes) -> str:
    """Say in a few words what changed: `2 added, 1 changed`."""
    counts = {
        "added": len(changes.added),
        "changed": len(changes.changed),
        "moved": len(changes.moved),
        "renamed": len(changes.renamed),
        "restored": len(changes.restored),
        "retired": len(changes.retired),
        "dropped": len(changes.dropped) + len(changes.lost),
        "stamped anew": len(changes.restamped),
        "note types restyled": len(changes.restyled),
        "decks renamed": len(changes.renamed_decks),
        "rendered differently, and not stamped": len(changes.kept),
    }
    return ", ".join(f"{count} {what}" for what, count in counts.items() if count)
