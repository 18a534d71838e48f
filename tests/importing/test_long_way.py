"""A deck goes the whole way: taken over, corrected, a note added, one removed, released; no learner loses a review."""

from __future__ import annotations

import random
import struct
import zlib
from pathlib import Path

import genanki
import pytest

from importing.taking import counts, history, learner, take

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


@pytest.mark.long
def test_a_deck_goes_the_whole_way(tmp_path: Path) -> None:
    """An edit updates its note, an added note is new, a removed one stays with those who have it."""
    (tmp_path / "source").mkdir()
    package = _geography(tmp_path / "source")
    taken = take(package, tmp_path / "project")
    assert taken.written.differences == ()
    with learner(package) as col:
        before = history(col)
        assert len(before["reviews"]) == col.card_count() > 3 * _NOTES
        assert counts(col, taken.build()) == (0, 0, 0)
        assert history(col) == before
        table = "data/geography.csv"
        taken.replace(table, "Town 8,", "Town eight,")
        lines = (taken.root / table).read_text("utf-8").splitlines()
        kept = [line for line in lines if not line.startswith("land-9,")]
        assert len(kept) == len(lines) - 1
        columns = lines[0].split(",")
        added = {"id": "atlantis", "Country": "Atlantis", "Capital": "Poseidonis"}
        kept.append(",".join(added.get(name, "") for name in columns))
        (taken.root / table).write_text("\n".join(kept) + "\n", "utf-8")
        assert counts(col, taken.build(purpose="release", later=100)) == (1, 1, 0)
        after = history(col)
        assert after["reviews"] == before["reviews"]
        assert [card for card in after["cards"] if card in before["cards"]] == before["cards"]
        assert after["schema"] == before["schema"]
        assert len(after["cards"]) == len(before["cards"]) + 2
        assert col.find_notes('"Capital:Town eight"')
