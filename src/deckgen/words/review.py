"""Words of the page where a person decides what marking leaves open."""

from __future__ import annotations

WORDS = {
    # Accept what is proposed of a row of circles.
    "review-accept-mark": "Keep this",
    "review-accept-points": "Give these points",
    "review-accept-same": "Same paper",
    "review-accept-student": "Keep this number",
    # A page that could not be read.
    "review-accept-unread": "Ignore this page",
    # The thing to decide before this one.
    "review-before": "Before",
    "review-blank": "{page}: nothing seems to be written here",
    # What a part of a scan shows, for screen readers.
    "review-crop-answer": "The answer on the scan",
    "review-crop-head": "The head of {page}",
    "review-crop-page": "{page} as it was scanned",
    "review-crop-row": "{row} on the scan",
    "review-decided": "It is decided.",
    "review-end": "The points are written. You can close this page.",
    # Why a page could not be read. Each follows on the name of the page and a colon.
    "review-fault-damaged": "the picture is damaged",
    "review-fault-misaligned": "its bubbles are not where they should be: the paper is bent, or the picture is distorted",
    "review-fault-no-code": "the black and white squares at the top cannot be read",
    "review-fault-no-marks": "the four black marks at the corners were not found",
    "review-fault-no-serial": "the squares of its serial number cannot be read",
    # JSON: files that are printed beside the sheets.
    "review-fault-unknown-code": "its code {code} is not one of {codes}: it is of another sheet, or the project has changed since it was printed; name the folder with the JSON of that time",
    "review-finish": "Finish",
    "review-given": "{points} given.",
    # Beside a student of the list.
    "review-has-paper": "has a paper",
    # Of a page that could not be read.
    "review-ignored": "It is ignored.",
    # The answer key.
    "review-key": "Key",
    "review-later": "Later",
    # Of several pages, in a list of what is left. `--in-order` is typed as it is.
    "review-left-pages": "pages were put together to papers by the order of the scans alone: look whether they belong together, or say --in-order",
    "review-left-points": "written answers to `{question}` are not marked yet",
    "review-look-again": "Look again",
    "review-mark-around": "{option} is empty, with something drawn around it",
    "review-mark-crossed-out": "{option} is marked, with something drawn over it",
    "review-mark-faint": "{option} is faint or partly filled",
    "review-mark-unsure": "{option} is not to be told from a printed letter",
    "review-nobody": "It is nobody’s.",
    # On a button: the paper is of no student.
    "review-nobodys": "Nobody’s",
    "review-not-same": "Not the same",
    "review-nothing-marked": "Nothing is marked.",
    "review-number-wanted": "A number is wanted.",
    "review-one-paper": "They are of one paper.",
    "review-options": "What is marked",
    "review-over": "Everything is decided.",
    "review-over-note": "Every decision can still be looked at and undone. Finishing writes the points.",
    "review-pages": "{before} and {page}",
    "review-points-of": "of {points}",
    "review-points-wanted": "Points from {least} to {most} are wanted.",
    "review-progress": "{done} of {all} decided",
    "review-question": "Question {question}, version {version}",
    # A row of circles.
    "review-row": "question {question}",
    "review-row-of": "question {question}, row {row}",
    "review-row-student": "student number, digit {digit}",
    "review-same-question": "Are these pages of one paper? The order of the scans says so, and nothing else.",
    "review-several": "several are marked",
    # What is wrong with the number of a paper.
    "review-student-missing": "it has no student number",
    "review-student-page": "the page with its student number was not scanned",
    "review-student-twice": "its student number {number} is that of {other}, too",
    "review-student-unknown": "its student number {number} is not in the list",
    "review-student-unread": "its student number cannot be read for certain",
    "review-students": "Students of the list",
    "review-title": "Decide and mark",
    "review-two-papers": "They are not of one paper.",
    "review-undo": "Undo",
    "review-unread": "{page} could not be read",
    "review-unread-again": "Scan this sheet of paper again and mark it with the others. Ignore what has no answers on it, or was scanned again.",
    "review-whose": "Whose is {page}?",
    "review-whose-known": "It is of {number}.",
}
