"""What is right, and what an answer is worth: read from the TOML, without any code of deckgen's."""

from __future__ import annotations

import re
import tomllib
from fractions import Fraction
from pathlib import Path
from typing import Any, NamedTuple

PROJECT = Path(__file__).parent / "project"
#: `{{answer}}`, `{{answer::hint}}`, `{{c1::answer}}`.
_GAP = re.compile(r"\{\{(?:c\d+::)?(.*?)(?:::(.*?))?\}\}")


class Question(NamedTuple):
    """A question as its author wrote it."""

    id: str
    #: As in TOML; `judged` for what learners judge by themselves.
    type: str
    #: What is right: a text, a truth, texts, or pairs of texts.
    right: Any
    points: Fraction = Fraction(1)
    tolerance: Fraction = Fraction(0)


def visible_text(text: str) -> str:
    """Return what a reader sees of Markdown as simple as the tests': no marks, single spaces."""
    return " ".join(re.sub(r"```\w*|[`*$]", " ", text).split())


def questions(project: Path = PROJECT) -> dict[str, Question]:
    """Return every question of a project by id."""
    found: list[Question] = []
    for path in sorted((project / "cards").rglob("*.toml")):
        cards = tomllib.loads(path.read_text(encoding="utf-8"), parse_float=str)
        found += [_written(entry) for entry in cards.get("question", ())]
        found += [
            Question(entry["id"], "true-false", right=False) for entry in cards.get("misconception", ())
        ]
        found += [Question(entry["id"], "judged", None) for entry in cards.get("concept", ())]
        terms = {entry["id"]: entry["term"] for entry in cards.get("concept", ())}
        for table in cards.get("comparison", ()):
            found += _made(table, terms)
    return {question.id: question for question in found}


def sheet(id_: str, project: Path = PROJECT) -> dict[str, Any]:
    """Return a sheet as written."""
    cards = (tomllib.loads(path.read_text()) for path in sorted((project / "cards").rglob("*.toml")))
    return next(each for file in cards for each in file.get("sheet", ()) if each["id"] == id_)


def _written(entry: dict[str, Any]) -> Question:
    kind = entry["type"]
    right: Any
    match kind:
        case "choice":
            right = visible_text(entry["answer"])
        case "multiple":
            right = {visible_text(text) for text in entry["answers"]}
        case "true-false":
            right = entry["answer"]
        case "cloze":
            right = [answer for answer, _ in _GAP.findall(entry["text"])]
        case "numeric":
            right = Fraction(entry["answer"])
        case "short":
            right = [entry["answer"], *entry.get("accept", ())]
        case "ordering":
            right = [visible_text(text) for text in entry["order"]]
        case "matching":
            right = {visible_text(left): visible_text(right) for left, right in entry["pairs"]}
        case _:
            kind, right = "judged", None
    return Question(
        entry["id"], kind, right, Fraction(entry.get("points", 1)), Fraction(entry.get("tolerance", 0))
    )


def _made(table: dict[str, Any], terms: dict[str, str]) -> list[Question]:
    """Return the questions that could be made from a table, whatever `make` says."""
    made = []
    for row in table["row"]:
        start = f"{table['id']}/{row['id']}"
        made.append(Question(f"{start}/contrast", "judged", None))
        for concept in table["between"]:
            made.append(Question(f"{start}/cell/{concept}", "choice", visible_text(row[concept])))
            made.append(Question(f"{start}/which/{concept}", "choice", visible_text(terms[concept])))
    return made


def shown(points: Fraction) -> str:
    """Write points as English pages do: two decimals at most, rounded half up."""
    hundredths = int(points * 100 + Fraction(1, 2))
    return f"{hundredths / 100:,.2f}".rstrip("0").rstrip(".")
