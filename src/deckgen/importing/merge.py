"""Several files of one deck as one collection."""

from __future__ import annotations

from collections.abc import Sequence

from deckgen.importing.collection import Collection, Deck, Medium, Note, Type
from deckgen.importing.losses import Losses
from deckgen.importing.problem import UnreadableError


def merged(found: Sequence[Collection]) -> Collection:
    """Return what several collections have together, in their order; of notes with one GUID the newest is taken.

    Raises:
        UnreadableError: if a note type of two has other fields or cards.
    """
    if len(found) == 1:
        return found[0]
    losses = Losses()
    types: dict[int, Type] = {}
    media: dict[str, Medium] = {}
    decks: dict[str, Deck] = {}
    newest: dict[str, Note] = {}
    for each in found:
        for kind in each.types:
            types[kind.id] = _newer(types.get(kind.id), kind, each.title)
        for note in each.notes:
            if note.guid and (note.guid not in newest or note.mod > newest[note.guid].mod):
                newest[note.guid] = note
        for name, medium in each.media.items():
            if name in media and not _same(media[name], medium):
                losses.add("another file of the same name is left out", f"{name} of {each.title}")
            media.setdefault(name, medium)
        for deck in each.decks:
            if deck.name not in decks or not decks[deck.name].description:
                decks[deck.name] = deck
    notes = []
    for each in found:
        for note in each.notes:
            if not note.guid or newest[note.guid] is note:
                notes.append(note)
            else:
                losses.add(
                    "a note that two files have is taken from one", f"note {note.guid} of {each.title}"
                )
    return Collection(
        title=found[0].title,
        types=tuple(types[id_] for id_ in sorted(types)),
        notes=tuple(notes),
        decks=tuple(decks[name] for name in sorted(decks)),
        media=dict(sorted(media.items())),
        losses=(*(loss for each in found for loss in each.losses), *losses.all()),
        knows_identity=all(each.knows_identity for each in found),
        unknown={key: value for each in found for key, value in each.unknown.items()},
    )


def _newer(old: Type | None, new: Type, title: str) -> Type:
    if old is None:
        return new
    for parts in ("fields", "templates"):
        if [each.name for each in getattr(old, parts)] != [each.name for each in getattr(new, parts)]:
            raise UnreadableError(
                title,
                f"has other {parts} in the type `{new.name}` than the files before it",
                "import each by itself",
            )
    return new if new.mod > old.mod else old


def _same(one: Medium, other: Medium) -> bool:
    if one.sha1 and other.sha1:
        return one.sha1 == other.sha1
    return one.size == other.size and one.read() == other.read()
