"""The layout of packages is genanki's, whether it was kept or not."""

from __future__ import annotations

import sys
from pathlib import Path

import msgspec
import pytest

from anki_samples import course
from deckgen import result_cache
from deckgen.anki.layout import Layout, StampedType, layout_of
from deckgen.anki.notetypes import note_types
from deckgen.engine.store import Store
from deckgen.templating.own import templates_of

TEMPLATES = templates_of({})
TYPES = [StampedType(each, 1_700_000_000) for each in note_types(course().project, TEMPLATES)]
DECKS = {"Networks": "About networks.", "Networks::Ports": ""}


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep results in a folder of this test."""
    monkeypatch.setattr(result_cache, "_caches", [])
    result_cache.use_cache(Store(tmp_path, "test"))


def without_genanki(monkeypatch: pytest.MonkeyPatch) -> Layout:
    """Return the layout where genanki cannot be loaded."""
    monkeypatch.setitem(sys.modules, "deckgen.anki.genanki_layout", None)
    return layout_of(TYPES, DECKS, "course")


def test_what_was_kept_is_what_genanki_gives(monkeypatch: pytest.MonkeyPatch) -> None:
    """The second time genanki is not even loaded."""
    made = layout_of(TYPES, DECKS, "course")
    assert made == layout_of(TYPES, DECKS)
    assert without_genanki(monkeypatch) == made


def test_what_changed_is_laid_out_anew() -> None:
    """Another stamp, template, order or description of decks is another layout, under the same name too."""
    made = layout_of(TYPES, DECKS, "course")
    first, *rest = TYPES
    style = msgspec.structs.replace(first.note_type, style="b { color: red }")
    for types, decks in (
        ([StampedType(first.note_type, first.mod + 1), *rest], DECKS),
        ([StampedType(style, first.mod), *rest], DECKS),
        (TYPES[1:], DECKS),
        (TYPES, DECKS | {"Networks": "About other networks."}),
        (TYPES, dict(reversed(DECKS.items()))),
    ):
        found = layout_of(types, decks, "course")
        assert found == layout_of(types, decks)
        assert found != made


def test_a_damaged_cache_does_not_matter(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Bytes that are no layout are made again."""
    made = layout_of(TYPES, DECKS, "course")
    for path in tmp_path.iterdir():
        path.write_bytes(b"")
    assert layout_of(TYPES, DECKS, "course") == made
    result_cache.keep("layout of course", b"\x93\x01")
    assert layout_of(TYPES, DECKS, "course") == made
    assert without_genanki(monkeypatch) == made
