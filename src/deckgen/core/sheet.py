"""Sheets: what is drawn from the items, to be printed or asked on a screen."""

from __future__ import annotations

from typing import Literal

import msgspec

from deckgen.core.text import Text


class Pool(msgspec.Struct, frozen=True):
    """Items to draw from: `draw` of them, or all where it is None."""

    #: Ids of items, in the source's order, without duplicates.
    items: tuple[str, ...]
    draw: int | None = None


class Section(msgspec.Struct, frozen=True):
    """A part of a sheet with its own title and instructions. A sheet without sections has one, untitled."""

    pools: tuple[Pool, ...]
    title: Text = ""
    instructions: Text = ""
    #: Whether a comparison table is printed whole where some of its rows are asked for.
    whole_tables: bool = False
    #: Ids of the concepts whose cells are left empty in such rows; all where there are none.
    blank: tuple[str, ...] = ()


class Sheet(msgspec.Struct, frozen=True, kw_only=True):
    """One quiz: printed in versions, and asked on a web page."""

    id: str
    title: str
    subtitle: str = ""
    instructions: Text = ""
    sections: tuple[Section, ...]
    #: Number of versions, at least 1; named A, B, C, …
    versions: int = 1
    seed: int = 0
    #: Minutes; None where the sheet sets no time.
    time: int | None = None
    #: Whether the questions keep the source's order (options are shuffled either way).
    order: Literal["shuffled", "source"] = "shuffled"
    #: Web: verdict after each question, or at the end.
    feedback: Literal["immediate", "final"] = "immediate"
