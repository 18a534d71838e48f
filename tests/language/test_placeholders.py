"""Placeholders: `@{name}` in the texts where names are declared."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from deckgen.placeholders import template
from laws import law

_CASES = {
    "plain": None,
    "user@{": "user@{",
    "@{a}": "<a>",
    "is @{a}, in @{ b }?": "is <a>, in <b>?",
    r"\@{a} and @{a}": "@{a} and <a>",
    "@{}": "<>",
    "@{a\nb}": "@{a\nb}",
    "$x@{n}^2$ {{c1::@{n}}}": "$x<n>^2$ {{c1::<n>}}",
}


def test_a_name_gives_way_to_its_value() -> None:
    r"""Every `@{name}` gives way to its value, `\@{` is the text `@{`, and the rest stays as it is."""
    assert {
        text: (found.fill(lambda name: f"<{name}>") if (found := template(text)) else None) for text in _CASES
    } == _CASES


def test_names_come_in_order() -> None:
    """The names of a text come in its order, each as often as it stands there."""
    found = template("@{b} @{a} @{b}")
    assert found is not None
    assert found.names == ("b", "a", "b")


@law(60)
@given(st.text())
def test_values_are_not_read(text: str) -> None:
    """What is put in is never read for placeholders itself."""
    found = template("[@{a}]")
    assert found is not None
    assert found.fill(lambda _: text) == f"[{text}]"
