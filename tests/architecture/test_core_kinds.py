"""Every kind of item has its place in the tables of all targets."""

from __future__ import annotations

import pytest

from deckgen import core
from deckgen.anki.kinds import KINDS as ANKI_KINDS
from deckgen.core import Item
from deckgen.sheet.kinds import ARRANGE
from deckgen.templating import read_folder, shipped_folder
from deckgen.web.quiz_page import WAYS
from deckgen.words import words

#: Tables by what a person would look for.
TABLES = {
    "deckgen.anki.kinds.KINDS": ANKI_KINDS.keys(),
    "deckgen.sheet.kinds.ARRANGE": ARRANGE.keys(),
    "deckgen.web.quiz_page.WAYS": WAYS.keys(),
}
#: Templates of each kind.
TEMPLATES = (
    "anki/{}/front.html",
    "anki/{}/back.html",
    "sheet/{}/question.html",
    "sheet/{}/front.html",
    "sheet/{}/back.html",
    "web/{}.html",
)


@pytest.mark.parametrize("table", TABLES)
def test_every_kind_is_in_every_table(table: str) -> None:
    """What a table lacks is named, and so is what it has beyond the kinds."""
    assert sorted(TABLES[table]) == sorted(core.KINDS), f"{table} and deckgen.core.KINDS differ"


def test_every_kind_has_its_templates_and_its_name() -> None:
    """The templates of cards, paper and web, and the word for its note type."""
    shipped = read_folder(shipped_folder()).keys()
    missing = [
        name.format(kind) for kind in core.KINDS for name in TEMPLATES if name.format(kind) not in shipped
    ]
    assert not missing, f"missing templates: {', '.join(missing)}"
    assert [kind for kind in core.KINDS if f"anki-kind-{kind}" not in words("en")] == []


def test_every_class_of_items_is_of_one_of_the_kinds() -> None:
    """A class of items that the list of kinds does not know would be dropped by nobody's intention.

    A note is what Anki alone knows: all else gets its parts, which are of these kinds.
    """
    classes = [each for each in vars(core).values() if isinstance(each, type) and issubclass(each, Item)]
    kinds = {name for each in classes if each not in (Item, core.Note) for name in _kinds(each)}
    assert kinds == set(core.KINDS)


def _kinds(kind: type[Item]) -> set[str]:
    """Return the kinds that items of a class can be of, without making one."""
    if kind is core.Choice:
        return {"choice", "multiple"}
    return {kind.kind.fget(None)}  # type: ignore[attr-defined]
