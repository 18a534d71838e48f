"""The order of new cards: files as stated; in a mixed deck nothing that is alike stands in blocks."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby

import pytest

from deckgen.core import (
    Choice,
    Cloze,
    Concept,
    Course,
    Deck,
    Gap,
    Item,
    Open,
    Option,
    Project,
    TrueFalse,
    Word,
    new_card_places,
)

DECK = "Networking::Ports"


def _course(*order: str, mixed: Iterable[str] = (DECK,), decks: Iterable[str] = (DECK,)) -> Course:
    return Course(
        project=Project(id="p", title="P", new_order=order),
        decks=tuple(Deck(name=name, new="mixed" if name in mixed else "source") for name in decks),
        items=(),
    )


def _head(id_: str, file: str = "a", deck: str = DECK, cell: str = "") -> dict[str, str]:
    return {"id": id_, "file": file, "deck": deck, "cell": cell}


def _claim(id_: str, *, answer: bool, **where: str) -> TrueFalse:
    return TrueFalse(prompt="…", answer=answer, **_head(id_, **where))


def _which(row: str, concept: str) -> Choice:
    options = tuple(Option(text, right=text == concept) for text in ("socket", "port"))
    return Choice(prompt="…", options=options, **_head(f"t/{row}/which/{concept}", cell=f"t/{row}/{concept}"))


def _concept(number: int) -> Concept:
    return Concept(term=f"T{number}", definition="…", **_head(f"concept-{number}"))


def _cloze(id_: str, gaps: int) -> Cloze:
    return Cloze(text="…", gaps=tuple(Gap(n + 1, "x") for n in range(gaps)), **_head(id_))


def _in_order(places: dict[str, tuple[int, ...]]) -> list[tuple[str, int]]:
    """Return the cards, each by its item and its number, in the order of their places."""
    cards = [(place, id_, number) for id_, own in places.items() for number, place in enumerate(own)]
    return [(id_, number) for _, id_, number in sorted(cards)]


def _answers(items: list[Item], places: dict[str, tuple[int, ...]]) -> list[str]:
    keys = {item.id: item.key for item in items}
    return [keys[id_] for id_, _ in _in_order(places)]


def _course_of_all() -> list[Item]:
    """A deck as people write it: concepts last, claims in blocks, rows of a table side by side, clozes."""
    return [
        *(_claim(f"true-{n}", answer=True) for n in range(20)),
        *(_claim(f"false-{n}", answer=False) for n in range(25)),
        *(_which(f"row-{n}", concept) for n in range(10) for concept in ("socket", "port")),
        *(_cloze(f"cloze-{n}", 3) for n in range(4)),
        *(Open(prompt="…", model="…", **_head(f"open-{n}")) for n in range(5)),
        *(_concept(n) for n in range(12)),
    ]


def test_files_come_in_the_stated_order_and_the_others_after_them():
    """Files that the order names come first, as it names them; the others follow as they are given."""
    items = [_claim(f"{file}-{n}", answer=True, file=file) for file in "abcd" for n in range(2)]
    places = new_card_places(_course("c", "b", mixed=()), items)

    assert [id_ for id_, _ in _in_order(places)] == ["c-0", "c-1", "b-0", "b-1", "a-0", "a-1", "d-0", "d-1"]


def test_without_an_order_the_source_has_it():
    """Where nothing is stated, notes come as they are written, and siblings share a place."""
    items = [_concept(1), _claim("a", answer=True), _cloze("b", 2)]

    assert new_card_places(_course(mixed=()), items) == {"concept-1": (1, 1), "a": (2,), "b": (3, 3)}


def test_each_package_counts_for_itself():
    """Places begin with 1 in every top-level deck."""
    items = [_claim("a", answer=True, deck="A::x"), _claim("b", answer=True, deck="B"), _concept(1)]

    assert new_card_places(_course(mixed=()), items) == {"a": (1,), "b": (1,), "concept-1": (1, 1)}


def test_concepts_come_first_and_their_second_cards_with_the_rest():
    """What introduces something stands before everything else, once, in the source's order."""
    cards = _in_order(new_card_places(_course(), _course_of_all()))

    assert cards[:12] == [(f"concept-{n}", 0) for n in range(12)]
    assert len(cards) == len(set(cards)) == 45 + 20 + 12 + 5 + 24


