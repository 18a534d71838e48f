"""Sounds of the site: short ones are in the page, longer ones are files next to the pages, in `media/`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from deckgen.contents import contents
from deckgen.core import Html
from deckgen.embedding import embedded
from deckgen.media import is_sound, media_name
from deckgen.text import images

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from deckgen.contents import Content

#: Bytes up to which a sound is inside of its page: a word or two of speech. With 300 of this size a page has 6 MB, and
#: Chromium shows it as soon as one whose sounds are separate files; with 300 of twice the size it takes twice as long.
LIMIT = 16_000
_FOLDER = "media"
#: Precedes the path of a file next to the pages until a page says how far up it is; no text holds this
#: noncharacter.
UP = "\ufdd5"


def sources(media: Mapping[str, bytes]) -> Callable[[str], str | None]:
    """Return the function that gives the `src` of a picture or sound; None where there is none."""
    inside = embedded(media)
    beside = {path: f"{UP}{beside_name(path, content)}" for path, content in long_ones(media).items()}
    return lambda path: beside.get(path) or inside(path)


def long_ones(media: Mapping[str, bytes]) -> dict[str, Content]:
    """Return the sounds that are files next to the pages, by their paths in the project."""
    files = contents(media).contents
    return {path: content for path, content in files.items() if is_sound(path) and content.size > LIMIT}


def beside_name(path: str, content: Content) -> str:
    """Return where a sound lies below the site's folder; another content is another name, for caches."""
    return f"{_FOLDER}/{media_name(path, content.short)}"


def named_in(view: Any) -> Iterator[str]:
    """Give the paths of the pictures and sounds that the texts of a view name."""
    if isinstance(view, str | Html):
        if isinstance(view, Html) or "![" in view:
            yield from images(view)
    elif isinstance(view, msgspec.Struct):
        for field in view.__struct_fields__:
            yield from named_in(getattr(view, field))
    elif isinstance(view, dict):
        for each in view.values():
            yield from named_in(each)
    elif isinstance(view, tuple | list):
        for each in view:
            yield from named_in(each)
