"""The JSON of note types, as packages have them up to Anki's schema 14, and CrowdAnki too."""

from __future__ import annotations

from typing import Annotated, Any
from unicodedata import normalize

import msgspec

from deckgen.adopted import AdoptedField, AdoptedTemplate, AdoptedType

#: As SQLite and protobuf have them; JSON has any.
Number = Annotated[int, msgspec.Meta(ge=-(2**63), le=2**63 - 1)]
_CLOZE = 1


class FieldJson(msgspec.Struct, rename="camel"):
    """A field: what `AdoptedField` has."""

    name: str
    id: Number | None = None
    font: str = "Arial"
    size: Number = 20
    rtl: bool = False
    sticky: bool = False
    description: str = ""
    plain_text: bool = False
    collapsed: bool = False
    exclude_from_search: bool = False
    tag: Number | None = None
    prevent_deletion: bool = False


class TemplateJson(msgspec.Struct):
    """A template of a card."""

    name: str
    qfmt: str
    afmt: str = ""
    id: Number | None = None
    bqfmt: str = ""
    bafmt: str = ""
    bfont: str = ""
    bsize: Number = 0
    did: Number | None = None


class TypeJson(msgspec.Struct, rename="camel"):
    """A note type."""

    name: str
    flds: tuple[FieldJson, ...]
    tmpls: tuple[TemplateJson, ...]
    type: Number = 0
    #: Some programs write the clock as it is.
    mod: Annotated[float, msgspec.Meta(ge=0, lt=2**53)] = 0
    css: str = ""
    sortf: Number = 0
    latex_pre: str = ""
    latex_post: str = ""
    latexsvg: bool = False
    original_stock_kind: Number | None = None


def adopted_of(id_: int, found: TypeJson) -> AdoptedType:
    """Return what the JSON of a note type says besides texts and its stamp.

    Raises:
        ValueError: if Anki could not have such a type.
    """
    return AdoptedType(
        id=id_,
        fields=tuple(map(_field, found.flds)),
        templates=tuple(map(_template, found.tmpls)),
        sort_field=found.sortf if 0 <= found.sortf < len(found.flds) else 0,
        latex_pre=found.latex_pre,
        latex_post=found.latex_post,
        latex_svg=found.latexsvg,
        cloze=found.type == _CLOZE,
        stock_kind=found.original_stock_kind or None,
    )


def json_of_field(field: AdoptedField) -> dict[str, Any]:
    """Return the JSON of a field."""
    made: dict[str, Any] = msgspec.to_builtins(FieldJson(**msgspec.structs.asdict(field)))
    return {key: value for key, value in made.items() if value is not None}


def _field(found: FieldJson) -> AdoptedField:
    values = msgspec.structs.asdict(found)
    return AdoptedField(**values | {"name": normalize("NFC", found.name), "id": found.id or None})


def _template(found: TemplateJson) -> AdoptedTemplate:
    return AdoptedTemplate(
        name=normalize("NFC", found.name),
        id=found.id or None,
        browser_front=found.bqfmt,
        browser_back=found.bafmt,
        browser_font=found.bfont,
        browser_size=found.bsize,
    )
