"""`[[stem]]`: what several questions are about."""

from typing import Annotated

import msgspec
from msgspec import Meta

from deckgen import core
from deckgen.language.annotations import Id, Language, Markdown, Sources


class Stem(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A passage, a table or a picture that is shown with each of the questions that name it."""

    id: Id
    text: Annotated[Markdown, Meta(description="The passage, table or picture.")]
    title: Annotated[str, Meta(description="Shown above it, in plain text.")] = ""
    sources: Sources = ()
    language: Language = ""

    def lower(self) -> core.Stem:
        """Return it in core terms; its language is empty where it is the project's."""
        return core.Stem(self.id, self.text, self.title, self.language)
