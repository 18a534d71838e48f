"""The JSON of a note type says all that its record does."""

from __future__ import annotations

import msgspec

from deckgen.adopted import AdoptedField, AdoptedTemplate, AdoptedType
from deckgen.anki.adopted import json_of
from deckgen.anki.type_json import TypeJson, adopted_of

FIELD = AdoptedField(
    name="Front",
    id=7,
    font="Georgia",
    size=31,
    rtl=True,
    sticky=True,
    description="What is asked.",
    plain_text=True,
    collapsed=True,
    exclude_from_search=True,
    tag=3,
    prevent_deletion=True,
)
TEMPLATE = AdoptedTemplate(
    name="Card 1", id=8, browser_front="F", browser_back="B", browser_font="Arial", browser_size=12
)
TYPE = AdoptedType(
    id=9,
    fields=(AdoptedField(name="Id"), FIELD),
    templates=(TEMPLATE,),
    sort_field=1,
    latex_pre="pre",
    latex_post="post",
    latex_svg=True,
    cloze=True,
    stock_kind=6,
)


def test_a_note_type_is_in_its_json_with_all_that_it_has() -> None:
    """No value of the type, its fields or its templates, all of them other than Anki's own, is lost on the way."""
    for part in (FIELD, TEMPLATE, TYPE):
        assert all(
            getattr(part, each.name) != each.default
            for each in msgspec.structs.fields(type(part))
            if not each.required
        )
    made = {
        "name": "Basic", "type": 1, "sortf": 1, "css": "", "vers": [], "tags": [],
        "flds": [{"name": "Id", "media": []}, {"name": "Front", "id": 7, "media": []}],
        "tmpls": [{"name": "Card 1", "id": 8, "qfmt": "{{Front}}", "afmt": ""}],
    }  # fmt: skip
    raw = msgspec.json.encode(json_of(TYPE, made))
    assert adopted_of(9, msgspec.json.decode(raw, type=TypeJson)) == TYPE
