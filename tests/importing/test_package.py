"""Packages in every layout are read as Anki's own library reads them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from deckgen.importing.collection import Collection, Type
from deckgen.importing.package import read_package
from importing.decks import MEDIA, PNG, apkg, full_collection

if TYPE_CHECKING:
    from anki.collection import Collection as AnkiCollection


@pytest.fixture(scope="module")
def full() -> Iterator[AnkiCollection]:
    with full_collection() as col:
        yield col


def packages(col: AnkiCollection, folder: Path) -> Iterator[tuple[Path, bool]]:
    """Export the collection in every way, each with whether it says where cards of filtered decks come from."""
    for legacy in (False, True):
        for scheduling in (False, True):
            path = folder / f"{'legacy' if legacy else 'latest'} {scheduling}.apkg"
            yield apkg(col, path, legacy=legacy, scheduling=scheduling), scheduling
        path = folder / f"{'legacy' if legacy else 'latest'}.colpkg"
        col.export_collection_package(str(path), include_media=True, legacy=legacy)
        col.reopen()
        yield path, True


def as_anki_has_it(found: Type, decks: dict[int, str]) -> dict[str, Any]:
    """Return a type as the JSON of Anki, without what it computes."""
    by_name = {name: id_ for id_, name in decks.items()}
    return {
        "id": found.id, "name": found.name, "type": int(found.cloze), "mod": found.mod, "css": found.css, "sortf": found.sort_field,
        "latexPre": found.latex_pre, "latexPost": found.latex_post, "latexsvg": found.latex_svg,
        "originalStockKind": found.stock_kind,
        "flds": [
            {"name": each.name, "id": each.id, "font": each.font, "size": each.size, "rtl": each.rtl, "sticky": each.sticky, "description": each.description,
             "plainText": each.plain_text, "collapsed": each.collapsed, "excludeFromSearch": each.exclude_from_search, "tag": each.tag, "preventDeletion": each.prevent_deletion}
            for each in found.fields
        ],
        "tmpls": [
            {"name": each.name, "qfmt": each.front, "afmt": each.back, "id": each.id, "bqfmt": each.browser_front, "bafmt": each.browser_back,
             "bfont": each.browser_font, "bsize": each.browser_size, "did": by_name.get(each.deck)}
            for each in found.templates
        ],
    }  # fmt: skip


def picked(model: dict[str, Any], like: dict[str, Any]) -> dict[str, Any]:
    """Return the keys of Anki's JSON that another has too."""
    found = {key: model.get(key) for key in like}
    for parts in ("flds", "tmpls"):
        found[parts] = [{key: part.get(key) for key in like[parts][0]} for part in model[parts]]
    return found


def compare(col: AnkiCollection, found: Collection, *, knows_homes: bool) -> None:
    """Assert that what was read is what Anki's library says of the same collection."""
    decks = {each.id: each.name for each in col.decks.all_names_and_ids()}
    assert sorted(note.id for note in found.notes) == sorted(col.find_notes(""))
    for note in found.notes:
        theirs = col.get_note(note.id)
        personal = {"leech", "marked"}
        assert (note.guid, note.mod, note.type_id) == (theirs.guid, theirs.mod, theirs.mid)
        assert list(note.fields) == theirs.fields
        assert set(note.tags) == {tag for tag in theirs.tags if tag.lower() not in personal}
        cards = [
            (card.ord, decks[card.odid if card.odid and knows_homes else card.did]) for card in theirs.cards()
        ]
        assert list(note.cards) == sorted(cards)
    used = {note.type_id for note in found.notes}
    assert {each.id for each in found.types} == used
    for each in found.types:
        ours = as_anki_has_it(each, decks)
        assert ours == picked(col.models.get(each.id), ours)
    about = {deck.name: deck.description for deck in found.decks}
    assert about["Geo"] == "<b>About</b> it"
    assert list(about) == sorted(about)
    assert "Geo::日本" in about
    assert list(found.unknown) == ["note type Länder"]
    for name in MEDIA[:4]:
        content = found.media[name].read()
        assert content == PNG + name.encode()
        assert found.media[name].size == len(content)
        assert found.media[name].sha1 in ("", hashlib.sha1(content).hexdigest())  # noqa: S324 -- as Anki has it


def test_every_layout_is_read_as_anki_reads_it(full: AnkiCollection, tmp_path: Path) -> None:
    """Notes, types, decks, cards and media of all stock types, Image Occlusion and own types equal Anki's own."""
    orders = set()
    for path, knows_homes in packages(full, tmp_path):
        found = read_package(path)
        compare(full, found, knows_homes=knows_homes)
        assert found.title == path.stem
        assert {loss.what for loss in found.losses} <= {"a file that the package lists and does not have"}
        if knows_homes:
            orders.add(tuple(note.id for note in found.notes))
    assert len(orders) == 1


def test_notes_come_in_the_order_in_which_they_are_learned(full: AnkiCollection, tmp_path: Path) -> None:
    """New notes come by the place of their first card, which `reposition` has shuffled."""
    found = read_package(apkg(full, tmp_path / "order.apkg"))
    places = []
    for note in found.notes:
        cards = full.get_note(note.id).cards()
        if all(card.type == 0 for card in cards):
            places.append(min(card.odue if card.odid else card.due for card in cards))
    assert places == sorted(places)
    assert [note.id for note in found.notes] != sorted(note.id for note in found.notes)
