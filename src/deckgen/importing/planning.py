"""Plan what becomes of a deck: nothing is written."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet

from deckgen.anki.cards import CardDecider
from deckgen.anki.template import Replacement, TemplateError, parse
from deckgen.core.text import Html
from deckgen.importing import questions
from deckgen.importing.cards import card_decider
from deckgen.importing.collection import Collection, Note, Type
from deckgen.importing.losses import Losses
from deckgen.importing.media_plan import MediaPlan, plan_media
from deckgen.importing.names import Unique, deck_name, field_keys, item_id, text_of, word
from deckgen.importing.normal import Change
from deckgen.importing.plan import Become, NotePlan, Plan, TypePlan
from deckgen.importing.simplify import styled_in
from deckgen.importing.values import OTHERWISE, Converter, Value
from deckgen.rules.bad_tag import is_reserved, is_well_formed

#: Called with the number of notes that are done, and of all.
Progress = Callable[[int, int], None]
_EVERY = 500
_TAG_MENDED = re.compile(r'[\s"*<\x00-\x1f\x7f]+')


def plan(
    collection: Collection,
    title: str,
    become: Mapping[int, Become],
    progress: Progress = lambda _done, _all: None,
) -> Plan:
    """Plan what becomes of a deck; `become` are types that are not adopted, by their ids.

    Raises:
        UnreadableError: if a file of its media is damaged.
    """
    losses = Losses()
    media = plan_media(collection, losses)
    unique = Unique()
    types = {each.id: _type(each, unique, become.get(each.id)) for each in collection.types}
    decks = {each.name: deck_name(each.name, title) for each in collection.decks}
    decks |= {
        deck: deck_name(deck, title)
        for note in collection.notes
        for _, deck in note.cards
        if deck not in decks
    }
    for name, ours in decks.items():
        if name != ours:
            losses.add("a deck has another name here", f"{name} → {ours}")
    planning = _Planning(collection, types, media, decks, title, losses)
    notes: list[NotePlan] = []
    for index, note in enumerate(collection.notes):
        if index % _EVERY == 0:
            progress(index, len(collection.notes))
        notes.append(planning.note(index, note))
    for each in types.values():
        _templates(each.type, losses)
    for deck in _perhaps_filtered(collection):
        losses.add(
            "a deck has only cards whose siblings are elsewhere: if it is a filtered deck, export with scheduling, "
            "which keeps the cards' own decks",
            deck,
        )
    for what in collection.unknown:
        losses.add("settings of add-ons are left out", what)
    return Plan(
        collection=collection,
        title=title,
        types=types,
        notes=tuple(notes),
        media=media,
        decks=decks,
        descriptions=_descriptions(collection, decks, {each.deck for each in notes}, losses),
        changes=planning.changes,
        html=tuple(planning.html),
        losses=(*collection.losses, *losses.all()),
    )


def _type(kind: Type, unique: Unique, become: Become | None) -> TypePlan:
    cards = Unique()
    cloze = ""
    if kind.cloze:
        names = [field.name for field in kind.fields]
        cloze = next((name for name in _clozes(kind.templates[0].front) if name in names), names[0])
    return TypePlan(
        type=kind,
        name=unique.name(word(kind.name, "note-type")),
        keys=field_keys(field.name for field in kind.fields),
        cards=tuple(cards.name(word(each.name, "card")) for each in kind.templates),
        cloze=cloze,
        become=become,
    )


def _clozes(front: str) -> Iterable[str]:
    """Return the fields whose gaps a front asks for."""
    try:
        nodes = parse(front)
    except TemplateError:
        return []
    found: list[str] = []
    stack = list(reversed(nodes))
    while stack:
        node = stack.pop()
        if isinstance(node, Replacement):
            found += [node.field] if {"cloze", "cloze-only"} & {*node.filters} else []
        elif not isinstance(node, str):
            stack += reversed(node.nodes)
    return found


class _Planning:
    def __init__(
        self,
        collection: Collection,
        types: Mapping[int, TypePlan],
        media: MediaPlan,
        decks: Mapping[str, str],
        title: str,
        losses: Losses,
    ) -> None:
        self.changes: Counter[Change] = Counter()
        self.html: list[tuple[str, str]] = []
        self._types = types
        self._decks = decks
        self._title = title
        self._losses = losses
        self._unique = Unique()
        self._converters = {each.id: Converter(media.shown, styled_in(each.css)) for each in collection.types}
        self._deciders: dict[int, CardDecider | None] = {
            each.id: card_decider(each) for each in collection.types
        }
        self._mended: dict[tuple[str, ...], tuple[str, ...]] = {(): ()}

    def note(self, index: int, note: Note) -> NotePlan:
        """Plan a note."""
        kind = self._types[note.type_id]
        id_ = self._unique.name(item_id(note.fields))
        converter = self._converters[note.type_id]
        values = [
            converter.value(field, cloze=field_.name == kind.cloze) if field else _EMPTY
            for field, field_ in zip(note.fields, kind.type.fields, strict=True)
        ]
        lost: list[str] = []
        for value, field in zip(values, kind.type.fields, strict=True):
            if value.changes:
                self.changes.update(value.changes)
            lost += (f"{field.name}: {each}" for each in value.lost)
            if isinstance(value.text, Html):
                self.html.append((id_, field.name))
        for each in lost:
            field_name, _, what = each.partition(": ")
            if what.startswith("the picture `"):
                what = "pictures that the deck does not have"
            what = (
                "look at these fields: they may say something else"
                if what == OTHERWISE
                else f"taken out of fields: {what}"
            )
            self._losses.add(what, f"{id_} ({field_name})")
        deck, decks = self._decks_of(note, kind)
        return NotePlan(
            id_,
            index,
            kind.name,
            deck,
            self._tags(note.tags),
            tuple(value.text for value in values),
            self._without(note, kind, id_),
            decks,
            tuple(lost),
            questions.item(kind, [value.text for value in values], self._losses, id_)
            if kind.become
            else None,
        )

    def _decks_of(self, note: Note, kind: TypePlan) -> tuple[str, tuple[tuple[str, str], ...]]:
        """Return the deck of a note, and those of its cards that are elsewhere."""
        if not note.cards:
            return self._decks.get(self._last, self._title) if self._last else self._title, ()
        homes = [deck for ordinal, deck in note.cards if not kind.template_deck(ordinal)]
        home = Counter(homes or [deck for _, deck in note.cards]).most_common(1)[0][0]
        self._last = home
        decks = tuple(
            (kind.card(ordinal), self._decks[deck])
            for ordinal, deck in note.cards
            if deck != (kind.template_deck(ordinal) or home)
        )
        return self._decks[home], decks

    #: Deck of the note before.
    _last = ""

    def _without(self, note: Note, kind: TypePlan, id_: str) -> tuple[str, ...]:
        decider = self._deciders[note.type_id]
        if decider is None:
            return ()
        made = decider.ordinals(note.fields)
        if len(made) <= len(note.cards) and made == tuple(ordinal for ordinal, _ in note.cards):
            return ()
        there = {ordinal for ordinal, _ in note.cards}
        if there.difference(made):
            self._losses.add("cards with nothing on their front are left out", id_)
        return tuple(kind.card(ordinal) for ordinal in made if ordinal not in there)

    def _tags(self, tags: tuple[str, ...]) -> tuple[str, ...]:
        known = self._mended.get(tags)
        if known is None:
            known = self._mended[tags] = tuple(dict.fromkeys(filter(None, map(self._tag, tags))))
        return known

    def _tag(self, tag: str) -> str:
        if is_reserved(tag):
            self._losses.add("tags that Anki or deckgen keep for themselves are left out", tag)
            return ""
        if is_well_formed(tag):
            return tag
        parts = (_TAG_MENDED.sub("-", part).strip("-:") for part in tag.split("::"))
        mended = "::".join(part for part in parts if part)
        mended = mended if is_well_formed(mended) and not is_reserved(mended) else ""
        self._losses.add("tags are spelt otherwise", f"{tag} → {mended or 'none'}")
        return mended


_EMPTY = Value("")


def _perhaps_filtered(collection: Collection) -> Iterator[str]:
    """Yield decks that Anki may have filtered together: of each note there, most cards are in another deck."""
    placed = {
        each.id: {number for number, it in enumerate(each.templates) if it.deck} for each in collection.types
    }
    cards: Counter[str] = Counter()
    strays: Counter[str] = Counter()
    for note in collection.notes:
        decks = Counter(deck for ordinal, deck in note.cards if ordinal not in placed[note.type_id])
        cards.update(decks)
        strays.update({deck: count for deck, count in decks.items() if 2 * count < decks.total()})
    yield from sorted(deck for deck, count in strays.items() if count == cards[deck])


def _templates(kind: Type, losses: Losses) -> None:
    """Tell of files that a template names and that packages do not have: their names do not begin with `_`."""
    for template in kind.templates:
        for found in re.findall(
            r"""(?:src|href)\s*=\s*["']?([^"'\s>]+)|url\(["']?([^"')]+)""", template.front + template.back
        ):
            name = next(filter(None, found))
            if (
                not name.startswith(("_", "http:", "https:", "data:", "//", "#"))
                and "{{" not in name
                and "." in name
            ):
                losses.add(
                    "a template names a file without `_` before its name, which packages leave out",
                    f"{kind.name}: {name}",
                )
    if "<script" in "".join(each.front + each.back for each in kind.templates):
        losses.add("scripts of templates are kept as they are: read them", kind.name)


def _descriptions(
    collection: Collection, decks: Mapping[str, str], used: AbstractSet[str], losses: Losses
) -> dict[str, str]:
    """Return the descriptions of decks by their names; `used` are the names of those that have notes."""
    found: dict[str, str] = {}
    for deck in collection.decks:
        if not deck.description.strip():
            continue
        if decks[deck.name] not in used:
            # A deck of a project is a file of cards with items.
            losses.add("the description of a deck without notes of its own is left out", deck.name)
            continue
        if "<" in deck.description or "&" in deck.description or deck.markdown:
            losses.add("the description of a deck is written as plain text", deck.name)
        found[decks[deck.name]] = text_of(deck.description)
    return found
