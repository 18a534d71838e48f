"""A learner with a real Anki collection, and what must hold whenever a deck is imported into it."""

from __future__ import annotations

import json
import shutil
import sqlite3
import zipfile
from collections.abc import Iterable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from anki.collection import Collection

from anki_judge import import_package
from deckgen.identity import RETIRED_TAG

NOTES = "SELECT guid, id, mid, mod, usn, tags, flds, sfld, csum, flags, data FROM notes"
CARDS = (
    "SELECT id, nid, did, ord, mod, usn, type, queue, due, ivl, factor, reps, lapses, left, odue, odid, flags, data"
    " FROM cards"
)
_TABLES = ("notes", "cards", "revlog", "notetypes", "fields", "templates", "decks", "graves")


#: Where a note has the id of its item, counted from the end.
_ID = -7


def content_of(tags: tuple[str, ...], fields: tuple[str, ...]) -> tuple[Any, ...]:
    """Return what a note says: its tags and its fields, but for the id of its item, which may be renamed."""
    return tags, fields[:_ID] + fields[_ID + 1 :]


@dataclass(frozen=True)
class Shipped:
    """A note in a package."""

    guid: str
    mod: int
    tags: tuple[str, ...]
    fields: tuple[str, ...]
    cards: frozenset[int]

    @property
    def content(self) -> tuple[Any, ...]:
        """Return what an update is for: all but the item's id."""
        return content_of(self.tags, self.fields)

    @property
    def retired(self) -> bool:
        """Say whether its item is gone."""
        return RETIRED_TAG in self.tags


@dataclass(frozen=True)
class Shipment:
    """All packages of a build, read without deckgen."""

    notes: dict[str, Shipped]
    #: Name, style, (front, back) of each card, and stamp, by the id of the note type.
    types: dict[int, tuple[Any, ...]]
    media: dict[str, bytes]


def read(packages: Iterable[Path], folder: Path) -> Shipment:
    """Read packages; `folder` is for what is unpacked."""
    notes: dict[str, Shipped] = {}
    types: dict[int, tuple[Any, ...]] = {}
    media: dict[str, bytes] = {}
    for package in packages:
        with zipfile.ZipFile(package) as file:
            database = Path(file.extract("collection.anki2", folder / "unpacked"))
            media |= {name: file.read(number) for number, name in json.loads(file.read("media")).items()}
        with closing(sqlite3.connect(database)) as db:
            (models,) = db.execute("SELECT models FROM col").fetchone()
            for id_, model in json.loads(models).items():
                cards = tuple((card["qfmt"], card["afmt"]) for card in model["tmpls"])
                types[int(id_)] = (model["name"], model["css"].strip(), cards, model["mod"])
            for id_, guid, mod, tags, fields in db.execute("SELECT id, guid, mod, tags, flds FROM notes"):
                cards = frozenset(
                    ord_ for (ord_,) in db.execute("SELECT ord FROM cards WHERE nid = ?", (id_,))
                )
                assert guid not in notes, f"{guid} is shipped twice"
                note = Shipped(guid, mod, tuple(sorted(tags.split())), tuple(fields.split("\x1f")), cards)
                notes[guid] = note
        database.unlink()
    return Shipment(notes, types, media)


