"""Put a package together: a zip whose bytes hang on its contents alone."""

from __future__ import annotations

import json
import threading
from collections import deque
from collections.abc import Iterable, Mapping
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

#: The oldest date a zip can have.
_DATE = (1980, 1, 1, 0, 0, 0)
#: Level of ISA-L: as small as zlib's first, in a fifth of the time.
_LEVEL = 2
#: Bytes of a collection that are deflated by themselves, and what each piece ends with: an empty block
#: (https://www.zlib.net/manual.html#Basic, Z_FULL_FLUSH).
PIECE, PIECE_END = 1 << 20, b"\0\0\xff\xff"
#: Pieces of a collection that are deflated side by side.
_AT_ONCE = 2
#: Formats that are compressed already.
_COMPRESSED = (".png", ".jpg", ".jpeg", ".gif", ".webp", ".avif")


def zipped(
    collection: Iterable[bytes | memoryview],
    media: Mapping[str, bytes],
    known: Mapping[int, bytes] | None = None,
) -> bytes:
    """Return a package in Anki's legacy layout, which every Anki since 2.0 reads.

    `collection` comes in pieces of `PIECE` bytes, which are part of what makes the same bytes. What some of them are
    deflated is `known`, by their number from 0.
    """
    crc, size, pieces = _deflated(collection, known or {})
    out = BytesIO()
    with ZipFile(out, "w") as package:
        _add_deflated(package, "collection.anki2", pieces, crc, size)
        names = dict(enumerate(sorted(media)))
        package.writestr(_info("media", ZIP_DEFLATED), json.dumps(names))
        for number, name in names.items():
            how = ZIP_STORED if name.endswith(_COMPRESSED) else ZIP_DEFLATED
            package.writestr(_info(str(number), how), media[name])
    return out.getvalue()


def _deflated(
    content: Iterable[bytes | memoryview], known: Mapping[int, bytes]
) -> tuple[int, int, list[bytes]]:
    """Return checksum and size of a content that comes in pieces, and the pieces deflated.

    Each is deflated by itself, so that two can be at once: ISA-L works without the interpreter's lock.
    """
    from isal import isal_zlib

    crc, size = 0, 0
    made = dict(known)
    at_work: deque[tuple[int, _Deflating]] = deque()
    for number, piece in enumerate(content):
        crc = isal_zlib.crc32(piece, crc)
        size += len(piece)
        if number in known:
            continue
        if len(at_work) == _AT_ONCE:
            first, deflating = at_work.popleft()
            made[first] = deflating.result()
        at_work.append((number, _Deflating(piece)))
        at_work[-1][1].start()
    made |= {number: deflating.result() for number, deflating in at_work}
    end = isal_zlib.compressobj(_LEVEL, isal_zlib.DEFLATED, -isal_zlib.MAX_WBITS).flush()
    return crc, size, [*(made[number] for number in sorted(made)), end]


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
