"""Pictures inside a page, so that one file is the whole of it."""

from __future__ import annotations

from base64 import b64encode
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

#: What a page may show, by the end of its name (IANA media types).
IMAGE_TYPES = {
    "apng": "image/apng",
    "avif": "image/avif",
    "gif": "image/gif",
    "jpeg": "image/jpeg",
    "jpg": "image/jpeg",
    "png": "image/png",
    "svg": "image/svg+xml",
    "webp": "image/webp",
}


def embedded(media: Mapping[str, bytes]) -> Callable[[str], str | None]:
    """Return the function that gives a file of `media` as a `data:` URI (RFC 2397), each coded once.

    It gives None for a file that is not there or is no picture.
    """
    coded: dict[str, str] = {}

    def source(path: str) -> str | None:
        kind = IMAGE_TYPES.get(path.rpartition(".")[2].lower())
        if not kind or path not in media:
            return None
        if path not in coded:
            coded[path] = f"data:{kind};base64,{b64encode(media[path]).decode()}"
        return coded[path]

    return source
