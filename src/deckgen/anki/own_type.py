"""Make the note type of a type of one's own: its cards from their Markdown, or from templates of the project."""

from __future__ import annotations

from typing import TYPE_CHECKING

from deckgen.anki.adopted import adopted_type
from deckgen.anki.note_type import CardTemplate, Field, NoteType
from deckgen.anki.own import FOLDER, NEVER, SideWriter, kinds_of, schema_of, spare_name
from deckgen.anki.spares import gated, spare_front
from deckgen.identity import derived_id, note_type_id

if TYPE_CHECKING:
    from deckgen import core
    from deckgen.anki.type_renderer import TypeRenderer

#: Words above the question, by the kind of the card.
_TASKS = {"short": "anki-task-short", "cloze": "anki-task-cloze"}


def own_type(made: core.NoteType, renderer: TypeRenderer) -> NoteType:
    """Return the note type.

    Raises:
        jinja2.TemplateError: A template of the project is wrong.
    """
    if made.adopted is not None:
        return adopted_type(made, made.adopted, renderer)
    kind = kinds_of(renderer.project)[made.kind]

    def field(place: int, name: str) -> Field:
        # A field keeps its id when it gets another name.
        own = str(place) if place < len(made.fields) else name
        return Field(name, derived_id("field", kind.name, own), kind.folds(name))

    return NoteType(
        id=note_type_id(renderer.project.id, kind.name),
        kind=kind.name,
        name=f"{renderer.project.title} · {made.title}",
        fields=tuple(field(place, name) for place, name in enumerate(kind.fields)),
        templates=tuple(_template(number, card, made, renderer) for number, card in enumerate(made.cards, 1)),
        style=renderer.style("own", f"own/{made.written}"),
        cloze=kind.cloze,
        rtl=renderer.direction == "rtl",
        schema=schema_of(made),
    )


def _template(
    number: int, card: core.NoteCard | None, made: core.NoteType, renderer: TypeRenderer
) -> CardTemplate:
    id_ = derived_id("template", made.kind, str(number))
    if card is None:
        # Anki takes no two equal fronts.
        front = f"{spare_front(NEVER)}<!--{number}-->"
        return CardTemplate(spare_name(number), id_, front, front)
    writer = SideWriter(made)
    front = _side("front", card, made, writer, renderer)
    if made.cloze is None:
        # A note that lacks what the card needs does not have it.
        front = gated(front, writer.names(card.needs))
    return CardTemplate(card.name, id_, front, _side("back", card, made, writer, renderer), card.retired)


def _side(
    side: str, card: core.NoteCard, made: core.NoteType, writer: SideWriter, renderer: TypeRenderer
) -> str:
    from markupsafe import Markup

    own = f"{FOLDER}/{made.written}/{card.id}/{side}.html"
    if card.retired:
        said = renderer.say["anki-retired"].replace("{title}", renderer.project.title)
        front, back = writer.withdrawn(said), ""
    else:
        front = writer.text(card.front)
        back = writer.line(card.back) if card.kind == "short" else writer.text(card.back)
    return renderer.render(
        own if own in renderer.templates.texts and not card.retired else f"{FOLDER}/{side}.html",
        kind=f"own own-{made.written} own-{made.written}-{card.id}",
        # An open question says by itself what to do.
        task=renderer.say[_TASKS[card.kind]] if card.kind in _TASKS and not card.retired else "",
        card=card,
        front=Markup(front),  # noqa: S704 -- rendered from Markdown, which lets no markup through
        back=Markup(back),  # noqa: S704
        # Each is there only where its fields are filled.
        accept=[
            {"html": Markup(writer.line(text)), "fields": [Markup(name) for name in writer.fields_in(text)]}  # noqa: S704
            for text in card.accept
        ],
    )
