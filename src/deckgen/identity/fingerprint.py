"""GUIDs and hashes: promises to learners, so none of these functions may ever change."""

from __future__ import annotations

import re
from base64 import urlsafe_b64encode
from hashlib import blake2b, sha256
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

#: A GUID: 96 bits, safe in XML, JSON, TSV and URLs.
GUID_PATTERN = re.compile(r"[A-Za-z0-9_-]{16}")
#: A hash in a lock: 96 bits in hexadecimal.
HASH_PATTERN = re.compile(r"[0-9a-f]{24}")

#: Part of every id of a note type. Another schema of a kind would be another note type, for new notes only.
SCHEMA = 1
_GUID_BYTES = 12
_HASH_BYTES = 12
#: Ids of note types have 53 bits, the highest of them set: what reads JSON as JavaScript does keeps them exactly.
_ID_BITS = 52


def guid(project_id: str, item_id: str) -> str:
    """Derive a note's GUID from permanent ids only.

    The project's id is preceded by its length, so that no two pairs of ids make the same text.
    Anki matches notes by GUID alone, in the whole collection, case-sensitively.
    """
    named = f"deckgen guid 1:{len(project_id)}:{project_id}:{item_id}"
    return urlsafe_b64encode(sha256(named.encode()).digest()[:_GUID_BYTES]).decode("ascii")


def html_hash(note_type: str, fields: Iterable[str], tags: Iterable[str]) -> str:
    """Return a hash of what an update of a note replaces: the HTML of its fields, and its tags, with its note type.

    It excludes the deck, which Anki never changes on an existing card, and the templates, which have
    their own stamp. The order and repetition of tags do not count, as in Anki.
    """
    parts = (note_type, *fields)
    labels = sorted(set(tags))
    # All lengths first: without them, text could move from one field to the next unnoticed.
    lengths = f"{','.join([str(len(part)) for part in parts])};{','.join([str(len(tag)) for tag in labels])};"
    return hash_bytes("".join((lengths, *parts, *labels)).encode())


def hash_bytes(content: bytes) -> str:
    """Return the hash of some bytes as it is written in a lock."""
    return blake2b(content, digest_size=_HASH_BYTES).hexdigest()


def note_type_id(project_id: str, kind: str) -> int:
    """Return the id of a project's note type; projects never share one."""
    return derived_id("note type", project_id, kind)


def derived_id(*names: str) -> int:
    """Derive the id of a part of a note type from names that never change.

    Each is preceded by its length, so that none runs into another.
    """
    text = f"deckgen anki {SCHEMA}" + "".join(f":{len(name)}:{name}" for name in names)
    return (1 << _ID_BITS) + (int.from_bytes(sha256(text.encode()).digest()[:8], "big") >> (64 - _ID_BITS))
