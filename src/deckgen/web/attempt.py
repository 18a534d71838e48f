"""The answers of a learner as a quiz page saves them: `attempt.js` writes the file, on the learner's own machine."""

from __future__ import annotations

import json
from typing import Annotated, Any, Literal

import msgspec
from msgspec import UNSET, Meta, UnsetType

#: Another number, another meaning; keys may be added under the same one.
FORMAT = "deckgen-attempt/1"


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """The answer to a question."""

    number: Annotated[int, Meta(description="Its place in the attempt, from 1.")]
    id: Annotated[str, Meta(description="The author's id.")]
    kind: Annotated[str, Meta(description="`choice`, `multiple`, `matching`, …")]
    verdict: Annotated[
        Literal["right", "almost", "partly", "wrong", "unread", "unanswered", "pending"],
        Meta(
            description="`almost`: right but for the spelling; `unread`: not a number; `pending`: not judged by "
            "the learner."
        ),
    ]
    points: Annotated[float, Meta(description="Points earned; below 0 where a wrong answer costs something.")]
    total: Annotated[float, Meta(description="What it is worth.")]
    chosen: Annotated[
        tuple[int | None, ...] | UnsetType,
        Meta(
            description="Places in the author's text, from 0. The options ticked (answers, then distractors; true is "
            "0, false 1); of a matching, for each pair the right side that was chosen (of the pairs, then `extra`), "
            "null for none; of an ordering, the entries as they were put. Empty where nothing was answered."
        ),
    ] = UNSET
    texts: Annotated[
        tuple[str, ...] | UnsetType,
        Meta(description="What was typed, field by field, where answers are typed; empty where nothing was."),
    ] = UNSET
    judged: Annotated[
        float | UnsetType,
        Meta(
            description="How far the learner called the answer right: 1, 0.5 or 0; 1 also for one that was overruled."
        ),
    ] = UNSET


class Attempt(msgspec.Struct, frozen=True, kw_only=True):
    """A quiz that was answered to its end, or a run of those that were missed."""

    format: Literal["deckgen-attempt/1"]
    project: Annotated[str, Meta(description="Id of the project.")]
    sheet: Annotated[str, Meta(description="Id of the sheet.")]
    title: str
    code: Annotated[str, Meta(description="The code of version A, which changes when what is right does.")]
    draw: Annotated[
        int,
        Meta(description="Which numbers the questions with `params` had: 0 for the first ones, then 1, …"),
    ]
    finished: Annotated[str, Meta(description="When the result was shown: ISO 8601, UTC.")]
    points: Annotated[float, Meta(description="All points earned.")]
    total: Annotated[float, Meta(description="The points of all questions that were asked.")]
    questions: Annotated[tuple[Answer, ...], Meta(description="In the order in which they were asked.")]


def schema_text() -> str:
    """Return the JSON Schema (draft 2020-12) of the file."""
    made: dict[str, Any] = msgspec.json.schema(Attempt)
    head = {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": FORMAT}
    return json.dumps(head | made, indent=2, ensure_ascii=False) + "\n"
