"""A note type cannot be one in Anki.

It has fields with unique names, and cards with unique ids whose fronts show a field. The name
of a field is not a key of every item (`id`, `tags`, `hint`, …), nor one that Anki or deckgen fills in (`Deck`,
`Explanation`, …), and has none of `:`, `"`, `{` and `}` in it. A type with `cloze` has one card, whose front shows that
field: Anki makes a card for each gap.

Bad:
    ```toml
    [deck]
    name = "Capitals"

    [notetype.country]
    fields = ["country", "tags"]

    [[notetype.country.card]]
    id    = "capital"
    front = "Which country is this?"
    back  = "@{country}"
    ```

Good:
    ```toml
    [deck]
    name = "Capitals"

    [notetype.country]
    fields = ["country", "capital"]

    [[notetype.country.card]]
    id    = "capital"
    front = "What is the capital of @{country}?"
    back  = "@{capital}"
    ```
"""

from __future__ import annotations

from collections.abc import Iterator

from deckgen import core
from deckgen.diagnostics import Diagnostic, Place, Related
from deckgen.language.gathered import known_keys
from deckgen.language.manuscript import Entry, Manuscript
from deckgen.language.note import Note
from deckgen.language.note_type import Field, NoteType
from deckgen.latin import slug
from deckgen.patterns import lazy_pattern
from deckgen.placeholders import template
from deckgen.rules._rule import Rule
from deckgen.words import words

RULE = Rule(__name__)

#: What Anki fills in (`deckgen.anki.template`), and what every note of deckgen has behind its own fields.
_TAKEN = frozenset(
    [
        "frontside",
        "card",
        "cardflag",
        "deck",
        "subdeck",
        "tags",
        "type",
        "cardid",
        "explanation",
        "sources",
        "hint",
        "notice",
        "id",
        "accents",
        "fields",
    ]
)
#: Names of spare places, and of gaps in a cloze.
_SPARE = lazy_pattern(r"spare \d+|field \d+|c\d+")
_BAD = lazy_pattern(r'[:"{}\n]|^[#/^\s]|\s$')
_ID = lazy_pattern(r"[a-z0-9]+(?:-[a-z0-9]+)*")
#: More are nobody's note type, and Anki takes long over each.
_MOST = 100


def is_field_name(name: str) -> bool:
    """Tell whether Anki takes a name for a field."""
    return bool(name) and not _BAD.search(name)


def check_all(manuscript: Manuscript) -> Iterator[Diagnostic]:
    """Look at the fields and cards of every type, and for types that have one name."""
    first: dict[str, Place] = {}
    ours = words(manuscript.project.language)
    titles = {said.casefold() for word, said in ours.items() if word.startswith("anki-kind-")}
    for file in manuscript.files:
        for entry in file.types:
            name = str(entry.place.path[-1])
            header = entry.place.header()
            there = first.setdefault(name, header)
            if there is not header:
                yield RULE.error(
                    f"note type `{name}` is defined twice",
                    header,
                    related=(Related(there, "first defined here"),),
                )
                continue
            if not _ID.fullmatch(name):
                better = slug(name)
                yield RULE.error(
                    f"malformed name of a note type `{name}`",
                    header,
                    f"perhaps `{better}`?" if better else "",
                    help="it is lower-case letters, digits and single hyphens, and permanent; `name` is for learners",
                )
            adopted = core.own_kind(name) in manuscript.frozen.types
            title = entry.item.name or name
            if adopted:
                # The others have the project's title before theirs.
                title = f"\0{title}"
            if title.casefold() in titles:
                yield RULE.error(
                    f"the project has a note type called `{entry.item.name or name}` in Anki already",
                    entry.place.child("name") if entry.item.name else header,
                    'say another name: `name = "…"`',
                )
            titles.add(title.casefold())
            yield from _fields(entry, adopted=adopted)
            yield from _cards(entry, adopted=adopted)


def is_usable(name: str) -> bool:
    """Tell whether a field of a note type that was made elsewhere can have a name."""
    return bool(name) and name not in known_keys(Note) and not _BAD.search(name)


