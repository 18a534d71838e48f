"""Words of what is printed."""

from __future__ import annotations

WORDS = {
    # Above a list of words, each with a line to write on.
    "sheet-ask-fill": "Fill in the missing words.",
    "sheet-ask-listen": "Listen, and write the words.",
    "sheet-ask-produce": "Write the words.",
    "sheet-ask-recognise": "Write what the words mean.",
    # Beside a row of circles of which several may be filled.
    "sheet-all-that-apply": "all that apply",
    "sheet-also-accepted": "Also accepted: {answers}",
    "sheet-also-called": "Also called: {names}",
    "sheet-answer-key": "Answer key",
    "sheet-answer-sheet": "Answer sheet",
    "sheet-answer-to": "Answer to question {number}",
    "sheet-backs": "Backs",
    "sheet-box-of": "Question {number}: {entry}",
    "sheet-cell-for": "Question {number}: {term}",
    "sheet-choose-all": "Choose all that apply.",
    "sheet-choose-one": "Choose one.",
    # The pupil's class, beside a line to fill in.
    "sheet-class": "Class",
    # Between a name and what is said of it, with its space.
    "sheet-colon": ": ",
    "sheet-concepts": "Concepts",
    "sheet-continued": "Question {number}, continued",
    "sheet-date": "Date",
    # Below “Student number”, a box and ten circles for each digit.
    "sheet-digits": "Write a digit in each box, and fill its circle below.",
    # A question on a term; `{term}` is bold.
    "sheet-define": "Define {term}.",
    "sheet-differences": "Main differences",
    # Last line of a large-print sheet.
    "sheet-end": "End of the questions",
    "sheet-example": "Example",
    "sheet-false": "False",
    # One letter or character for “False”.
    "sheet-false-letter": "F",
    "sheet-fill-bubbles": "Fill the whole circle with a dark pen.",
    "sheet-fill-cells": "Fill in the empty cells.",
    "sheet-flashcards": "Flashcards",
    "sheet-flip-long-edge": "Print on both sides, flipped on the long edge, at actual size.",
    "sheet-flip-short-edge": "Print on both sides, flipped on the short edge, at actual size.",
    "sheet-from-table": "From the table",
    # The sides of cards with the questions.
    "sheet-fronts": "Fronts",
    "sheet-full-key": "Answers and explanations",
    # Behind a sentence whose writer left it out.
    "sheet-full-stop": ".",
    "sheet-gap-of": "Question {number}, gap {gap}",
    "sheet-guide": "Study guide",
    "sheet-hint": "Hint",
    "sheet-judge": "True or false?",
    "sheet-key-code": "Use the key that shows the same code as the sheet.",
    "sheet-leave-marks": "Do not write on the black marks at the edges.",
    "sheet-like-this": "Like this",
    "sheet-marking": "Marking table",
    "sheet-marking-note": "Gaps and boxes are listed from top to bottom.",
    "sheet-match": "Match the items.",
    "sheet-match-letters": "Write the right letter in each box.",
    # Before the sources in which a wrong claim was read.
    "sheet-met-in": "Seen in",
    # Head of a column of a list of words.
    "sheet-meaning": "Meaning",
    "sheet-misconceptions": "Misconceptions",
    "sheet-misleading": "misleading",
    "sheet-name": "Name",
    "sheet-not-like-this": "Not like this",
    "sheet-number-order": "Number the boxes in the right order, from 1.",
    "sheet-order": "Put in the right order.",
    # Head of a column of a list of words: noun, verb.
    "sheet-part": "Part of speech",
    "sheet-page-of": "Page {page} of {pages}",
    "sheet-points": "Points",
    "sheet-question": "Question",
    "sheet-references": "References",
    # How many points were reached; beside a line to fill in.
    "sheet-score": "Score",
    # In a narrow table cell: the answer is a longer text further down.
    "sheet-see-below": "see below",
    "sheet-sources": "Sources",
    # The number by which a school or university knows a student.
    "sheet-student-number": "Student number",
    "sheet-true": "True",
    # One letter or character for “True”, in narrow columns.
    "sheet-true-letter": "T",
    "sheet-vague": "vague",
    "sheet-verdict-false": "False",
    "sheet-verdict-misleading": "Misleading",
    "sheet-verdict-vague": "Vague",
    "sheet-version": "Version",
    # A card asks it of an aspect of several compared things.
    "sheet-what-holds": "What is true of each one?",
    # Head of a column of a list of words.
    "sheet-word": "Word",
    "sheet-words": "Words",
    "sheet-written-elsewhere": "Answered on the question sheet: {numbers}",
}

#: One, and any other number.
COUNTED = {
    "fill-gaps": ("Fill in the gap.", "Fill in the gaps."),
    "minutes": ("{n} minute", "{n} minutes"),
    "points": ("{n} point", "{n} points"),
    "questions": ("{n} question", "{n} questions"),
}
