"""Zstandard, which the latest layout of packages is compressed with: in the standard library since Python 3.14."""

from __future__ import annotations

import sys
from typing import IO, TYPE_CHECKING, cast

if TYPE_CHECKING or sys.version_info < (3, 14):
    from backports.zstd import ZstdError, ZstdFile
else:
    from compression.zstd import ZstdError, ZstdFile

#: What damaged or cut frames raise while they are read.
DAMAGE = (ZstdError, EOFError)


def unzstd(stream: IO[bytes]) -> IO[bytes]:
    """Return a stream of the decompressed bytes; Anki's frames do not say how many there are.

    Reading it raises one of `DAMAGE`.
    """
    return cast("IO[bytes]", ZstdFile(stream))
