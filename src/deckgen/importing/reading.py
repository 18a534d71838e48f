"""Read a deck that exists, whatever it is; what it is, its content tells."""

from __future__ import annotations

import stat
from collections.abc import Iterable
from pathlib import Path
from zipfile import BadZipFile, ZipFile

from deckgen.importing.collection import Collection
from deckgen.importing.merge import merged
from deckgen.importing.problem import UnreadableError
from deckgen.system_error import reason

#: Bytes of a text or of a spreadsheet.
_MOST_BYTES = 300_000_000
_START = 4096
_READ = (
    "what is read: `.apkg` and `.colpkg`, text files that Anki exports, CSV, TSV, XLSX and ODS with a column `guid`, "
    "and folders of CrowdAnki"
)


def read(paths: Iterable[Path], types_from: Collection | None = None) -> Collection:
    """Read the files of one deck: packages, texts, spreadsheets, folders of CrowdAnki.

    Texts, spreadsheets and CrowdAnki have no ids and stamps, without which learners' notes are not updated: those
    come from `types_from`, a collection read from a package that learners have. Notes that it does not have are new,
    with id and stamp 0. Without it, `Collection.knows_identity` is false, and text files get a type of what they show.

    A collection of several files has their notes in the order of the files. Nothing is written, media are listed and
    not read, and the time grows with the size of the files.

    Raises:
        UnreadableError: if a file is none of these, is damaged, or was made to harm.
    """
    return merged([_read(path, types_from) for path in paths])


def _read(path: Path, package: Collection | None) -> Collection:
    try:
        return _read_any(path, package)
    except OSError as error:
        raise UnreadableError(path.name, f"cannot be read: {reason(error)}") from error


def _read_any(path: Path, package: Collection | None) -> Collection:
    mode = path.stat().st_mode
    if stat.S_ISDIR(mode):
        from deckgen.importing.crowdanki import deck_file, read_crowdanki

        file = deck_file(path.absolute())
        if file is None:
            raise UnreadableError(path.name, "is a folder without `deck.json`", _READ)
        return read_crowdanki(file, _content(file), package)
    if not stat.S_ISREG(mode):
        raise UnreadableError(path.name, "is not a regular file")
    with path.open("rb") as stream:
        start = stream.read(_START)
    if start.startswith(b"PK"):
        return _read_zip(path, package)
    if start.startswith(b"SQLite format 3\0"):
        raise UnreadableError(
            path.name, "is a collection as Anki keeps it, which is not whole by itself", "export it in Anki"
        )
    from deckgen.importing.text_header import has_header

    if has_header(start):
        from deckgen.importing.text_file import read_text

        return read_text(path.name, path.stem, _content(path), package)
    if start.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"{"):
        from deckgen.importing.crowdanki import read_crowdanki

        return read_crowdanki(path.absolute(), _content(path), package)
    if b"\0" in start and not start.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise UnreadableError(path.name, "is not a deck", _READ)
    from deckgen.importing.table_file import read_table

    kind = ".tsv" if path.suffix.lower() in (".tsv", ".tab") else ".csv"
    return read_table(path.name, path.stem, _content(path), package, kind=kind)


def _read_zip(path: Path, package: Collection | None) -> Collection:
    """Read a package or a spreadsheet: both are ZIP files."""
    try:
        with ZipFile(path) as archive:
            names = frozenset(archive.namelist())
    except (BadZipFile, NotImplementedError) as error:
        raise UnreadableError(
            path.name, "cannot be read: it is damaged, or was not saved to its end"
        ) from error
    kind = ".xlsx" if "xl/workbook.xml" in names else ".ods" if "content.xml" in names else ""
    if kind:
        from deckgen.importing.table_file import read_table

        return read_table(path.name, path.stem, _content(path), package, kind=kind)
    from deckgen.importing.package import read_package

    return read_package(path)


def _content(path: Path) -> bytes:
    with path.open("rb") as stream:
        content = stream.read(_MOST_BYTES + 1)
    if len(content) > _MOST_BYTES:
        raise UnreadableError(path.name, f"has more than {_MOST_BYTES // 1_000_000} MB")
    return content
