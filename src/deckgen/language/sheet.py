"""`[[sheet]]`: a quiz to print and to ask on a screen."""

from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from deckgen import core
from deckgen.language.annotations import Id, Markdown
from deckgen.language.printing import AnyProfile
from deckgen.language.scoring import Floor, Grades, PartialByType, Penalty

From = Annotated[
    tuple[str, ...],
    Meta(
        description="What to draw from: ids, decks, tags or file names; `id:`, `deck:`, `tag:`, `file:`, "
        "`difficulty:` and `type:` say which is meant; `A & B` takes what both find."
    ),
]
Draw = Annotated[
    int | None,
    Meta(description="How many to draw; all where it is missing.", extra_json_schema={"minimum": 1}),
]


Instructions = Annotated[Markdown, Meta(description="What to do, shown on paper and on a screen.")]
PaperInstructions = Annotated[
    Markdown,
    Meta(description="Further instructions that only the printed sheet shows: pens, names, handing in."),
]


AskWords = Annotated[
    core.Ask | None,
    Meta(
        description="How words are asked: `recognise` (the default: write what the term means), `produce` (write the "
        "term), `listen`, `choose` (choose what it means), `match` (terms and meanings), `fill` (the gap of an "
        "example)."
    ),
]


class Pool(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """So many from here."""

    from_: From = msgspec.field(name="from")
    draw: Draw = None


class Section(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A part of the sheet."""

    title: Markdown = ""
    instructions: Instructions = ""
    paper_instructions: PaperInstructions = ""
    from_: From = msgspec.field(name="from", default=())
    draw: Draw = None
    pool: Annotated[tuple[Pool, ...], Meta(description="Several draws, instead of `from` and `draw`.")] = ()
    ask: AskWords = None
    penalty: Penalty = None
    floor: Floor = None
    partial: PartialByType = None
    whole_tables: Annotated[
        bool,
        Meta(
            description="On paper: print comparison tables whole where rows of them are asked for; the other rows "
            "are filled in, but for those that the sheet asks about elsewhere."
        ),
    ] = False
    blank: Annotated[
        tuple[str, ...],
        Meta(
            description="On paper: concepts whose cells are left empty in such rows, and the others filled in; "
            "all cells are empty where it is missing."
        ),
    ] = ()


class Sheet(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A quiz, printed in versions A, B, C, and so on, or asked on a screen."""

    id: Id
    title: Annotated[str, Meta(description="Printed on top.")]
    outputs: Annotated[
        tuple[core.Output, ...],
        Meta(
            description="Where it goes: `paper`, which is the default; `quiz` asks for the screen as well, or alone, "
            "and puts its questions and answers on the web site."
        ),
    ] = ("paper",)
    subtitle: str = ""
    instructions: Instructions = ""
    paper_instructions: PaperInstructions = ""
    from_: From = msgspec.field(name="from", default=())
    draw: Draw = None
    pool: Annotated[tuple[Pool, ...], Meta(description="Several draws, instead of `from` and `draw`.")] = ()
    ask: AskWords = None
    section: tuple[Section, ...] = ()
    profile: Annotated[
        AnyProfile | None, Meta(description="How its pages are set; as the project says where it is missing.")
    ] = None
    also: Annotated[
        tuple[AnyProfile, ...] | None,
        Meta(
            description="Further profiles to print it in, `[]` for none; as the project says where it is missing."
        ),
    ] = None
    versions: Annotated[
        int, Meta(description="How many versions, A to Z.", extra_json_schema={"minimum": 1, "maximum": 26})
    ] = 1
    seed: Annotated[
        int, Meta(description="The same seed always gives the same versions, another seed gives others.")
    ] = 0
    time: Annotated[int | None, Meta(description="Minutes.", extra_json_schema={"minimum": 1})] = None
    order: Annotated[
        Literal["shuffled", "source"], Meta(description="Whether the questions keep the order of the source.")
    ] = "shuffled"
    feedback: Annotated[
        Literal["immediate", "final"],
        Meta(description="On a screen: a verdict after each question, or at the end."),
    ] = "immediate"
    student_number: Annotated[
        int | None,
        Meta(
            description="Digits of the student number: the sheet gets answer sheets with bubbles for it.",
            extra_json_schema={"minimum": 1, "maximum": 12},
        ),
    ] = None
    written_answers: Annotated[
        bool,
        Meta(
            description="On paper: answer sheets have boxes with lines for all answers that are written, and the sheet "
            "has none."
        ),
    ] = False
    head: Annotated[
        tuple[str, ...] | None,
        Meta(
            description="Further lines to write on in its head; as the project says where it is missing.",
            extra_json_schema={"maxItems": 4},
        ),
    ] = None
    logo: Annotated[
        str | None,
        Meta(description='A picture for its head, `""` for none; as the project says where it is missing.'),
    ] = None
    penalty: Penalty = None
    floor: Floor = None
    partial: PartialByType = None
    grades: Grades | None = None
    section_points: Annotated[
        bool | None, Meta(description="On paper: print the points of each section beside its title.")
    ] = None
    grading_table: Annotated[
        bool | None,
        Meta(
            description="On paper: a table on the first page, to write the points of each section or question into."
        ),
    ] = None
