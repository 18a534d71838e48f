"""What the authors wrote, parsed: files, entries, and who is called what."""

from hashlib import blake2b
from typing import Any

import msgspec

from deckgen import core
from deckgen.contents import Content
from deckgen.diagnostics import Place
from deckgen.identity import Frozen
from deckgen.language.deck import Deck
from deckgen.language.note_type import NoteType
from deckgen.language.project import Project
from deckgen.language.sheet import Sheet
from deckgen.language.source import Source
from deckgen.language.table import TableEntry


class Entry(msgspec.Struct, frozen=True, gc=False):
    """An item and its place."""

    item: Any
    place: Place


def digest_of(text: str) -> bytes:
    """Return a digest of the text of a file."""
    return blake2b(text.encode(errors="surrogatepass"), digest_size=16).digest()


class File(msgspec.Struct, frozen=True, kw_only=True):
    """One file of cards; what had mistakes of shape is left out of it."""

    #: Relative to the project's folder, with `/`.
    name: str
    text: str
    #: `digest_of` its text.
    digest: bytes = b""
    deck: Deck | None = None
    sources: dict[str, Source] = {}
    note_types: dict[str, NoteType] = {}
    #: Items in the order of the file.
    entries: tuple[Entry, ...] = ()
    sheets: tuple[Entry, ...] = ()
    stems: tuple[Entry, ...] = ()
    #: Spreadsheets whose rows are items. These are in files of their own, of the same name: one for each deck.
    tables: tuple[TableEntry, ...] = ()
    #: Tells such a part from the file itself, for which it is empty.
    part: str = ""
    #: Ids of items with mistakes of shape: known, so that references to them are not further mistakes.
    broken: frozenset[str] = frozenset()
    #: Ids proposed for items without one, which others may refer to already.
    unnamed: frozenset[str] = frozenset()
    #: Whether something of the file (all of it, if it does not parse) is missing here.
    partial: bool = False

    def __post_init__(self) -> None:
        if not self.digest:
            msgspec.structs.force_setattr(self, "digest", digest_of(self.text))

    @property
    def key(self) -> str:
        """Name the file, or the part of it, as no other is named."""
        return f"{self.name}\n{self.part}" if self.part else self.name

    @property
    def deck_name(self) -> Place:
        """The place of the deck's name."""
        if self.part and self.entries:
            return self.entries[0].place.child("deck")
        return Place(self.name, ("deck", "name"))

    @property
    def types(self) -> tuple[Entry, ...]:
        """Its note types."""
        return tuple(
            Entry(kind, Place(self.name, ("notetype", name))) for name, kind in self.note_types.items()
        )

    @property
    def path(self) -> str:
        """Name the file as authors do: below `cards/`, without its ending."""
        return self.name.removeprefix("cards/").removesuffix(".toml")

    @property
    def stem(self) -> str:
        """Name the file for selectors: without folder and ending."""
        return self.name.rpartition("/")[2].removesuffix(".toml")


class MediaFile(msgspec.Struct, frozen=True):
    """A picture of the project."""

    #: Relative to the project's folder, with `/`.
    path: str
    content: Content


class MediaProblem(msgspec.Struct, frozen=True):
    """Why a picture cannot be had: `missing`, `unsafe`, `unreadable`, `no-picture`."""

    path: str
    what: str
    reason: str = ""


class Manuscript(msgspec.Struct, frozen=True, kw_only=True):
    """The whole project as written, with its indexes."""

    project: Project
    files: tuple[File, ...]
    #: Every item of every file, in order.
    items: tuple[Entry, ...]
    #: The same by class, each in order.
    by_class: dict[type[Any], list[Entry]]
    #: Every item with an id, the first of each id.
    by_id: dict[str, Entry]
    #: Rows by full id: `table/row`.
    rows: dict[str, Place]
    sources: dict[str, Source]
    #: Note types of one's own by name, with their places for fields and cards.
    note_types: dict[str, core.NoteType]
    #: What the lock says of note types and media.
    frozen: Frozen
    #: Ids and source keys of what could not be read, or has no id yet: a reference to one is not a mistake.
    broken: frozenset[str]
    #: Those of them that are not written yet.
    unnamed: frozenset[str] = frozenset()
    #: Some file could not be parsed at all: what is not found may be there.
    partial: bool
    media: dict[str, MediaFile | MediaProblem] = {}

    def sheets(self) -> list[Entry]:
        """Return every sheet, in order."""
        return [entry for file in self.files for entry in file.sheets]

    def stems(self) -> dict[str, Entry]:
        """Return every stem by id, the first of each."""
        found: dict[str, Entry] = {}
        for file in self.files:
            for entry in file.stems:
                found.setdefault(entry.item.id, entry)
        return found

    def entries(self, *kinds: type[Any]) -> list[Entry]:
        """Return every item of some kinds, class by class, each in order."""
        return [
            entry for each, entries in self.by_class.items() if issubclass(each, kinds) for entry in entries
        ]

    def of(self, kind: type[Any]) -> dict[str, Any]:
        """Return the items of one kind by id."""
        return {
            entry.item.id: entry.item for entry in self.entries(kind) if self.by_id[entry.item.id] is entry
        }

    def knows(self, id_: str) -> bool:
        """Return whether a reference to `id_` is not a mistake: it exists, or may exist in an unreadable file."""
        return id_ in self.by_id or id_ in self.broken or self.partial


def sheet_of(entry: Entry) -> Sheet:
    """Return the sheet of an entry of `Manuscript.sheets`."""
    sheet = entry.item
    if not isinstance(sheet, Sheet):
        raise TypeError(sheet)
    return sheet
