"""Numbered copies of a sheet: who gets which version, under which serial number."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Sequence
from typing import Annotated, Final, Literal

import msgspec
from msgspec import Meta

from deckgen.core import Student
from deckgen.csv_cell import as_text

#: Another number, another meaning; keys may be added under the same one.
FORMAT: Final = "deckgen-copies/1"
#: 16 bits on a page; 0 is a page without a serial number.
MOST_COPIES = 65_535


class Copy(msgspec.Struct, frozen=True, kw_only=True):
    """A copy of a sheet."""

    serial: Annotated[int, Meta(description="From 1; printed in the squares of every page of the copy.")]
    version: Annotated[str, Meta(description="A, B, C, …")]
    number: Annotated[str, Meta(description="The student's number; empty on a copy without a name.")] = ""
    name: str = ""

    @property
    def student(self) -> Student:
        """Return who writes it."""
        return Student(self.number, self.name)

    @property
    def kind(self) -> tuple[str, bool]:
        """Return what is printed in one way: its version, and whether a student number is printed onto it."""
        return self.version, bool(self.number)


class Copies(msgspec.Struct, frozen=True, kw_only=True):
    """All copies of a sheet that were ever numbered: a serial number is never given away again."""

    format: Literal["deckgen-copies/1"] = FORMAT
    sheet: str
    codes: Annotated[dict[str, str], Meta(description="The code of each version, as printed.")]
    copies: tuple[Copy, ...] = ()


def numbered(
    before: Sequence[Copy], students: Sequence[Student], blank: int, versions: Sequence[str]
) -> tuple[tuple[Copy, ...], tuple[Copy, ...]]:
    """Return all copies, by serial number, and those to print: of the students in their order, then `blank` more.

    Who has a copy keeps its serial number, and its version if there still is one. New ones get the next serial
    numbers, and of the versions that their neighbours in the list do not have the one that fewest have.
    """
    known = {each.student.key: each for each in before}
    counts = Counter(each.version for each in before)
    serial = max((each.serial for each in before), default=0)
    made: dict[int, Copy] = {each.serial: each for each in before}
    wanted: list[Copy] = []

    def version(beside: set[str]) -> str:
        chosen = min(versions, key=lambda name: (name in beside, counts[name], versions.index(name)))
        counts[chosen] += 1
        return chosen

    for place, student in enumerate(students):
        copy = known.get(student.key)
        after = known.get(students[place + 1].key) if place + 1 < len(students) else None
        beside = {each.version for each in (*wanted[-1:], *([after] if after else ()))}
        if copy is None:
            serial += 1
            copy = Copy(serial=serial, version=version(beside), number=student.number, name=student.name)
        else:
            if copy.version not in versions:
                copy = msgspec.structs.replace(copy, version=version(beside))
            copy = msgspec.structs.replace(copy, number=student.number, name=student.name)
        made[copy.serial] = copy
        wanted.append(copy)
    unnamed = [each for each in before if not each.student.key and each.version in versions][:blank]
    while len(unnamed) < blank:
        serial += 1
        last = {each.version for each in (*wanted, *unnamed)[-1:]}
        unnamed.append(Copy(serial=serial, version=version(last)))
    made |= {each.serial: each for each in unnamed}
    return tuple(made[serial] for serial in sorted(made)), (*wanted, *unnamed)


def copies_json(copies: Copies) -> bytes:
    """Return the copies as their file has them."""
    return msgspec.json.format(msgspec.json.encode(copies), indent=1) + b"\n"


def copies_csv(copies: Copies) -> bytes:
    """Return the copies as a table for people."""
    text = io.StringIO(newline="")
    table = csv.writer(text, lineterminator="\n")
    table.writerow(("serial", "version", "number", "name"))
    table.writerows(
        (each.serial, each.version, as_text(each.number), as_text(each.name)) for each in copies.copies
    )
    # Spreadsheet programs take a file without the mark for one in the encoding of the system.
    return b"\xef\xbb\xbf" + text.getvalue().encode()
