"""Notes of types of one's own in core terms: one note for Anki, and an item for each of its cards for all else."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from deckgen.core import Cloze, Html, Note, Open, Short
from deckgen.text import Medium, Renderer
from texts import compiled, deck, reported

if TYPE_CHECKING:
    from deckgen.core import Item

TYPE = """
[notetype.country]
fields = ["country", "capital", "also", "flag"]

[[notetype.country.card]]
id        = "capital"
front     = "What is the capital of **@{country}**?"
back      = "@{capital}"
answer_as = "short"
accept    = ["@{also}"]

[[notetype.country.card]]
id    = "flag"
needs = ["flag"]
front = "@{flag}"
back  = "@{country}"
lines = 1
"""


def note(id_: str, **values: str) -> str:
    """Return a note of the type; values are TOML."""
    return "\n".join(
        [
            "[[note]]",
            f'id = "{id_}"',
            'type = "country"',
            *(f"{key} = {held}" for key, held in values.items()),
        ]
    )


def items(*notes: str, more: str = "") -> tuple[Item, ...]:
    """Return the items that sheets and pages get."""
    course = compiled({"a": deck("Countries", TYPE, *notes, more=more)}).course
    assert course is not None
    return course.items


def test_each_card_is_an_item_of_its_kind() -> None:
    """What is typed is a short answer, all else an open one; a note has those that it has the fields for."""
    peru, flag, chad = items(
        note(
            "peru", country='"Peru"', capital='"**Lima**"', also='"Ciudad de los Reyes"', flag='"red, white"'
        ),
        note("chad", country='"Chad"', capital='"N\'Djamena"'),
        more='tags = ["world"]\n',
    )
    assert isinstance(peru, Short)
    assert (peru.id, peru.prompt, peru.answer, peru.accept) == (
        "peru/capital",
        "What is the capital of **Peru**?",
        "Lima",
        ("Ciudad de los Reyes",),
    )
    assert isinstance(flag, Open)
    assert (flag.id, flag.prompt, flag.model, flag.lines) == ("peru/flag", "red, white", "Peru", 1)
    assert (chad.id, chad.tags) == ("chad/capital", ("world",))


def test_anki_gets_one_note() -> None:
    """The cards of a note are one item to Anki, under the note's own id."""
    lowering = compiled(
        {"a": deck("D", TYPE, note("peru", country='"Peru"', capital='"Lima"', flag='"red"'))}
    ).lowering
    assert lowering is not None
    (made,) = lowering.items()
    assert isinstance(made, Note)
    assert (made.id, made.kind, made.cards) == ("peru", "own/country", 2)


def test_a_field_is_data() -> None:
    """What a field says is put in as it stands, whatever it looks like."""
    (made,) = items(note("a", country="'@{capital} {{c1::x}}'", capital="'@{country}'"))
    assert isinstance(made, Short)
    assert made.prompt == "What is the capital of **@{capital} {{c1::x}}**?"
    assert made.answer == "@{country}"


def test_a_field_of_one_line_stays_one() -> None:
    """Where a field begins a line among others, `- 5` is no list, and no letter is added elsewhere."""
    kind = TYPE.replace('back      = "@{capital}"', 'back      = """\nIt is:\n\n> @{capital}\n"""').replace(
        'answer_as = "short"\naccept    = ["@{also}"]\n', ""
    )
    course = compiled({"a": deck("D", kind, note("a", country='"`- 5`"', capital='"- 5"'))}).course
    assert course is not None
    (made,) = course.items
    assert isinstance(made, Open)
    assert made.prompt == "What is the capital of **`- 5`**?"
    assert (
        Renderer(Medium.SCREEN, str).block(made.model)
        == "<p>It is:</p>\n<blockquote>\n<p>- 5</p>\n</blockquote>"
    )


