"""Sheets: what is drawn from the items, to be printed or asked on a screen."""

from __future__ import annotations

from typing import Literal

import msgspec

from deckgen.core.printing import AnyProfile
from deckgen.core.scoring import Grade, Scoring
from deckgen.core.text import Text
from deckgen.core.word import Ask

#: Where a sheet goes: printed, or asked on the web site.
Output = Literal["paper", "quiz"]


class Section(msgspec.Struct, frozen=True):
    """A part of a sheet with its own title and instructions. A sheet without sections has one, untitled."""

    #: Ids of the items that were drawn for it, pool by pool.
    items: tuple[str, ...]
    title: Text = ""
    instructions: Text = ""
    #: Whether a comparison table is printed whole where some of its rows are asked for.
    whole_tables: bool = False
    #: Ids of the concepts whose cells are left empty in such rows; if empty, all.
    blank: tuple[str, ...] = ()
    #: Further instructions, which only the printed sheet shows.
    paper_instructions: Text = ""
    #: How words are asked.
    ask: Ask = "recognise"
    scoring: Scoring = Scoring()


class Sheet(msgspec.Struct, frozen=True, kw_only=True):
    """One quiz: printed in versions, asked on a web page, or both."""

    id: str
    title: str
    subtitle: str = ""
    instructions: Text = ""
    #: Further instructions, which only the printed sheet shows.
    paper_instructions: Text = ""
    #: A sheet is for paper alone unless its author asks for the screen.
    outputs: tuple[Output, ...] = ("paper",)
    sections: tuple[Section, ...]
    #: As in `core.Printing`; None for the project's.
    profile: AnyProfile | None = None
    also: tuple[AnyProfile, ...] | None = None
    #: Number of versions, at least 1; named A, B, C, …
    versions: int = 1
    seed: int = 0
    #: Minutes; None where the sheet sets no time.
    time: int | None = None
    #: Whether the questions keep the source's order (options are shuffled either way).
    order: Literal["shuffled", "source"] = "shuffled"
    #: Web: verdict after each question, or at the end.
    feedback: Literal["immediate", "final"] = "immediate"
    scoring: Scoring = Scoring()
    #: Digits of the student number that answer sheets ask for; None where they ask for none.
    student_number: int | None = None
    #: Whether answer sheets have boxes for the answers that no bubbles can give, so that nothing is written elsewhere.
    written_answers: bool = False
    #: Further lines to write on in its head, and the picture there, in Markdown.
    head: tuple[str, ...] = ()
    logo: Text = ""
    #: From the best one down; empty where there are none.
    grades: tuple[Grade, ...] = ()
    #: Paper: whether each titled section says its points, and whether there is a table to write the score into.
    section_points: bool = False
    grading_table: bool = False
