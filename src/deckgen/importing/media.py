"""The media of a package: listed at once, and each read when it is wanted."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping
from functools import cached_property, partial
from pathlib import Path
from typing import IO, TYPE_CHECKING, NamedTuple
from unicodedata import normalize
from zipfile import ZipFile

import msgspec

from deckgen.anki import zstd
from deckgen.anki.open_package import DAMAGE, OpenPackage, PackageError
from deckgen.importing.collection import Medium
from deckgen.importing.losses import Losses
from deckgen.importing.problem import UnreadableError
from deckgen.importing.protobuf import message

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

#: Pictures and sounds are packed already: what becomes much larger is there to fill a disk.
_MOST_TIMES, _ALWAYS_ALLOWED = 200, 100_000_000
#: Bytes of a file whose size is not declared.
_MOST_UNDECLARED = 500_000_000
#: What no name of a file in Anki's media folder has; a path is none.
_NO_NAME = re.compile(r"[/\\\x00-\x1f\x7f]")


class Entry(NamedTuple):
    """A file as the package lists it."""

    #: Its name in the ZIP.
    member: str
    name: str
    size: int
    sha1: str = ""


def media_of(path: Path, package: OpenPackage, losses: Losses) -> dict[str, Medium]:
    """Return the media of a package by their names in fields, sorted.

    Raises:
        PackageError: if their list is damaged, or they unpack to much more than the package.
    """
    archive, found = _Archive(path, package.is_compressed), dict[str, Medium]()
    sizes, total = package.sizes(), 0
    for entry in _entries(package, sizes):
        name = normalize("NFC", entry.name)
        if not is_name(name):
            losses.add("a file whose name is a path, or none, is left out", repr(entry.name))
        elif entry.member not in sizes:
            losses.add("a file that the package lists and does not have", name)
        elif name in found:
            losses.add("a second file of the same name is left out", name)
        else:
            total += entry.size
            found[name] = Medium(
                name=name, size=entry.size, open=partial(archive.open, entry), sha1=entry.sha1
            )
    if total > _ALWAYS_ALLOWED + _MOST_TIMES * path.stat().st_size:
        raise PackageError(f"its media unpack to {total // 1_000_000:,} MB, far more than it could hold")
    return dict(sorted(found.items()))


def is_name(name: str) -> bool:
    """Return whether a text is the name of a file, and no path."""
    return name not in ("", ".", "..") and not _NO_NAME.search(name)


def _entries(package: OpenPackage, sizes: Mapping[str, int]) -> Iterator[Entry]:
    content = package.read_compressed("media")
    if not content:
        return
    try:
        if package.is_compressed:
            # MediaEntries: 1 the entries, whose place is the name in the ZIP unless 255 says it.
            for place, entry in enumerate(message(content).messages(1)):
                number = entry.optional(255)
                member = str(place if number is None else number)
                yield Entry(member, entry.text(1), entry.number(2), entry.content(3).hex())
        else:
            for member, name in msgspec.json.decode(content, type=dict[str, str]).items():
                yield Entry(member, name, sizes.get(member, 0))
    except (ValueError, RecursionError) as error:
        raise PackageError(f"its list of media is damaged: {error}") from error


class _Archive:
    """The ZIP that media are read from: opened at the first, because its list of files is long."""

    def __init__(self, path: Path, is_compressed: bool) -> None:
        self._path = path
        self._is_compressed = is_compressed

    @cached_property
    def _package(self) -> ZipFile:
        return ZipFile(self._path)

    def open(self, entry: Entry) -> IO[bytes]:
        """Open a file as a stream of as many bytes as the package declares.

        Raises:
            UnreadableError: if it is damaged; reading the stream raises it too.
        """
        try:
            stream: IO[bytes] = self._package.open(entry.member)
        except (*DAMAGE, OSError) as error:
            raise UnreadableError(self._path.name, f"has a damaged file `{entry.name}`") from error
        if self._is_compressed:
            stream = zstd.unzstd(stream)
        return io.BufferedReader(_Declared(stream, entry, self._path.name))


class _Declared(io.RawIOBase):
    """A stream that has as many bytes as were declared, or is damaged."""

    def __init__(self, stream: IO[bytes], entry: Entry, package: str) -> None:
        self._stream, self._entry, self._package = stream, entry, package
        self._left = entry.size or _MOST_UNDECLARED

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: WriteableBuffer) -> int:
        view = memoryview(buffer).cast("B")
        try:
            piece = self._stream.read(len(view))
        except (*DAMAGE, *zstd.DAMAGE, OSError) as error:
            raise self._damaged() from error
        self._left -= len(piece)
        if self._left < 0 or (self._left and not piece and self._entry.size):
            raise self._damaged()
        view[: len(piece)] = piece
        return len(piece)

    def close(self) -> None:
        self._stream.close()
        super().close()

    def _damaged(self) -> UnreadableError:
        return UnreadableError(self._package, f"has a damaged file `{self._entry.name}`")
