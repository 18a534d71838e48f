"""Pictures inside a page, so that one file is the whole of it."""

from __future__ import annotations

from base64 import b64encode
from typing import TYPE_CHECKING

from deckgen.media import kind_named

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


def embedded(media: Mapping[str, bytes]) -> Callable[[str], str | None]:
    """Return the function that gives a file of `media` as a `data:` URI (RFC 2397), each coded once.

    It gives None for a file that is not there or is not a picture.
    """
    coded: dict[str, str] = {}

    def source(path: str) -> str | None:
        kind = kind_named(path)
        if kind is None or path not in media:
            return None
        if path not in coded:
            coded[path] = f"data:{kind.mime};base64,{b64encode(media[path]).decode()}"
        return coded[path]

    return source
