"""Put a package together: a zip whose bytes hang on its contents alone."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterable, Mapping, Sequence
from io import BytesIO
from typing import NamedTuple
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

#: The member that every package begins with.
COLLECTION = "collection.anki2"
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


class Packed(NamedTuple):
    """A piece of a collection that is deflated."""

    deflated: bytes
    #: What it was.
    size: int
    crc: int


def zipped(collection: Iterable[bytes | memoryview], media: Mapping[str, bytes]) -> bytes:
    """Return a package in Anki's legacy layout, which every Anki since 2.0 reads.

    `collection` comes in pieces of `PIECE` bytes, which are part of what makes the same bytes.
    """
    from isal import isal_zlib

    crc, size, pieces = 0, 0, []
    for packed in pack(collection):
        crc = isal_zlib.crc32_combine(crc, packed.crc, packed.size)
        size += packed.size
        pieces.append(packed.deflated)
    return put_together(pieces, size, crc, media)


def pack(pieces: Iterable[bytes | bytearray | memoryview]) -> list[Packed]:
    """Deflate pieces of a collection.

    Each is deflated by itself, so that two can be at once: ISA-L works without the interpreter's lock.
    """
    all_of_them: list[_Deflating] = []
    for piece in pieces:
        if len(all_of_them) >= _AT_ONCE:
            all_of_them[-_AT_ONCE].join()
        all_of_them.append(_Deflating(piece))
        all_of_them[-1].start()
    return [each.result() for each in all_of_them]


def put_together(
    pieces: Sequence[bytes | memoryview], size: int, crc: int, media: Mapping[str, bytes]
) -> bytes:
    """Return a package of a collection that is deflated, which had a size and a checksum."""
    from isal import isal_zlib

    end = isal_zlib.compressobj(_LEVEL, isal_zlib.DEFLATED, -isal_zlib.MAX_WBITS).flush()
    out = BytesIO()
    with ZipFile(out, "w") as package:
        _add_deflated(package, COLLECTION, [*pieces, end], crc, size)
        names = dict(enumerate(sorted(media)))
        package.writestr(_info("media", ZIP_DEFLATED), json.dumps(names))
        for number, name in names.items():
            how = ZIP_STORED if name.endswith(_COMPRESSED) else ZIP_DEFLATED
            package.writestr(_info(str(number), how), media[name])
    return out.getvalue()


class _Deflating(threading.Thread):
    """Deflates a piece that others may follow."""

    def __init__(self, piece: bytes | bytearray | memoryview) -> None:
        super().__init__(daemon=True)
        self._piece: bytes | bytearray | memoryview = piece
        self._packed: Packed | None = None

    def result(self) -> Packed:
        """Wait for the piece deflated.

        Raises:
            MemoryError: if there was no room for it; nothing else can fail.
        """
        self.join()
        if self._packed is None:
            raise MemoryError
        return self._packed

    def run(self) -> None:
        from isal import isal_zlib

        crc, size = isal_zlib.crc32(self._piece), len(self._piece)
        deflate = isal_zlib.compressobj(_LEVEL, isal_zlib.DEFLATED, -isal_zlib.MAX_WBITS)
        deflated = deflate.compress(self._piece)
        self._piece = b""
        self._packed = Packed(deflated + deflate.flush(isal_zlib.Z_FULL_FLUSH), size, crc)


def _add_deflated(package: ZipFile, name: str, pieces: list[bytes | memoryview], crc: int, size: int) -> None:
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
