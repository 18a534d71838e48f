"""Note types that were made elsewhere: Anki gets them as they are, and takes them for those that learners have."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from deckgen.anki.kind import Kind
from deckgen.anki.kinds.cloze import with_gaps
from deckgen.anki.note_type import CardTemplate, Field, NoteType
from deckgen.text.sound import alone

if TYPE_CHECKING:
    from deckgen.adopted import AdoptedType
    from deckgen.anki.field_writer import FieldWriter
    from deckgen.anki.type_renderer import TypeRenderer
    from deckgen.core import Note
    from deckgen.core import NoteType as Made


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
    values = [alone(writer.inline(value)) if value else "" for value in item.values]
    return tuple([with_gaps(html, item.gaps, writer) for html in values] if item.gaps else values)


def adopted_type(made: Made, adopted: AdoptedType, renderer: TypeRenderer) -> NoteType:
    """Return an adopted note type with the templates of the project, which are all that its cards show.

    Raises:
        jinja2.TemplateError: A template of the project is wrong, or missing.
    """
    from deckgen.anki.own import FOLDER, schema_of

    folder = f"{FOLDER}/{made.name}"
    cards = [
        (template, card)
        for template, card in zip(adopted.templates, made.cards, strict=True)
        if card is not None
    ]
    return NoteType(
        id=adopted.id,
        kind=made.kind,
        name=made.title,
        fields=tuple(Field(field.name, field.id) for field in adopted.fields),
        templates=tuple(
            CardTemplate(
                template.name,
                template.id,
                renderer.text(f"{folder}/{card.id}/front.html"),
                renderer.text(f"{folder}/{card.id}/back.html"),
                deck=card.deck,
            )
            for template, card in cards
        ),
        style=renderer.text(f"{folder}/style.css"),
        cloze=adopted.cloze,
        sort=adopted.sort_field,
        schema=schema_of(made),
        adopted=adopted,
    )


def json_of(adopted: AdoptedType, made: dict[str, Any]) -> dict[str, Any]:
    """Return the JSON of an adopted note type; `made` is what genanki makes of it."""
    fields = [
        made_field
        | {
            "font": field.font,
            "size": field.size,
            "rtl": field.rtl,
            "sticky": field.sticky,
            "description": field.description,
            "plainText": field.plain_text,
            "collapsed": field.collapsed,
            "excludeFromSearch": field.exclude_from_search,
            "preventDeletion": field.prevent_deletion,
        }
        | ({} if field.tag is None else {"tag": field.tag})
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
    more: dict[str, Any] = {} if adopted.stock_kind is None else {"originalStockKind": adopted.stock_kind}
    return (
        made
        | more
        | {
            "flds": fields,
            "tmpls": templates,
            "latexPre": adopted.latex_pre,
            "latexPost": adopted.latex_post,
            "latexsvg": adopted.latex_svg,
        }
    )
