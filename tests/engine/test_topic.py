"""A card names its deck, or the topic that the deck's file gives instead."""

from __future__ import annotations

from pathlib import Path

import pytest

from anki_judge import collection, import_package, render_card
from deckgen.pipeline.outcome import Options
from deckgen.pipeline.pipeline import build
from engine.projects import PROJECT, write_files

NOW = 1_790_000_000


def _write(root: Path, topic: str = "") -> None:
    said = f"topic = '{topic}'\n" if topic else ""
    question = (
        '[[question]]\nid = "sum"\ntype = "true-false"\nprompt = "One and one are two."\nanswer = true\n'
    )
    write_files(
        root,
        {
            "deckgen.toml": PROJECT + "[sheet]\nflashcards = 8\n",
            "cards/a.toml": '[deck]\nname = "Sums::Errors"\n' + said + question,
        },
    )
    assert build(root, Options(now=NOW)).diagnostics == ()


@pytest.mark.parametrize(
    ("topic", "shown"), [("", "Errors"), ("Sums & more <b>", "Sums &amp; more &lt;b&gt;")]
)
def test_a_card_names_its_topic(tmp_path: Path, topic: str, shown: str) -> None:
    """Both sides say the topic, escaped; without one the last part of the deck's name."""
    _write(tmp_path, topic)
    with collection() as col:
        import_package(col, tmp_path / "dist/anki/Sums.apkg")
        (card,) = col.find_cards("")
        for side in render_card(col, card)[:2]:
            assert f'<span class="deck" dir="auto">{shown}</span>' in side
            assert ("Errors" in side) is not bool(topic)
        assert col.decks.name(col.get_card(card).did) == "Sums::Errors"


def test_a_paper_flashcard_names_it_too(tmp_path: Path) -> None:
    """The corner of a flashcard says the topic, not the deck."""
    _write(tmp_path, "Adding")
    page = (tmp_path / "dist/flashcards/Sums.html").read_text("utf-8")

    assert "Adding" in page
    assert "Errors" not in page


def test_learners_get_another_topic(tmp_path: Path) -> None:
    """A topic is a part of what a note says: who has the note gets it anew."""
    _write(tmp_path)
    with collection() as col:
        import_package(col, tmp_path / "dist/anki/Sums.apkg")
        _write(tmp_path, "Adding")
        log = import_package(col, tmp_path / "dist/anki/Sums.apkg")
        (card,) = col.find_cards("")

        assert len(log.updated) == 1
        assert "Adding" in render_card(col, card)[0]
