"""Put a package together: a zip whose bytes hang on its contents alone."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterable, Mapping
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

#: The oldest date a zip can have.
_DATE = (1980, 1, 1, 0, 0, 0)
#: Level of ISA-L: as small as zlib's first, in a fifth of the time.
_LEVEL = 2
#: Pieces of a collection that are deflated side by side.
_AT_ONCE = 2
#: Formats that are compressed already.
_COMPRESSED = (".png", ".jpg", ".jpeg", ".gif", ".webp", ".avif")


def zipped(collection: Iterable[bytes | memoryview], media: Mapping[str, bytes]) -> bytes:
    """Return a package in Anki's legacy layout, which every Anki since 2.0 reads.

    `collection` comes in pieces; that they are cut at the same places is part of what makes the same bytes.
    """
    crc, size, pieces = _deflated(collection)
    out = BytesIO()
    with ZipFile(out, "w") as package:
        _add_deflated(package, "collection.anki2", pieces, crc, size)
        names = dict(enumerate(sorted(media)))
        package.writestr(_info("media", ZIP_DEFLATED), json.dumps(names))
        for number, name in names.items():
            how = ZIP_STORED if name.endswith(_COMPRESSED) else ZIP_DEFLATED
            package.writestr(_info(str(number), how), media[name])
    return out.getvalue()


def _deflated(content: Iterable[bytes | memoryview]) -> tuple[int, int, list[bytes]]:
    """Return checksum and size of a content that comes in pieces, and the pieces deflated.

    Each is deflated by itself, so that two can be at once: ISA-L works without the interpreter's lock.
    """
    from isal import isal_zlib

    crc, size = 0, 0
    done: list[_Deflating] = []
    for piece in content:
        crc = isal_zlib.crc32(piece, crc)
        size += len(piece)
        if len(done) >= _AT_ONCE:
            done[-_AT_ONCE].join()
        done.append(_Deflating(piece))
        done[-1].start()
    end = isal_zlib.compressobj(_LEVEL, isal_zlib.DEFLATED, -isal_zlib.MAX_WBITS).flush()
    return crc, size, [*(each.result() for each in done), end]


class _Deflating(threading.Thread):
    """Deflates a piece that others may follow."""

    def __init__(self, piece: bytes | memoryview) -> None:
        super().__init__(daemon=True)
        self._piece: bytes | memoryview = piece
        self.deflated: bytes | None = None

    def result(self) -> bytes:
        """Wait for the piece deflated.

        Raises:
            MemoryError: if there was no room for it; nothing else can fail.
        """
        self.join()
        if self.deflated is None:
            raise MemoryError
        return self.deflated

    def run(self) -> None:
        from isal import isal_zlib

        deflate = isal_zlib.compressobj(_LEVEL, isal_zlib.DEFLATED, -isal_zlib.MAX_WBITS)
        deflated = deflate.compress(self._piece)
        self._piece = b""
        self.deflated = deflated + deflate.flush(isal_zlib.Z_FULL_FLUSH)


def _add_deflated(package: ZipFile, name: str, pieces: list[bytes], crc: int, size: int) -> None:
    """Add a member that is compressed already."""
    info = _info(name, ZIP_DEFLATED)
    info.CRC, info.file_size, info.compress_size = crc, size, sum(map(len, pieces))
    info.header_offset = package.start_dir
    stream = package.fp
    if stream is None:
        raise ValueError("the zip is closed")
    stream.seek(package.start_dir)
    stream.write(info.FileHeader(zip64=False))
    for piece in pieces:
        stream.write(piece)
    package.start_dir = stream.tell()
    package.filelist.append(info)
    package.NameToInfo[name] = info
    package._didModify = True  # type: ignore[attr-defined]  # noqa: SLF001 -- as ZipFile.write does


def _info(name: str, how: int) -> ZipInfo:
    info = ZipInfo(name, _DATE)
    info.compress_type = how
    info.create_system = 3  # Unix, wherever it is made
    info.external_attr = 0o644 << 16
    return info
