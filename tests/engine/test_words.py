"""Words from TOML to Anki: cards, siblings, updates, words that go."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from anki_judge import collection, import_package, render_card
from deckgen.pipeline.outcome import Options, Outcome
from deckgen.pipeline.pipeline import build
from engine.projects import PROJECT, write_files
from sounds.made import tone

NOW = 1_790_000_000
DECK = '[deck]\nname = "Spanish"\nlanguage = "es"\n'
GATO = """
[[word]]
id = "gato"
term = "el gato"
meaning = ["cat"]
part = "noun"
gender = "m"
examples = ["El {{gato}} duerme.", "Mi gato come."]
directions = ["recognise", "produce", "spell"]
"""
VACA = '\n[[word]]\nid = "vaca"\nterm = "la vaca"\nmeaning = ["cow"]\n'


def _build(root: Path, *texts: str, now: int = NOW, project: str = PROJECT) -> Outcome:
    write_files(root, {"deckgen.toml": project, "cards/words.toml": "".join((DECK, *texts))})
    outcome = build(root, Options(now=now))
    assert outcome.diagnostics == ()
    return outcome


def _import(col: Any, root: Path) -> tuple[int, int, int]:
    """Import the package; return how many notes are new, updated and in conflict."""
    log = import_package(col, root / "dist/anki/Spanish.apkg")
    return len(log.new), len(log.updated), len(log.conflicting)


def _cards(col: Any, id_: str) -> dict[int, Any]:
    (note,) = [note for note in map(col.get_note, col.find_notes("")) if note["Id"] == id_]
    return {card.ord: card for card in note.cards()}


def test_a_word_has_a_card_for_each_direction(tmp_path: Path) -> None:
    """Directions are cards of one note, in their places; an example with a gap is a cloze note; no card is blank."""
    _build(tmp_path, GATO, VACA)
    with collection() as col:
        assert _import(col, tmp_path) == (3, 0, 0)
        assert list(_cards(col, "gato")) == [0, 1, 3]
        assert list(_cards(col, "vaca")) == [0, 1]
        assert list(_cards(col, "gato/example/1")) == [0]
        for id_ in col.find_cards(""):
            front, back, empty = render_card(col, id_)
            assert not empty
            assert front.strip()
            assert back.strip()
        assert not col.get_empty_cards().notes
        _, fine = col.fix_integrity()
        assert fine


def test_learners_may_edit_the_note_type(tmp_path: Path) -> None:
    """Anki takes an edit of the type in spite of its spare cards, and their own note of it has no further cards."""
    _build(tmp_path, GATO, VACA)
    with collection() as col:
        _import(col, tmp_path)
        model = _cards(col, "gato")[0].note_type()
        model["css"] += "\n/* mine */"
        col.models.update_dict(model)
        note = col.new_note(model)
        note["Term"], note["Recognise"] = "el perro", "1"
        col.add_note(note, col.decks.id("Spanish"))
        assert [card.ord for card in note.cards()] == [0]
        assert _import(col, tmp_path) == (0, 0, 0)


def test_anki_buries_the_other_directions(tmp_path: Path) -> None:
    """After a card of a word, Anki brings none of its siblings on that day."""
    _build(tmp_path, GATO, VACA)
    with collection() as col:
        _import(col, tmp_path)
        deck = col.decks.by_name("Spanish")
        config = col.decks.config_dict_for_deck_id(deck["id"])
        config["new"]["bury"] = True
        col.decks.save(config)
        col.decks.select(deck["id"])
        card = col.sched.getCard()
        assert (card.note()["Id"], card.ord) == ("gato", 0)
        col.sched.answerCard(card, 4)
        buried = {ord_: card.queue < 0 for ord_, card in _cards(col, "gato").items()}
        assert buried == {0: False, 1: True, 3: True}
        assert [card.queue for card in _cards(col, "vaca").values()] == [0, 0]


def test_one_word_changed_is_one_note_changed(tmp_path: Path) -> None:
    """Nothing arrives where nothing changed; one word arrives where one changed, and no review is lost."""
    _build(tmp_path, GATO, VACA)
    with collection() as col:
        _import(col, tmp_path)
        col.sched.set_due_date(list(col.find_cards("")), "7")
        before = {card.id: (card.due, card.ivl, card.reps) for card in map(col.get_card, col.find_cards(""))}
        _build(tmp_path, GATO, VACA, now=NOW + 1000)
        assert _import(col, tmp_path) == (0, 0, 0)
        _build(tmp_path, GATO, VACA.replace('"cow"', '"cow", "heifer"'), now=NOW + 2000)
        assert _import(col, tmp_path) == (0, 1, 0)
        assert "heifer" in _cards(col, "vaca")[0].answer()
        after = {card.id: (card.due, card.ivl, card.reps) for card in map(col.get_card, col.find_cards(""))}
        assert after == before


def test_a_direction_that_is_added_is_a_sibling(tmp_path: Path) -> None:
    """A word that gets another direction gets its card in place; the others keep their schedule."""
    _build(tmp_path, GATO, VACA)
    with collection() as col:
        _import(col, tmp_path)
        col.sched.set_due_date([card.id for card in _cards(col, "vaca").values()], "7")
        due = {ord_: card.due for ord_, card in _cards(col, "vaca").items()}
        spelled = VACA + 'directions = ["spell", "recognise", "produce"]\n'
        _build(tmp_path, GATO, spelled, now=NOW + 1000)
        assert _import(col, tmp_path) == (0, 1, 0)
        cards = _cards(col, "vaca")
        assert list(cards) == [0, 1, 3]
        assert {ord_: cards[ord_].due for ord_ in due} == due


def test_the_deck_says_the_directions_of_its_words(tmp_path: Path) -> None:
    """`directions` of `[deck]` holds for words that do not say otherwise; `listen` only where there is a sound."""
    words = 'directions = ["produce", "listen"]\n' + GATO + VACA
    outcome = _build(tmp_path, words)
    assert outcome.diagnostics == ()
    with collection() as col:
        _import(col, tmp_path)
        assert list(_cards(col, "vaca")) == [1]
        assert list(_cards(col, "gato")) == [0, 1, 3]


def test_a_word_is_heard(tmp_path: Path) -> None:
    """With a sound a word is asked by ear, too; what names the player does not tell the word, on no medium."""
    (tmp_path / "media").mkdir()
    (tmp_path / "media/a.mp3").write_bytes(tone("mp3"))
    sheet = (
        '[[sheet]]\nid = "t"\ntitle = "T"\noutputs = ["paper", "quiz"]\nfrom = ["Spanish"]\nask = "listen"\n'
    )
    _build(tmp_path, GATO, VACA, 'sound = "media/a.mp3"\n', sheet)
    with collection() as col:
        _import(col, tmp_path)
        cards = _cards(col, "vaca")
        assert list(cards) == [0, 1, 2]
        assert "la vaca" not in cards[2].question().split("<script>")[0]
        assert [len(cards[number].question_av_tags()) for number in range(3)] == [0, 0, 1]
        assert not col.media.check().missing
    paper = (tmp_path / "dist/sheets/t/A.html").read_text("utf-8")
    (line,) = re.findall("<li .*?</li>", paper, re.DOTALL)
    assert not re.search("vaca|cow", line)
    (player,) = re.findall("<audio[^>]*>", (tmp_path / "dist/web/t.html").read_text("utf-8"))
    assert 'aria-label="Pronunciation"' in player


def test_a_renamed_word_keeps_its_history(tmp_path: Path) -> None:
    """With `was` its note and the cloze of its example stay the same notes."""
    _build(tmp_path, GATO, VACA)
    with collection() as col:
        _import(col, tmp_path)
        ids = sorted(col.find_notes(""))
        renamed = GATO.replace('id = "gato"', 'id = "el-gato"\nwas = ["gato"]')
        _build(tmp_path, renamed, VACA, now=NOW + 1000)
        assert _import(col, tmp_path)[0] == 0
        assert sorted(col.find_notes("")) == ids


@pytest.mark.parametrize("bank", [False, True])
def test_a_word_that_goes_shows_the_banner(tmp_path: Path, *, bank: bool) -> None:
    """Cards of a word that was removed, or moved into a bank, are not blank: they say so."""
    _build(tmp_path, GATO, VACA)
    with collection() as col:
        _import(col, tmp_path)
        if bank:
            write_files(tmp_path, {"cards/bank.toml": DECK + "bank = true\n" + GATO})
        _build(tmp_path, VACA, now=NOW + 1000)
        assert _import(col, tmp_path) == (0, 2, 0)
        for card in _cards(col, "gato").values():
            front, _, empty = render_card(col, card.id)
            assert not empty
            assert "no longer part of" in front
            assert ("el gato" in front) is (not bank and card.ord == 0)
        assert not col.get_empty_cards().notes
