"""Read pages: what each is, and how much ink its bubbles have; in several processes, with memory for a few pages."""

from __future__ import annotations

import os
import signal
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from enum import StrEnum
from itertools import islice
from multiprocessing import get_context
from pathlib import Path

import cv2
import msgspec
import numpy as np

from deckgen.engine.write import write_bytes
from deckgen.marking import code, files
from deckgen.marking.arrays import Numbers
from deckgen.marking.ink import Ink, measure
from deckgen.marking.judging import is_aligned
from deckgen.marking.registration import Layout, layouts, places
from deckgen.sheet.geometry import AnswerSheet, Page
from deckgen.sheet.marks import QUESTION_PAGES

#: Where pictures of pages are kept, below the folder of the outputs.
PAGES_FOLDER = "pages"
_QUALITY = 80
#: Dots of the longer side of a page that could not be laid flat: enough to read what is written on it.
_AS_SCANNED = 1400
#: Fewer pages are read in this process.
_WORTH_IT = 6
#: Pages that wait for each process.
_AHEAD = 3


class Fault(StrEnum):
    """Why a page was not read; the fixed words of `review-fault-…` say it."""

    DAMAGED = "damaged"
    NO_MARKS = "no-marks"
    NO_CODE = "no-code"
    NO_SERIAL = "no-serial"
    UNKNOWN_CODE = "unknown-code"
    MISALIGNED = "misaligned"
    #: These two are left aside without a word.
    BLANK = "blank"
    QUESTIONS = "questions"


#: Faults of pages that no answers are on.
LEFT_ASIDE = (Fault.BLANK, Fault.QUESTIONS)


class Reading(msgspec.Struct, frozen=True, kw_only=True):
    """What was found on a page."""

    key: str
    name: str
    fault: Fault | None = None
    code: str = ""
    page: int = 0
    #: The number of the copy; 0 where copies are not numbered.
    serial: int = 0
    ink: Ink | None = None


class Reader:
    """Reads pages of the versions of a sheet, and keeps pictures of them in a folder."""

    def __init__(self, sheets: Sequence[AnswerSheet], out: Path) -> None:
        self._out = out
        self._codes = frozenset(sheet.code for sheet in sheets)
        self._layouts: list[Layout] = layouts(sheets)
        self._pages: dict[tuple[str, int], Page] = {
            (sheet.code, page.page): page for sheet in sheets for page in sheet.pages
        }

    def __call__(self, leaf: files.Leaf) -> Reading:
        """Read a page, and keep its picture: laid flat, or as it was scanned where nobody knows how it lies."""
        try:
            picture = files.picture(leaf)
        except files.UnreadableError:
            return Reading(key=leaf.key, name=leaf.name, fault=Fault.DAMAGED)
        reading = self._read(leaf, picture)
        if reading.ink is None and reading.fault not in LEFT_ASIDE:
            self._keep(leaf, files.fitted(picture, _AS_SCANNED))
        return reading

    def _keep(self, leaf: files.Leaf, picture: Numbers) -> None:
        _, encoded = cv2.imencode(".jpg", picture, [cv2.IMWRITE_JPEG_QUALITY, _QUALITY])
        write_bytes(self._out, f"{PAGES_FOLDER}/{leaf.key}.jpg", encoded.tobytes(), lasting=False)

    def _read(self, leaf: files.Leaf, picture: Numbers) -> Reading:
        strange: Reading | None = None
        anywhere = False
        for found in places(picture, self._layouts):
            anywhere = True
            said = code.read(picture, found)
            if said is None:
                continue
            page = self._pages.get((said.code, said.page))
            if said.page > QUESTION_PAGES and said.code in self._codes:
                return Reading(key=leaf.key, name=leaf.name, fault=Fault.QUESTIONS, code=said.code)
            if page is None:
                strange = strange or Reading(
                    key=leaf.key, name=leaf.name, fault=Fault.UNKNOWN_CODE, code=said.code, page=said.page
                )
                continue
            number = code.serial(picture, found, page.serial) if page.serial else 0
            if number is None:
                return Reading(
                    key=leaf.key, name=leaf.name, fault=Fault.NO_SERIAL, code=said.code, page=said.page
                )
            ink, flat = measure(picture, found, page)
            self._keep(leaf, flat)
            fault = None if is_aligned(ink) else Fault.MISALIGNED
            return Reading(
                key=leaf.key,
                name=leaf.name,
                fault=fault,
                code=said.code,
                page=said.page,
                serial=number,
                ink=ink,
            )
        if strange:
            return strange
        fault = Fault.NO_CODE if anywhere else Fault.BLANK if _is_blank(picture) else Fault.NO_MARKS
        return Reading(key=leaf.key, name=leaf.name, fault=fault)


def _is_blank(picture: Numbers) -> bool:
    """Return whether a page has next to nothing on it: the back of a sheet, as feeders scan it too."""
    small = cv2.resize(picture, (200, 283), interpolation=cv2.INTER_AREA)[8:-8, 8:-8]
    return bool((small < float(np.median(small)) - 40).mean() < 0.002)  # noqa: PLR2004


_reader: Reader | None = None


def _begin(sheets: Sequence[AnswerSheet], out: Path) -> None:
    global _reader  # noqa: PLW0603 -- one for each process
    cv2.setNumThreads(1)
    # Ctrl-C reaches all processes; the first one ends the others.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _reader = Reader(sheets, out)


def _read(leaf: files.Leaf) -> Reading:
    if _reader is None:
        raise RuntimeError("the process was not begun")
    return _reader(leaf)


def read(
    leaves: Sequence[files.Leaf],
    sheets: Sequence[AnswerSheet],
    out: Path,
    show: Callable[[str, int, int], None] = lambda _step, _done, _total: None,
) -> Iterator[Reading]:
    """Read pages and yield what was found, in their order; `show` is called with (name, done, total).

    Raises:
        OSError: if a picture cannot be written.
    """
    workers = min(os.cpu_count() or 1, len(leaves) // _WORTH_IT)
    if workers < 2:  # noqa: PLR2004
        reader = Reader(sheets, out)
        for done, leaf in enumerate(leaves, start=1):
            yield reader(leaf)
            show(leaf.name, done, len(leaves))
        return
    # Not forked: OpenCV has threads.
    with ProcessPoolExecutor(workers, get_context("spawn"), _begin, (tuple(sheets), out)) as pool:
        waiting: deque[Future[Reading]] = deque()
        todo = iter(leaves)
        for done in range(1, len(leaves) + 1):
            waiting += (pool.submit(_read, leaf) for leaf in islice(todo, workers * _AHEAD - len(waiting)))
            yield waiting.popleft().result()
            show(leaves[done - 1].name, done, len(leaves))