def _fields(entry: Entry, *, adopted: bool) -> Iterator[Diagnostic]:
    kind: NoteType = entry.item
    at = entry.place.child("fields")
    if not kind.fields:
        yield RULE.error("a note type without fields", at, "name at least one")
    if len(kind.fields) > _MOST:
        yield RULE.error(f"a note type with more than {_MOST} fields", at)
    seen: set[str] = set()
    for index, field in enumerate(kind.fields):
        name = field.name if isinstance(field, Field) else field
        place = at.child(index, "name") if isinstance(field, Field) else at.child(index)
        # Of a type that was made elsewhere, names may differ in case alone.
        folded = name if adopted else name.casefold()
        if folded in seen:
            yield RULE.error(f"two fields are called `{name}`", place, "give it a unique name")
        elif name in known_keys(Note):
            yield RULE.error(
                f"`{name}` is a key of every item, and cannot be a field", place, "choose another name"
            )
        elif not adopted and (folded in _TAKEN or _SPARE.fullmatch(folded)):
            yield RULE.error(
                f"`{name}` is a name that every note in Anki has already", place, "choose another name"
            )
        elif not is_field_name(name):
            yield RULE.error(
                f"no field can be called `{name}` in Anki" if name else "a field without a name",
                place,
                help='a name has none of `:`, `"`, `{` and `}`, and does not begin with `#`, `/` or `^`',
            )
        seen.add(folded)
        for number, former in enumerate(field.was if isinstance(field, Field) else ()):
            if former in kind.names:
                yield RULE.error(
                    f"`{name}` says that it was `{former}`, which is a field of the type",
                    at.child(index, "was", number),
                    f"take `{former}` out of the fields, or out of its `was`",
                )


def _cards(entry: Entry, *, adopted: bool) -> Iterator[Diagnostic]:
    kind: NoteType = entry.item
    if not any(not card.retired for card in kind.card):
        yield RULE.error(
            "a note type without a card", entry.place.header(), "add a table `[[notetype.….card]]`"
        )
    ids: dict[str, Place] = {}
    names: set[str] = set()
    for index, card in enumerate(kind.card):
        at = entry.place.child("card", index)
        here = at.child("id")
        if ids.setdefault(card.id, here) is not here:
            yield RULE.error(
                f"two cards have the id `{card.id}`",
                here,
                related=(Related(ids[card.id], "first used here"),),
            )
            continue
        if not _ID.fullmatch(card.id):
            yield RULE.error(
                f"malformed id `{card.id}`",
                here,
                help="an id is lower-case letters, digits and single hyphens",
            )
        for number, former in enumerate(card.was):
            if any(former == other.id for other in kind.card):
                yield RULE.error(
                    f"`{card.id}` says that it was `{former}`, which is a card of the type",
                    at.child("was", number),
                    "take it out of its `was`",
                )
        name = (card.name or card.id).casefold()
        if name in names or (_SPARE.fullmatch(name) and not adopted):
            yield RULE.error(
                f"Anki has a card `{card.name or card.id}` of this type already",
                at.child("name") if card.name else here,
                "choose another name",
            )
        names.add(name)
        shown = found.names if (found := template(card.front)) else ()
        if not shown:
            yield RULE.error(
                "a front that shows no field",
                at.child("front"),
                "put a field in: `@{…}`",
                help="it would be the same for every note",
            )
        elif kind.cloze and not (adopted and index) and kind.cloze in kind.names and kind.cloze not in shown:
            yield RULE.error(
                f"a front without `@{{{kind.cloze}}}`, whose gaps are asked for", at.child("front")
            )
        if card.answer_as == "short" and not kind.cloze and not template(card.back):
            yield RULE.error(
                "an answer to type that shows no field",
                at.child("back"),
                "put a field in: `@{…}`",
                help="it would be the same for every note",
            )
        # One that was made elsewhere may have more, of which Anki uses the first.
        if kind.cloze and index and not adopted:
            yield RULE.error(
                "a second card of a type with `cloze`",
                at.header(),
                "Anki makes a card for each gap",
                help="put it into a separate type",
            )
        if kind.cloze and card.answer_as == "short":
            yield RULE.error(
                "`answer_as` in a type with `cloze`", at.child("answer_as").key(), "leave it out"
            )
