"""Check the files of cards, each by itself; a file without mistakes is not checked again until it changes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import partial

import msgspec

from deckgen.compiler.check import Checked, check_file
from deckgen.engine.output import key
from deckgen.engine.store import Store
from deckgen.engine.worker import Job, Running
from deckgen.language.manuscript import Manuscript

_NAME = "files without a mistake"
#: A digest of the file, and the pictures and sounds that its texts name.
_Known = tuple[bytes, tuple[str, ...], tuple[str, ...]]
#: Milliseconds that a thousand letters of TOML take, roughly.
_COST = 0.1
#: Letters of TOML above which memory counts for more than time.
_LARGE = 25_000_000


class Checks:
    """Checks the files of a project, and remembers those without a mistake."""

    def __init__(self, store: Store) -> None:
        self._store = store

    @contextmanager
    def __call__(self, manuscript: Manuscript) -> Iterator[Callable[[], dict[str, Checked]]]:
        """Let other processes begin to check the files (`compiler.compile.CheckFiles`)."""
        known = msgspec.msgpack.decode(self._store.get(_NAME) or b"\x80", type=dict[str, _Known])
        in_bubbles = manuscript.project.sheet.bubble_sheets
        keys = {file.key: key(file.digest, in_bubbles) for file in manuscript.files}
        same = {name: each for name, each in known.items() if each[0] == keys.get(name)}
        jobs = [
            Job(file.key, partial(check_file, file, in_bubbles=in_bubbles), _COST * len(file.text) / 1000)
            for file in manuscript.files
            if file.key not in same
        ]

        def result() -> dict[str, Checked]:
            made: dict[str, Checked] = dict(running.results())
            clean = {
                name: (keys[name], *each[1:]) for name, each in made.items() if not each.diagnostics
            } | same
            if clean != known:
                self._store.put(_NAME, msgspec.msgpack.encode(clean))
            return {name: made[name] if name in made else Checked([], *same[name][1:]) for name in keys}

        with Running(jobs, alone=is_large(file.text for file in manuscript.files), meanwhile=True) as running:
            yield result


def is_large(texts: Iterable[str]) -> bool:
    """Return whether files with these texts are too many to divide: each process comes to hold a copy of its work."""
    return sum(map(len, texts)) > _LARGE