class Learner:
    """Somebody who learns from the decks: acts on them, and checks every import."""

    def __init__(self, folder: Path, empty: Path) -> None:
        folder.mkdir()
        self._folder = folder
        shutil.copy(empty, folder / "collection.anki2")
        self.col = Collection(str(folder / "collection.anki2"))
        #: What each note was when it was last imported.
        self.seen: dict[str, Shipped] = {}
        #: Notes whose text or tags the learner changed since they were last taken from a package.
        self.edited: set[str] = set()
        #: Stamps and styles of the note types that the learner restyled.
        self.restyled: dict[int, tuple[int, str]] = {}
        #: Stamps of the note types that were imported.
        self.types: dict[int, int] = {}
        #: Notes that a build has stamped anew since this learner last imported them.
        self.stamped: set[str] = set()

    def close(self) -> None:
        """Close the collection."""
        self.col.close()

    def record(self, shipment: Shipment, restamped: Iterable[str] = ()) -> None:
        """Take down what a build did, whether or not its decks are imported."""
        self.stamped |= set(restamped)
        for guid, seen in self.seen.items():
            now = shipment.notes.get(guid)
            if now is None or now.content != seen.content:
                self.stamped.add(guid)

    # --- what a learner does

    def act(self, action: str, which: int, now: int) -> None:
        """Do something to one note or card."""
        guids = self.col.db.list("SELECT guid FROM notes ORDER BY guid")
        if not guids:
            return
        guid = guids[which % len(guids)]
        note = self.col.get_note(self.col.db.scalar("SELECT id FROM notes WHERE guid = ?", guid))
        cards = note.card_ids()
        if action in ("edit", "tag", "untag"):
            if action == "edit":
                note.fields[0] += f" my own words {which}"
            elif action == "tag":
                note.tags.append("mine")
            else:
                note.tags = []
            self.col.update_note(note)
            # A learner's clock is not behind the stamp of what was imported; else Anki would take it for newer again.
            mod = max(now, self.seen[guid].mod if guid in self.seen else 0)
            self.col.db.execute("UPDATE notes SET mod = ? WHERE guid = ?", mod, guid)
            self.edited.add(guid)
        elif action == "restyle":
            self._restyle(note.mid, which, now)
        elif action == "delete":
            self.col.remove_notes([note.id])
            self.seen.pop(guid, None)
            self.edited.discard(guid)
        elif cards:
            self._act_on_card(action, cards[which % len(cards)], which)

    def _restyle(self, type_id: Any, which: int, now: int) -> None:
        """Change the style of a note type, as somebody does who likes larger letters."""
        self.col.models._clear_cache()
        model = self.col.models.get(type_id)
        model["css"] += f"\n.card {{ font-size: {20 + which}px; }}"
        self.col.models.update_dict(model)
        mod = max(now, self.types.get(type_id, 0))
        self.col.db.execute("UPDATE notetypes SET mtime_secs = ? WHERE id = ?", mod, type_id)
        self.col.models._clear_cache()
        self.restyled[type_id] = mod, self.col.models.get(type_id)["css"].strip()

    def _act_on_card(self, action: str, card_id: Any, which: int) -> None:
        col = self.col
        if action == "review":
            card = col.get_card(card_id)
            if card.odid:
                return
            col.sched.unsuspend_cards([card_id])
            col.decks.select(card.did)
            card = col.get_card(card_id)
            card.start_timer()
            col.sched.answerCard(card, 1 + which % 4)
        elif action == "due":
            col.sched.set_due_date([card_id], "1-30")
        elif action == "suspend":
            col.sched.suspend_cards([card_id])
        elif action == "flag":
            col.set_user_flag_for_cards(1 + which % 7, [card_id])
        elif action == "move":
            col.set_deck([card_id], col.decks.id("My own::deck"))
        elif action == "cram":
            deck = col.sched.get_or_create_filtered_deck(0)
            deck.name = "Cram"
            deck.config.search_terms[0].search = f"cid:{card_id} -is:suspended"
            deck.allow_empty = True
            col.sched.add_or_update_filtered_deck(deck)

    # --- importing

    def take(self, packages: list[Path], names: dict[str, str]) -> None:
        """Import packages, twice, and check all that is promised; `names` maps GUIDs to ids, for messages."""
        shipment = read(packages, self._folder)
        before = self._state()
        added, updated = self._import(packages)
        after = self._state()
        self._check_nothing_lost(before, after)
        for guid, note in shipment.notes.items():
            self._check_note(guid, note, before, after, f"{names.get(guid, 'a retired note')} ({guid})")
        assert added == set(shipment.notes) - set(before[0])
        assert updated <= set(shipment.notes) & set(before[0])
        self._check_types(shipment)
        self._check_media(shipment)
        whole = self._dump()
        assert self._import(packages) == (set(), set()), "a second import changes notes"
        assert self._dump() == whole, "a second import changes something"

    def _import(self, packages: Iterable[Path]) -> tuple[set[str], set[str]]:
        """Return the GUIDs of notes that are new, and of those updated."""
        added: set[str] = set()
        updated: set[str] = set()
        for package in packages:
            log = import_package(self.col, package)
            assert not log.conflicting, "notes that Anki will never update again"
            assert not log.first_field_match
            assert not log.missing_notetype
            assert not log.missing_deck
            assert not log.empty_first_field
            ids = dict(self.col.db.all("SELECT id, guid FROM notes"))
            added |= {ids[each.id.nid] for each in log.new}
            updated |= {ids[each.id.nid] for each in log.updated}
        return added, updated

    def _state(self) -> tuple[dict[str, Any], dict[int, Any], list[Any]]:
        rows = self.col.db.all(NOTES)
        notes = {row[0]: row for row in rows}
        assert len(notes) == len(rows), "two notes have one GUID"
        cards = {row[0]: row for row in self.col.db.all(CARDS)}
        return notes, cards, self.col.db.all("SELECT * FROM revlog ORDER BY id")

    def _dump(self) -> list[Any]:
        return [self.col.db.all(f"SELECT * FROM {table} ORDER BY 1, 2") for table in _TABLES]

    @staticmethod
    def _check_nothing_lost(before: Any, after: Any) -> None:
        """Reviews, cards and notes that were there are there; reviews and cards to the byte."""
        assert after[2] == before[2], "the review log changed"
        for id_, row in before[1].items():
            assert after[1].get(id_) == row, f"card {id_} changed"
        assert before[0].keys() <= after[0].keys(), "a note is lost"
        for guid, row in before[0].items():
            assert after[0][guid][1:3] == row[1:3], f"note {guid} has another id or type"

    def _check_note(self, guid: str, note: Shipped, before: Any, after: Any, name: str) -> None:
        there = after[0][guid]
        content = content_of(tuple(sorted(there[5].split())), tuple(there[6].split("\x1f")))
        cards = {row[3] for row in after[1].values() if row[1] == there[1]}
        was = before[0].get(guid)
        if note.retired:
            assert not note.cards, f"{name} is retired, and somebody new would have to learn it"
        if was is None:
            assert content == note.content, f"{name} did not arrive as it is"
            assert cards == note.cards, f"{name} has other cards"
        elif guid not in self.edited or there != was:
            assert content == note.content, f"{name} is not current"
            assert note.cards <= cards, f"{name} lacks a card"
        if was is not None and was[3] < note.mod:
            assert content == note.content, f"{name} is newer, and did not arrive"
        if was is not None and there != was:
            assert guid in self.stamped, f"{name} was updated without a reason"
            assert note.mod > was[3]
        if was is None or there != was:
            self.edited.discard(guid)
        self.seen[guid] = note
        self.stamped.discard(guid)

    def _check_types(self, shipment: Shipment) -> None:
        """Every note type looks as the project says, and there is no other of ours."""
        names = dict(self.col.db.all("SELECT id, name FROM notetypes"))
        # The library's own memory of note types does not notice an import.
        self.col.models._clear_cache()
        for id_, expected in shipment.types.items():
            model = self.col.models.get(id_)
            cards = tuple((card["qfmt"], card["afmt"]) for card in model["tmpls"])
            name, style, sides, mod = expected
            mine, own = self.restyled.get(id_, (0, ""))
            if mine >= mod:
                assert model["css"].strip() == own, f"the learner's own style of {name} is gone"
                continue
            self.restyled.pop(id_, None)
            self.types[id_] = max(mod, self.types.get(id_, 0))
            assert model["name"] == name, f"{model['name']} should be called {name}"
            assert cards == sides, f"the cards of {name} are not current"
            assert model["css"].strip() == style, f"the style of {name} is not current"
        assert not [name for name in names.values() if name.endswith("+")], names

    def _check_media(self, shipment: Shipment) -> None:
        folder = Path(self.col.media.dir())
        shown = "".join(self.col.db.list("SELECT flds FROM notes"))
        for name, content in shipment.media.items():
            # Anki copies what an imported note shows; one that a learner edited later stays with its picture.
            if name not in shown:
                continue
            assert (folder / name).read_bytes() == content, f"{name} did not arrive"

    def check_sound(self) -> None:
        """Check that Anki finds nothing to fix, nothing missing and no card that should not be there."""
        missing = self.col.media.check().missing
        shown = [
            fields
            for tags, fields in self.col.db.all("SELECT tags, flds FROM notes")
            if RETIRED_TAG not in tags
        ]
        assert not [name for name in missing if any(name in fields for fields in shown)]
        self.col.db.execute("PRAGMA integrity_check")


def check_cards_as_anki_decides(learner: Learner) -> None:
    """Check that saving each note in the editor makes no further card, and that Anki calls none empty."""
    col = learner.col
    for note_id in col.find_notes(f"-tag:{RETIRED_TAG}"):
        note = col.get_note(note_id)
        before = sorted(note.card_ids())
        assert before
        col.update_note(note)
        assert sorted(note.card_ids()) == before
    assert not col.get_empty_cards().notes
    empty = "SELECT name FROM decks WHERE id NOT IN (SELECT did FROM cards)"
    used = [name for (name,) in col.db.execute("SELECT name FROM decks WHERE id IN (SELECT did FROM cards)")]
    for name in col.db.list(empty):
        assert name == "Default" or any(other.startswith(f"{name}\x1f") for other in used), f"{name} is empty"
