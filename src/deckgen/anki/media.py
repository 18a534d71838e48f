"""Media of cards: their names contain a hash of the content, because Anki never replaces a file it has."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping

from deckgen.identity import hash_bytes
from deckgen.media import media_name

#: `src` of pictures and of sounds to play on request, and Anki's own way to name a sound, as the renderer writes them.
_SOURCE = re.compile(
    r'<(?:img|audio)\b[^>]*?\ssrc="([^"]*)"|(?<=aria-label=)"[^"]*">\[sound:([a-z0-9-]+-[0-9a-f]{16}\.[a-z0-9]+)\]'
)


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
    """Return the names of the pictures and sounds that fields use; these names contain nothing that is escaped.

    They are read from HTML: nothing else is known of a retired note, and a project's templates may add media.
    """
    return {
        name
        for field in fields
        if "<img" in field or "[sound:" in field or "<audio" in field
        for found in _SOURCE.findall(field)
        for name in found
        if name
    }


def wanted(names: Iterable[str], content_of: Callable[[str], bytes | None]) -> dict[str, bytes]:
    """Return pictures by name, sorted; those that do not exist are left out."""
    contents = {name: content_of(name) for name in sorted(names)}
    return {name: content for name, content in contents.items() if content is not None}
