"""Results of earlier builds that are not outputs: blobs by name, in `.deckgen/`, which may be deleted."""

from __future__ import annotations

import os
from contextlib import suppress
from hashlib import blake2b
from pathlib import Path
from zlib import crc32

from deckgen.confined import read_entry
from deckgen.engine.write import write_bytes

_DIGEST = 16


class Store:
    """Blobs by name. A blob that is damaged, in the place of another, or of another deckgen counts as missing."""

    def __init__(self, folder: Path, tool: str, *, lasting: bool = True, empty: bool = False) -> None:
        """Open the store of a tool in a folder.

        A store that is not `lasting` does not write to the folder; an `empty` one does not read what is there.
        """
        self._folder = folder
        self._tool = tool.encode()
        self._lasting = lasting
        self._empty = empty
        self._held: dict[str, bytes] = {}
        self._used: set[str] = set()

    @property
    def is_shared(self) -> bool:
        """Whether another process can put something into it."""
        return self._lasting

    def get(self, name: str) -> bytes | None:
        """Return a blob, None if there is none."""
        if name in self._held:
            return self._held[name]
        path = self._path(name)
        if self._empty and path.name not in self._used:
            return None
        try:
            raw = read_entry(self._folder, path.name)
        except OSError:
            return None
        head, content = raw[:_DIGEST], raw[_DIGEST:]
        if head != self._digest(path, content):
            return None
        self._used.add(path.name)
        if not self._lasting:
            self._held[name] = content
        return content

    def put(self, name: str, content: bytes) -> None:
        """Store a blob under a name.

        Raises:
            OSError: if it cannot be written.
        """
        if not self._lasting:
            self._held[name] = content
            return
        path = self._path(name)
        write_bytes(self._folder, path.name, self._digest(path, content) + content, lasting=False)
        self._used.add(path.name)

    def used(self, name: str) -> None:
        """Mark a blob as still in use, without reading it."""
        self._used.add(self._path(name).name)

    def used_too(self, other: Store) -> None:
        """Mark the blobs that another process used, through its copy of this store."""
        self._used |= other._used

    def sweep(self) -> None:
        """Remove blobs that were not used since the store was opened."""
        if not self._lasting:
            return
        with suppress(OSError), os.scandir(self._folder) as entries:
            for entry in entries:
                if entry.name not in self._used and entry.is_file(follow_symlinks=False):
                    with suppress(OSError):
                        Path(entry.path).unlink()

    def _path(self, name: str) -> Path:
        return self._folder / blake2b(name.encode(), digest_size=_DIGEST).hexdigest()

    def _digest(self, path: Path, content: bytes) -> bytes:
        # Against damage a checksum of the content is enough; it takes a fifth of the time.
        said = f"{path.name} {len(content)} {crc32(content)}"
        return blake2b(self._tool + said.encode(), digest_size=_DIGEST).digest()
