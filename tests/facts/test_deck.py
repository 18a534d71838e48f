"""Every measurement that the deck cites is a test here, and every test says what it shows."""

from __future__ import annotations

import ast
import re
import tomllib
from pathlib import Path
from typing import Any, NamedTuple

HERE = Path(__file__).resolve().parent
CARDS = HERE.parents[1] / "cards"
#: The tests of the deck itself show no item.
NO_FACTS = "test_deck.py"


class Cited(NamedTuple):
    """What an item (or a cell of a table) cites of our own measurements."""

    item: str
    test: str


def _files() -> list[dict[str, Any]]:
    return [tomllib.loads(path.read_text("utf-8")) for path in sorted(CARDS.rglob("*.toml"))]


def _sourced() -> list[tuple[str, list[str]]]:
    """List what has sources: items by id, cells of tables as table/row/concept."""
    found = []
    for file in _files():
        for kind in ("concept", "question", "misconception"):
            found += [(item["id"], item.get("sources", [])) for item in file.get(kind, [])]
        for table in file.get("comparison", []):
            for row in table["row"]:
                found += [
                    (f"{table['id']}/{row['id']}/{concept}", row["sources"].get(concept, []))
                    for concept in table["between"]
                ]
    return found


def _cited() -> list[Cited]:
    return [
        Cited(id_, "test_" + source.removeprefix("experiment").strip().replace(" ", "_"))
        for id_, sources in _sourced()
        for source in sources
        if source.split(" ")[0] == "experiment"
    ]


def _tests() -> dict[str, str]:
    """Map the name of each test of a fact to its docstring."""
    return {
        function.name: ast.get_docstring(function) or ""
        for path in sorted(HERE.glob("test_*.py"))
        if path.name != NO_FACTS
        for function in ast.parse(path.read_text("utf-8")).body
        if isinstance(function, ast.FunctionDef) and function.name.startswith("test_")
    }


def _shown(docstring: str) -> list[str]:
    _, _, listed = docstring.partition("Shows:")
    return re.findall(r"[a-z0-9/-]+", listed)


def test_every_item_and_cell_has_a_source():
    """No fact stands in the deck without a source."""
    assert [id_ for id_, sources in _sourced() if not sources] == []


def test_every_cited_measurement_is_a_test():
    """Where an item cites our own measurement, the place it names is a test function here."""
    cited = _cited()

    assert len(cited) > 20
    assert [one for one in cited if one.test not in _tests()] == []


def test_every_measurement_names_the_items_that_cite_it():
    """The docstring of a test names each item that cites it, so that both are changed together."""
    tests = _tests()

    assert [one for one in _cited() if one.item not in _shown(tests[one.test])] == []


def test_every_test_shows_items_that_exist():
    """A test's docstring is a claim, and names items of the deck that it shows."""
    known = {id_ for id_, _ in _sourced()}

    for name, docstring in _tests().items():
        shown = _shown(docstring)
        assert shown, f"{name} shows nothing"
        assert set(shown) <= known, name
