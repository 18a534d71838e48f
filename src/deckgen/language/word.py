"""`[[word]]`: a word of a language, its meanings, and what helps to learn it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated, Any

import msgspec
from msgspec import Meta

from deckgen import core
from deckgen.core.word import DIRECTIONS, Ask, Direction, Gender
from deckgen.language.annotations import Id, Markdown, Sources, Tags, Was
from deckgen.language.question.gaps import read_gaps
from deckgen.language.speak import Speak, lowered
from deckgen.text.verbatim import verbatim

if TYPE_CHECKING:
    from deckgen.language.setting import Setting

#: Cards of a word whose author does not choose; `listen` where it has a sound.
USUAL_DIRECTIONS: tuple[Direction, ...] = ("recognise", "produce", "listen")
#: What cannot stand in the destination of a link as it is.
_UNUSUAL = re.compile(r"[\s()<>\\]")

Directions = Annotated[
    tuple[Direction, ...] | None,
    Meta(
        description="Cards in Anki: `recognise` (term → meaning), `produce` (meaning → term), `listen` (sound → both), "
        "`spell` (the term is typed). The first three where it is missing; `listen` only where there is a sound."
    ),
]


class Example(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True, gc=False):
    """An example sentence with a translation."""

    text: Annotated[str | core.Html, Meta(description="The sentence, in Markdown; `{{…}}` makes a gap.")]
    translation: Annotated[Markdown, Meta(description="What it means.")] = ""
    id: Annotated[
        str,
        Meta(
            description="Name of its cloze card, permanent; its number from 1 where it is missing.",
            extra_json_schema={"pattern": "^[a-z0-9]+(-[a-z0-9]+)*$"},
        ),
    ] = ""


class Word(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A word: cards in several directions, and a cloze card for each example with a gap."""

    id: Id
    term: Annotated[str, Meta(description="The word as it is learnt, article included; plain text.")]
    meaning: Annotated[
        tuple[str, ...],
        Meta(description='What it means, the usual meaning first: ["to eat"]. Each is right when typed.'),
    ]
    accept: Annotated[tuple[str, ...], Meta(description="Other terms that count as right when typed.")] = ()
    part: Annotated[str, Meta(description="Part of speech: noun, verb. Becomes the tag `part::…`.")] = ""
    gender: Annotated[
        Gender,
        Meta(
            description="`m`, `f`, `n`, `c` (common), `mf` (masculine or feminine); colours the term, and becomes the "
            "tag `gender::…`."
        ),
    ] = ""
    sound: Annotated[str, Meta(description="A recording of the term: media/taberu.mp3.")] = ""
    picture: Annotated[str, Meta(description="A picture of what it means: media/taberu.png.")] = ""
    examples: Annotated[
        tuple[str | Example, ...],
        Meta(
            description="Sentences with the word, in Markdown; those with a gap, `{{…}}`, are cloze cards as well. "
            '{ text = "…", translation = "…" } for one with a translation.'
        ),
    ] = ()
    directions: Directions = None
    explanation: Annotated[Markdown, Meta(description="What else helps; shown with the answer.")] = ""
    hint: Annotated[Markdown, Meta(description="Shown on request.")] = ""
    sources: Sources = ()
    tags: Tags = ()
    language: Annotated[
        str, Meta(description="BCP 47 tag of the term and the examples, where it is not the deck's.")
    ] = ""
    speak: Speak = msgspec.field(default_factory=dict)
    was: Was = ()

    @property
    def own_tags(self) -> tuple[str, ...]:
        """Return its tags, with those of its part of speech and its gender."""
        part = f"part::{'_'.join(self.part.split())}" if self.part.strip() else ""
        gender = f"gender::{self.gender}" if self.gender else ""
        return (*self.tags, *filter(None, (part, gender)))

    def lower(self, setting: Setting) -> tuple[core.Item, ...]:
        """Return it in core terms: the word, then the cloze of each example with a gap."""
        examples = tuple(map(_example, self.examples))
        return (self._word(setting, examples), *self._clozes(setting, examples))

    def asked_as(self) -> frozenset[Ask]:
        """Return the ways in which a sheet can ask it."""
        ways: set[Ask] = {"recognise", "produce", "choose", "match"}
        if self.sound:
            ways.add("listen")
        if any(True for _ in self.gapped()):
            ways.add("fill")
        return frozenset(ways)

    def gapped(self) -> Iterator[tuple[str, int]]:
        """Yield the name and the place of each example that has a gap."""
        for place, example in enumerate(self.examples):
            text = example if isinstance(example, str) else example.text
            if isinstance(text, str) and "{{" in text and read_gaps(text)[1]:
                yield (example.id if isinstance(example, Example) else "") or str(place + 1), place

    def _word(self, setting: Setting, examples: tuple[core.Example, ...]) -> core.Word:
        chosen = setting.directions if self.directions is None else self.directions
        return core.Word(
            id=self.id,
            term=self.term,
            meanings=self.meaning,
            term_language=setting.term_language(self.language),
            directions=tuple(
                each for each in DIRECTIONS if each in chosen and (each != "listen" or self.sound)
            ),
            accept=self.accept,
            part=self.part,
            gender=self.gender,
            sound=shown(self.sound, ""),
            picture=shown(self.picture, self.meaning[0]),
            examples=examples,
            explanation=self.explanation,
            hint=self.hint,
            speak=lowered(self.speak),
            **self._head(setting, self.was),
        )

    def _clozes(self, setting: Setting, examples: tuple[core.Example, ...]) -> Iterator[core.Cloze]:
        for name, place in self.gapped():
            example = examples[place]
            language = setting.term_language(self.language)
            yield core.Cloze(
                id=f"{self.id}/example/{name}",
                text=example.text,
                gaps=example.gaps,
                prompt=example.translation,
                answer_language=language if language != setting.meanings_in else "",
                **self._head(setting, tuple(f"{old}/example/{name}" for old in self.was)),
            )

    def _head(self, setting: Setting, was: tuple[str, ...]) -> dict[str, Any]:
        return {
            "deck": setting.deck,
            "topic": setting.topic,
            "language": setting.meaning_language,
            "file": setting.file,
            "was": was,
            "tags": setting.with_tags(self.own_tags),
            "citations": setting.cite(self.sources),
            "accents": setting.accents,
            "in_deck": not setting.bank,
        }


def _example(example: str | Example) -> core.Example:
    text, translation = (example, "") if isinstance(example, str) else (example.text, example.translation)
    if isinstance(text, core.Html):
        return core.Example(text, (), translation)
    marked, gaps, _ = read_gaps(text)
    return core.Example(marked, gaps, translation)


def shown(path: str, words: str) -> str:
    """Return the Markdown that shows or plays a file, `words` in its place; nothing if there is no file."""
    if not path:
        return ""
    target = "<" + re.sub(r"[<>\\]", r"\\\g<0>", path) + ">" if _UNUSUAL.search(path) else path
    return f"![{verbatim(words)}]({target})"
