"""Notes of a source that knows neither ids nor stamps, and the package of the same deck that has them.

Text files know note types by their names, and CrowdAnki knows them whole, but both without ids. Anki takes a note for
the learner's own only if the id of its type is the learner's too, so types, and the stamps of notes, come from a
package that learners have.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from hashlib import sha256
from itertools import zip_longest
from typing import Any, NamedTuple

from msgspec.structs import replace

from deckgen.anki.cards import CardDecider
from deckgen.importing.cards import card_decider
from deckgen.importing.collection import Collection, Deck, Medium, Note, Type
from deckgen.importing.losses import Losses
from deckgen.importing.notes import fitted, nfc, tags_of, unique_guids
from deckgen.importing.package import decks_of
from deckgen.importing.problem import UnreadableError
from deckgen.nearest import did_you_mean, nearest

#: Bits of the ids that JavaScript keeps exactly, without the highest, which is set.
_ID_BITS = 52


class SourceNote(NamedTuple):
    """A note as the source has it."""

    #: Where it stands: `line 12`.
    where: str
    guid: str
    type: Type
    #: HTML; None where the source does not say what is in a field.
    fields: tuple[str | None, ...]
    #: None where the source does not say.
    tags: tuple[str, ...] | None
    #: Full name of its deck; empty where the source does not say.
    deck: str


class Source:
    """Makes a collection of the notes of a source."""

    def __init__(self, file: str, title: str, package: Collection | None) -> None:
        """Take the name of the source for messages, and what a package knows of the same deck."""
        self.file = file
        self.title = title
        self.losses = Losses()
        #: What an export leaves out of fields: where that is all that differs, the package's field is taken.
        self.left_out: re.Pattern[str] | None = None
        #: As in `Collection`.
        self.unknown: dict[str, Any] = {}
        self._package = package
        self.types = {each.name: each for each in package.types} if package else {}
        self._by_id = {each.id: each for each in self.types.values()}
        self._notes = {note.guid: note for note in package.notes if note.guid} if package else {}
        self._deciders: dict[int, CardDecider] = {}

    @property
    def knows_identity(self) -> bool:
        """Whether there is a package."""
        return self._package is not None

    def type_named(self, name: str, where: str = "") -> Type:
        """Return the type of the package with a name; `where` says who asks.

        Raises:
            UnreadableError: if the package has no such type.
        """
        found = self.types.get(nfc(name))
        if found is None:
            near = nearest(name, list(self.types))
            raise UnreadableError(
                self.file,
                f"has notes of the type `{name}`, and the package that types are from does not"
                + (f" ({where})" if where else ""),
                did_you_mean(near, f"its types: {', '.join(sorted(self.types))}"),
            )
        return found

    def type_of(self, guid: str) -> Type | None:
        """Return the type that a note has in the package, None if the package does not have it."""
        note = self._notes.get(guid)
        return self._by_id[note.type_id] if note else None

    def same_type(self, found: Type) -> Type:
        """Return a type of the source with the ids and the stamp that the package knows, if there is one.

        Raises:
            UnreadableError: if it is another type there: other fields or cards, or another order of them.
        """
        if not self.knows_identity:
            return found
        known = self.type_named(found.name)
        if _shape(known) != _shape(found):
            raise UnreadableError(
                self.file,
                f"has other fields or cards in the type `{found.name}` than the package that types are from",
                "take a package of the same version of the deck",
            )
        fields = zip(found.fields, known.fields, strict=True)
        templates = zip(found.templates, known.templates, strict=True)
        made = replace(
            found,
            id=known.id,
            mod=known.mod,
            stock_kind=known.stock_kind,
            fields=tuple(replace(field, id=old.id) for field, old in fields),
            templates=tuple(replace(each, id=old.id, deck=old.deck) for each, old in templates),
        )
        return made if made == known else replace(made, mod=known.mod + 1)

    def collection(
        self,
        notes: Iterable[SourceNote],
        decks: Iterable[Deck] = (),
        media: Mapping[str, Medium] | None = None,
    ) -> Collection:
        """Return the collection of notes in their order, with what the package knows of them.

        A note that differs from the package's has been edited since, so it is a second newer. `media` are those of
        the source itself; the package's come after them.

        Raises:
            UnreadableError: if the cards of a note cannot be told.
        """
        types: dict[int, Type] = {}
        made = []
        met: set[str] = set()
        filtered = self._package.filtered if self._package else frozenset()
        for note in notes:
            if note.deck in filtered:
                note = note._replace(deck="")  # noqa: PLW2901 -- the same note
            types[note.type.id] = note.type
            made.append(self._note(note, None if note.guid in met else self._notes.get(note.guid)))
            met.add(note.guid)
        found = unique_guids(made, self.losses)
        used = tuple(sorted(types.values(), key=lambda each: each.id))
        known_decks = self._package.decks if self._package else ()
        known_media = self._package.media if self._package else {}
        return Collection(
            title=self.title,
            types=used,
            notes=found,
            decks=decks_of(found, used, (*known_decks, *decks)),
            media=dict(sorted({**known_media, **(media or {})}.items())),
            losses=self.losses.all(),
            knows_identity=self.knows_identity,
            unknown=self.unknown,
        )

    def _note(self, note: SourceNote, known: Note | None) -> Note:
        where = f"{note.where} ({note.guid})" if note.guid else note.where
        if known and known.type_id != note.type.id:
            self.losses.add("a note has another type than in the package: Anki does not change that", where)
            known = None
        old = known.fields if known else ()
        fields = tuple(
            nfc(text) if text is not None else (old[place] if place < len(old) else "")
            for place, text in enumerate(note.fields)
        )
        if self.left_out and known:
            fields = tuple(
                before if text != before and self.left_out.sub("", before) == text else text
                for text, before in zip_longest(fields, old[: len(fields)], fillvalue="")
            )
        if len(fields) != len(note.type.fields):
            fields = fitted(fields, len(note.type.fields), where, self.losses)
        tags = tags_of(note.tags) if note.tags is not None else (known.tags if known else ())
        if known is None:
            deck = note.deck or self.title
            ordinals = self._decider(note.type).ordinals(fields)
            return Note(0, note.guid, note.type.id, 0, fields, tags, self._cards(note.type, ordinals, deck))
        same = fields == known.fields
        if same and set(tags) == set(known.tags):
            tags, mod = known.tags, known.mod
        else:
            mod = known.mod + 1
            self.losses.add("a note differs from the package's: it is taken from here", where)
        cards = known.cards
        if not same:
            decider = self._decider(note.type)
            missing = {*decider.ordinals(known.fields)} - {ordinal for ordinal, _ in cards}
            homes = dict(cards)
            home = note.deck or (cards[0][1] if cards else self.title)
            ordinals = tuple(each for each in decider.ordinals(fields) if each not in missing)
            cards = tuple(
                (ordinal, homes.get(ordinal, deck))
                for ordinal, deck in self._cards(note.type, ordinals, home)
            )
        if note.deck and all(deck != note.deck for _, deck in cards):
            cards = tuple((ordinal, note.deck) for ordinal, _ in cards)
        return Note(known.id, known.guid, known.type_id, mod, fields, tags, cards)

    @staticmethod
    def _cards(note_type: Type, ordinals: Iterable[int], deck: str) -> tuple[tuple[int, str], ...]:
        templates = note_type.templates
        return tuple(
            (ordinal, templates[0 if note_type.cloze else ordinal].deck or deck) for ordinal in ordinals
        )

    def _decider(self, note_type: Type) -> CardDecider:
        if note_type.id not in self._deciders:
            found = card_decider(note_type)
            if found is None:
                raise UnreadableError(
                    self.file,
                    f"needs the cards of the type `{note_type.name}`, whose templates Anki refuses",
                )
            self._deciders[note_type.id] = found
        return self._deciders[note_type.id]


def type_id(name: str) -> int:
    """Return an id for a type whose own is not known, always the same for a name."""
    return (1 << _ID_BITS) + (int.from_bytes(sha256(name.encode()).digest()[:8], "big") >> (64 - _ID_BITS))


def _shape(found: Type) -> tuple[object, ...]:
    """Return what must be the same for Anki to take two types for one."""
    return (
        found.cloze,
        tuple(field.name for field in found.fields),
        tuple(each.name for each in found.templates),
    )
