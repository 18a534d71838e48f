"""The fixed words of cards, sheets and pages, by language."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

_ENGLISH = {
    # Questions made from tables.
    "cell-of": "This holds of {term}.",
    "match-cells": "Which holds of which?",
    "which-cell": "{aspect}: what holds of **{term}**?",
    "which-concept": "{aspect}: of which does this hold?",
    # Sheets.
    "answer-key": "Answer key",
    "also-accepted": "Also accepted: {answers}",
    "also-called": "Also called: {names}",
    "answer-to": "Answer to question {number}",
    "box-of": "Question {number}: {entry}",
    "cell-for": "Question {number}: {term}",
    "choose-all": "Choose all that apply.",
    "choose-one": "Choose one.",
    "class": "Class",
    "contrast": "{title}. Fill in the row.",
    "correction": "Correction",
    "date": "Date",
    "decimal-point": ".",
    "define": "Define {term}.",
    "example": "Example",
    "false": "False",
    "false-letter": "F",
    "fill-gaps": "Fill in the gaps.",
    "from-table": "From the table",
    "full-key": "Answers and explanations",
    "gap-of": "Question {number}, gap {gap}",
    "in-own-words": "your own words",
    "judge": "True or false?",
    "key-code": "A sheet and a key that show the same code belong together.",
    "marking": "Marking table",
    "marking-note": "Gaps, boxes of an ordering and boxes of a matching are given from top to bottom.",
    "match-letters": "Write the right letter in each box.",
    "model-answer": "Model answer",
    "name": "Name",
    "number-order": "Number the boxes in the right order, from 1.",
    "page-of": "Page {page} of {pages}",
    "question": "Question",
    "right": "right",
    "score": "Score",
    "see-below": "see below",
    "sheet-id": "Sheet",
    "sources": "Sources",
    "tolerance": "± {tolerance}",
    "true": "True",
    "true-letter": "T",
    "version": "Version",
    "why-not": "Why not",
    "wrong": "wrong",
}

_GERMAN = {
    # Questions made from tables.
    "cell-of": "Das gilt für {term}.",
    "match-cells": "Was gilt wofür?",
    "which-cell": "{aspect}: Was gilt für **{term}**?",
    "which-concept": "{aspect}: Wofür gilt das?",
}

_BY_LANGUAGE = {"en": _ENGLISH, "de": _GERMAN}


@cache
def words(language: str) -> Mapping[str, str]:
    """Return the words of a BCP 47 language; what it lacks, and an unknown language, is English."""
    return _ENGLISH | _BY_LANGUAGE.get(language.partition("-")[0].lower(), {})


#: Words that count: one, and any other number.
_COUNTED_ENGLISH = {
    # Sheets.
    "minutes": ("{n} minute", "{n} minutes"),
    "points": ("{n} point", "{n} points"),
    "questions": ("{n} question", "{n} questions"),
}

_COUNTED_GERMAN = {
    # Sheets.
    "minutes": ("{n} Minute", "{n} Minuten"),
    "points": ("{n} Punkt", "{n} Punkte"),
    "questions": ("{n} Frage", "{n} Fragen"),
}

_COUNTED = {"en": _COUNTED_ENGLISH, "de": _COUNTED_GERMAN}


def counted(language: str, key: str, number: float) -> str:
    """Return words that count something, `1 point`, `2.5 points`, in a BCP 47 language."""
    forms = (_COUNTED_ENGLISH | _COUNTED.get(language.partition("-")[0].lower(), {}))[key]
    shown = f"{number:g}".replace(".", words(language)["decimal-point"])
    return forms[number != 1].replace("{n}", shown)
