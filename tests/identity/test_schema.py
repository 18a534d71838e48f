"""The places of the fields and cards of note types in a lock."""

from __future__ import annotations

from deckgen.identity import Lock, Schema, SchemaCard, dumps, parse
from deckgen.identity.schema import fold_schemas

HEAD = "deckgen.lock 2\nrelease 1 1\n"
LINE = 'schema own/country {"fields":["country","capital",""],"cards":[["capital",["capital"]],["",[]]],"cloze":""}\n'
COUNTRY = Schema(("country", "capital", ""), (SchemaCard("capital", ("capital",)), SchemaCard()))


def test_a_line_is_written_as_it_is_read() -> None:
    """A schema is one line, and the same after reading and writing."""
    lock = parse(HEAD + LINE)
    assert isinstance(lock, Lock)
    assert [(each.key, each.schema) for each in lock.schemas] == [("own/country", COUNTRY)]
    assert LINE in dumps(lock)


def test_a_lock_of_an_older_deckgen_has_none() -> None:
    """Locks that were written before there were such types are read as they are."""
    lock = parse(HEAD)
    assert isinstance(lock, Lock)
    assert lock.schemas == ()


def test_what_two_branches_added_is_folded() -> None:
    """A merge leaves the lines of both: what only one of them has taken keeps its place."""
    lock = parse(HEAD + LINE + LINE.replace('"capital",""]', '"capital","flag"]'))
    assert isinstance(lock, Lock)
    assert lock.schemas[0].schema.fields == ("country", "capital", "flag")


def test_one_place_for_two_fields_is_reported() -> None:
    """Where both branches gave one place away, nobody can tell which field learners have there."""
    mine, theirs = (LINE.replace('"capital",""]', f'"capital","{name}"]') for name in ("flag", "river"))
    problems = parse(HEAD + mine + theirs)
    assert not isinstance(problems, Lock)
    (problem,) = problems
    assert (problem.code, problem.line) == ("lock-two-schemas", 4)
    assert "different places" in problem.message


def test_a_damaged_line_is_reported() -> None:
    """What is no schema is reported with what is wrong, and never raises."""
    problems = parse(HEAD + LINE.replace('"fields"', '"felds"'))
    assert not isinstance(problems, Lock)
    assert "this is not a schema" in problems[0].message
    twice = parse(HEAD + LINE.replace('"country",', '"capital",'))
    assert not isinstance(twice, Lock)
    assert "something has two places" in twice[0].message
    for wrong in (LINE.replace('"capital",', '"{{x}}",'), LINE.replace('"cloze":""', '"cloze":"x"')):
        problems = parse(HEAD + wrong)
        assert not isinstance(problems, Lock)
        assert "this is not a schema" in problems[0].message


def test_a_cloze_stays_one() -> None:
    """Schemas that are no two states of one type are not folded."""
    other = Schema(COUNTRY.fields, COUNTRY.cards, "country")
    assert fold_schemas(COUNTRY, other) is None
    assert fold_schemas(COUNTRY, Schema(COUNTRY.fields[:2], COUNTRY.cards)) is None
    moved = Schema(("country", "", "capital"), COUNTRY.cards)
    assert fold_schemas(COUNTRY, moved) is None
