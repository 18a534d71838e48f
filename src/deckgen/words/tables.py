"""Words of questions made from comparison tables."""

from __future__ import annotations

WORDS = {
    "cell-of": "This holds of {term}.",
    "match-cells": "Which holds of which?",
    # Keep the two pairs of asterisks: they set the term in bold.
    "which-cell": "{aspect}: what holds of **{term}**?",
    "which-concept": "{aspect}: of which does this hold?",
}
