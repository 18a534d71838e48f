"""What every question has."""

from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta

from deckgen import core
from deckgen.language.annotations import Distractor, Id, Language, Markdown, Sources, Tags, Was
from deckgen.language.parameters import Params
from deckgen.language.scoring import Floor, Penalty, scoring
from deckgen.language.setting import Setting
from deckgen.language.speak import Speak, lowered

Number = int | float


class Question(
    msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True, tag_field="type", gc=False
):
    """A question of any type."""

    id: Id
    explanation: Annotated[Markdown, Meta(description="Why the answer is right; shown with it.")] = ""
    sources: Sources = ()
    hint: Annotated[Markdown, Meta(description="Shown on request.")] = ""
    tags: Tags = ()
    points: Annotated[
        Number, Meta(description="Worth on a sheet.", extra_json_schema={"exclusiveMinimum": 0})
    ] = 1
    difficulty: Annotated[
        Literal["easy", "medium", "hard", ""],
        Meta(description="For drawing; becomes the tag `difficulty::…`."),
    ] = ""
    language: Language = ""
    speak: Speak = msgspec.field(default_factory=dict)
    was: Was = ()
    params: Params = msgspec.field(default_factory=dict)
    stem: Annotated[str, Meta(description="Id of the stem that it is about: a table `[[stem]]`.")] = ""

    @property
    def is_drawn(self) -> bool:
        """Whether it must be drawn before it can be asked: its texts may have placeholders."""
        return bool(self.params)

    @property
    def lasting_name(self) -> str:
        """As `core.Item.lasting_name`."""
        return self.was[0] if self.was else self.id

    def lower(self, setting: Setting) -> core.Item:
        """Return it in core terms."""
        raise NotImplementedError

    def scoring(self) -> core.Scoring:
        """Return what it says of how its answers become points."""
        return core.Scoring()

    def head(self, setting: Setting) -> dict[str, Any]:
        """Return the arguments that every core item takes."""
        stem = setting.stems[self.stem] if self.stem else None
        sources = tuple(dict.fromkeys((*self.sources, *stem.sources))) if stem else self.sources
        return {
            "id": self.id,
            "deck": setting.deck,
            "topic": setting.topic,
            "language": setting.language_of(self.language),
            "file": setting.file,
            "was": self.was,
            "tags": setting.with_tags(self.tags),
            "citations": setting.cite(sources) if sources else (),
            "explanation": self.explanation,
            "hint": self.hint,
            "points": self.points,
            "scoring": self.scoring(),
            "difficulty": self.difficulty,
            "in_deck": not setting.bank,
            "speak": lowered(self.speak),
            "stem": stem.lower() if stem else None,
        }


class Graded(Question, frozen=True, kw_only=True, gc=False):
    """A question whose answers are right or wrong without anybody judging them."""

    penalty: Penalty = None
    floor: Floor = None

    def scoring(self) -> core.Scoring:
        """Return what it says of how its answers become points."""
        partial = getattr(self, "partial", None)
        kind = str(self.__struct_config__.tag)
        return scoring(self.penalty, self.floor, {kind: partial} if partial else {})


def wrong_option(distractor: str | Distractor, setting: Setting, last: tuple[str, ...] = ()) -> core.Option:
    """Lower a distractor; a named misconception says why it is wrong where the author does not."""
    if isinstance(distractor, str):
        return core.Option(distractor, right=False, last=distractor in last)
    text: core.Text = core.Html(distractor.html) if distractor.html is not None else distractor.text or ""
    why = distractor.why
    if not why and distractor.misconception:
        why = setting.misconceptions[distractor.misconception].correction
    return core.Option(text, right=False, why=why, last=text in last, misconception=distractor.misconception)
