"""What the rules say of words that are like others of their deck."""

from __future__ import annotations

import pytest

from texts import reported


def _word(id_: str, term: str, *meanings: str, more: str = "") -> str:
    listed = ", ".join(f'"{meaning}"' for meaning in meanings)
    return f'[[word]]\nid = "{id_}"\nterm = "{term}"\nmeaning = [{listed}]\n{more}\n'


def _deck(*words: str, name: str = "Spanish", more: str = "") -> str:
    return f'[deck]\nname = "{name}"\nlanguage = "es"\n{more}\n' + "\n".join(words)


BANK = _word("banco", "el banco", "bank")
SHORE = _word("orilla", "la orilla", "shore", "Bank ")


@pytest.mark.parametrize(
    ("words", "codes"),
    [
        ((BANK, SHORE), ["ambiguous-word"]),
        ((SHORE, BANK), ["ambiguous-word"]),
        ((BANK, _word("orilla", "la orilla", "bank (of a river)")), []),
        (
            (
                _word("pez", "pez", "fish", more='part = "noun"'),
                _word("pescar", "pescar", "fish", more='part = "verb"'),
            ),
            [],
        ),
        ((_word("a", "a", "x", more='accept = ["b"]'), _word("b", "b", "x", more='accept = ["a"]')), []),
        ((_word("a", "a", "x", more='accept = ["b"]'), _word("b", "b", "x")), ["ambiguous-word"]),
        ((BANK, _word("asiento", "el banco", "bench")), ["ambiguous-word"]),
        ((_word("sie", "sie", "she"), _word("sie-2", "Sie", "you")), []),
        ((BANK, _word("again", "El banco ", "Bank", "bench")), ["same-word-twice"]),
        ((_word("a", "a", "boy", "Boy "),), ["duplicate-option"]),
        ((_word("a", "a", "x", more='accept = ["A"]'),), ["duplicate-option"]),
        ((_word("a", "a", "x", more='directions = ["listen"]'),), ["listen-without-sound"]),
        ((_word("a", "a"),), ["too-few-entries"]),
        ((_word("a", "a", "x", more="directions = []"),), ["word-without-card"]),
        ((_word("a", "a", "x", more='examples = [{ text = "An {{a}}." }, "Ein {{b}}"]'),), []),
        ((_word("a", "a", "x", more='examples = ["An {{a."]'),), ["bad-gap"]),
        ((_word("a", "a", "x", more='examples = [{ text = "An {{}}." }]'),), ["bad-gap"]),
        (
            (_word("a", "a", "x", more='examples = [{ text = "An {{a}}.", id = "No good" }]'),),
            ["malformed-id"],
        ),
        (
            (_word("a", "a", "x", more='examples = ["{{a}}", { text = "{{a}}.", id = "1" }]'),),
            ["duplicate-id"],
        ),
        ((_word("a", "a", "x", more='picture = "media/none.png"'),), ["missing-media"]),
        ((_word("a", "a", "x", more='picture = "https://example.org/a.png"'),), ["unsafe-media"]),
    ],
)
def test_words_like_others_are_reported(words: tuple[str, ...], codes: list[str]) -> None:
    """A prompt with two answers, a word twice, an answer twice; none of them where cards tell the words apart."""
    assert [line.partition(":")[0] for line in reported({"a": _deck(*words)})] == codes


def test_words_are_compared_within_a_deck_and_a_direction() -> None:
    """Words of two decks never meet, nor do those that are not asked for by their meaning; files of one deck do."""
    other = _deck(SHORE, name="Italian")
    assert reported({"a": _deck(BANK), "b": other}) == []
    assert [line.partition(":")[0] for line in reported({"a": _deck(BANK), "b": _deck(SHORE)})] == [
        "ambiguous-word"
    ]
    assert reported({"a": _deck(BANK, SHORE, more='directions = ["recognise"]')}) == []


def test_a_deck_to_listen_to_needs_sounds() -> None:
    """Where the deck asks by ear alone, each word without a sound is reported; one that says otherwise is not."""
    spoken = _word("a", "a", "x", more='directions = ["produce"]')
    found = reported({"a": _deck(BANK, spoken, more='directions = ["listen"]')})
    assert found == ["word-without-card: the word `el banco` has no card (add `directions`, or a `sound`)"]
