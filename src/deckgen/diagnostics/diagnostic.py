"""What is wrong, where, and how to fix it."""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum
from typing import Literal, NamedTuple

import msgspec

#: The way to a key or value in a decoded file: `("question", 3, "distractors", 0)`.
Path = tuple[str | int, ...]


class Severity(Enum):
    """How bad it is: an error stops the build, a warning does not, and advice is given on request only."""

    ERROR = "error"
    WARNING = "warning"
    ADVICE = "advice"


class Span(NamedTuple):
    """A range in a text file: 1-based lines and columns in characters, the end exclusive."""

    line: int
    column: int
    end_line: int
    end_column: int


class Cell(msgspec.Struct, frozen=True):
    """A cell of a spreadsheet, or a whole row of one."""

    #: Empty where a file has one sheet only, as CSV has.
    sheet: str
    #: As the spreadsheet counts, from 1.
    row: int
    #: Its letters, `C`; empty where the whole row is meant.
    column: str = ""
    #: What the cell shows.
    text: str = ""

    @property
    def number(self) -> int:
        """The number of the column, from 1; 0 where the whole row is meant."""
        number = 0
        for letter in self.column:
            number = 26 * number + ord(letter) - ord("A") + 1
        return number

    def __str__(self) -> str:
        """Say where it is: `sheet "Lesson 1", row 12, column C`."""
        sheet = f'sheet "{self.sheet}", ' if self.sheet else ""
        return f"{sheet}row {self.row}" + (f", column {self.column}" if self.column else "")


class TableRef(NamedTuple):
    """A `[[table]]`: the file of cards that it is written in, and its index there, from 0."""

    file: str
    number: int


class Place(msgspec.Struct, frozen=True, gc=False):
    """A place in an author's file, by path; the span is looked up only for a report.

    In a spreadsheet a path begins with the kind of the item and the number of its row, `("question", 12, "answer")`,
    as if the spreadsheet were a file of cards; `table` tells which column that is.
    """

    #: Relative to the project's folder, with `/`.
    file: str
    path: Path = ()
    #: The part that is meant: the value, the key, or the `[[header]]` of the table around it.
    on: Literal["value", "key", "header"] = "value"
    #: The span, if the reader knows it (syntax errors); `path` is not used then.
    span: Span | None = None
    #: A piece of the value that is meant, as the author wrote it; the whole value where it is not found so.
    piece: str = ""
    #: Where `file` is a spreadsheet: what makes items of its rows.
    table: TableRef | None = None
    #: The cell itself, once it has been looked up.
    cell: Cell | None = None

    @property
    def cards(self) -> str:
        """The file of cards that the item belongs to."""
        return self.table.file if self.table else self.file

    def child(self, *parts: str | int) -> Place:
        """Return the place of something inside."""
        return Place(self.file, self.path + parts, table=self.table)

    def key(self) -> Place:
        """Return the place of the key rather than the value."""
        return Place(self.file, self.path, "key", table=self.table)

    def header(self) -> Place:
        """Return the place of the table's header."""
        return Place(self.file, self.path, "header", table=self.table)

    def part(self, piece: str) -> Place:
        """Return the place of a piece of the value: a path in a text, a command in a formula."""
        return Place(self.file, self.path, piece=piece, table=self.table)


class Related(msgspec.Struct, frozen=True):
    """A second place that belongs to a diagnostic: "first defined here"."""

    place: Place
    text: str


class Edit(msgspec.Struct, frozen=True):
    """A repair that `deckgen check --fix` can make: `text` replaces what is at `place`.

    With `insert`, `text` is a line (or several) to come under the last line of `place`, without a
    line break at its end.
    """

    place: Place
    text: str
    insert: bool = False


class Diagnostic(msgspec.Struct, frozen=True, kw_only=True):
    """One mistake of an author.

    `message` stands alone: lower case, no full stop, names in backticks.
    `label` is shown next to the caret and is short; `help` is a further line with the repair.
    """

    code: str
    message: str
    place: Place
    severity: Severity = Severity.ERROR
    label: str = ""
    help: str = ""
    #: The word that `label` proposes: a key that was meant, an id that is free; empty if it proposes none.
    proposal: str = ""
    related: tuple[Related, ...] = ()
    edit: Edit | None = None


def errors_among(found: Iterable[Diagnostic]) -> list[Diagnostic]:
    """Return those that are errors."""
    return [each for each in found if each.severity is Severity.ERROR]


class Located(msgspec.Struct, frozen=True):
    """A diagnostic whose places have been looked up."""

    diagnostic: Diagnostic
    #: None where a whole file is meant (it cannot be read, is not a file, …).
    span: Span | None
    #: Spans of `diagnostic.related`, in the same order.
    related: tuple[Span | None, ...] = ()


class Report(msgspec.Struct, frozen=True):
    """All that was found in one run, sorted by file, line and column, with the texts to quote from."""

    found: tuple[Located, ...]
    #: Texts of the files named, by the same relative names.
    texts: dict[str, str]

    @property
    def errors(self) -> int:
        """Count the errors."""
        return sum(item.diagnostic.severity is Severity.ERROR for item in self.found)

    @property
    def warnings(self) -> int:
        """Count the warnings."""
        return sum(item.diagnostic.severity is Severity.WARNING for item in self.found)

    @property
    def advice(self) -> int:
        """Count the pieces of advice."""
        return len(self.found) - self.errors - self.warnings
