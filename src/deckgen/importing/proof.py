"""Compare the decks that a project makes with those that came in, note by note."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

import msgspec

from deckgen.contents import content_of
from deckgen.core.text import Html
from deckgen.importing.cleaned import cleaned
from deckgen.importing.collection import Note, Type
from deckgen.importing.normal import normal
from deckgen.importing.package import read_package
from deckgen.importing.plan import NotePlan, Plan, TypePlan
from deckgen.importing.simplify import alike, styled_in


class Difference(NamedTuple):
    """Something that is not as it came."""

    #: Id of a note, name of a type or of a file.
    where: str
    what: str


def differences(plan: Plan, guids: Mapping[str, str], packages: Iterable[Path]) -> Iterator[Difference]:
    """Yield what packages of a project have otherwise than the collection that it was made of.

    `guids` are those of the notes by their ids. Fields are compared by their normal form; what the plan tells of is not
    told again.
    """
    notes: dict[str, Note] = {}
    types: dict[int, Type] = {}
    media: dict[str, str] = {}
    for path in packages:
        made = read_package(path)
        notes |= {note.guid: note for note in made.notes}
        types |= {each.id: each for each in made.types}
        media |= {name: content_of(medium.open)[0].hash for name, medium in made.media.items()}
    comparing = _Comparing(plan, types)
    for each in plan.notes:
        if each.item is not None:
            continue
        came = plan.collection.notes[each.index]
        found = notes.get(guids[each.id])
        if found is not None:
            yield from (Difference(each.id, what) for what in comparing.note(each, came, found))
        elif came.cards and len(came.cards) > len(each.without):
            yield Difference(each.id, "it is in no package")
    for kind in plan.types.values():
        if kind.become is None and kind.type.id in types:
            yield from (
                Difference(kind.type.name, what) for what in _of_type(plan, kind, types[kind.type.id])
            )
    for medium in plan.media.files.values():
        if medium.name in media and media[medium.name] != content_of(medium.open)[0].hash:
            yield Difference(medium.name, "its content is another")


class _Comparing:
    def __init__(self, plan: Plan, types: dict[int, Type]) -> None:
        self._plan = plan
        self._types = types
        self._styled = {each.id: styled_in(each.css) for each in plan.collection.types}
        self._alike = {id_: alike(styled) for id_, styled in self._styled.items()}

    def note(self, each: NotePlan, came: Note, made: Note) -> Iterator[str]:
        """Yield what a note has otherwise."""
        kind = self._plan.types[came.type_id]
        if made.type_id != came.type_id:
            yield "its type is another"
            return
        if came.mod and made.mod != came.mod:
            yield f"its stamp is {made.mod}, and was {came.mod}"
        if {*made.tags} != {*each.tags}:
            yield f"its tags are {' '.join(made.tags)}"
        wanted = tuple((ordinal, self._plan.decks[deck]) for ordinal, deck in came.cards)
        if made.cards != wanted and (told := _cards(wanted, made.cards)):
            yield told
        for place, (old, new) in enumerate(zip(came.fields, made.fields, strict=True)):
            if old != new and not self._is_same(kind, each, place, old, new):
                yield f"`{kind.type.fields[place].name}` is {new!r}, and was {old!r}"

    def _is_same(self, kind: TypePlan, each: NotePlan, place: int, old: str, new: str) -> bool:
        name = kind.type.fields[place].name
        if any(lost.startswith(f"{name}: ") for lost in each.lost):
            # The plan names what is lost.
            if isinstance(each.values[place], Html):
                return True
            old, _ = cleaned(old, self._plan.media.shown.paths.get)
        respelt = self._alike[kind.type.id]
        if respelt(old) == respelt(new):
            return True
        styled = self._styled[kind.type.id]
        forms = [normal(text, styled, cloze=name == kind.cloze) for text in (old, new)]
        if forms[0] is None or forms[1] is None:
            # What is not well formed was repaired, and told.
            return forms[0] is None
        return forms[0].tokens == forms[1].tokens


def _cards(wanted: tuple[tuple[int, str], ...], made: tuple[tuple[int, str], ...]) -> str:
    """Return what is told of cards; a card that showed nothing on its front may be missing."""
    extra = [ordinal + 1 for ordinal, _ in made if ordinal not in dict(wanted)]
    if extra:
        return f"it has cards that did not come: {', '.join(map(str, extra))}"
    decks = [(ordinal + 1, deck) for ordinal, deck in made if dict(wanted)[ordinal] != deck]
    if decks:
        return f"card {decks[0][0]} is in `{decks[0][1]}`"
    return ""


def _of_type(plan: Plan, kind: TypePlan, made: Type) -> Iterator[str]:
    came = kind.type
    for name in (
        "name",
        "mod",
        "css",
        "cloze",
        "sort_field",
        "latex_pre",
        "latex_post",
        "latex_svg",
        "stock_kind",
    ):
        old, new = getattr(came, name), getattr(made, name)
        if _lines(old) != _lines(new):
            yield f"its `{name}` is {new!r}, and was {old!r}"
    if came.fields != made.fields:
        yield "its fields are others"
    wanted = [
        msgspec.structs.replace(
            each, deck=plan.decks.get(each.deck, each.deck), front=_lines(each.front), back=_lines(each.back)
        )
        for each in came.templates
    ]
    found = [
        msgspec.structs.replace(each, front=_lines(each.front), back=_lines(each.back))
        for each in made.templates
    ]
    if wanted != found:
        yield "its cards are others"


def _lines(text: object) -> object:
    return text.replace("\r\n", "\n") if isinstance(text, str) else text
