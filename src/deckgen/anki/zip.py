"""Write a package: a zip whose bytes depend on its contents alone."""

from __future__ import annotations

import json
from collections.abc import Iterable
from io import BytesIO
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import IO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from deckgen.contents import Contents
from deckgen.media import kind_named

#: The member that every package begins with.
COLLECTION = "collection.anki2"
#: The earliest date that a zip can have.
_DATE = (1980, 1, 1, 0, 0, 0)
#: Level of ISA-L: as small as zlib's level 1, in a fifth of the time.
_LEVEL = 2


def zipped(collection: Iterable[bytes], media: Contents, scratch: Path | None = None) -> bytes | Path:
    """Return a package in Anki's legacy layout, which every Anki since 2.0 reads; `collection` comes in chunks.

    It is a new file in the folder `scratch`, if there is one.

    Raises:
        OSError: if a medium cannot be read, or the file not be written.
    """
    if scratch is None:
        memory = BytesIO()
        _write(memory, collection, media)
        return memory.getvalue()
    with NamedTemporaryFile(prefix=".deckgen-", dir=scratch, delete=False) as file:
        _write(file, collection, media)
    return Path(file.name)


def _write(out: IO[bytes], collection: Iterable[bytes], media: Contents) -> None:
    with ZipFile(out, "w") as package:
        _add_collection(package, collection)
        names = dict(enumerate(sorted(media)))
        package.writestr(_info("media", ZIP_DEFLATED), json.dumps(names))
        for number, name in names.items():
            kind = kind_named(name)
            how = ZIP_STORED if kind and kind.is_compressed else ZIP_DEFLATED
            info, content = _info(str(number), how), media.contents[name]
            info.file_size = content.size
            with package.open(info, "w") as member:
                for piece in content.pieces():
                    member.write(piece)


def _add_collection(package: ZipFile, pieces: Iterable[bytes]) -> None:
    """Add the collection, compressed by ISA-L, which `zipfile` does not know."""
    from isal import isal_zlib

    stream = package.fp
    if stream is None:
        raise ValueError("the zip is closed")
    deflate = isal_zlib.compressobj(_LEVEL, isal_zlib.DEFLATED, -isal_zlib.MAX_WBITS)
    info = _info(COLLECTION, ZIP_DEFLATED)
    info.CRC = info.compress_size = info.file_size = 0
    info.header_offset = package.start_dir
    stream.seek(info.header_offset)
    stream.write(info.FileHeader(zip64=False))
    begin = stream.tell()
    for piece in pieces:
        info.CRC, info.file_size = isal_zlib.crc32(piece, info.CRC), info.file_size + len(piece)
        stream.write(deflate.compress(piece))
    stream.write(deflate.flush())
    info.compress_size = stream.tell() - begin
    # Only now the header says how much it is.
    stream.seek(info.header_offset)
    stream.write(info.FileHeader(zip64=False))
    stream.seek(begin + info.compress_size)
    package.start_dir = stream.tell()
    package.filelist.append(info)
    package.NameToInfo[info.filename] = info
    package._didModify = True  # type: ignore[attr-defined]  # noqa: SLF001 -- as ZipFile.write does


def _info(name: str, how: int) -> ZipInfo:
    info = ZipInfo(name, _DATE)
    info.compress_type = how
    info.create_system = 3  # Unix, wherever it is made
    info.external_attr = 0o644 << 16
    return info
