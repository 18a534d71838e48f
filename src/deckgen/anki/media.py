"""Media of cards: their names contain a hash of the content, because Anki never replaces a file it has."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from hashlib import blake2b
from pathlib import PurePosixPath

from deckgen.identity import hash_bytes

#: Bytes of the readable part of a name; Anki allows 120 in all.
_LONGEST_STEM = 60
_NOT_PLAIN = re.compile(r"[^a-z0-9]+")
#: `src` of pictures, as the renderer writes them.
_SOURCE = re.compile(r'<img\b[^>]*?\ssrc="([^"]*)"')


def media_name(path: str, content: bytes) -> str:
    """Return the name of a picture in Anki's media folder: lower-case ASCII, different for different content."""
    name = PurePosixPath(path)
    stem = _NOT_PLAIN.sub("-", name.stem.lower()).strip("-")[:_LONGEST_STEM].rstrip("-")
    digest = blake2b(content, digest_size=8).hexdigest()
    ending = _NOT_PLAIN.sub("", name.suffix.lower())
    return f"{stem or 'picture'}-{digest}.{ending}"


class MediaNames:
    """Names of the pictures of a project, and their contents by those names."""

    def __init__(self, media: Mapping[str, bytes]) -> None:
        self._names = {path: media_name(path, content) for path, content in media.items()}
        self.contents = {self._names[path]: content for path, content in media.items()}
        self._digests: dict[str, str] = {}

    def source(self, path: str) -> str | None:
        """Return the `src` of a picture by its path in the project, None if there is none."""
        return self._names.get(path)

    def digest(self, name: str) -> str:
        """Return a digest of the content of a picture by the name of `source`."""
        made = self._digests.get(name)
        if made is None:
            made = self._digests[name] = hash_bytes(self.contents.get(name, b""))
        return made


def named_in(fields: Iterable[str]) -> set[str]:
    """Return the names of the pictures that fields show; they hold nothing that is escaped."""
    return {name for field in fields if "<img" in field for name in _SOURCE.findall(field) if name}


def wanted(names: Iterable[str], content_of: Callable[[str], bytes | None]) -> dict[str, bytes]:
    """Return pictures by name, sorted; those that do not exist are left out."""
    contents = {name: content_of(name) for name in sorted(names)}
    return {name: content for name, content in contents.items() if content is not None}
