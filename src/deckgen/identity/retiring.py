"""Retire notes whose item is gone: they are emitted for some releases, then only remembered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from deckgen.identity.claims import RETIRED_TAG, Build, NoteContent
from deckgen.identity.fingerprint import html_hash
from deckgen.identity.lock import LockedNote, Retirement

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from deckgen.identity.clock import Clock


def tag_retired(note: NoteContent) -> NoteContent:
    """Tag a note as retired, so that one search finds all such notes."""
    return NoteContent(note.fields, tuple(sorted({*note.tags, RETIRED_TAG})))


class Retiring:
    """Decides what happens to each line whose item is gone."""

    def __init__(
        self,
        build: Build,
        count: int,
        clock: Clock,
        last_content: Callable[[str], NoteContent | None],
        retire: Callable[[NoteContent], NoteContent],
        stub: Callable[[LockedNote, NoteContent | None], NoteContent],
        *,
        sends_missed: bool,
        adopted: frozenset[str] = frozenset(),
    ) -> None:
        """Start; notes of the types `adopted` are dropped at once: no field of theirs could have the banner."""
        self._build = build
        self._count = count
        self._clock = clock
        self._sends_missed = sends_missed
        self._last_content = last_content
        self._retire = retire
        self._stub = stub
        self._adopted = adopted
        self.retired: list[str] = []
        self.dropped: list[str] = []
        self.lost: list[str] = []
        self.restamped: list[str] = []
        self.merged: list[str] = []

    def follow_up(self, lines: Iterable[LockedNote]) -> list[LockedNote]:
        """Return the lines as the new lock has them."""
        return [self._next(line) for line in lines]

    def _next(self, line: LockedNote) -> LockedNote:
        if line.state == "gone":
            return line
        if isinstance(line.state, Retirement):
            return self._go_on(self._without_text(line, line.state), line.state)
        if self._build.keep_retired < 1 or line.note_type in self._adopted:
            return self._drop(line)
        content = self._last_content(line.guid)
        if line.id in self._build.private:
            self.retired.append(line.id)
            return self._stamped(line, self._stub(line, content), self._count)
        if content is None:
            self.lost.append(line.id)
            return replace(line, state="gone")
        self.retired.append(line.id)
        return self._stamped(line, self._retire(content), self._count)

    def _stamped(self, line: LockedNote, last: NoteContent, since: int) -> LockedNote:
        retired = replace(
            line,
            content_hash="",
            html_hash=html_hash(line.note_type, last.fields, last.tags),
            state=Retirement(since, last.fields, last.tags),
        )
        return self._clock.stamp(retired, line.mod)

    def _without_text(self, line: LockedNote, retirement: Retirement) -> LockedNote:
        """Remove the text of a note that was retired before its item became private."""
        if line.id not in self._build.private:
            return line
        content = NoteContent(retirement.fields, retirement.tags)
        stub = self._stub(line, content)
        return line if stub == content else self._stamped(line, stub, retirement.since)

    def _go_on(self, line: LockedNote, retirement: Retirement) -> LockedNote:
        if self._count - retirement.since >= self._build.keep_retired:
            return self._drop(line)
        if self._build.restamps(line.id):
            self.restamped.append(line.id)
            return self._clock.stamp(line, line.mod)
        if self._sends_missed and not line.release:
            self.merged.append(line.id)
            return self._clock.stamp(line, line.mod)
        return self._clock.keep(line)

    def _drop(self, line: LockedNote) -> LockedNote:
        self.dropped.append(line.id)
        return replace(line, state="gone")
