"""Decide everything about a sheet's versions: both the sheets and their key are printed from this."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING

import msgspec

from deckgen.core import Draws, Item, Numeric, Scoring, Sheet
from deckgen.ranks import Key, Order
from deckgen.sheet.kinds import ARRANGE
from deckgen.sheet.shuffle import orders, version_name
from deckgen.sheet.version import CODE_LETTERS, Part, Question, Version, costs_of, unit
from deckgen.sheet.vocabulary import Vocabulary, asked
from deckgen.sheet.writing import writing_lines

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from deckgen.core import Course, Section
    from deckgen.sheet.arrangement import Arrangement


def plan(course: Course, sheet: Sheet) -> tuple[Version, ...]:
    """Plan every version of a sheet. The same questions are drawn for all of them."""
    items = course.by_id()
    key = (sheet.id, str(sheet.seed))
    parts = []
    words = Vocabulary(course)
    for number, section in enumerate(sheet.sections, start=1):
        taken = [items[id_] for id_ in section.items]
        made = asked(taken, section.ask, words, f"{sheet.id}/{number}")
        scoring = section.scoring.over(sheet.scoring).over(course.project.printing.scoring)
        parts.append(_part_versions(section, sheet, made, key, course.draws, scoring))
    versions = [
        _version(sheet, version_name(index), [part[index] for part in parts])
        for index in range(sheet.versions)
    ]
    all_asked = (question.item for version in versions for question in version.questions)
    numbers = tuple(dict.fromkeys(item.answer for item in all_asked if isinstance(item, Numeric)))
    return tuple(msgspec.structs.replace(version, numbers=numbers) for version in versions)


def plan_attempts(course: Course, sheet: Sheet) -> tuple[Version, ...]:
    """Plan a sheet for a screen: version A, with the numbers of each attempt where questions have parameters."""
    drawn = {
        id_: course.draws[id_].attempts
        for part in sheet.sections
        for id_ in part.items
        if id_ in course.draws
    }
    count = max(map(len, drawn.values()), default=1)
    return tuple(
        plan(
            msgspec.structs.replace(
                course,
                draws={
                    id_: Draws(
                        attempts=made, versions={sheet.id: (made[attempt % len(made)],) * sheet.versions}
                    )
                    for id_, made in drawn.items()
                },
            ),
            sheet,
        )[0]
        for attempt in range(count)
    )


def _part_versions(
    section: Section,
    sheet: Sheet,
    items: list[Item],
    key: Key,
    draws: Mapping[str, Draws],
    scoring: Scoring,
) -> tuple[Part, ...]:
    """Return the section as each version prints it, numbered from 1 for the time being."""
    asked_in = [_asked_in(item, sheet, draws) for item in items]
    arranged = [_arranged(each, (*key, "item", each[0].lasting_name)) for each in asked_in]
    turns = _turns(items, (*key, "questions"), sheet)
    return tuple(
        Part(
            section.title,
            section.instructions,
            tuple(
                Question(
                    number,
                    asked_in[place][version],
                    arranged[place][version],
                    scoring=items[place].scoring.over(scoring),
                )
                for number, place in enumerate(turn, start=1)
            ),
            section.whole_tables,
            section.blank,
            section.paper_instructions,
        )
        for version, turn in enumerate(turns)
    )


def _asked_in(item: Item, sheet: Sheet, draws: Mapping[str, Draws]) -> tuple[Item, ...]:
    """Return the item as each version asks it: with other numbers where it has parameters."""
    return draws[item.id].versions[sheet.id] if item.id in draws else (item,) * sheet.versions


def _arranged(items: tuple[Item, ...], key: Key) -> Sequence[Arrangement]:
    """Arrange an item for each version, given as each version asks it."""
    count = len(items)
    if all(item is items[0] for item in items):
        return ARRANGE[items[0].kind](items[0], key, count)
    return [ARRANGE[item.kind](item, key, count)[version] for version, item in enumerate(items)]


def _turns(items: list[Item], key: Key, sheet: Sheet) -> tuple[Order, ...]:
    """Return the order of a section's items in each version."""
    if sheet.order == "source" and not any(item.stem for item in items):
        return (tuple(range(len(items))),) * sheet.versions
    units: dict[str, list[int]] = {}
    for place, item in enumerate(items):
        units.setdefault(unit(item), []).append(place)
    together = tuple(units.values())
    if sheet.order == "source":
        return (tuple(place for each in together for place in each),) * sheet.versions
    return tuple(
        tuple(place for at in order for place in together[at])
        for order in orders(tuple(units), key, sheet.versions)
    )


def _version(sheet: Sheet, name: str, parts: list[Part]) -> Version:
    level = 3 if any(part.title and part.questions for part in parts) else 2
    numbered = tuple(
        _numbered(parts, shows_points=_differ(parts), shows_cost=len(costs_of(parts)) > 1, level=level)
    )
    return Version(sheet, name, _code(sheet, name, numbered), numbered)


def _differ(parts: list[Part]) -> bool:
    return len({question.item.points for part in parts for question in part.questions}) > 1


def _numbered(parts: list[Part], *, shows_points: bool, shows_cost: bool, level: int) -> Iterator[Part]:
    """Number the questions through all parts."""
    before = 0
    for part in parts:
        yield msgspec.structs.replace(
            part,
            questions=tuple(
                msgspec.structs.replace(
                    question,
                    number=before + question.number,
                    shows_points=shows_points,
                    shows_cost=shows_cost,
                    level=level,
                )
                for question in part.questions
            ),
        )
        before += len(part.questions)


def _code(sheet: Sheet, name: str, parts: tuple[Part, ...]) -> str:
    """Return four letters that change when anything does that a marker needs to know."""
    parts_of_code = [sheet.id, name]
    parts_of_code += [
        f"{q.item.lasting_name} {q.arrangement.solution}" for part in parts for q in part.questions
    ]
    if sheet.written_answers:
        # They decide where the boxes to write in are.
        parts_of_code += [f"{q.number} {writing_lines(q.item)}" for part in parts for q in part.questions]
    number = int.from_bytes(sha256("\n".join(parts_of_code).encode()).digest()[:4])
    return "".join(CODE_LETTERS[number >> shift & 31] for shift in (15, 10, 5, 0))
