"""Run `deckgen build` without the command-line library, whose import takes half the time of a small build."""

from __future__ import annotations

import sys
import time
from pathlib import Path

from deckgen.cli.console import Format, now
from deckgen.cli.session import CONTENT_HAS_ERRORS, SUCCESS, USAGE_ERROR, project_root
from deckgen.cli.success import to_open, written
from deckgen.engine.state import OUTPUT_FOLDER, made_before, unchanged
from deckgen.published import FOLDER, summary, withdrawn
from deckgen.system_error import cannot_write

#: Where there is none: how to get one.
_NO_SHEET = "0; a `[[sheet]]` in a file of cards makes one: `deckgen explain empty-sheet`"

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from deckgen.engine.state import Counts


def run(
    folder: Path,
    *,
    purpose: str = "build",
    version: str = "",
    locked: bool = False,
    restamp: Sequence[str] = (),
    previous: Sequence[Path] = (),
    force: bool = False,
    pdf: bool = False,
    form: Format = Format.TEXT,
    quiet: bool = False,
) -> int:
    """Build the project around a folder, print what was made, and return the exit code.

    Raises:
        SystemExit: if there is no project, or its content has errors; the message was printed.
    """
    begun = time.monotonic()
    root = project_root(folder)
    before = made_before(root)
    try:
        moment = now()
    except ValueError as error:
        return _refuse(str(error), USAGE_ERROR)
    try:
        known = None
        if not (force or restamp or previous or purpose == "release"):
            known = unchanged(root, everything=pdf)
        if known is not None:
            done = _summary(known, 0, "none")
        else:
            wishes = {
                "now": moment,
                "purpose": purpose,
                "version": version,
                "restamp": frozenset(restamp),
                "locked": locked,
                "previous_packages": tuple(previous),
                "pdf": pdf,
                "force": force,
            }
            done = _build(root, wishes, form)
    except OSError as error:
        return _refuse(cannot_write(error), CONTENT_HAS_ERRORS)
    if not quiet and form is Format.TEXT:
        after = made_before(root)
        done |= _public(before, after)
        done |= {"time": f"{time.monotonic() - begun:.1f} s"}
        next_ = to_open(after, OUTPUT_FOLDER)
        done |= {"next": next_} if next_ else {}
        sys.stdout.write(written(done, sys.stdout))
    return SUCCESS


def _public(before: set[str], outputs: set[str]) -> dict[str, str]:
    """Return what is public, and what a previous build published that is no longer public."""
    rows = {"public": f"{summary(outputs)} in {OUTPUT_FOLDER}/{FOLDER}"}
    gone = withdrawn(before, outputs)
    if gone:
        rows["withdrawn"] = gone
    return rows


def _refuse(why: str, code: int) -> int:
    sys.stderr.write(f"error: {why}\n")
    return code


def _build(root: Path, wishes: dict[str, Any], form: Format) -> dict[str, str]:
    """Build everything, print diagnostics, and return what was made; exit if there are errors."""
    from deckgen.cli.console import progress
    from deckgen.cli.session import report, say
    from deckgen.pipeline.outcome import Options, summary
    from deckgen.pipeline.pipeline import build
    from deckgen.pipeline.releasing import RELEASES_FOLDER
    from deckgen.pipeline.usage import UsageError
    from deckgen.sheet.pdf import NoEngineError

    try:
        with progress("building") as show:
            outcome = build(root, Options(**wishes), show)
    except (UsageError, NoEngineError) as error:
        raise SystemExit(_refuse(str(error), USAGE_ERROR)) from None
    result = report(outcome.diagnostics, outcome.snapshot)
    say(result, form, quiet=True)
    if result.errors:
        raise SystemExit(CONTENT_HAS_ERRORS)
    changes = (summary(outcome.changes) if outcome.changes else "") or "none"
    if outcome.is_draft and changes != "none":
        changes += ": a draft, which `deckgen release` sends to learners"
    done = _summary(outcome.counts, result.warnings, changes)
    if wishes["purpose"] == "release":
        done["released"] = f"version {outcome.version}, in {OUTPUT_FOLDER}/{RELEASES_FOLDER}/"
    return done


def _summary(counts: Counts, warnings: int, changes: str) -> dict[str, str]:
    """Return the counts of a build as text, by name."""
    return {
        "decks": str(counts.decks),
        "notes": str(counts.notes),
        "cards": str(counts.cards),
        "sheets": str(counts.sheets) if counts.sheets else _NO_SHEET,
        "files": f"{counts.files} in dist/",
        "warnings": str(warnings),
        "changes": changes,
    }
