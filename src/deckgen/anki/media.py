"""Media of cards: their names contain a hash of the content, because Anki never replaces a file it has.

Those that were taken over with a deck keep the names by which learners have them, as long as their bytes are the same.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterable, Mapping
from html import unescape
from unicodedata import normalize

from deckgen.contents import Content, Contents, contents
from deckgen.identity import hash_bytes
from deckgen.media import media_name
from deckgen.patterns import lazy_pattern

#: `src` of pictures and of sounds to play on request, and Anki's own way to name a sound, as the renderer writes them.
_SOURCE = lazy_pattern(
    r'<(?:img|audio)\b[^>]*?\ssrc="([^"]*)"|(?<=aria-label=)"[^"]*">\[sound:([a-z0-9-]+-[0-9a-f]{16}\.[a-z0-9]+)\]'
)
#: A sound as Anki's editor writes it; its name is escaped.
SOUND = lazy_pattern(r"\[sound:([^\]]+)\]")


class MediaNames:
    """Names of the pictures of a project, and their contents by those names."""

    def __init__(self, media: Mapping[str, bytes], adopted: Iterable[tuple[str, str]] = ()) -> None:
        """Name media by their paths; `adopted` are names that learners have, with the hashes of their bytes."""
        #: Hashes by the names that learners have.
        self.adopted = dict(adopted)
        self._of_hash: defaultdict[str, list[str]] = defaultdict(list)
        for name, hash_ in self.adopted.items():
            self._of_hash[hash_].append(name)
        files = contents(media).contents
        self._names = {path: self._name(path, content) for path, content in files.items()}
        self.contents = Contents({self._names[path]: content for path, content in files.items()})

    def _name(self, path: str, content: Content) -> str:
        names = self._of_hash.get(content.hash, ()) if self.adopted else ()
        own = normalize("NFC", path.rpartition("/")[2])
        return own if own in names else names[0] if names else media_name(path, content.short)

    def __contains__(self, name: object) -> bool:
        return name in self.contents or name in self.adopted

    def source(self, path: str) -> str | None:
        """Return the `src` of a picture by its path in the project, None if there is none."""
        return self._names.get(path)

    def digest(self, name: str) -> str:
        """Return a digest of the content of a picture by the name of `source`."""
        known = self.contents.contents.get(name)
        return self.adopted.get(name) or (known.hash if known else hash_bytes(b""))


def named_in(fields: Iterable[str], known: Container[str] = ()) -> set[str]:
    """Return the names of the pictures and sounds that fields use.

    A sound that is written as Anki's editor does it counts if it is `known`: the name may be any text.

    They are read from HTML: nothing else is known of a retired note, and a project's templates may add media.
    """
    names: set[str] = set()
    for field in fields:
        if "<img" in field or "[sound:" in field or "<audio" in field:
            names.update(unescape(name) for found in _SOURCE.findall(field) for name in found if name)
            names.update(name for name in map(unescape, SOUND.findall(field)) if name in known)
    return names


def named_by_templates(texts: Iterable[str], adopted: Iterable[str]) -> set[str]:
    """Return the names of files that templates and styles use: Anki imports them if they begin with `_`."""
    files = [name for name in adopted if name.startswith("_")]
    return {name for text in texts for name in files if name in text} if files else set()
