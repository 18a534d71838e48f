"""The versions of a sheet, as the JSON beside its answer sheets describes them."""

from __future__ import annotations

from pathlib import Path

import msgspec

from deckgen.confined import files_below, read_bytes
from deckgen.sheet.bubbles import Bubble
from deckgen.sheet.geometry import FORMAT, AnswerSheet
from deckgen.system_error import reason

#: Below the folder of outputs.
FOLDER = "answer-sheets"
#: The number of the question that the columns of the student number are, among the bubbles of a page.
STUDENT = 0
_LARGEST = 50_000_000


class NoVersionsError(Exception):
    """The JSON of a sheet's answer sheets is not there, or is not right; the message says why."""


def built(outputs: Path) -> list[str]:
    """Return the sheets that have answer sheets below the folder of outputs."""
    there = [name for name, each in files_below(outputs, FOLDER) if name.endswith(".json") and each.is_file()]
    return sorted({name.removeprefix(f"{FOLDER}/").rpartition("/")[0] for name in there})


def load(root: Path, folder: str) -> tuple[AnswerSheet, ...]:
    """Read the versions in a folder below `root`, in the order of their names.

    Raises:
        NoVersionsError: if there are none, one is not readable, or two have the same code and differ.
    """
    made: dict[str, AnswerSheet] = {}
    names = sorted(
        name for name, each in files_below(root, folder) if name.endswith(".json") and each.is_file()
    )
    for name in names:
        try:
            sheet = _decode(read_bytes(root, name, _LARGEST))
        except OSError as error:
            raise NoVersionsError(f"{name}: {reason(error)}") from None
        except (msgspec.DecodeError, UnicodeDecodeError, ValueError) as error:
            raise NoVersionsError(f"{name}: {error}") from None
        if made.setdefault(sheet.code, sheet) != sheet:
            raise NoVersionsError(f"{name}: another file has the code {sheet.code} too, and they differ")
    if not made:
        raise NoVersionsError(f"{folder or root}: there is no JSON of answer sheets")
    return tuple(made.values())


def _decode(content: bytes) -> AnswerSheet:
    class Named(msgspec.Struct):
        format: str = ""

    said = msgspec.json.decode(content, type=Named).format
    if said != FORMAT:
        raise ValueError(
            f"its format is {said!r}, not {FORMAT!r}; build the project again: "
            "the codes that are printed stay the same"
        )
    return with_student_number(msgspec.json.decode(content, type=AnswerSheet))


def with_student_number(sheet: AnswerSheet) -> AnswerSheet:
    """Return an answer sheet with the columns of the student number as rows of bubbles, like those of questions."""
    pages = []
    for page in sheet.pages:
        columns = tuple(
            Bubble(
                question=STUDENT,
                row=each.digit,
                option=each.option,
                x=each.x,
                y=each.y,
                radius=each.radius,
                shape=each.shape,
            )
            for each in page.student
        )
        pages.append(msgspec.structs.replace(page, bubbles=(*page.bubbles, *columns)))
    return msgspec.structs.replace(sheet, pages=tuple(pages))
