"""The options of a build, and its outcome."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Literal

import msgspec

from deckgen.anki.edition import Edition
from deckgen.anki.previous import PreviousPackages
from deckgen.diagnostics import Diagnostic, errors_among
from deckgen.engine.state import Counts
from deckgen.identity import Changes, Lock
from deckgen.reading import Snapshot


class Options(msgspec.Struct, frozen=True, kw_only=True):
    """The options of a build."""

    #: Seconds since 1970; stamps what changed.
    now: int
    #: A draft does not change the lock; after the first release, every build is one.
    purpose: Literal["build", "draft", "release"] = "build"
    #: The version of a release; empty for the next one.
    version: str = ""
    #: Ids to stamp again, `*` for all.
    restamp: frozenset[str] = frozenset()
    #: Fail where the lock would change.
    locked: bool = False
    #: Packages to take previous contents from; if empty, those in the output folder.
    previous_packages: tuple[Path, ...] = ()
    #: Print every sheet and handout to PDF as well.
    pdf: bool = False
    #: Ignore the last build, and make everything.
    force: bool = False


class Outcome(msgspec.Struct, frozen=True, kw_only=True):
    """The outcome of a build."""

    snapshot: Snapshot
    diagnostics: tuple[Diagnostic, ...]
    #: Names of the files written below the output folder; empty where there are errors.
    outputs: tuple[str, ...] = ()
    #: Those of them that were made; the others were fresh.
    made: tuple[str, ...] = ()
    counts: Counts = Counts()
    changes: Changes | None = None
    #: Whether the new stamps are not in the lock: a release will give others.
    is_draft: bool = False
    #: The version of the project.
    version: str = ""

    @property
    def failed(self) -> bool:
        """Whether there are errors, so that nothing was written."""
        return bool(errors_among(self.diagnostics))


class Preview(msgspec.Struct, frozen=True, kw_only=True):
    """What a build would give, with nothing written."""

    snapshot: Snapshot
    diagnostics: tuple[Diagnostic, ...]
    #: None where there are errors.
    edition: Edition | None
    #: What learners were given last; None if there is no lock.
    lock: Lock | None
    #: The packages of the last build.
    previous: PreviousPackages | None
    #: The pictures and sounds that texts name, by their paths in the project.
    media: Mapping[str, bytes] = {}


def summary(changes: Changes) -> str:
    """Summarise changes: `2 added, 1 changed`."""
    counts = {
        "added": len(changes.added),
        "changed": len(changes.changed),
        "moved": len(changes.moved),
        "renamed": len(changes.renamed),
        "restored": len(changes.restored),
        "retired": len(changes.retired),
        "dropped": len(changes.dropped) + len(changes.lost),
        "stamped again": len(changes.restamped) + len(changes.merged),
        "note types restyled": len(changes.restyled),
        "decks renamed": len(changes.renamed_decks),
        "rendered differently, and not stamped": len(changes.kept),
    }
    return ", ".join(f"{count} {what}" for what, count in counts.items() if count)
