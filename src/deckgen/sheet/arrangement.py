"""How one version prints an item: the letters of options, and the order of entries."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

import msgspec

from deckgen.core import Text

if TYPE_CHECKING:
    from deckgen.ranks import Key


class Arrangement(msgspec.Struct, frozen=True, kw_only=True):
    """What a version decides about an item. Kinds with something to shuffle have their own."""

    #: What is right, in no language: `B`, `A D`, `3 1 2`, `65536`. Empty where a person must judge.
    solution: str


class Lettered(msgspec.Struct, frozen=True):
    """An option, or an entry on the right of a matching, with the letter printed before it."""

    letter: str
    text: Text
    right: bool = False
    why: Text = ""
    #: Its place in the author's text, from 0; as `core.Option`.
    source: int = 0
    misconception: str = ""


#: Arranges an item for every version of a sheet. The key is the sheet's, the seed's and the item's.
Arrange = Callable[[Any, "Key", int], "Sequence[Arrangement]"]
