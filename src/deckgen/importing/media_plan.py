"""Where the media of a deck lie in a project: below `media/`, by names that every system takes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from html import unescape
from unicodedata import normalize

import msgspec

from deckgen.filenames import file_name
from deckgen.importing.collection import Collection, Medium
from deckgen.importing.losses import Losses, named
from deckgen.importing.names import Unique
from deckgen.importing.values import Files
from deckgen.media import kind_named, kind_of

FOLDER = "media"
#: Bytes that tell what a file is.
_HEAD = 4096
_SOUND = re.compile(r"\[sound:([^\]]+)\]")
#: Files that come with a type: Anki takes those whose names begin with `_` along.
_OF_TYPE = re.compile(r"""(?:(?:src|href)\s*=\s*["']?|url\(["']?|@import\s+["'])(_[^"'\s>)]+)""")
#: Names of files in a field: of pictures and the like, and of sounds.
_NAMED = re.compile(
    r"""(?:src|data)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))|\[sound:([^\]]*)\]""", re.IGNORECASE
)


class MediaPlan(msgspec.Struct, frozen=True, kw_only=True):
    """The files below `media/` of a project."""

    #: Media by their paths in the project.
    files: Mapping[str, Medium]
    #: Those that texts can show or play, by their names in Anki, and back.
    shown: Files


def plan_media(collection: Collection, losses: Losses) -> MediaPlan:
    """Choose the media that notes and templates name, and their paths.

    Raises:
        UnreadableError: if one is damaged.
    """
    files: dict[str, Medium] = {}
    paths: dict[str, str] = {}
    unique = Unique()
    used = _used(collection)
    for name in sorted(used):
        medium = collection.media.get(name)
        if medium is None:
            continue
        with medium.open() as stream:
            kind = kind_of(stream.read(_HEAD))
        if kind is not None and kind.is_sound and kind_named(name) is None:
            # A film begins as a sound does.
            kind = None
        stem, dot, ending = name.rpartition(".")
        if kind is None:
            losses.add("files that are neither a picture nor a sound to deckgen stay as they are", name)
        elif kind_named(name) is not kind:
            # The project calls a file what it is; in Anki it keeps its name.
            stem, dot, ending = (stem or ending) if dot else name, ".", kind.extensions[0]
        there = unique.name(f"{file_name(stem or name)}{dot}{ending}", _numbered)
        if kind is None and there != name:
            losses.add("a file whose name not every system takes is left out", name)
            continue
        files[f"{FOLDER}/{there}"] = medium
        if kind is not None:
            paths[name] = f"{FOLDER}/{there}"
    _tell_missing(collection, losses)
    for name in sorted(collection.media.keys() - used):
        losses.add("files that no note names are left out", name)
    return MediaPlan(files=files, shown=Files(paths, {path: name for name, path in paths.items()}))


def _tell_missing(collection: Collection, losses: Losses) -> None:
    """Tell of sounds that notes name, and of files that types do, which the source does not have."""
    for note in collection.notes:
        for field in note.fields:
            for name in map(_name, _SOUND.findall(field) if "[sound:" in field else ()):
                if name not in collection.media:
                    losses.add(
                        "sounds that the deck does not have stay named, and are not played",
                        f"{named(note.id, note.fields[0])}: {name}",
                    )
    for kind in collection.types:
        texts = [kind.css, *(side for each in kind.templates for side in (each.front, each.back))]
        for name in dict.fromkeys(map(_name, _OF_TYPE.findall("\n".join(texts)))):
            if name not in collection.media:
                losses.add("a note type uses a file that the deck does not have", f"{kind.name}: {name}")


def _name(text: str) -> str:
    return normalize("NFC", unescape(text))


def _numbered(name: str, number: int) -> str:
    stem, dot, ending = name.rpartition(".")
    return f"{stem or name} {number}{dot}{ending if dot else ''}"


def _used(collection: Collection) -> set[str]:
    """Return the names of the media that notes name, and of those that templates may: they begin with `_`."""
    used = {name for name in collection.media if name.startswith("_")}
    for note in collection.notes:
        for field in note.fields:
            if "=" in field or "[sound:" in field:
                used.update(_names(field))
    return used


def _names(field: str) -> Iterator[str]:
    for found in _NAMED.findall(field):
        yield _name(next(filter(None, found), ""))
