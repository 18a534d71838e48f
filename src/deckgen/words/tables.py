"""Words of questions made from comparison tables."""

from __future__ import annotations

WORDS = {
    # A question about one aspect of what is compared. Where the aspect ends with a mark of its own (“Who uses it?”), a
    # space stands in the place of the colon.
    "aspect-asks": "{aspect}: {question}",
    "cell-of": "This describes {term}.",
    "match-cells": "Match each description with its term.",
    # Keep the two pairs of asterisks: they set the term in bold.
    "which-cell": "Which description fits **{term}**?",
    "which-concept": "Which one is described?",
}
