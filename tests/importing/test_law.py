"""The law of an import: what was taken over and built again changes nothing for those who have the deck."""

from __future__ import annotations

import random
from pathlib import Path
from typing import TYPE_CHECKING

import genanki
import pytest

from anki_judge import render_card
from deckgen.core.text import Html
from deckgen.importing.normal import Change, normal
from deckgen.importing.package import read_package
from deckgen.importing.reading import read
from deckgen.importing.simplify import styled_in
from importing import crowdanki_folder
from importing.decks import PNG, apkg, full_collection
from importing.taking import Taken, counts, history, learner, newcomer, take
from importing.test_values import random_field

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from anki.collection import Collection as AnkiCollection


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    with full_collection() as col:
        yield apkg(col, tmp_path_factory.mktemp("law") / "full.apkg")


@pytest.fixture(scope="module")
def taken(package: Path, tmp_path_factory: pytest.TempPathFactory) -> Taken:
    return take(package, tmp_path_factory.mktemp("law") / "project")


def test_changes_nothing_for_learners(package: Path, taken: Taken) -> None:
    """All stock types, Image Occlusion, and types of one's own: 0 new, 0 updated, 0 conflicting, no review lost."""
    assert taken.written.differences == ()
    packages = taken.build()
    with learner(package) as col:
        before = history(col)
        assert len(before["reviews"]) == len(before["cards"])
        assert counts(col, packages) == (0, 0, 0)
        assert history(col) == before


def test_gives_newcomers_the_deck(package: Path, taken: Taken) -> None:
    """In an empty collection every field is equal by its normal form, but for what the plan names."""
    source = read_package(package)
    packages = taken.build()
    with newcomer(packages) as col, newcomer([package]) as theirs:
        query = "SELECT guid, mid, tags, flds FROM notes"
        ours = {guid: rest for guid, *rest in col.db.all(query)}
        styled = {each.id: styled_in(each.css) for each in source.types}
        assert len(ours) == len(source.notes)
        for each in taken.plan.notes:
            note = source.notes[each.index]
            mid, tags, fields = ours[note.guid]
            assert {*tags.split()} == {*note.tags}
            for value, came, made in zip(each.values, note.fields, fields.split("\x1f"), strict=True):
                if came == made or (isinstance(value, Html) and each.lost):
                    continue
                was = normal(came, styled[note.type_id])
                is_ = normal(made, styled[note.type_id])
                if was is None:
                    assert Change.REPAIRED in taken.plan.changes
                    continue
                assert is_ is not None
                assert was.tokens == is_.tokens, (came, made)
            del mid
        query = "SELECT n.guid, c.ord, c.id FROM cards c JOIN notes n ON n.id = c.nid"
        made = {(guid, ordinal) for guid, ordinal, _ in col.db.all(query)}
        came = {(guid, ordinal): cid for guid, ordinal, cid in theirs.db.all(query)}
        assert made <= came.keys()
        assert all(render_card(theirs, came[card])[2] for card in came.keys() - made), "none but blank ones"
        files = [sorted(path.name for path in Path(each.media.dir()).iterdir()) for each in (col, theirs)]
        assert files[0] == files[1]


def test_an_edit_reaches_its_note_alone(package: Path, tmp_path: Path) -> None:
    """One corrected fact is one updated note; the rest, and every review, stays."""
    taken = take(package, tmp_path / "project")
    file = taken.find('"1 plain"')
    taken.replace(file, '"1 plain"', '"1 corrected"')
    with learner(package) as col:
        before = history(col)
        assert counts(col, taken.build(purpose="release")) == (0, 1, 0)
        assert history(col) == before
        assert col.find_notes('"1 corrected"')


def test_holds_for_random_decks(tmp_path: Path) -> None:
    """It holds for decks of genanki, which have no ids of fields, with any HTML, names and GUIDs; ten of them."""
    chance = random.Random(150)
    for number in range(10):
        path = _random_deck(chance, tmp_path / f"{number}.apkg")
        taken = take(path, tmp_path / str(number))
        assert taken.written.differences == ()
        with learner(path) as col:
            before = history(col)
            assert counts(col, taken.build()) == (0, 0, 0)
            assert history(col) == before


def _random_deck(chance: random.Random, path: Path) -> Path:
    names = chance.sample(_FIELDS, chance.randint(2, 5))
    model = genanki.Model(
        chance.randrange(1 << 30, 1 << 31),
        chance.choice(_NAMES),
        fields=[{"name": name} for name in names],
        templates=[
            {
                "name": f"{chance.choice(_NAMES)} {at}",
                "qfmt": f"{{{{{name}}}}}[[{at}]]",
                "afmt": "{{FrontSide}}",
            }
            for at, name in enumerate(names[: chance.randint(1, 3)])
        ],
        css=chance.choice(["", ".card { color: red }", "b { color: blue }", "[[ [% [#"]),
    )
    deck = genanki.Deck(chance.randrange(1 << 30, 1 << 31), chance.choice(_DECKS))
    for at in range(chance.randint(1, 40)):
        fields = [f"{at} {random_field(chance)}", *(random_field(chance) for _ in names[1:])]
        deck.add_note(
            genanki.Note(model=model, fields=fields, guid=f"{chance.choice(_NAMES)}{at}", tags=["t"])
        )
    media = [path.parent / "a.png", path.parent / "x.mp3"]
    media[0].write_bytes(PNG)
    media[1].write_bytes(b"ID3" + bytes(20))
    genanki.Package(deck, media_files=list(map(str, media))).write_to_file(path, timestamp=1_700_000_000)
    return path


_FIELDS = ["Front", "Back Extra", "hint", "id", "Nr.", "日本", "tags", "Ä/Ö", "A & B", "type", "x"]
_NAMES = ["Basic", "Länder", "漢字", "a::b", "it's", "Card 1", "%s", "<b>"]
_DECKS = ["Deck", "A::B", "日本::語", "Default", "A & B", "default::x", "aux"]


@pytest.mark.parametrize("how", ["text", "crowdanki"])
def test_holds_for_sources_that_know_no_ids(how: str, tmp_path: Path) -> None:
    """With `--types-from` a text export and a folder of CrowdAnki change nothing for learners either."""
    with full_collection() as col:
        original = apkg(col, tmp_path / "original.apkg")
        path = _SOURCES[how](col, tmp_path)
    taken = take(read([path], read_package(original)), tmp_path / "project")
    assert taken.written.differences == ()
    with learner(original) as col:
        before = history(col)
        assert counts(col, taken.build()) == (0, 0, 0)
        assert history(col) == before


def _text(col: AnkiCollection, folder: Path) -> Path:
    path = folder / "notes.txt"
    col.export_note_csv(
        out_path=str(path),
        limit=None,
        with_html=True,
        with_tags=True,
        with_deck=True,
        with_notetype=True,
        with_guid=True,
    )
    return path


_SOURCES: dict[str, Callable[[AnkiCollection, Path], Path]] = {
    "text": _text,
    "crowdanki": lambda col, folder: crowdanki_folder.export(col, "Geo", folder / "crowdanki"),
}
