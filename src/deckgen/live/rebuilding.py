"""Rebuild a project in any state, and return the result."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from pathlib import Path

import msgspec

from deckgen.compiler.rows.places import Rows
from deckgen.diagnostics import Diagnostic, Report
from deckgen.diagnostics.locate import locate
from deckgen.engine.state import Counts, made_before, unchanged
from deckgen.identity import Changes
from deckgen.pipeline.outcome import Options
from deckgen.pipeline.pipeline import build
from deckgen.published import withdrawn
from deckgen.reading import Snapshot
from deckgen.system_error import cannot_write

_NOTHING = Report((), {})


class Rebuilt(msgspec.Struct, frozen=True, kw_only=True):
    """The result of a rebuild."""

    #: Files that changed, appeared or disappeared since the previous rebuild; none at first.
    saved: tuple[str, ...] = ()
    report: Report = _NOTHING
    #: What went wrong besides mistakes of the project: a full disk, a folder that is gone, a bug.
    problem: str = ""
    #: None if nothing was built.
    counts: Counts | None = None
    #: Changes for learners: (`changed`, ids), …
    changes: tuple[tuple[str, tuple[str, ...]], ...] = ()
    #: What the site held before and does not hold any more (`deckgen.published.withdrawn`).
    withdrawn: str = ""
    seconds: float = 0

    @property
    def failed(self) -> bool:
        """Whether the outputs are still those of an earlier build."""
        return self.counts is None


def rebuild(root: Path, now: int, saved: Iterable[str], bug: Callable[[Exception], str]) -> Rebuilt:
    """Update the outputs of a project.

    `now` is in seconds since 1970 and stamps what changed. `bug` returns the message for an exception that should
    never occur.
    """
    names = tuple(sorted(saved))
    begun = time.monotonic()
    if not root.is_dir():
        return Rebuilt(saved=names, problem=f"the folder {root} is gone; waiting for it to come back")
    before = made_before(root)
    try:
        known = unchanged(root, everything=False)
        done = Rebuilt(counts=known) if known else _build(root, now)
    except OSError as error:
        done = Rebuilt(problem=cannot_write(error))
    except Exception as error:  # noqa: BLE001 - the next save may be free of what brought it up
        done = Rebuilt(problem=bug(error).rstrip())
    return msgspec.structs.replace(
        done,
        saved=names,
        withdrawn="" if done.failed else withdrawn(before, made_before(root)),
        seconds=time.monotonic() - begun,
    )


def report_of(diagnostics: Iterable[Diagnostic], snapshot: Snapshot) -> Report:
    """Locate diagnostics in the texts of a project."""
    return locate(diagnostics, snapshot.texts, Rows(snapshot.cards, snapshot.tables))


def _build(root: Path, now: int) -> Rebuilt:
    outcome = build(root, Options(now=now, purpose="draft"))
    report = report_of(outcome.diagnostics, outcome.snapshot)
    if outcome.failed:
        return Rebuilt(report=report)
    changes = tuple(_changes(outcome.changes)) if outcome.changes else ()
    return Rebuilt(report=report, counts=outcome.counts, changes=changes)


def _changes(changes: Changes) -> Iterable[tuple[str, tuple[str, ...]]]:
    """Return the changes by kind with their ids, without empty ones."""
    named = {
        "added": changes.added,
        "changed": changes.changed,
        "moved": tuple(id_ for id_, _, _ in changes.moved),
        "renamed": tuple(id_ for _, id_ in changes.renamed),
        "restored": changes.restored,
        "retired": changes.retired,
        "dropped": (*changes.dropped, *changes.lost),
        "restyled": changes.restyled,
        "decks renamed": tuple(name for _, name in changes.renamed_decks),
    }
    return ((what, ids) for what, ids in named.items() if ids)
