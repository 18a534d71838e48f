"""What git leaves of a merge is reported as such, and not as a key that is missing."""

from __future__ import annotations

from deckgen.compiler.parse import parse


def test_marks_of_a_conflict_are_reported() -> None:
    """Wherever they stand, and whatever the decoder would say first."""
    for before in (
        '[deck]\nname = "a"\n',
        '[deck]\nname = "a\n',
        '[[question]]\nid = "a"\nprompt = """\nx\n',
    ):
        _, found = parse("cards/a.toml", f"{before}<<<<<<< HEAD\nx = 1\n=======\nx = 2\n>>>>>>> other\n")
        assert [each.message for each in found] == ["an unresolved merge conflict"]
        assert found[0].place.span
        assert found[0].place.span.line == before.count("\n") + 1
