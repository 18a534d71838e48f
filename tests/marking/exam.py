"""Printed answer sheets to fill in: several layouts, on both sizes of paper, in plain and in large print."""

from __future__ import annotations

import json
import random
from typing import Any, NamedTuple

import msgspec

from deckgen import core
from deckgen.sheet import export
from deckgen.templating.own import templates_of
from marking import simulator
from sheet.engines import weasyprint_pdf
from sheet.quizzes import course, head, random_items, whole

TEMPLATES = templates_of({})
#: Layouts: so many questions of which kinds.
LAYOUTS = ("choices", "mixed", "few", "several", "above boxes", "written", "two pages")


class Exam(NamedTuple):
    """The JSON of each version, and its printed pages by dots an inch."""

    geometries: dict[str, dict[str, Any]]
    pdfs: dict[str, bytes]

    def pages(self, version: str, dpi: int) -> list[simulator.Picture]:
        return simulator.printed(self.pdfs[version], dpi)


def items(layout: str, seed: int = 5) -> tuple[core.Item, ...]:
    """Return the questions of a layout."""
    chance = random.Random(seed)
    if layout == "choices":
        return tuple(_choice(f"q{number}", chance.randrange(3, 6)) for number in range(100))
    if layout == "mixed":
        more = (
            core.Numeric(**head("minus"), prompt="How cold?", answer="-12.5", tolerance="0.5", unit="°C"),
        )
        return (*random_items(60, seed), *more)
    if layout == "several":
        return tuple(_choice(f"q{number}", 5, right=2) for number in range(30))
    if layout == "above boxes":
        number = core.Numeric(
            **head("number"), prompt="How cold?", answer="-12.5", tolerance="0.5", unit="°C"
        )
        return (
            *(_choice(f"q{place}", 4, right=2) for place in range(3)),
            *(msgspec.structs.replace(number, id=f"number{place}") for place in range(6)),
        )
    if layout == "written":
        return (
            *(_choice(f"q{number}", 4) for number in range(3)),
            core.Open(**head("why", points=3), prompt="Why?", model="Because $x^2 > 0$.", lines=6),
            core.Short(**head("capital"), prompt="The capital of France?", answer="Paris"),
        )
    if layout == "two pages":
        return (
            *(_choice(f"q{number}", 4) for number in range(10)),
            core.Open(**head("essay", points=5), prompt="Tell.", model="A story.", lines=20),
        )
    return (
        *(_choice(f"q{number}", 4) for number in range(6)),
        core.TrueFalse(**head("t1"), prompt="It is.", answer=True),
        core.TrueFalse(**head("t2"), prompt="It is not.", answer=False),
    )


def _choice(id_: str, options: int, right: int = 1) -> core.Item:
    return core.Choice(
        **head(id_),
        prompt=f"What about {id_}?",
        options=tuple(core.Option(f"option {n}", right=n < right, source=n) for n in range(options)),
        multiple=right > 1,
    )


def exam(layout: str, versions: int = 2, student_number: int | None = None, **printing: Any) -> Exam:
    """Print the answer sheets of a layout."""
    found = items(layout)
    boxes = layout in ("written", "two pages")
    sheet = whole(found, versions=versions, seed=4, student_number=student_number, written_answers=boxes)
    made = course(found, sheet)
    settings = core.Printing(study_guides=False, bubble_sheets=True, **printing)
    project = msgspec.structs.replace(made.project, printing=settings)
    files = export(msgspec.structs.replace(made, project=project), TEMPLATES, {})
    there = "answer-sheets/quiz/"
    names = [
        name.removeprefix(there)[:-5] for name in files if name.startswith(there) and name.endswith(".json")
    ]
    return Exam(
        {name: json.loads(files[f"{there}{name}.json"]) for name in names},
        {name: weasyprint_pdf(files[f"{there}{name}.html"]) for name in names},
    )
