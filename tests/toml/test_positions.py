"""Every key and value is found where it stands, whatever stands in front of it."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any

from hypothesis import example, given

from deckgen.toml import Positions, Spot, SyntaxProblem, decode, decode_bytes
from laws import all_hold, law
from toml.documents import Written, documents
from toml.suite import Case, valid

Path = tuple[str | int, ...]


def cut(text: str, spot: Spot) -> str:
    """Return what stands at a spot, by counting lines and columns as an editor does."""
    lines = text.split("\n")[spot.line - 1 : spot.end_line]
    lines[-1] = lines[-1][: spot.end_column - 1]
    lines[0] = lines[0][spot.column - 1 :]
    return "\n".join(lines)


def paths(value: Any, path: Path = ()) -> Iterator[tuple[Path, Any]]:
    """Give the path of everything in a decoded document."""
    if path:
        yield path, value
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for part, held in inner:
        yield from paths(held, (*path, part))


def alone(text: str) -> Any:
    """Decode a value that was cut out."""
    decoded = decode(f"it = {text}\n")
    assert not isinstance(decoded, SyntaxProblem), (text, decoded)
    return decoded["it"]


def same(one: Any, other: Any) -> bool:
    """Compare decoded values; nan is like nan."""
    if isinstance(one, dict):
        return one.keys() == other.keys() and all(same(one[key], other[key]) for key in one)
    if isinstance(one, list):
        return len(one) == len(other) and all(map(same, one, other))
    return one == other or (isinstance(one, float) and math.isnan(one) and math.isnan(other))


def check_all_places(text: str, document: dict[str, Any]) -> None:
    """Check the law for every path of a document."""
    positions = Positions(text)
    for path, value in paths(document):
        spot = positions.value(path)
        header = positions.header(path)
        assert spot is not None, path
        found = cut(text, spot)
        key = positions.key(path)
        if isinstance(path[-1], str):
            if key is not None:
                name = decode(f"{cut(text, key)} = 1\n")
                assert name == {path[-1]: 1}
            else:
                assert isinstance(value, list)  # made by headers of its elements
                assert positions.header((*path, 0)) is not None
        else:
            assert key is None
        if header is not None:
            head = decode(cut(text, header) + "\n")
            names = tuple(part for part in path if isinstance(part, str))
            assert [inner for inner, _ in paths(head) if all(isinstance(p, str) for p in inner)][-1] == names
        elif isinstance(value, dict | list) and not found.startswith(("[", "{")):
            assert any(isinstance(one, dict) for one in [value])  # made by dotted keys
        elif found.startswith("[") and (isinstance(value, dict) or positions.header((*path, 0))):
            assert decode(found + "\n") is not None  # a header further down made it
        else:
            assert same(alone(found), value)


@law(40)
@given(documents())
@example(Written('a = """\n\n"""\nb = 1\n', {"a": "\n", "b": 1}))
@example(
    Written(
        "[x]\n[[x.y]]\nz.a = {b.c = 1, d = [ # ]\n 2]}\n",
        {"x": {"y": [{"z": {"a": {"b": {"c": 1}, "d": [2]}}}]}},
    )
)
def test_a_value_cut_out_is_that_value(written: Written) -> None:
    """What stands at the place of a value, decoded alone, is the value; at that of a key, the key."""
    document = decode(written.text)
    assert not isinstance(document, SyntaxProblem), document
    assert document == written.value
    check_all_places(written.text, document)


def test_the_law_holds_for_the_suite() -> None:
    """The same for every valid file of the compliance suite."""
    all_hold(((case.name, case) for case in valid()), holds_for)


def holds_for(case: Case) -> None:
    text = decode_bytes(case.content)
    assert isinstance(text, str)
    document = decode(text)
    assert isinstance(document, dict)
    check_all_places(text, document)


@law(25)
@given(documents())
def test_leaves_are_given_in_order(written: Written) -> None:
    """All values that are no tables and no arrays are given once each, as they follow in the text."""
    leaves = list(Positions(written.text).leaves())
    assert [span for _, span in leaves] == sorted(span for _, span in leaves)
    wanted = {path for path, value in paths(written.value) if not isinstance(value, dict | list)}
    assert {path for path, _ in leaves} == wanted
    assert len(leaves) == len(wanted)


def test_what_is_not_there_has_no_place() -> None:
    """A path that the document has not is nowhere; the nearest table around it is offered."""
    positions = Positions("[deck]\nname = 'x'\nlist = [1]\n")
    for path in [("dek",), ("deck", "nam"), ("deck", "name", 0), ("deck", "list", 1), ("deck", "list", "x")]:
        assert positions.value(path) is None
        assert positions.key(path) is None
        assert positions.header(path) is None
    assert positions.nearest(("deck", "nam")) == Spot(1, 1, 1, 7)
    assert positions.nearest(("deck", "list", 1)) == Spot(3, 8, 3, 11)
    assert positions.nearest(("dek",)) == Spot(1, 1, 1, 2)


def test_columns_count_characters() -> None:
    """Columns are characters, not bytes and not UTF-16 units."""
    assert Positions("'日本' = '👩‍🚀' # é\n").value(("日本",)) == Spot(1, 8, 1, 13)


def test_carriage_returns_belong_to_line_ends() -> None:
    """CRLF counts as one line end, and is no part of a value before it."""
    text = 'a = 1\r\nb = """\r\nx\r\n"""\r\nc = 2\r\n'
    assert Positions(text).value(("a",)) == Spot(1, 5, 1, 6)
    assert Positions(text).value(("b",)) == Spot(2, 5, 4, 4)
    assert Positions(text).value(("c",)) == Spot(5, 5, 5, 6)
