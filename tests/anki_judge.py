"""Anki's own library as a judge: a throw-away collection to render in and to import into."""

from __future__ import annotations

import json
import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("anki")

from anki.collection import Collection

from anki import import_export_pb2 as ie


@contextmanager
def collection() -> Iterator[Collection]:
    """Open a new, empty collection in a folder of its own."""
    with tempfile.TemporaryDirectory() as folder:
        col = Collection(str(Path(folder) / "collection.anki2"))
        try:
            yield col
        finally:
            col.close()


def note_type(col: Collection, name: str, fields: list[str], *fronts: str, back: str, cloze: bool) -> Any:
    """Make a note type with a template for each front, not yet added to the collection."""
    models = col.models
    made = models.new(name)
    made["type"] = 1 if cloze else 0
    for field in fields:
        models.add_field(made, models.new_field(field))
    for number, front in enumerate(fronts, 1):
        template = models.new_template(f"Card {number}")
        template["qfmt"], template["afmt"] = front, back
        models.add_template(made, template)
    return made


def add_note(col: Collection, made: Any, values: list[str], deck: str = "Default") -> list[int]:
    """Add a note as the editor would and return the ordinals of the cards that Anki made."""
    note = col.new_note(made)
    note.fields = values
    col.add_note(note, col.decks.id(deck))
    return sorted(card.ord for card in note.cards())


def render_uncommitted(
    col: Collection, made: Any, values: list[str], front: str, back: str, ordinal: int
) -> tuple[str, str, bool]:
    """Render a note with any template text, saved or not; raises what Anki raises."""
    note = col.new_note(made)
    note.fields = values
    template = {**made["tmpls"][0], "qfmt": front, "afmt": back}
    done = col._backend.render_uncommitted_card_legacy(
        note=note._to_backend_note(),
        card_ord=ordinal,
        template=json.dumps(template).encode(),
        fill_empty=False,
        partial_render=False,
    )
    text = lambda nodes: "".join(node.text for node in nodes)  # noqa: E731
    return text(done.question_nodes), text(done.answer_nodes), done.is_empty


def render_card(col: Collection, card_id: int) -> tuple[str, str, bool]:
    """Render a card of the collection."""
    done = col._backend.render_existing_card(card_id=card_id, browser=False, partial_render=False)
    text = lambda nodes: "".join(node.text for node in nodes)  # noqa: E731
    return text(done.question_nodes), text(done.answer_nodes), done.is_empty


def import_package(col: Collection, package: Path) -> Any:
    """Import with the default options; the log tells new, updated, duplicate and conflicting notes."""
    request = ie.ImportAnkiPackageRequest(package_path=str(package), options=ie.ImportAnkiPackageOptions())
    return col.import_anki_package(request).log


def without_hint_ids(html: str) -> str:
    """Replace the ids of `{{hint:…}}`, which Anki hashes otherwise than we do."""
    return re.sub(r"hint[0-9a-f]{16}", "hint", html)
