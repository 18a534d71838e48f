"""The archives that XLSX and ODS files are: looked at before they are unpacked."""

from __future__ import annotations

import io
import zipfile

from deckgen.tables.grid import Problem

#: Bytes of all parts, unpacked. A sheet of 10,000 rows with six columns has four million.
MOST_UNPACKED = 150_000_000
#: How an OLE file begins: an old `.xls`, or an XLSX with a password.
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_HALF = "it is damaged, or was not saved to its end: save it again"


class Archive:
    """An archive whose parts may be unpacked: all of them together are not too large."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self.names = frozenset(archive.namelist())

    def part(self, name: str) -> bytes | Problem:
        """Unpack a part, which has as many bytes as the archive says at most."""
        try:
            return self._archive.read(name)
        except Exception:  # noqa: BLE001 -- whatever a damaged archive makes of the library
            return Problem("cannot be read", _HALF)


def open_archive(content: bytes, kind: str) -> Archive | Problem:
    """Open an archive of some kind (`an XLSX file`), or say why it is none."""
    if not content:
        return Problem("is empty", _HALF)
    if content.startswith(_OLE):
        return Problem(
            f"is not {kind}: it is an old `.xls`, or has a password", "save it again, without a password"
        )
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
        parts = archive.infolist()
    except Exception:  # noqa: BLE001 -- as above
        return Problem(f"is not {kind} that can be read", _HALF)
    if sum(part.file_size for part in parts) > MOST_UNPACKED:
        return Problem(f"has more than {MOST_UNPACKED:,} bytes when it is unpacked")
    if any(part.flag_bits & 1 for part in parts):
        return Problem("has a password", "save it without one")
    return Archive(archive)
