"""Fill in, take pictures, mark, and compare with what was meant."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from deckgen.marking import files, judging
from deckgen.marking.reading import Reader, Reading
from deckgen.marking.versions import with_student_number
from deckgen.sheet.geometry import AnswerSheet
from marking import simulator
from marking.exam import Exam


class Result(NamedTuple):
    """How reading went, counted in rows: what one response fills."""

    rows: int
    doubtful: int
    wrong: list[str]
    unread: list[str]
    pages: int
    #: Bubbles that were judged.
    marks: int


def sheets_of(exam: Exam) -> list[AnswerSheet]:
    return [
        with_student_number(msgspec.convert(geometry, AnswerSheet)) for geometry in exam.geometries.values()
    ]


def a_class(
    exam: Exam,
    folder: Path,
    count: int,
    machine: simulator.Machine,
    strange: simulator.Strange,
    seed: int,
    pens: Sequence[simulator.Pen] = simulator.PENS,
) -> list[simulator.Filled]:
    """Have `count` sheets filled in and write their pictures to a folder, in order."""
    chance = random.Random(seed)
    blanks = {version: exam.pages(version, machine.dpi) for version in exam.geometries}
    done = []
    for _ in range(count):
        version = chance.choice(sorted(exam.geometries))
        geometry = exam.geometries[version]
        pen = chance.choice(pens)
        if chance.random() < 0.04:
            pen = replace(pen, habit="cross")
        for page, blank in zip(geometry["pages"], blanks[version], strict=True):
            filled = simulator.filled(blank, geometry, page, chance, pen, strange)
            picture = simulator.taken(filled.picture, machine, chance)
            ending, content = simulator.stored(picture, machine)
            (folder / f"scan{len(done)}{ending}").write_bytes(content)
            filled.picture = picture.crop((0, 0, 1, 1))
            done.append(filled)
    return done


def trial(folder: Path, exam: Exam, truth: list[simulator.Filled]) -> Result:
    """Read the pictures of a class, and compare."""
    sheets = sheets_of(exam)
    reader = Reader(sheets, folder / "out")
    pages = {(sheet.code, page.page): page for sheet in sheets for page in sheet.pages}
    leaves = [leaf for path in files.found([folder]) for leaf in files.leaves(path)]
    return compared([reader(leaf) for leaf in leaves], pages, truth)


def compared(
    readings: list[Reading], pages: dict[tuple[str, int], Any], truth: list[simulator.Filled]
) -> Result:
    """Count rows that were read, doubtful and wrong."""
    good = [reading for reading in readings if reading.fault is None]
    known = judging.printed((pages[one.code, one.page], one.ink) for one in good if one.ink)
    rows = doubtful = judged = 0
    wrong, unread = [], []
    for reading, filled in zip(readings, truth, strict=True):
        if reading.fault or reading.ink is None:
            unread.append(f"{reading.name}: {reading.fault}")
            continue
        page = pages[filled.code, filled.page]
        if (reading.code, reading.page) != (filled.code, filled.page):
            wrong.append(f"{reading.name}: {reading.code} {reading.page}")
            continue
        marks = judging.judge(page, reading.ink, known)
        judged += len(marks)
        read: dict[tuple[int, int], set[str]] = {}
        unsure = Counter()
        for bubble, mark in zip(page.bubbles, marks, strict=True):
            place = bubble.question, bubble.row
            read.setdefault(place, set())
            unsure[place] += mark.doubtful
            if mark is judging.Mark.MARKED:
                read[place].add(bubble.option)
        for place, meant in filled.meant.items():
            rows += 1
            if unsure[place]:
                doubtful += 1
            elif frozenset(read[place]) != meant:
                wrong.append(f"{reading.name} {place}: read {sorted(read[place])}, meant {sorted(meant)}")
    return Result(rows, doubtful, wrong, unread, len(truth), judged)


def together(results: list[Result]) -> Result:
    """Return results as one."""
    return Result(
        sum(each.rows for each in results),
        sum(each.doubtful for each in results),
        [line for each in results for line in each.wrong],
        [line for each in results for line in each.unread],
        sum(each.pages for each in results),
        sum(each.marks for each in results),
    )
