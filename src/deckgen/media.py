"""The kinds of media that a text may show: the one table of them. Standard library only."""

from __future__ import annotations

import re
from typing import NamedTuple


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
    #: It holds markup, which may ask for other files.
    is_markup: bool = False


#: The pictures that every Anki and browser shows.
PICTURES = (
    MediaKind("PNG", ("png",), "image/png", re.compile(rb"\x89PNG\r\n\x1a\n")),
    MediaKind("JPEG", ("jpg", "jpeg", "jfif"), "image/jpeg", re.compile(rb"\xff\xd8\xff")),
    MediaKind("GIF", ("gif",), "image/gif", re.compile(rb"GIF8[79]a")),
    MediaKind("WebP", ("webp",), "image/webp", re.compile(rb"RIFF....WEBP", re.DOTALL)),
    MediaKind("AVIF", ("avif",), "image/avif", re.compile(rb"....ftypavi[fs]", re.DOTALL)),
    MediaKind(
        "SVG",
        ("svg",),
        "image/svg+xml",
        re.compile(
            rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*\?>\s*)?(?:<!--.*?-->\s*)*(?:<!DOCTYPE[^>]*>\s*)?<svg[\s>]",
            re.DOTALL,
        ),
        is_compressed=False,
        is_markup=True,
    ),
)

_BY_EXTENSION = {extension: kind for kind in PICTURES for extension in kind.extensions}
#: Bytes of a file that are looked at.
_HEAD = 4096


def kind_of(content: bytes) -> MediaKind | None:
    """Return the kind of a file by its first bytes, None if it is none of these."""
    head = content[:_HEAD]
    return next((kind for kind in PICTURES if kind.signature.match(head)), None)


def kind_named(name: str) -> MediaKind | None:
    """Return the kind that the end of a file's name promises, None if it is none of these."""
    return _BY_EXTENSION.get(name.rpartition(".")[2].lower()) if "." in name else None


def extensions() -> str:
    """Return the extensions as the alternatives of a regular expression."""
    return "|".join(_BY_EXTENSION)


def names() -> str:
    """List the kinds for people: `PNG, JPEG or SVG`."""
    *first, last = (kind.name for kind in PICTURES)
    return f"{', '.join(first)} or {last}"