def test_html_is_all_of_a_side() -> None:
    """A field that is HTML is a side of a card by itself, and nowhere else."""
    (made,) = items(note("a", country='"Peru"', flag='{ html = "<b>x</b>" }'))
    assert isinstance(made, Open)
    assert made.prompt == Html("<b>x</b>")
    found = reported({"a": deck("D", TYPE, note("a", country='{ html = "<b>x</b>" }', capital='"Lima"'))})
    assert [each.partition(":")[0] for each in found] == ["misplaced-field"]


def test_a_cloze_has_its_back_as_explanation() -> None:
    """On paper and screen a cloze shows what stands on its back with the answer."""
    text = """
[notetype.verse]
fields = ["text", "source"]
cloze  = "text"
[[notetype.verse.card]]
id    = "gap"
front = "Fill in: @{text}"
back  = "From @{source}"
[[note]]
id          = "a"
type        = "verse"
text        = "One {{two}} three"
source      = "Counting"
explanation = "See?"
"""
    course = compiled({"a": deck("D", text)}).course
    assert course is not None
    (made,) = course.items
    assert isinstance(made, Cloze)
    assert (made.id, made.gaps[0].answer, made.explanation) == ("a/gap", "two", "From Counting\n\nSee?")


@pytest.mark.parametrize(
    ("selector", "drawn"),
    [
        ("peru", ["peru/capital", "peru/flag"]),
        ("peru/flag", ["peru/flag"]),
        ("type:country", ["peru/capital", "peru/flag", "chad/capital"]),
        ("type:country/capital", ["peru/capital", "chad/capital"]),
        ("type:short", ["peru/capital", "chad/capital"]),
    ],
)
def test_sheets_draw_cards(selector: str, drawn: list[str]) -> None:
    """A note is all of its cards, and each of them has an id; `type:` knows the note type and the kind of card."""
    sheet = f'[[sheet]]\nid = "s"\ntitle = "S"\nfrom = ["{selector}"]\n'
    notes = [
        note("peru", country='"Peru"', capital='"Lima"', flag='"red"'),
        note("chad", country='"Chad"', capital='"N\'Djamena"'),
    ]
    course = compiled({"a": deck("D", TYPE, *notes, sheet)}).course
    assert course is not None
    assert [*course.sheets[0].sections[0].items] == drawn


def test_a_type_is_known_in_all_files() -> None:
    """A note may stand in another file than its type, whichever comes first."""
    files = {"b": deck("D", TYPE), "a": deck("D", note("peru", country='"Peru"', capital='"Lima"'))}
    assert reported(files) == []


def test_a_type_in_the_project_file_is_reported_where_it_stands() -> None:
    """`[notetype.NAME]` stands in a file of cards, as a source does."""
    project = 'id = "sums"\ntitle = "Sums"\n[notetype.country]\nfields = ["country"]\n'
    (found,) = reported({"deckgen.toml": project, "a": deck("D")})
    assert (
        found
        == "unknown-key: unknown key `notetype` in a project file (it belongs in a file of cards, below `cards/`)"
    )


def test_types_have_names_of_their_own_in_anki() -> None:
    """Two types called alike would be one called `+` in a learner's list of note types."""
    other = TYPE.replace("notetype.country", "notetype.land")
    assert reported({"a": deck("D", TYPE.replace("fields", 'name = "Land"\nfields', 1), other)}) == [
        'bad-note-type: the project has a note type called `land` in Anki already (say another name: `name = "…"`)'
    ]
    (found,) = reported({"a": deck("D", TYPE.replace("fields", 'name = "Concept"\nfields', 1))})
    assert found.startswith("bad-note-type: the project has a note type called `Concept`")


def test_a_type_is_no_item() -> None:
    """The id of an item is not the name of a type, though both are known."""
    (found,) = reported({"a": deck("D", TYPE, '[[note]]\nid = "x"\ntype = "x"\ncountry = "Peru"\n')})
    assert found == "unknown-note-type: unknown note type `x` ()"
