"""Places are looked up, said once, and sorted."""

from __future__ import annotations

from deckgen.diagnostics import Diagnostic, Edit, Place, Related, Severity, Span
from deckgen.diagnostics.locate import below, locate

TEXT = """\
# a comment
[[question]]
id = "a"
options = [
  "one", # [
  "two",
]

[[question]]
id = "b"
"""
TEXTS = {"a.toml": TEXT, "b.toml": TEXT}


def diagnostic_at(place: Place, message: str = "m", code: str = "x", **more) -> Diagnostic:
    """Return a diagnostic of no importance."""
    return Diagnostic(code=code, message=message, place=place, **more)


def span(place: Place) -> Span | None:
    """Return where a place is found."""
    (item,) = locate([diagnostic_at(place)], TEXTS).found
    return item.span


def test_value_key_and_header():
    """A path leads to what is meant there."""
    assert span(Place("a.toml", ("question", 0, "options", 1))) == Span(6, 3, 6, 8)
    assert span(Place("a.toml", ("question", 0, "options"), "key")) == Span(4, 1, 4, 8)
    assert span(Place("a.toml", ("question", 1), "header")) == Span(9, 1, 9, 13)


def test_span_that_is_known_is_kept():
    """What the reader knows is not looked up."""
    assert span(Place("a.toml", ("question", 1), span=Span(1, 2, 3, 4))) == Span(1, 2, 3, 4)


def test_missing_key_is_shown_at_its_table():
    """What is not there is shown at the nearest thing around it."""
    found = span(Place("a.toml", ("question", 1, "prompt")))
    assert found is not None
    assert found.line == 9


def test_whole_files_have_no_span():
    """A file as a whole, or one that could not be read, has no place in a text."""
    assert span(Place("a.toml")) is None
    assert span(Place("c.toml", ("question", 0))) is None


def test_sorted_by_place_then_severity_code_and_message():
    """Whole files come first, then line and column; errors before warnings at one place."""
    at = Place("a.toml", ("question", 1, "id"))
    ordered = [
        diagnostic_at(Place("a.toml")),
        diagnostic_at(Place("a.toml", ("question", 0, "id"), "key")),
        diagnostic_at(Place("a.toml", ("question", 0, "id"))),
        diagnostic_at(at, "m1", "x"),
        diagnostic_at(at, "m2", "x"),
        diagnostic_at(at, "m1", "y"),
        diagnostic_at(at, "m0", "a", severity=Severity.WARNING),
        diagnostic_at(Place("b.toml")),
    ]
    report = locate(reversed(ordered), TEXTS)
    assert [item.diagnostic for item in report.found] == ordered
    assert (report.errors, report.warnings) == (7, 1)


def test_what_reads_the_same_is_said_once():
    """Two missing keys that lead to one header differ by their messages only."""
    same = [diagnostic_at(Place("a.toml", ("question", 0, "no")), text) for text in ("m", "m", "other")]
    assert [item.diagnostic.message for item in locate(same, TEXTS).found] == ["m", "other"]


def test_related_places():
    """A second place has its span, in its own file."""
    second = Related(Place("b.toml", ("question", 0, "id")), "first here")
    third = Related(Place("c.toml"), "and there")
    (item,) = locate(
        [diagnostic_at(Place("a.toml", ("question", 1, "id")), related=(second, third))], TEXTS
    ).found
    assert item.related == (Span(3, 6, 3, 9), None)


def test_edit_is_located_exactly_or_dropped():
    """An edit is never made beside its place."""
    kept = Edit(Place("a.toml", ("question", 0), "header"), 'was = ["b"]', insert=True)
    lost = Edit(Place("a.toml", ("question", 0, "prompt")), "x")
    whole = Edit(Place("a.toml"), "x")
    place = Place("a.toml", ("question", 0, "id"))
    report = locate(
        [diagnostic_at(place, text, edit=edit) for text, edit in (("1", kept), ("2", lost), ("3", whole))],
        TEXTS,
    )
    edits = [item.diagnostic.edit for item in report.found]
    assert edits[0] is not None
    assert edits[0].place.span == Span(2, 1, 2, 13)
    assert edits[1:] == [None, None]


def test_texts_are_those_of_the_files_named():
    """A report carries no more texts than it can quote from."""
    assert locate([diagnostic_at(Place("b.toml")), diagnostic_at(Place("c.toml"))], TEXTS).texts == {
        "b.toml": TEXT
    }
    second = Related(Place("a.toml", ("question", 0)), "here")
    assert list(locate([diagnostic_at(Place("b.toml"), related=(second,))], TEXTS).texts) == [
        "a.toml",
        "b.toml",
    ]


def test_named_from_outside():
    """`-C course` names files as the caller knows them."""
    second = Related(Place("b.toml", ("question", 0, "id")), "here")
    edit = Edit(Place("a.toml", ("question", 1, "id")), '"c"')
    report = locate(
        [diagnostic_at(Place("a.toml", ("question", 1, "id")), related=(second,), edit=edit)], TEXTS
    )
    (item,) = below(report, "course").found
    diagnostic = item.diagnostic
    assert diagnostic.edit is not None
    names = [diagnostic.place.file, diagnostic.related[0].place.file, diagnostic.edit.place.file]
    assert names == ["course/a.toml", "course/b.toml", "course/a.toml"]
    assert list(below(report, "course").texts) == ["course/a.toml", "course/b.toml"]
    assert item.span == report.found[0].span
