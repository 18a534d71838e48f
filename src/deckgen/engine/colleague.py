"""A second process that takes a share of a large course: checks and notes of the last files, then all pages.

It is a fork, so that it begins with everything that was read, and its answers come through a pipe. Where there can
be none, or where it fails, nobody notices but by the time: whoever asks it does the work then.
"""

from __future__ import annotations

import os
import pickle
import signal
import struct
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from itertools import accumulate
from typing import Any

import msgspec

from deckgen.anki.shelf import Shelf
from deckgen.compiler.check import check_file
from deckgen.compiler.compile import select_sheets
from deckgen.compiler.lower import Lowering
from deckgen.diagnostics import Diagnostic
from deckgen.engine.interfaces import interfaces_of
from deckgen.engine.notes import Notes, encoded, write
from deckgen.engine.pages import package_names, printed_pages, web_pages
from deckgen.language.manuscript import File, Manuscript, MediaFile
from deckgen.templating import Templates

#: Letters of TOML below which a second process costs more time than it saves.
WORTH_IT = 1_000_000
#: The colleague's share of the letters.
SHARE = 0.55
_LENGTH = struct.Struct("<Q")


class Colleague:
    """Does a share of the work, if there is enough of it."""

    def __init__(self, templates: Callable[[], Templates], *, makes_pages: bool) -> None:
        self._templates = templates
        self._makes_pages = makes_pages
        self._pipe: Any = None
        self._process = 0
        #: The files that it does not write the notes of, and those that it does.
        self._rest: Sequence[File] | None = None
        self.share: Sequence[File] = ()
        #: What these notes say; both processes have it open.
        self._shelf: Shelf | None = None

    @property
    def is_at_pages(self) -> bool:
        """Whether it is about to make the pages."""
        return self._makes_pages and self._pipe is not None

    def check(self, manuscript: Manuscript, media: Mapping[str, MediaFile]) -> list[Diagnostic]:
        """Check every file, the last of them elsewhere."""
        own, other = _shares(manuscript.files) if _is_possible() else (manuscript.files, ())
        if other:
            self._start(manuscript, media, own, other)
        found = [diagnostic for file in own for diagnostic in check_file(file)]
        answer = self._answer() if other else None
        if other and answer is None:
            return found + [diagnostic for file in other for diagnostic in check_file(file)]
        # It comes from our own fork.
        return found + (pickle.loads(answer) if answer else [])  # noqa: S301

    def notes(self, lowering: Lowering, pictures: Mapping[str, bytes], templates: Templates) -> Notes:
        """Write the notes of a course that was checked here, a share of them elsewhere.

        Raises:
            jinja2.TemplateError: if a template is wrong.
            OSError: if the disk is full.
        """
        notes, shelf, course = Notes(), Shelf(), lowering.frame
        notes.add(encoded(write(course, lowering.items(self._rest), pictures, templates, shelf)), shelf)
        if self.share and not self._take_notes(notes):
            shelf = Shelf()
            notes.add(encoded(write(course, lowering.items(self.share), pictures, templates, shelf)), shelf)
        self._rest, self.share = None, ()
        return notes

    def _take_notes(self, notes: Notes) -> bool:
        """Wait for its notes and add them; say whether it wrote them."""
        heads = []
        while answer := self._answer():
            heads.append(answer)
        # An empty answer is the end, none at all a colleague that died.
        sizes = self._answer() if answer is not None else None
        shelf, self._shelf = self._shelf, None
        if sizes is None or shelf is None:
            return False
        notes.add(heads, shelf)
        shelf.written_elsewhere(msgspec.msgpack.decode(sizes, type=list[int]))
        return True

    def pages(self, packages: Iterable[str]) -> tuple[dict[str, bytes], dict[str, str]] | None:
        """Wait for the pages of a course with these packages, and the interfaces of its files.

        Gives None where nobody made those.
        """
        answer = self._answer()
        self.dismiss()
        if not answer:
            return None
        known, pages, interfaces = msgspec.msgpack.decode(
            answer, type=tuple[set[str], dict[str, bytes], dict[str, str]]
        )
        return (pages, interfaces) if known == set(packages) else None

    def dismiss(self) -> None:
        """Need it no more."""
        if self._pipe is not None:
            self._pipe.close()
            self._pipe = None
            with suppress(OSError):
                # It may be in the middle of what nobody wants any more.
                os.kill(self._process, signal.SIGKILL)
                os.waitpid(self._process, 0)

    def _start(
        self,
        manuscript: Manuscript,
        media: Mapping[str, MediaFile],
        rest: Sequence[File],
        files: Sequence[File],
    ) -> None:
        shelf = Shelf()
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
                    for answer in self._work(manuscript, media, files, shelf):
                        pipe.write(_LENGTH.pack(len(answer)))
                        pipe.write(answer)
                        pipe.flush()
            finally:
                # Nothing of what the first process would do at its end.
                os._exit(0)
        os.close(writing)
        self._pipe = os.fdopen(reading, "rb")
        self._rest, self.share, self._shelf = rest, files, shelf

    def _work(
        self, manuscript: Manuscript, media: Mapping[str, MediaFile], files: Sequence[File], shelf: Shelf
    ) -> Iterator[bytes]:
        found = [diagnostic for file in files for diagnostic in check_file(file)]
        yield pickle.dumps(found)
        if found:
            return
        lowering = Lowering(manuscript, ())
        templates = self._templates()
        pictures = {path: picture.content for path, picture in media.items()}
        written = write(lowering.frame, lowering.items(files), pictures, templates, shelf)
        heads = list(encoded(written))
        shelf.flush()
        # Not before all are there: nobody reads yet, and a pipe holds little.
        yield from heads
        yield b""
        yield msgspec.msgpack.encode(shelf.sizes)
        heads.clear()
        sheets, mistakes = select_sheets(manuscript)
        if self._makes_pages and not mistakes:
            course = msgspec.structs.replace(lowering.course, sheets=sheets)
            packages = package_names(item.deck for item in course.items if item.in_deck).values()
            printed = printed_pages(course, pictures, templates)
            pages = printed | web_pages(course, pictures, templates, printed, packages)
            yield msgspec.msgpack.encode((list(packages), pages, interfaces_of(manuscript)))

    def _answer(self) -> bytes | None:
        if self._pipe is None:
            return None
        head = self._pipe.read(_LENGTH.size)
        if len(head) < _LENGTH.size:
            return None
        (length,) = _LENGTH.unpack(head)
        answer: bytes = self._pipe.read(length)
        return answer if len(answer) == length else None


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
