"""What `deckgen print` does: compile the project, read the class list, print the copies."""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from deckgen.cli.console import Format
from deckgen.cli.session import (
    CONTENT_HAS_ERRORS,
    SUCCESS,
    USAGE_ERROR,
    compile_at,
    is_in_outputs,
    project_root,
    report,
    say,
)
from deckgen.cli.success import written
from deckgen.core import Course, Sheet
from deckgen.diagnostics.locate import locate
from deckgen.engine.state import OUTPUT_FOLDER
from deckgen.engine.write import write_bytes
from deckgen.nearest import and_did_you_mean, nearest
from deckgen.reading.class_list import read_class_list
from deckgen.sheet.copies import MOST_COPIES, Copies, copies_csv, copies_json, numbered
from deckgen.sheet.numbering import Numbering
from deckgen.sheet.pdf import NoEngineError, engine
from deckgen.sheet.profile import profiles
from deckgen.sheet.target import Maker
from deckgen.system_error import cannot_write
from deckgen.targets import without_notes
from deckgen.templating.mistakes import mistake
from deckgen.templating.own import templates_of

if TYPE_CHECKING:
    from deckgen.sheet.copies import Copy

#: In the project's folder: a folder for each sheet that was printed.
EXAMS_FOLDER = "exams"
_PDF, _JSON, _CSV = "copies.pdf", "copies.json", "copies.csv"
#: Data of students is not for version control.
_IGNORE = "*\n"


class _RefusedError(Exception):
    """The command cannot be done; the message says why, for a user."""


class _Wish(NamedTuple):
    """What is to be printed."""

    sheet: str
    #: The class list; None for none.
    students: Path | None
    #: Copies without a name.
    blank: int
    #: The folder to write to; None for the usual one.
    out: Path | None
    one_sided: bool


def run(
    folder: Path, sheet: str, students: Path | None, blank: int, out: Path | None, *, one_sided: bool
) -> int:
    """Print the copies of a sheet, say what was made, and return the exit code."""
    root = project_root(folder)
    compiled, snapshot, found = compile_at(root)
    templates = templates_of(snapshot.templates)
    try:
        if compiled.course is not None:
            engine()
            wish = _Wish(sheet, students, blank, out, one_sided)
            maker = Maker(without_notes(templates, compiled.pictures), compiled.course.project.language)
            return _print(root, compiled.course, maker, wish)
    except (_RefusedError, NoEngineError) as error:
        sys.stderr.write(f"error: {error}\n")
        return USAGE_ERROR
    except OSError as error:
        sys.stderr.write(f"error: {cannot_write(error)}\n")
        return CONTENT_HAS_ERRORS
    except Exception as error:
        found = [one for one in [mistake(error, templates)] if one]
        if not found:
            raise
    say(report(found, snapshot), Format.TEXT)
    return CONTENT_HAS_ERRORS


def _print(root: Path, course: Course, maker: Maker, wish: _Wish) -> int:
    """Print the copies, say what was made or what is wrong with the class list, and return the exit code."""
    sheet = _sheet(course, wish.sheet)
    place = _place(root, wish.out, sheet)
    if wish.students is None and not wish.blank:
        raise _RefusedError("say for whom: --students FILE, or --copies N")
    listed, mistakes = read_class_list(wish.students, sheet.student_number) if wish.students else ((), [])
    if mistakes:
        # The list is named as it was given: it need not be a file of the project.
        say(locate(mistakes, {}), Format.TEXT)
        return CONTENT_HAS_ERRORS
    numbering = Numbering(course, sheet, maker)
    before = _before(place, sheet)
    codes = numbering.codes
    every, wanted = numbered(before.copies if before else (), listed, wish.blank, tuple(codes))
    if len(every) > MOST_COPIES:
        raise _RefusedError(f"a sheet has at most {MOST_COPIES:,} copies")
    if not wanted:
        raise _RefusedError(f"there is nobody in {wish.students}")
    copies = Copies(sheet=sheet.id, codes=codes, copies=every)
    _write(place, numbering, copies, numbering.pdf(wanted, one_sided=wish.one_sided))
    _say(place, wanted, outdated=before is not None and before.codes != codes)
    return SUCCESS


def _sheet(course: Course, id_: str) -> Sheet:
    sheets = {sheet.id: sheet for sheet in course.sheets}
    if id_ not in sheets:
        near = nearest(id_, list(sheets))
        raise _RefusedError(f"there is no sheet `{id_}`{and_did_you_mean(near)}")
    if "paper" not in sheets[id_].outputs:
        raise _RefusedError(f"the sheet `{id_}` is not for paper: its `outputs` say so")
    if profiles(course.project.printing, sheets[id_])[""].name == "two-up":
        raise _RefusedError(f"the sheet `{id_}` is cut in two (`two-up`): only whole pages can be numbered")
    return sheets[id_]


def _place(root: Path, out: Path | None, sheet: Sheet) -> Path:
    """Return the folder to write to, which is not among what is published."""
    place = root / EXAMS_FOLDER / sheet.id if out is None else out
    if is_in_outputs(place, root):
        raise _RefusedError(f"{OUTPUT_FOLDER}/ is no place for names of students: give another --out")
    if out is None and root.resolve() not in place.resolve().parents:
        raise _RefusedError(f"{EXAMS_FOLDER}/ is a link that leads out of the project")
    return place


def _before(place: Path, sheet: Sheet) -> Copies | None:
    """Return the copies that were printed before."""
    path = place / _JSON
    try:
        copies = msgspec.json.decode(path.read_bytes(), type=Copies)
    except FileNotFoundError:
        return None
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise _RefusedError(f"{path} is damaged ({error}): without it nobody keeps their copy") from None
    if copies.sheet != sheet.id:
        raise _RefusedError(f"{place} has copies of the sheet `{copies.sheet}`: give another --out")
    return copies


def _write(place: Path, numbering: Numbering, copies: Copies, pdf: bytes) -> None:
    """Write everything; what says whose a serial number is before what is printed with it."""
    place.mkdir(parents=True, exist_ok=True)
    if not (place / ".gitignore").exists():
        write_bytes(place, ".gitignore", _IGNORE.encode())
    write_bytes(place, _JSON, copies_json(copies))
    write_bytes(place, _CSV, copies_csv(copies))
    for name, content in numbering.geometries():
        write_bytes(place, name, content)
    write_bytes(place, _PDF, pdf)


def _say(place: Path, wanted: tuple[Copy, ...], *, outdated: bool) -> None:
    if outdated:
        sys.stderr.write(
            "warning: the sheet has changed since copies were printed: those do not fit its key any more\n"
        )
    counts = sorted(Counter(copy.version for copy in wanted).items())
    done = {
        "copies": f"{len(wanted)}: {', '.join(f'{count} of version {version}' for version, count in counts)}",
        "print": str(place / _PDF),
        "whose": str(place / _CSV),
    }
    sys.stdout.write(written(done, sys.stdout))
