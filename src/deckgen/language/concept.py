"""`[[concept]]`: a term and what it means."""

from typing import TYPE_CHECKING, Annotated

import msgspec
from msgspec import Meta

from deckgen import core
from deckgen.language.annotations import Id, Language, Markdown, Sources, Tags, Was
from deckgen.language.speak import Speak, lowered

if TYPE_CHECKING:
    from deckgen.language.setting import Setting


class Concept(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A term and its definition; asked in both directions."""

    id: Id
    term: Annotated[str, Meta(description="The term, in plain text.")]
    definition: Markdown
    example: Markdown = ""
    aliases: Annotated[tuple[str, ...], Meta(description="Other names of it.")] = ()
    sources: Sources = ()
    hint: Annotated[Markdown, Meta(description="Shown on request.")] = ""
    tags: Tags = ()
    language: Language = ""
    speak: Speak = msgspec.field(default_factory=dict)
    was: Was = ()

    def lower(self, setting: "Setting") -> core.Concept:
        """Return it in core terms."""
        return core.Concept(
            id=self.id,
            deck=setting.deck,
            topic=setting.topic,
            language=setting.language_of(self.language),
            file=setting.file,
            was=self.was,
            tags=setting.with_tags(self.tags),
            citations=setting.cite(self.sources),
            hint=self.hint,
            term=self.term,
            definition=self.definition,
            example=self.example,
            aliases=self.aliases,
            tables=setting.tables.get(self.id, ()),
            in_deck=not setting.bank,
            speak=lowered(self.speak),
        )
