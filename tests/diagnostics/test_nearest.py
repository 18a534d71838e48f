"""Did you mean …?"""

from __future__ import annotations

import random
import time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from deckgen.nearest import nearest
from laws import law

KEYS = [
    "id",
    "type",
    "prompt",
    "answer",
    "answers",
    "distractors",
    "explanation",
    "sources",
    "hint",
    "tags",
    "points",
    "difficulty",
    "was",
    "last",
    "correction",
    "text",
    "tolerance",
    "unit",
    "accept",
    "order",
    "pairs",
    "extra",
    "model",
    "lines",
    "term",
    "definition",
    "example",
    "aliases",
]
TYPES = ["choice", "multiple", "true-false", "cloze", "numeric", "short", "ordering", "matching", "open"]
IDS = [
    "socket",
    "port",
    "socket-vs-port",
    "socket-vs-port/identified-by",
    "rfc9293",
    "rfc6335",
    "man-socket.2",
]


@pytest.mark.parametrize(
    ("word", "candidates", "meant"),
    [
        ("answr", KEYS, "answer"),
        ("asnwer", KEYS, "answer"),
        ("nasweers", KEYS, "answers"),
        ("Prompt", KEYS, "prompt"),
        ("sauces", KEYS, "sources"),
        ("source", KEYS, "sources"),
        ("tag", KEYS, "tags"),
        ("ids", KEYS, "id"),
        ("alias", KEYS, "aliases"),
        ("def", KEYS, "definition"),
        ("explain", KEYS, "explanation"),
        ("distractor", KEYS, "distractors"),
        ("truefalse", TYPES, "true-false"),
        ("True_False", TYPES, "true-false"),
        ("false true", TYPES, "true-false"),
        ("multiple-choice", TYPES, "multiple"),
        ("match", TYPES, "matching"),
        ("categories", ["category"], "category"),
        ("category", ["categories"], "categories"),
        ("identified-by", IDS, "socket-vs-port/identified-by"),
        ("RFC 9293", IDS, "rfc9293"),
        ("port-vs-socket", IDS, "socket-vs-port"),
        ("rfc9923", IDS, "rfc9293"),
        # Nothing is better than nonsense.
        ("title", KEYS, None),
        ("question", KEYS, None),
        ("foo", KEYS, None),
        ("co", KEYS, None),
        ("", KEYS, None),
        ("x", [], None),
    ],
)
def test_meant(word, candidates, meant):
    """Slips of the fingers are forgiven, other words are not."""
    assert nearest(word, candidates) == meant


def test_nearest_wins():
    """One slip beats two, and letters in place beat letters anywhere."""
    assert nearest("sokcet-2", ["socket-1", "socket-2", "socket-3"]) == "socket-2"
    assert nearest("prot", ["part", "port"]) == "port"


@law(40)
@given(st.text("abA-_", max_size=4), st.lists(st.text("abA-_", max_size=4), max_size=10), st.randoms())
@example("ab", ["a-b", "a_b"], random.Random(0))
def test_order_does_not_matter(word, candidates, rng):
    """The answer is one of the candidates and does not depend on their order."""
    mixed = list(candidates)
    rng.shuffle(mixed)
    answer = nearest(word, candidates)
    assert answer in [None, *candidates]
    assert nearest(word, iter(mixed)) == answer


@law(40)
@given(
    st.sampled_from([word for word in KEYS + TYPES if len(word) > 3]),
    st.integers(0, 9),
    st.sampled_from("abcxyz-"),
)
def test_one_slip_is_found(word, place, letter):
    """A letter too many is always forgiven; what was meant is at most as far away as what is offered."""
    place = min(place, len(word))
    answer = nearest(word[:place] + letter + word[place:], [word, "wholly-different"])
    assert answer == word


def test_long_ids_take_no_time():
    """A text put where an id belongs is not compared letter by letter."""
    rng = random.Random(1)
    start = "ab-c" * 100
    ids = [start + "".join(rng.choices("abc", k=20)) for _ in range(300)]
    before = time.process_time()
    assert nearest(start[4:] + "x" * 24, ids) is not None  # it begins alike
    assert time.process_time() - before < 5


@pytest.mark.parametrize("word", ["q-99999x", "socket-port-listne-17", "x" * 79, "x" * 100_000, "q-0" * 20])
def test_ten_thousand_ids_take_no_time(word):
    """Even ids that all look alike are looked through in a blink."""
    rng = random.Random(1)
    words = ["socket", "port", "tcp", "udp", "listen", "accept", "bind", "connect", "queue"]
    ids = [f"q-{number:05}" for number in range(5000)]
    ids += ["-".join([*rng.choices(words, k=3), str(number)]) for number in range(5000)]
    nearest(word, ids)
    before = time.process_time()
    nearest(word, ids)
    assert time.process_time() - before < 5  # some milliseconds; letter by letter it takes minutes
