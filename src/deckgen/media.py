"""The kinds of media that a text may show or play: the one table of them. Standard library only."""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from typing import NamedTuple

from deckgen.patterns import lazy_pattern


class MediaKind(NamedTuple):
    """A kind of file, known by its first bytes and by the end of its name."""

    #: What people call it.
    name: str
    #: Without the dot, in lower case; the usual one first.
    extensions: tuple[str, ...]
    #: IANA media type.
    mime: str
    #: Matches the first bytes of a file.
    signature: re.Pattern[bytes]
    #: Packing it again would gain nothing.
    is_compressed: bool = True
    #: It contains markup, which may refer to other files.
    is_markup: bool = False
    #: It is played, not shown.
    is_sound: bool = False


#: The pictures that every Anki and browser shows, and the sounds that they play.
KINDS = (
    MediaKind(
        "MP3",
        ("mp3",),
        "audio/mpeg",
        lazy_pattern(rb"ID3|\xff[\xe2\xe3\xf2\xf3\xfa\xfb][\x10-\xef]"),
        is_sound=True,
    ),
    MediaKind(
        "Ogg Vorbis",
        ("ogg", "oga"),
        "audio/ogg",
        lazy_pattern(rb"OggS.{24}\x01vorbis", re.DOTALL),
        is_sound=True,
    ),
    MediaKind("Opus", ("opus",), "audio/ogg", lazy_pattern(rb"OggS.{24}OpusHead", re.DOTALL), is_sound=True),
    MediaKind(
        "M4A",
        ("m4a",),
        "audio/mp4",
        lazy_pattern(rb"....ftyp(?:M4A |M4B |mp4[12]|iso[m2-6]|dash)", re.DOTALL),
        is_sound=True,
    ),
    MediaKind(
        "WAV",
        ("wav",),
        "audio/wav",
        lazy_pattern(rb"RIFF....WAVE", re.DOTALL),
        is_compressed=False,
        is_sound=True,
    ),
    MediaKind("FLAC", ("flac",), "audio/flac", lazy_pattern(rb"fLaC"), is_sound=True),
    MediaKind("PNG", ("png",), "image/png", lazy_pattern(rb"\x89PNG\r\n\x1a\n")),
    MediaKind("JPEG", ("jpg", "jpeg", "jfif"), "image/jpeg", lazy_pattern(rb"\xff\xd8\xff")),
    MediaKind("GIF", ("gif",), "image/gif", lazy_pattern(rb"GIF8[79]a")),
    MediaKind("WebP", ("webp",), "image/webp", lazy_pattern(rb"RIFF....WEBP", re.DOTALL)),
    MediaKind("AVIF", ("avif",), "image/avif", lazy_pattern(rb"....ftypavi[fs]", re.DOTALL)),
    MediaKind(
        "SVG",
        ("svg",),
        "image/svg+xml",
        lazy_pattern(
            rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*\?>\s*)?(?:<!--.*?-->\s*)*(?:<!DOCTYPE[^>]*>\s*)?<svg[\s>]",
            re.DOTALL,
        ),
        is_compressed=False,
        is_markup=True,
    ),
)

_BY_EXTENSION = {extension: kind for kind in KINDS for extension in kind.extensions}
#: Bytes of a file that are checked.
_HEAD = 4096
#: Bytes of the part of a name that a person recognises; Anki takes 120 in all.
_LONGEST_STEM = 60
_NOT_PLAIN = lazy_pattern(r"[^a-z0-9]+")


def kind_of(content: bytes) -> MediaKind | None:
    """Return the kind of a file by its first bytes, None if it is none of these."""
    head = content[:_HEAD]
    return next((kind for kind in KINDS if kind.signature.match(head)), None)


def kind_named(name: str) -> MediaKind | None:
    """Return the kind that the end of a file's name promises, None if it is none of these."""
    return _BY_EXTENSION.get(name.rpartition(".")[2].lower()) if "." in name else None


def extensions() -> str:
    """Return the extensions as the alternatives of a regular expression."""
    return "|".join(_BY_EXTENSION)


def names(*, of_sounds: bool) -> str:
    """List the kinds of sounds or of pictures for people: `PNG, JPEG or SVG`."""
    *first, last = (kind.name for kind in KINDS if kind.is_sound is of_sounds)
    return f"{', '.join(first)} or {last}"


def is_sound(path: str) -> bool:
    """Tell whether a file is a sound by the end of its name."""
    kind = kind_named(path)
    return kind is not None and kind.is_sound


def called(path: str) -> str:
    """Return what people call a file by the end of its name: `sound` or `picture`."""
    return "sound" if is_sound(path) else "picture"


def media_name(path: str, digest: str) -> str:
    """Return the name of a picture or sound that says its content: lower-case ASCII, another for another content.

    `digest` is the short one of its content (`deckgen.contents`).
    """
    name = PurePosixPath(path)
    stem = _NOT_PLAIN.sub("-", name.stem.lower()).strip("-")[:_LONGEST_STEM].rstrip("-")
    ending = _NOT_PLAIN.sub("", name.suffix.lower())
    return f"{stem or called(path)}-{digest}.{ending}"