def test_equal_answers_do_not_stand_in_blocks():
    """No answer comes three times in a row."""
    items = _course_of_all()
    answers = _answers(items, new_card_places(_course(), items))

    assert max(len(list(run)) for answer, run in groupby(answers) if answer) <= 2


def test_siblings_and_rows_stand_apart():
    """Cards of one note have ten others between them, cards about one row four."""
    items = _course_of_all()
    cards = _in_order(new_card_places(_course(), items))
    rows = {item.id: item.cell.rpartition("/")[0] for item in items if item.cell}

    for apart, of in ((10, lambda card: card[0]), (4, lambda card: rows.get(card[0], card))):
        last: dict[object, int] = {}
        for at, card in enumerate(cards):
            assert at - last.get(of(card), -99) > apart, card
            last[of(card)] = at


def _words(count: int) -> list[Item]:
    """Words with three cards, each followed by the cloze of its example."""
    return [
        item
        for n in range(count)
        for item in (
            Word(
                term="…",
                meanings=("…",),
                term_language="es",
                directions=("recognise", "produce", "spell"),
                **_head(f"word-{n}"),
            ),
            _cloze(f"word-{n}/example/1", 1),
        )
    ]


def test_words_come_first_and_what_tells_them_stands_apart():
    """Each word is introduced once; its other cards and its examples come later, ten and four cards apart.

    At the end of a deck there may be nothing else left to put between them.
    """
    cards = _in_order(new_card_places(_course(), _words(20)))

    assert cards[:20] == [(f"word-{n}", 0) for n in range(20)]
    last: dict[str, int] = {}
    for at, (id_, _) in enumerate(cards[:-10]):
        word, _, example = id_.partition("/")
        assert at - last.get(word, -99) > 4, id_
        if not example:
            assert at - last.get(id_ + " alone", -99) > 10, id_
            last[id_ + " alone"] = at
        last[word] = at


def test_questions_of_a_kind_keep_their_order():
    """What is easy and stands first comes first: claims of one answer come as they are written."""
    cards = [id_ for id_, _ in _in_order(new_card_places(_course(), _course_of_all()))]

    for kind, many in (("true", 20), ("false", 25), ("open", 5)):
        assert [id_ for id_ in cards if id_.startswith(f"{kind}-")] == [f"{kind}-{n}" for n in range(many)]


def test_a_mixed_deck_leaves_the_others_alone():
    """Cards of another deck keep their places, whatever is mixed around them."""
    own = _course_of_all()
    others = [_claim(f"other-{n}", answer=True, deck="Networking::Other") for n in range(10)]
    items = [*own[:30], *others, *own[30:]]
    decks = (DECK, "Networking::Other")
    mixed = new_card_places(_course(decks=decks), items)

    assert [mixed[item.id] for item in others] == [(31 + n,) for n in range(10)]
    assert sorted(place for places in mixed.values() for place in places) == list(range(1, 117))


@pytest.mark.parametrize("at", range(0, 82, 9))
@pytest.mark.parametrize("answer", [True, False])
def test_an_added_item_moves_the_others_little(at, answer):
    """Among themselves the other cards keep their places but for a few."""
    items = _course_of_all()
    before = _in_order(new_card_places(_course(), items))
    added = [*items[:at], _claim("added", answer=answer), *items[at:]]
    after = [card for card in _in_order(new_card_places(_course(), added)) if card[0] != "added"]

    assert max(abs(after.index(card) - place) for place, card in enumerate(before)) <= 8


@pytest.mark.parametrize("trues", [0, 1, 5])
def test_what_cannot_be_kept_apart_still_comes(trues):
    """A deck with one answer only is in blocks, and no card is lost."""
    items = [_claim(f"false-{n}", answer=False) for n in range(12)]
    items += [_claim(f"true-{n}", answer=True) for n in range(trues)]
    places = new_card_places(_course(), items)

    assert sorted(place for own in places.values() for place in own) == list(range(1, 13 + trues))
