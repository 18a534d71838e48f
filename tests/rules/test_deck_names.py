"""Names of decks that Anki would not keep."""

from __future__ import annotations

import pytest

from texts import deck, reported, short


@pytest.mark.parametrize("name", ["Default", "default", "DEFAULT"])
def test_the_deck_of_each_collection_is_no_ones_own(name: str) -> None:
    """Anki would call it `Default_`, or put its cards into the learner's."""
    assert reported({"a": deck(name, short("q", "{{a}}"))}) == [
        "bad-deck-name: each collection of Anki has a deck `Default` already (choose another name)"
    ]


@pytest.mark.parametrize("name", ["Default::Sums", "Sums::Default", "Defaults"])
def test_other_decks_may_have_the_word_in_their_names(name: str) -> None:
    """They arrive as they are called."""
    assert reported({"a": deck(name, short("q", "{{a}}"))}) == []
