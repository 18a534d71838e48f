"""A second process that takes a share of a large course: checks and notes of the last files, then all pages.

It is a fork, so that it begins with everything that was read, and its answers come through a pipe. Where there can
be none, or where it fails, nobody notices but by the time: whoever asks it does the work then.
"""

from __future__ import annotations

import os
import pickle
import struct
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from itertools import accumulate, islice
from typing import Any

import msgspec

from deckgen.anki.media import MediaNames
from deckgen.anki.note import Note, note
from deckgen.anki.pen import Pen
from deckgen.build.interfaces import interface
from deckgen.build.pages import package_names, printed_pages, web_pages
from deckgen.compiler.check import check_file
from deckgen.compiler.compile import select_sheets
from deckgen.compiler.lower import lower
from deckgen.core import Course
from deckgen.diagnostics import Diagnostic
from deckgen.identity import content_hash
from deckgen.language.comparison import Comparison
from deckgen.language.manuscript import File, Manuscript, MediaFile
from deckgen.templating import Templates
from deckgen.text import Medium, Renderer

#: Letters of TOML below which a second process costs more time than it saves.
WORTH_IT = 1_000_000
#: The colleague's share of the letters.
SHARE = 0.55
_LENGTH = struct.Struct("<Q")
#: Notes a message, so that neither process holds all of them twice.
_AT_ONCE = 500


class Written(msgspec.Struct, frozen=True, gc=False):
    """A note and the hash of its content."""

    note: Note
    digest: str


def write(course: Course, pictures: Mapping[str, bytes], templates: Templates) -> Iterator[Written]:
    """Write the notes of all items of a course that go into a deck, in order."""
    pen = Pen(course, Renderer(Medium.ANKI, MediaNames(pictures).source), templates)
    for item in course.items:
        if item.in_deck:
            made = note(item, pen)
            yield Written(made, content_hash(made.kind, made.fields, made.tags))


class Colleague:
    """Does a share of the work, if there is enough of it."""

    def __init__(self, templates: Callable[[], Templates], *, makes_pages: bool) -> None:
        self._templates = templates
        self._makes_pages = makes_pages
        self._pipe: Any = None
        self._process = 0
        #: How many items at the end of the course it writes the notes of; some items have none.
        self.items = 0
        #: Of every file, where it has made the pages.
        self.interfaces: dict[str, str] = {}

    def check(self, manuscript: Manuscript, media: Mapping[str, MediaFile]) -> list[Diagnostic]:
        """Check every file, the last of them elsewhere."""
        own, other = _shares(manuscript.files) if _is_possible() else (manuscript.files, ())
        if other:
            self._start(manuscript, media, other)
        found = [diagnostic for file in own for diagnostic in check_file(file)]
        answer = self._answer() if other else None
        if other and answer is None:
            return found + [diagnostic for file in other for diagnostic in check_file(file)]
        # It comes from our own fork.
        return found + (pickle.loads(answer) if answer else [])  # noqa: S301

    def notes(self) -> list[Written] | None:
        """Wait for the notes of the last `items` items; None where the work was not done."""
        found: list[Written] = []
        while answer := self._answer():
            found += msgspec.msgpack.decode(answer, type=list[Written])
        # An empty answer is the end, none at all a colleague that died.
        return found if answer is not None else None

    def pages(self, packages: Iterable[str]) -> dict[str, bytes] | None:
        """Wait for the pages of a course with these packages; None where nobody made those."""
        answer = self._answer()
        self.dismiss()
        if not answer:
            return None
        known, pages, self.interfaces = msgspec.msgpack.decode(
            answer, type=tuple[set[str], dict[str, bytes], dict[str, str]]
        )
        return pages if known == set(packages) else None

    def dismiss(self) -> None:
        """Need it no more."""
        if self._pipe is not None:
            self._pipe.close()
            self._pipe = None
            with suppress(OSError):
                os.waitpid(self._process, 0)

    def _start(self, manuscript: Manuscript, media: Mapping[str, MediaFile], files: Sequence[File]) -> None:
        reading, writing = os.pipe()
        try:
            self._process = os.fork()
        except OSError:
            os.close(reading)
            os.close(writing)
            return
        if self._process == 0:
            os.close(reading)
            try:
                with os.fdopen(writing, "wb") as pipe:
                    for answer in self._work(manuscript, media, files):
                        pipe.write(_LENGTH.pack(len(answer)))
                        pipe.write(answer)
                        pipe.flush()
            finally:
                # Nothing of what the first process would do at its end.
                os._exit(0)
        os.close(writing)
        self._pipe = os.fdopen(reading, "rb")
        self.items = _count(files)

    def _work(
        self, manuscript: Manuscript, media: Mapping[str, MediaFile], files: Sequence[File]
    ) -> Iterator[bytes]:
        found = [diagnostic for file in files for diagnostic in check_file(file)]
        yield pickle.dumps(found)
        sheets, mistakes = select_sheets(manuscript)
        if found or mistakes:
            return
        course = lower(manuscript, sheets)
        templates = self._templates()
        pictures = {path: picture.content for path, picture in media.items()}
        own = msgspec.structs.replace(course, items=course.items[len(course.items) - _count(files) :])
        written = write(own, pictures, templates)
        answers = []
        while some := list(islice(written, _AT_ONCE)):
            answers.append(msgspec.msgpack.encode(some))
        # Not before all are there: nobody reads yet, and a pipe holds little.
        yield from answers
        yield b""
        if self._makes_pages:
            packages = package_names(item.deck for item in course.items if item.in_deck).values()
            printed = printed_pages(course, pictures, templates)
            pages = printed | web_pages(course, pictures, templates, printed, packages)
            interfaces = {file.name: interface(file) for file in manuscript.files}
            yield msgspec.msgpack.encode((list(packages), pages, interfaces))

    def _answer(self) -> bytes | None:
        if self._pipe is None:
            return None
        head = self._pipe.read(_LENGTH.size)
        if len(head) < _LENGTH.size:
            return None
        (length,) = _LENGTH.unpack(head)
        answer: bytes = self._pipe.read(length)
        return answer if len(answer) == length else None


def _count(files: Sequence[File]) -> int:
    """Count the core items that the items of files are lowered to."""
    items = [entry.item for file in files if file.deck for entry in file.entries]
    return sum(sum(1 for _ in item.made_ids()) if isinstance(item, Comparison) else 1 for item in items)


def _is_possible() -> bool:
    """Tell whether there are two processors, and a process that can be forked: one without threads."""
    processors = getattr(os, "sched_getaffinity", lambda _process: ())(0)
    return hasattr(os, "fork") and len(processors) > 1 and threading.active_count() == 1


def _shares(files: Sequence[File]) -> tuple[Sequence[File], Sequence[File]]:
    """Divide files into a first and a last part; the last is empty where there is too little to do."""
    sums = list(accumulate(len(file.text) for file in files))
    if not sums or sums[-1] < WORTH_IT:
        return files, ()
    at = next(number for number, letters in enumerate(sums, 1) if letters >= (1 - SHARE) * sums[-1])
    return files[:at], files[at:]
