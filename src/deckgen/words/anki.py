"""Words of Anki cards."""

from __future__ import annotations

WORDS = {
    # Before other answers that count as right.
    "anki-accepted": "Also accepted",
    # Before other names of a concept.
    "anki-aliases": "Also called",
    "anki-almost": "Almost: check the spelling",
    "anki-comparison": "Comparison",
    "anki-example": "Example",
    "anki-false": "False",
    "anki-hint": "Hint",
    "anki-kind-choice": "Choice",
    "anki-kind-cloze": "Cloze",
    "anki-kind-concept": "Concept",
    "anki-kind-contrast": "Contrast",
    "anki-kind-matching": "Matching",
    "anki-kind-multiple": "Multiple choice",
    "anki-kind-numeric": "Number",
    "anki-kind-open": "Open question",
    "anki-kind-ordering": "Ordering",
    "anki-kind-short": "Short answer",
    "anki-kind-true-false": "True or false",
    "anki-kind-word": "Word",
    "anki-misleading": "misleading",
    # Beside a right option that was not chosen.
    "anki-missed": "missed",
    "anki-model": "Model answer",
    "anki-partly": "Partly right",
    "anki-picked-right": "your choice, right",
    "anki-picked-wrong": "your choice, wrong",
    "anki-reason": "Why not?",
    "anki-retired": "This card is no longer part of “{title}”. You can suspend or delete it.",
    "anki-right": "Right",
    # Beside a right option.
    "anki-right-option": "right",
    # Before the sources in which a wrong claim was read.
    "anki-seen": "Seen in",
    "anki-side-definition": "Definition → term",
    "anki-side-listen": "Sound → term and meaning",
    "anki-side-only": "Card",
    "anki-side-produce": "Meaning → term",
    "anki-side-recognise": "Term → meaning",
    "anki-side-spell": "Meaning → typed term",
    "anki-side-term": "Term → definition",
    "anki-sources": "Sources",
    "anki-task-choice": "Choose one",
    "anki-task-cloze": "Fill in the gap",
    "anki-task-contrast": "What is true of each one?",
    "anki-task-definition": "Which term is this?",
    # A recording of a word is heard.
    "anki-task-listen": "Listen: what does it mean?",
    "anki-task-matching": "Match",
    "anki-task-multiple": "Choose all that apply",
    "anki-task-numeric": "Type the number",
    "anki-task-open": "Answer in your own words",
    "anki-task-ordering": "Put in order",
    # A meaning is shown; asks for the word of the language that is learnt.
    "anki-task-produce": "Which word is it?",
    # A word of the language that is learnt is shown.
    "anki-task-recognise": "What does it mean?",
    "anki-task-short": "Type the answer",
    # A meaning is shown; asks to type the word of the language that is learnt.
    "anki-task-spell": "Type the word",
    # Asks for the definition of a term.
    "anki-task-term": "What does it mean?",
    "anki-task-true-false": "True or false?",
    "anki-true": "True",
    "anki-vague": "vague",
    # Heading of the refutation of a wrong claim.
    "anki-what-holds": "In fact",
    "anki-wrong": "Wrong",
    "anki-your-answer": "Your answer",
    "anki-your-order": "Your order",
    # Beside an entry of an ordering: the place that the learner gave it.
    "anki-your-place": "yours: {place}",
}
