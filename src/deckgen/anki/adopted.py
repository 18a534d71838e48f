"""Note types that were made elsewhere: Anki gets them as they are, and takes them for those that learners have."""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING, Any
from unicodedata import normalize

from deckgen.anki.kind import Kind
from deckgen.anki.kinds.cloze import with_gaps
from deckgen.anki.media import SOUND
from deckgen.anki.note_type import CardTemplate, Field, NoteType
from deckgen.anki.spares import gated
from deckgen.core import Html
from deckgen.patterns import lazy_pattern
from deckgen.text.characters import clean
from deckgen.text.clean_field import is_strict
from deckgen.text.escape import escape_attribute, escape_text
from deckgen.text.links import local_path
from deckgen.text.sanitize import removals, sanitize
from deckgen.text.sound import alone

if TYPE_CHECKING:
    from deckgen.adopted import AdoptedType
    from deckgen.anki.field_writer import FieldWriter
    from deckgen.anki.type_renderer import TypeRenderer
    from deckgen.core import Note, Text
    from deckgen.core import NoteType as Made

#: The address of a picture of the project.
_PICTURE = lazy_pattern(r'(<img\b[^>]*?\ssrc=")(?!data:)([^"]*)')


def kind_of(made: Made, adopted: AdoptedType) -> Kind:
    """Return what the notes of an adopted type are: they have its fields, and nothing else."""
    return Kind(
        name=made.kind,
        own=tuple(field.name for field in adopted.fields),
        cards=(),
        tasks=(),
        cloze=adopted.cloze,
        write=_write,
        tail=(),
        type_id=adopted.id,
    )


def _write(item: Note, writer: FieldWriter) -> tuple[str, ...]:
    """Write the fields: a text of one paragraph without its tags, a sound as Anki's editor writes it."""
    values = [_field(value, writer) if value else "" for value in item.values]
    return tuple([with_gaps(html, item.gaps, writer) for html in values] if item.gaps else values)


def _as_written(html: str, writer: FieldWriter) -> str | None:
    """Return HTML that needs no cleaning as it is, with the names of its pictures; None if it needs some."""
    if "<" not in html and "&" not in html:
        return None
    if clean(html) != html or not is_strict(html) or removals(html):
        return None
    if sanitize(html, str).count("<") != html.count("<"):
        # Something is not closed.
        return None
    known = True

    def named(found: re.Match[str]) -> str:
        nonlocal known
        name = writer.media(local_path(unescape(found[2])) or "")
        known = known and name is not None
        return f"{found[1]}{escape_attribute(name or '')}"

    made = _PICTURE.sub(named, html)
    return normalize("NFC", made) if known else None


def _field(value: Text, writer: FieldWriter) -> str:
    if not isinstance(value, Html):
        return alone(writer.inline(value))

    def sound(found: re.Match[str]) -> str:
        # Learners keep the old file by its name: another one has another name.
        name = unescape(found[1])
        return f"[sound:{escape_text(writer.media(f'media/{name}') or name)}]"

    html = _as_written(value.html, writer) or writer.inline(value)
    return SOUND.sub(sound, html) if "[sound:" in html else html


def adopted_type(made: Made, adopted: AdoptedType, renderer: TypeRenderer) -> NoteType:
    """Return an adopted note type with the templates of the project, which are all that its cards show.

    A card of its companion without templates shows its Markdown.

    Raises:
        jinja2.TemplateError: A template of the project is wrong, or missing.
    """
    from deckgen.anki.own import FOLDER, schema_of

    folder = f"{FOLDER}/{made.written}"
    sides = [_sides(place, made, adopted, folder, renderer) for place in range(len(made.cards))]
    return NoteType(
        id=adopted.id,
        kind=made.kind,
        name=made.title,
        fields=tuple(Field(field.name, field.id) for field in adopted.fields),
        templates=tuple(
            CardTemplate(template.name, template.id, front, back, deck=card.deck if card else "")
            for template, card, (front, back) in zip(adopted.templates, made.cards, sides, strict=True)
        ),
        style=renderer.text(f"{folder}/style.css"),
        cloze=adopted.cloze,
        sort=adopted.sort_field,
        schema=schema_of(made),
        adopted=adopted,
    )


def _sides(
    place: int, made: Made, adopted: AdoptedType, folder: str, renderer: TypeRenderer
) -> tuple[str, str]:
    """Return the front and the back of a card."""
    from deckgen.anki.own import SideWriter

    card = made.cards[place]
    names = [field.name for field in adopted.fields]
    if card is None:
        # Never filled and empty at once; and Anki takes no two equal fronts.
        front = (
            f"{gated(f'{{{{^{names[0]}}}}}{{{{{names[0]}}}}}{{{{/{names[0]}}}}}', names[:1])}<!--{place}-->"
        )
        return front, front
    front, back = (f"{folder}/{card.id}/{side}.html" for side in ("front", "back"))
    if made.name == made.written or renderer.templates.texts.keys() & {front, back}:
        return renderer.text(front), renderer.text(back)
    writer = SideWriter(made)
    return (
        gated(writer.text(card.front), writer.names(card.needs)),
        f"{{{{FrontSide}}}}\n\n<hr id=answer>\n\n{writer.text(card.back)}",
    )


def json_of(adopted: AdoptedType, made: dict[str, Any]) -> dict[str, Any]:
    """Return the JSON of an adopted note type; `made` is what genanki makes of it, with keys that Anki has no more."""
    from deckgen.anki.type_json import json_of_field

    fields = [
        {key: value for key, value in made_field.items() if key != "media"} | json_of_field(field)
        for made_field, field in zip(made["flds"], adopted.fields, strict=True)
    ]
    templates = [
        made_template
        | {
            "bqfmt": template.browser_front,
            "bafmt": template.browser_back,
            "bfont": template.browser_font,
            "bsize": template.browser_size,
        }
        for made_template, template in zip(made["tmpls"], adopted.templates, strict=True)
    ]
    kept = {key: value for key, value in made.items() if key not in ("vers", "tags")}
    if adopted.stock_kind is not None:
        kept["originalStockKind"] = adopted.stock_kind
    return kept | {
        "did": None,
        "flds": fields,
        "tmpls": templates,
        "latexPre": adopted.latex_pre,
        "latexPost": adopted.latex_post,
        "latexsvg": adopted.latex_svg,
    }
