"""A deck goes the whole way: taken over, corrected, notes and a card added, one removed, released; no review is lost."""

from __future__ import annotations

import csv
import random
import struct
import zlib
from pathlib import Path
from typing import TYPE_CHECKING

import genanki
import pytest

from importing.taking import Taken, counts, history, learner, take

if TYPE_CHECKING:
    from anki.collection import Collection as AnkiCollection

_NOTES = 320


def _picture(chance: random.Random) -> bytes:
    """Return a PNG of one pixel of some colour."""

    def chunk(name: bytes, content: bytes) -> bytes:
        return (
            struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))
        )

    colour = bytes(chance.randrange(256) for _ in range(3))
    header = struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(b"\0" + colour))
        + chunk(b"IEND", b"")
    )


def _geography(folder: Path) -> Path:
    """Write a deck of several hundred notes with four cards each, and two pictures for most."""
    chance = random.Random(323)
    fields = ["Country", "Country info", "Capital", "Flag", "Map"]
    shown = ["Country", "Capital", "Flag", "Map"]
    model = genanki.Model(
        1_600_000_001,
        "Geography",
        fields=[{"name": name} for name in fields],
        templates=[
            {
                "name": f"{name} - {shown[at - 1]}",
                "qfmt": f"{{{{#{name}}}}}<div>{{{{{name}}}}}</div>{{{{/{name}}}}}",
                "afmt": f"{{{{FrontSide}}}}<hr id=answer>{{{{{shown[at - 1]}}}}}",
            }
            for at, name in enumerate(shown)
        ],
    )
    deck = genanki.Deck(1_600_000_002, "Geography")
    media = []
    for number in range(_NOTES):
        names = [f"{kind}-{number}.png" for kind in ("flag", "map")]
        for name in names:
            (folder / name).write_bytes(_picture(chance))
            media.append(str(folder / name))
        flag, chart = (f'<img src="{name}" />' for name in names)
        values = [
            f"Land {number}",
            "An <b>island</b>" if number % 7 == 0 else "",
            f"Town {number}",
            flag,
            chart if number % 5 else "",
        ]
        deck.add_note(genanki.Note(model=model, fields=values, tags=[f"region::{number % 6}"]))
    path = folder / "geography.apkg"
    # Anki gives new cards ids of the present time, in which those of hundreds of notes made now would lie.
    genanki.Package(deck, media_files=media).write_to_file(path, timestamp=1_700_000_000)
    return path


CARD = """
[[notetype.geography.card]]
id    = "river"
name  = "Country - River"
needs = ["River"]
front = "Which river flows through @{Country}?"
back  = "@{River}"
"""


def _edit(taken: Taken) -> None:
    """Correct a fact, add a note, remove one, and add a card for a field that every fifth note has."""
    table = "data/geography.csv"
    taken.replace(table, "Town 8,", "Town eight,")
    columns, *_ = (taken.root / table).read_text("utf-8").splitlines()
    rows = list(csv.DictReader((taken.root / table).read_text("utf-8").splitlines()))
    kept = [row for row in rows if row["id"] != "land-9"]
    assert len(kept) == len(rows) - 1
    kept.append({"id": "atlantis", "Country": "Atlantis", "Capital": "Poseidonis"})
    for number, row in enumerate(kept):
        row["River"] = f"River {number}" if number % 5 == 0 else ""
    with (taken.root / table).open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, f"{columns},River".split(","), restval="", lineterminator="\n")
        writer.writeheader()
        writer.writerows(kept)
    types = "cards/note-types.toml"
    taken.replace(types, '"Capital", ', '"Capital", "River", ')
    taken.replace("cards/geography.toml", 'Capital = "Capital"', 'Capital = "Capital", River = "River"')
    (taken.root / types).write_text((taken.root / types).read_text("utf-8") + CARD, "utf-8")


def _renamed_and_restyled(col: AnkiCollection) -> None:
    kind = col.models.by_name("Geography")
    kind["name"], kind["css"] = "Meine Erde", ".card { color: blue }"
    col.models.update_dict(kind)


def _with_a_field(col: AnkiCollection) -> None:
    kind = col.models.by_name("Geography")
    col.models.add_field(kind, col.models.new_field("Notiz"))
    col.models.update_dict(kind)


@pytest.mark.long
def test_a_deck_goes_the_whole_way(tmp_path: Path) -> None:
    """An edit updates its note, added notes and cards are new, a removed note stays, and every review with them.

    So it is for a learner who renamed the note type and edited its style. Who gave it a field of their
    own gets what is new, and no update: Anki says so, and nothing is lost.
    """
    (tmp_path / "source").mkdir()
    package = _geography(tmp_path / "source")
    taken = take(package, tmp_path / "project")
    assert taken.written.differences == ()
    with learner(package) as plain, learner(package) as renamed, learner(package) as refused:
        _renamed_and_restyled(renamed)
        _with_a_field(refused)
        before = [history(col) for col in (plain, renamed, refused)]
        assert len(before[0]["reviews"]) == plain.card_count() > 3 * _NOTES
        assert counts(plain, taken.build()) == (0, 0, 0)
        assert history(plain) == before[0]
        _edit(taken)
        released = taken.build(purpose="release", later=100)
        # Atlantis, and a further note for each fifth: rows in HTML are no rows of the table.
        rivers = sum(1 for _ in csv.reader((taken.root / "data/geography.csv").open(encoding="utf-8"))) - 1
        new = 1 + -(-rivers // 5)
        assert [counts(col, released) for col in (plain, renamed, refused)] == [
            (new, 1, 0),
            (new, 1, 0),
            (new, 0, _NOTES - 1),
        ]
        for col, had in zip((plain, renamed, refused), before, strict=True):
            now = history(col)
            assert now["reviews"] == had["reviews"]
            assert [card for card in now["cards"] if card in had["cards"]] == had["cards"]
            assert now["schema"] == had["schema"]
            assert len(col.find_cards('"note:Geography 2" is:new')) == new - 1
            assert not col.get_empty_cards().notes
        assert plain.find_notes('"Capital:Town eight"')
        assert renamed.find_notes('"Capital:Town eight"')
        assert not refused.find_notes('"Capital:Town eight"')
        assert counts(plain, taken.build(later=200)) == (0, 0, 0)
