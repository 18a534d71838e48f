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
    # Of a question with several parts: how many points each part earns; a negative number is taken off.
    "sheet-all-right": "everything right: {points}",
    "sheet-answer-key": "Answer key",
    # On the question sheet, where all answers belong on the answer sheet.
    "sheet-answer-on-answer-sheet": "Write all answers on the answer sheet.",
    "sheet-answer-sheet": "Answer sheet",
    # Above a text that several questions are about; their numbers.
    "sheet-questions-from-to": "Questions {first}–{last}",
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
    # On every page of a copy for one student; copies are numbered.
    "sheet-copy": "Copy {number}",
    "sheet-date": "Date",
    # Below “Student number”, a box and ten circles for each digit.
    "sheet-digits": "Write a digit in each box, and fill its circle below.",
    # In its place on a copy whose number is printed, with its circles filled.
    "sheet-digits-filled": "Check that this is your number.",
    # A question on a term; `{term}` is bold.
    "sheet-define": "Define {term}.",
    "sheet-differences": "Main differences",
    # Beside a filled circle that is crossed out.
    "sheet-does-not-count": "Does not count",
    "sheet-each-decision": "each option rightly ticked or left: {points}",
    "sheet-each-following": "each entry that rightly follows the one before: {points}",
    "sheet-each-gap": "each right gap: {points}",
    "sheet-each-pair": "each right pair: {points}",
    "sheet-each-place": "each entry in its place: {points}",
    "sheet-each-right-option": "each right option: {points}",
    "sheet-each-wrong-option": "each wrong option: {points}",
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
    "sheet-grade": "Grade",
    # Head of a column: the least score of a grade.
    "sheet-grade-from": "From",
    # Above a table to write the points that were reached into.
    "sheet-grading": "Points",
    "sheet-guide": "Study guide",
    "sheet-hint": "Hint",
    # Behind the points of a question: what a wrong answer takes off, “−0.5”.
    "sheet-if-wrong": "{points} if wrong",
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
    # No question gives less than so many points.
    "sheet-never-below": "never below {points}",
    # What is taken off where no part of an answer earns anything.
    "sheet-nothing-right": "nothing earned: {points}",
    "sheet-not-like-this": "Not like this",
    "sheet-number-order": "Number the boxes in the right order, from 1.",
    "sheet-order": "Put in the right order.",
    # Head of a column of a list of words: noun, verb.
    "sheet-part": "Part of speech",
    "sheet-page-of": "Page {page} of {pages}",
    "sheet-points": "Points",
    "sheet-question": "Question",
    # The questions of a section, from the first to the last.
    "sheet-question-range": "{first}–{last}",
    "sheet-questions": "Questions",
    # Beside empty cells below (or next to) the points that can be reached: to write those that were reached into.
    "sheet-reached": "Score",
    "sheet-references": "References",
    # How many points were reached; beside a line to fill in.
    "sheet-right": "right: {points}",
    "sheet-score": "Score",
    "sheet-section": "Section",
    # In a narrow table cell: the answer is a longer text further down.
    "sheet-see-below": "see below",
    "sheet-sources": "Sources",
    # The number by which a school or university knows a student.
    "sheet-student-number": "Student number",
    # A mark: a filled circle.
    "sheet-take-back": "To take a mark back, rub it out or cross it out.",
    # The sum of all points.
    "sheet-total": "Total",
    "sheet-true": "True",
    # One letter or character for “True”, in narrow columns.
    "sheet-true-letter": "T",
    # In a question with one right option.
    "sheet-two-marks": "Two marks where one is asked for are wrong.",
    "sheet-unclear": "A person decides what is unclear.",
    # What a person judges can earn so many points.
    "sheet-up-to": "up to {points}",
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
    # What is taken off for a wrong answer.
    "sheet-wrong": "wrong: {points}",
    "sheet-wrong-costs-here": "A wrong answer costs the points that its question says; a blank one costs nothing.",
    "sheet-write-in-boxes": "Write in the boxes, with a dark pen.",
    "sheet-written-elsewhere": "Answered on the question sheet: {numbers}",
}

#: One, and any other number.
COUNTED = {
    "fill-gaps": ("Fill in the gap.", "Fill in the gaps."),
    "minutes": ("{n} minute", "{n} minutes"),
    "points": ("{n} point", "{n} points"),
    "questions": ("{n} question", "{n} questions"),
    "wrong-costs": (
        "A wrong answer costs {n} point; a blank one costs nothing.",
        "A wrong answer costs {n} points; a blank one costs nothing.",
    ),
}
