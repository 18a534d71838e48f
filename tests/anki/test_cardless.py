"""What Anki does with a note that has no card: why a retired note leaves a trace with those who never had it."""

from __future__ import annotations

from pathlib import Path

import genanki
import pytest

from anki_judge import collection, import_package

#: (front, whether it is a cloze, the note's field, rows of cards in the package: ordinals).
CARDLESS = {
    "a front that shows the field": ("{{F}}", False, "text", ()),
    "a front that shows nothing": ("{{#G}}{{F}}{{/G}}", False, "text", ()),
    "a cloze without a gap": ("{{cloze:F}}", True, "text", ()),
    "a card of a template that there is not": ("{{F}}", False, "text", (7,)),
}


def package(folder: Path, front: str, cloze: bool, text: str, ordinals: tuple[int, ...]) -> Path:
    model = genanki.Model(
        1_600_000_001,
        "T",
        fields=[{"name": "F"}, {"name": "G"}],
        templates=[{"name": "C", "qfmt": front, "afmt": "{{F}}"}],
        model_type=genanki.Model.CLOZE if cloze else genanki.Model.FRONT_BACK,
    )

    class Note(genanki.Note):
        @property
        def cards(self) -> list[genanki.Card]:
            return [genanki.Card(ordinal) for ordinal in ordinals]

    deck = genanki.Deck(1_600_000_002, "Deck")
    deck.add_note(Note(model, [text, ""], guid="guid"))
    path = folder / "deck.apkg"
    genanki.Package(deck).write_to_file(str(path))
    return path


@pytest.mark.parametrize("which", CARDLESS)
def test_check_database_gives_every_note_a_card(which: str, tmp_path: Path) -> None:
    """Whatever its type and fields: a package cannot bring a note that stays without one.

    So a retired note, which is sent without cards, gets one in the deck Default when somebody who never had it
    runs Check Database. If this ever fails, Anki has found a way, and deckgen can take it.
    """
    with collection() as col:
        import_package(col, package(tmp_path, *CARDLESS[which]))
        assert len(col.find_notes("")) == 1
        col.fix_integrity()
        (card,) = (col.get_card(card_id) for card_id in col.find_cards(""))
        assert card.ord == 0
        assert card.queue == 0


def test_suspension_is_not_imported(tmp_path: Path) -> None:
    """Nor can a card come in suspended, or buried: it begins as a new one."""
    import sqlite3
    import zipfile

    path = package(tmp_path, "{{F}}", cloze=False, text="text", ordinals=(0,))
    with zipfile.ZipFile(path) as file:
        members = {name: file.read(name) for name in file.namelist()}
    database = tmp_path / "collection.anki2"
    database.write_bytes(members["collection.anki2"])
    with sqlite3.connect(database) as db:
        db.execute("UPDATE cards SET queue = -1")
    members["collection.anki2"] = database.read_bytes()
    with zipfile.ZipFile(path, "w") as file:
        for name, content in members.items():
            file.writestr(name, content)
    with collection() as col:
        import_package(col, path)
        (card,) = (col.get_card(card_id) for card_id in col.find_cards(""))
        assert card.queue == 0
