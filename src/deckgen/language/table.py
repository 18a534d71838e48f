"""`[[table]]`: a spreadsheet whose rows are items."""

from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta

#: What may part the cells of a CSV file.
Separator = Literal[";", ",", "\t", "|", ""]


class Table(msgspec.Struct, frozen=True, kw_only=True, rename={"as_": "as"}):
    """A spreadsheet whose rows become items. Other keys are theirs; in texts `@{Column}` is what a row has there."""

    file: Annotated[str, Meta(description="CSV, TSV, XLSX or ODS: a path in the project.")]
    sheet: Annotated[
        str, Meta(description="Name of the sheet; without it the first one that is not hidden.")
    ] = ""
    as_: Annotated[str, Meta(description="What each row becomes: a kind of item, or a type of question.")]
    id: Annotated[
        str,
        Meta(
            description="Id of each item, made of cells: `@{Spanish}`, spelt as an id. Without it, a column `id`."
        ),
    ] = ""
    columns: Annotated[
        dict[str, Any],
        Meta(
            description='Which column each key is taken from: { term = "Spanish" }; `distractors.1` is the first '
            "entry of an array. Without it each column is taken whose name is a key.",
            extra_json_schema={"additionalProperties": {"anyOf": [{"type": "string"}, {"type": "object"}]}},
        ),
    ] = {}
    split: Annotated[
        str | tuple[str, str],
        Meta(
            description='What parts the entries of an array within a cell: ";". Two of them where entries are pairs: '
            '[";", "="].'
        ),
    ] = ""
    media: Annotated[
        str, Meta(description="Folder of the pictures and sounds that cells name without one.")
    ] = ""
    deck: Annotated[
        str, Meta(description="Full name of the deck of each item, where it is not that of `[deck]`.")
    ] = ""
    header: Annotated[
        int,
        Meta(
            description="Row of the names of the columns; the first that is not empty.",
            extra_json_schema={"minimum": 0},
        ),
    ] = 0
    encoding: Annotated[
        str, Meta(description="Encoding of a CSV file, where it is not found out rightly.")
    ] = ""
    separator: Annotated[
        Separator, Meta(description="What parts the cells of a CSV file, where it is not found out rightly.")
    ] = ""
    decimal: Annotated[
        Literal[".", ",", ""],
        Meta(
            description="Decimal sign of the numbers in a CSV file: `,` where `;` parts the cells and it is not said."
        ),
    ] = ""
    was: Annotated[
        dict[str, str | tuple[str, ...]],
        Meta(description="Former ids of rows by their ids: carries the learner's history over."),
    ] = {}


class TableEntry(msgspec.Struct, frozen=True):
    """A `[[table]]` as it stands in a file of cards."""

    index: int
    table: Table
    #: Its other keys, decoded: the same in every row, but for their placeholders.
    defaults: dict[str, Any]


#: The keys of a `[[table]]` itself.
KEYS = frozenset(field.encode_name for field in msgspec.structs.fields(Table))
