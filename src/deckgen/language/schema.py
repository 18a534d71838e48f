"""JSON Schemas of the files that authors write, for editors."""

import json
from typing import Any

import msgspec

from deckgen.language.cards import ROW_KINDS, CardsFile
from deckgen.language.gathered import GATHERED
from deckgen.language.project import Project
from deckgen.tables.encoding import NAMES

#: The schemas by the name of the file they are written to.
KINDS = {"cards": CardsFile, "project": Project}


def schema(kind: str) -> dict[str, Any]:
    """Return the JSON Schema (draft 2020-12) of `cards` or `project`."""
    root = msgspec.json.schema(KINDS[kind])
    definitions = root.get("$defs", {})
    for table, under in GATHERED.items():
        if table.__name__ in definitions:
            _open(definitions[table.__name__], under)
    if "Table" in definitions:
        _name_kinds(definitions["Table"])
    for definition in [root, *definitions.values()]:
        _drop_defaults(definition)
        _widen_tuples(definition)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": f"deckgen {kind}", **root}


def schema_text(kind: str) -> str:
    """Return the schema as it is written to a file."""
    return json.dumps(schema(kind), indent=2, ensure_ascii=False, sort_keys=False) + "\n"


def _open(table: dict[str, Any], under: str) -> None:
    """Allow the author's own keys in the table itself, as in TOML: the cells of a row, by concept."""
    own = table["properties"].pop(under)
    table["required"] = [key for key in table["required"] if key != under]
    table["additionalProperties"] = own["additionalProperties"]


def _name_kinds(table: dict[str, Any]) -> None:
    """Name what rows may become, and the encodings; any other key is one of the items'."""
    table["properties"]["as"]["enum"] = list(ROW_KINDS)
    table["properties"]["encoding"]["enum"] = list(NAMES)
    # Without this word tombi takes other keys for mistakes.
    table["additionalProperties"] = True


def _drop_defaults(definition: dict[str, Any]) -> None:
    """Drop defaults: an editor would offer to write them, and they are what a missing key means."""
    for described in definition.get("properties", {}).values():
        described.pop("default", None)


def _widen_tuples(part: Any) -> None:
    """Say of arrays of a fixed length what all servers of editors read: not `prefixItems` with `items: false`.

    All arrays of the language have entries of one type.
    """
    if isinstance(part, list):
        for each in part:
            _widen_tuples(each)
    elif isinstance(part, dict):
        if part.get("items") is False and (entries := part.pop("prefixItems", None)):
            part["items"] = (
                entries[0] if all(entry == entries[0] for entry in entries) else {"anyOf": entries}
            )
            part["minItems"] = part["maxItems"] = len(entries)
        for each in part.values():
            _widen_tuples(each)
