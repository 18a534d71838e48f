"""Ids are permanent: learners' histories hang on them."""

from __future__ import annotations

import re
from pathlib import Path

from deckgen.identity import Lock, parse
from deckgen.identity.fingerprint import guid
from deckgen.reading.project import LOCK_FILE

ROOT = Path(__file__).resolve().parents[2]
#: Every id that was ever published. Lines are added, never taken away.
PUBLISHED = Path(__file__).parent / "ids.txt"
#: Those whose items are gone: learners see the banner of a retired note. Lines are added, never taken away.
RETIRED = Path(__file__).parent / "retired.txt"


def _ids(compiled) -> list[str]:
    course = compiled.course
    return [item.id for item in course.items] + [f"sheet {sheet.id}" for sheet in course.sheets]


def test_ids_are_kebab_case(compiled):
    """Every id is lower-case words and hyphens; those of made questions are joined by slashes."""
    word = "[a-z0-9]+(?:-[a-z0-9]+)*"
    pattern = re.compile(f"(?:sheet )?{word}(?:/{word})*")

    assert [id_ for id_ in _ids(compiled) if not pattern.fullmatch(id_)] == []


def test_published_ids_live_on(compiled, expect_file):
    """Each id that was published is in use, is the former id of something that is, or is retired for good."""
    former = {id_ for item in compiled.course.items for id_ in item.was}
    current = _ids(compiled)
    published = PUBLISHED.read_text("utf-8").splitlines() if PUBLISHED.exists() else []
    retired = RETIRED.read_text("utf-8").splitlines()

    assert sorted(set(published) - set(current) - former) == retired == sorted(set(retired))
    expect_file(PUBLISHED, "".join(f"{id_}\n" for id_ in sorted({*published, *current})))


def test_project_keeps_its_id(compiled):
    """The project's id is a part of every GUID."""
    assert compiled.course.project.id == "socket-and-port"


def test_the_lock_knows_every_note(compiled):
    """What learners get is in the committed lock under the GUID of its id, so that no clone begins anew."""
    lock = parse((ROOT / LOCK_FILE).read_text("utf-8"))
    assert isinstance(lock, Lock)
    known = {note.id: note.guid for note in lock.notes}
    project = compiled.course.project.id
    items = [item for item in compiled.course.items if item.in_deck]

    assert len(items) > 150
    assert {item.id: known.get(item.id) for item in items} == {
        item.id: guid(project, item.was[0] if item.was else item.id) for item in items
    }
