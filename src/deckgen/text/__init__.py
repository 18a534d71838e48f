"""Texts: Markdown, formulas and code → safe HTML, the same on cards, on paper and on screen."""

from __future__ import annotations

from deckgen.text.escape import cloze_safe
from deckgen.text.medium import Medium
from deckgen.text.plain import images, plain, words_alone
from deckgen.text.problems import Problem, ProblemKind, problems
from deckgen.text.render import Renderer
from deckgen.text.stylesheet import stylesheet

__all__ = [
    "Medium",
    "Problem",
    "ProblemKind",
    "Renderer",
    "cloze_safe",
    "images",
    "plain",
    "problems",
    "stylesheet",
    "words_alone",
]
