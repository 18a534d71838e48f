"""A folder as CrowdAnki exports it, made of a collection: what it keeps and what it leaves out."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import NAMESPACE_URL, uuid5

if TYPE_CHECKING:
    from anki.collection import Collection

#: `export_filter_set` of CrowdAnki's `json_serializable.py` and `note_model.py`.
_LEFT_OUT = ("id", "mod", "usn", "did", "tags")


def export(col: Collection, deck: str, folder: Path) -> Path:
    """Write a deck with those in it and their media."""
    used: dict[int, Any] = {}
    made = _deck(col, deck, used)
    made["note_models"] = [
        {key: value for key, value in model.items() if key not in _LEFT_OUT}
        | {"__type__": "NoteModel", "crowdanki_uuid": uuid(id_)}
        for id_, model in used.items()
    ]
    for model in made["note_models"]:
        for part in (*model["flds"], *model["tmpls"]):
            part.pop("id", None)
            part.pop("did", None)
    made["deck_configurations"] = [
        {"__type__": "DeckConfig", "crowdanki_uuid": "x", "name": "Default", "new": {"perDay": 20}}
    ]
    media = folder / "media"
    media.mkdir(parents=True)
    for name in made["media_files"]:
        shutil.copy(Path(col.media.dir()) / name, media / name)
    (folder / "deck.json").write_text(json.dumps(made, ensure_ascii=False, indent=4), encoding="utf-8")
    return folder


def uuid(number: int) -> str:
    return str(uuid5(NAMESPACE_URL, str(number)))


def _deck(col: Collection, name: str, used: dict[int, Any]) -> dict[str, Any]:
    id_ = col.decks.id_for_name(name)
    assert id_ is not None
    # A filtered deck is no deck of its own to CrowdAnki: its cards are counted at home.
    nids = sorted(
        set(col.db.list(f"SELECT nid FROM cards WHERE (CASE WHEN odid THEN odid ELSE did END) = {id_}"))
    )
    notes, files = [], set()
    for nid in nids:
        note = col.get_note(nid)
        used[note.mid] = col.models.get(note.mid)
        files |= {
            file
            for file in col.media.files_in_str(note.mid, "".join(note.fields))
            if (Path(col.media.dir()) / file).exists()
        }
        notes.append(
            {
                "__type__": "Note",
                "data": "",
                "fields": note.fields,
                "flags": 0,
                "guid": note.guid,
                "note_model_uuid": uuid(note.mid),
                "tags": note.tags,
            }
        )
    children = [
        each.name
        for each in col.decks.all_names_and_ids()
        if each.name.startswith(f"{name}::") and "::" not in each.name[len(name) + 2 :]
    ]
    parts = [_deck(col, child, used) for child in children]
    deck = col.decks.get(id_)
    return {
        "__type__": "Deck", "children": parts, "crowdanki_uuid": uuid(id_), "deck_config_uuid": "x",
        "desc": deck.get("desc", ""), "dyn": 0, "media_files": sorted(files | {file for part in parts for file in part["media_files"]}),
        "name": name.rpartition("::")[2], "notes": notes,
    }  # fmt: skip
