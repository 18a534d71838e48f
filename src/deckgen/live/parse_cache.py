"""Results for each file of cards: after a save, only the saved files are parsed and checked again."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from deckgen.compiler.check import Checked, check_file
from deckgen.compiler.parse import parse
from deckgen.diagnostics import Diagnostic
from deckgen.language.manuscript import File, Manuscript

_Parsed = tuple[File, list[Diagnostic]]


class ParseCache:
    """Keeps the last results for each file of cards; it returns what `parse` and `check_files` would."""

    def __init__(self) -> None:
        self._parsed: dict[str, _Parsed] = {}
        self._checked: dict[str, tuple[File, Checked]] = {}
        self._in_bubbles = False

    def parse(self, name: str, text: str) -> _Parsed:
        """Parse a file of cards if it has changed."""
        known = self._parsed.get(name)
        if known is None or known[0].text != text:
            known = self._parsed[name] = parse(name, text)
        return known

    @contextmanager
    def check(self, manuscript: Manuscript) -> Iterator[Callable[[], dict[str, Checked]]]:
        """Check each file by itself if it has changed, or what answers must have room in."""
        yield lambda: self._check(manuscript)

    def _check(self, manuscript: Manuscript) -> dict[str, Checked]:
        before, self._checked = self._checked, {}
        if self._in_bubbles != manuscript.project.sheet.bubble_sheets:
            before, self._in_bubbles = {}, not self._in_bubbles
        for file in manuscript.files:
            known = before.get(file.key)
            if known is None or not _is_same(known[0], file):
                known = (file, check_file(file, in_bubbles=self._in_bubbles))
            self._checked[file.key] = known
        # Files that are gone are forgotten.
        names = {file.name for file in manuscript.files}
        self._parsed = {name: self._parsed[name] for name in names if name in self._parsed}
        return {name: checked for name, (_, checked) in self._checked.items()}


def _is_same(known: File, file: File) -> bool:
    """Tell whether a file is unchanged; rows of spreadsheets are read again each time."""
    return known is file or (bool(file.part) and known == file)
