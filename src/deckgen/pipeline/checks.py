"""Check the files of cards, each by itself; a file without mistakes is not checked again until it changes."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import msgspec

from deckgen.compiler.check import check_file
from deckgen.diagnostics import Diagnostic
from deckgen.engine.output import key
from deckgen.engine.store import Store
from deckgen.engine.worker import Job, run
from deckgen.language.manuscript import File, Manuscript

_NAME = "files without a mistake"
#: Milliseconds that a thousand letters of TOML take, roughly.
_COST = 0.1
#: Letters of TOML above which memory counts for more than time.
_LARGE = 25_000_000


class Checks:
    """Checks the files of a project, and remembers those without a mistake."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def __call__(self, manuscript: Manuscript) -> list[Diagnostic]:
        """Return the diagnostics of the rules for the items of all files, in order."""
        known = msgspec.msgpack.decode(self._store.get(_NAME) or b"\x80", type=dict[str, bytes])
        in_bubbles = manuscript.project.sheet.bubble_sheets
        keys = {file.key: key(file.text, in_bubbles) for file in manuscript.files}
        jobs = [
            Job(file.key, partial(_found, file, in_bubbles), _COST * len(file.text) / 1000)
            for file in manuscript.files
            if known.get(file.key) != keys[file.key]
        ]
        found: dict[str, list[Diagnostic]] = dict(run(jobs, alone=is_large(manuscript.files)))
        clean = {name: id_ for name, id_ in keys.items() if not found.get(name)}
        if clean != known:
            self._store.put(_NAME, msgspec.msgpack.encode(clean))
        return [diagnostic for file in manuscript.files for diagnostic in found.get(file.key, ())]


def is_large(files: Sequence[File]) -> bool:
    """Return whether a course is too large for a second process, which comes to hold a copy of what it works on."""
    return sum(len(file.text) for file in files) > _LARGE


def _found(file: File, in_bubbles: bool) -> list[Diagnostic]:
    return list(check_file(file, in_bubbles=in_bubbles))
