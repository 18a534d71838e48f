"""Contents of files that are read when they are wanted, so that two gigabytes of pictures need no memory.

Standard library only.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from hashlib import blake2b
from io import BytesIO
from typing import IO

#: Bytes of a file that is read at once.
PIECE = 1 << 20
#: Bytes of digests: of those in locks, and of those in the names of files.
_LOCKED, _NAMED = 12, 8


@dataclass(frozen=True, slots=True)
class Content:
    """The content of a file. Two are equal if their bytes are."""

    size: int
    #: BLAKE2b of its bytes, in hexadecimal: as a lock has it (96 bits), and as the name of a file has it (64 bits).
    hash: str
    short: str
    #: Opens it as a stream, which the caller closes; raises OSError.
    open: Callable[[], IO[bytes]] = field(compare=False)

    def read(self) -> bytes:
        """Read it whole.

        Raises:
            OSError: if it cannot be read, or is not what it was.
        """
        return b"".join(self.pieces())

    def pieces(self) -> Iterator[bytes]:
        """Read it in pieces.

        Raises:
            OSError: as `read`.
        """
        seen, size = blake2b(digest_size=_LOCKED), 0
        with self.open() as stream:
            while piece := stream.read(PIECE):
                seen.update(piece)
                size += len(piece)
                yield piece
        if (size, seen.hexdigest()) != (self.size, self.hash):
            raise OSError(0, "a picture or sound was changed meanwhile")


def content_of(read: Callable[[], IO[bytes]]) -> tuple[Content, bytes]:
    """Look through the content of a file; also return its first bytes.

    Raises:
        OSError: if it cannot be read.
    """
    long, short, size, head = blake2b(digest_size=_LOCKED), blake2b(digest_size=_NAMED), 0, b""
    with read() as stream:
        while piece := stream.read(PIECE):
            head = head or piece
            size += len(piece)
            long.update(piece)
            short.update(piece)
    return Content(size, long.hexdigest(), short.hexdigest(), read), head


def in_memory(content: bytes) -> Content:
    """Return a content that is in memory."""
    return content_of(partial(BytesIO, content))[0]


class Contents(Mapping[str, bytes]):
    """Contents by names: one is read whenever it is asked for."""

    def __init__(self, contents: Mapping[str, Content]) -> None:
        """Take the contents, which are not read."""
        self.contents = contents

    def __getitem__(self, name: str) -> bytes:
        """Read a file.

        Raises:
            KeyError: if there is none.
            OSError: if it cannot be read, or is not what it was.
        """
        return self.contents[name].read()

    def __iter__(self) -> Iterator[str]:
        return iter(self.contents)

    def __len__(self) -> int:
        return len(self.contents)

    def __contains__(self, name: object) -> bool:
        return name in self.contents

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Contents) and self.contents == other.contents

    __hash__ = None  # type: ignore[assignment]  # as every mapping


def contents(files: Mapping[str, bytes]) -> Contents:
    """Return the contents of files that are in memory, if they are not in files."""
    if isinstance(files, Contents):
        return files
    return Contents({name: in_memory(content) for name, content in files.items()})
