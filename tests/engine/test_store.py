"""A store gives what was put, or nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from deckgen.engine.store import Store


def test_what_was_put_is_there_for_the_next_build(tmp_path: Path) -> None:
    """For the same tool only: another deckgen may mean something else by the same name."""
    Store(tmp_path, "1").put("notes of a", b"content")
    assert Store(tmp_path, "1").get("notes of a") == b"content"
    assert Store(tmp_path, "1").get("notes of b") is None
    assert Store(tmp_path, "2").get("notes of a") is None
    assert Store(tmp_path, "1", empty=True).get("notes of a") is None


@pytest.mark.parametrize("damage", [b"", b"x", b"\0" * 16, b"\0" * 400])
def test_damage_is_noticed(tmp_path: Path, damage: bytes) -> None:
    """Whatever stands in the file, it is what was put or nothing."""
    Store(tmp_path, "1").put("a", b"content" * 50)
    (file,) = tmp_path.iterdir()
    file.write_bytes(file.read_bytes()[:300] + damage if damage else damage)
    assert Store(tmp_path, "1").get("a") is None


def test_what_nobody_asks_for_goes(tmp_path: Path) -> None:
    """The store holds what the last build used."""
    Store(tmp_path, "1").put("old", b"o")
    store = Store(tmp_path, "1")
    store.put("new", b"n")
    store.sweep()
    assert Store(tmp_path, "1").get("old") is None
    assert Store(tmp_path, "1").get("new") == b"n"


def test_a_look_leaves_the_folder_as_it_is(tmp_path: Path) -> None:
    """A store that does not last reads what is there and writes nothing."""
    Store(tmp_path, "1").put("a", b"a")
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    store = Store(tmp_path, "1", lasting=False)
    store.put("b", b"b")
    assert (store.get("a"), store.get("b")) == (b"a", b"b")
    store.sweep()
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before


def test_a_blob_in_the_place_of_another_counts_as_missing(tmp_path: Path) -> None:
    """As a damaged disk or somebody who copies files leaves it: nothing is read as what it is not."""
    store = Store(tmp_path, "1")
    store.put("a", b"of a")
    [path] = tmp_path.iterdir()
    store.put("b", b"of b")
    [other] = set(tmp_path.iterdir()) - {path}
    other.write_bytes(path.read_bytes())
    assert (store.get("a"), store.get("b")) == (b"of a", None)


def test_what_cannot_be_written_is_named(tmp_path: Path) -> None:
    """The file that is meant, and not the one beside it that would have become it."""
    Store(tmp_path, "1").put("a", b"a")
    [path] = tmp_path.iterdir()
    path.unlink()
    path.mkdir()
    with pytest.raises(OSError, match=path.name) as raised:
        Store(tmp_path, "1").put("a", b"a")
    assert raised.value.filename == str(path)
    assert [*tmp_path.iterdir()] == [path]
