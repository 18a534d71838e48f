"""`[[misconception]]`: a common wrong claim, and its refutation."""

from typing import TYPE_CHECKING, Annotated, Literal

import msgspec
from msgspec import Meta

from deckgen import core
from deckgen.language.annotations import Id, Language, Markdown, Sources, Tags, Was
from deckgen.language.speak import Speak, lowered

if TYPE_CHECKING:
    from deckgen.language.setting import Setting


class Misconception(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A wrong claim and what is true instead; it becomes a true/false card that says why."""

    id: Id
    claim: Annotated[Markdown, Meta(description="The claim, as one meets it.")]
    verdict: Annotated[Literal["false", "misleading", "vague"], Meta(description="How the claim fails.")] = (
        "false"
    )
    correction: Annotated[Markdown, Meta(description="What is true instead, and why.")]
    corrects: Annotated[
        str,
        Meta(
            description="What it gets wrong: `table/row/concept`, `table/row`, or the id of a concept or question."
        ),
    ] = ""
    seen: Annotated[tuple[str, ...], Meta(description="Sources in which the claim was found.")] = ()
    sources: Sources = ()
    hint: Annotated[Markdown, Meta(description="Shown on request.")] = ""
    tags: Tags = ()
    language: Language = ""
    speak: Speak = msgspec.field(default_factory=dict)
    was: Was = ()

    def lower(self, setting: "Setting") -> core.TrueFalse:
        """Return it in core terms."""
        return core.TrueFalse(
            id=self.id,
            deck=setting.deck,
            topic=setting.topic,
            language=setting.language_of(self.language),
            file=setting.file,
            was=self.was,
            tags=setting.with_tags(self.tags),
            citations=setting.cite(self.sources),
            hint=self.hint,
            prompt=self.claim,
            answer=False,
            correction=self.correction,
            verdict=self.verdict,
            seen=setting.cite(self.seen),
            in_deck=not setting.bank,
            speak=lowered(self.speak),
            cell=self.corrects if self.corrects.count("/") == 2 else "",  # noqa: PLR2004
        )
