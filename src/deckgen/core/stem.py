"""Stem: what several questions are about."""

from __future__ import annotations

import msgspec

from deckgen.core.text import Text


class Stem(msgspec.Struct, frozen=True, gc=False, omit_defaults=True):
    """A passage, a table or a picture that is shown with each of its questions, and keeps them together."""

    id: str
    text: Text
    title: str = ""
    #: As `Item.language`.
    language: str = ""
