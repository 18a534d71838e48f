"""What is remembered of files changes nothing but the time it takes."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from deckgen.compiler.compile import compile_project
from deckgen.live.parse_cache import ParseCache
from deckgen.reading import Snapshot
from laws import law
from live.live_process import CARDS, FILES

GOOD = FILES[CARDS]
TEXTS = [
    GOOD,
    GOOD.replace('answer = "two"', 'answr = "two"'),
    GOOD.replace("two and two", "three"),
    GOOD.replace("one-and-one", "uno").replace("two-and-two", "due"),
    GOOD.replace("What is one and one?", "   "),
    '[[sheet]]\nid = "s"\ntitle = "S"\nfrom = ["file:a"]\n',
    "[deck",
    "",
]
SOURCES = FILES["cards/sources.toml"]


def compiled(cards, *how):
    snapshot = Snapshot(
        root=Path(), project=FILES["deckgen.toml"], cards=dict(sorted(cards.items())), lock=None
    )
    return compile_project(snapshot, lambda _: None, list, *how)


edits = st.lists(
    st.tuples(st.sampled_from("abc"), st.one_of(st.none(), st.sampled_from(TEXTS))), min_size=1, max_size=8
)


@law(20)
@given(edits)
def test_a_memory_changes_nothing(history):
    """After any saves and removals of files, course and diagnostics are those of a compiler without a cache."""
    cache = ParseCache()
    cards = {"cards/sources.toml": SOURCES}
    for name, text in history:
        if text is None:
            cards.pop(f"cards/{name}.toml", None)
        else:
            cards[f"cards/{name}.toml"] = text
        fresh, kept = compiled(cards), compiled(cards, cache.parse, cache.check)
        assert kept.diagnostics == fresh.diagnostics
        assert kept.course == fresh.course


def test_bubbles_are_another_question():
    """With answer sheets, files that have not changed are checked again: their answers may have no room."""
    drawn = (
        '[[question]]\nid = "q"\ntype = "numeric"\nparams = { a = { one_of = [1, 2] } }\n'
        'prompt = "@{a}?"\nanswer = { expr = "a * 123456789" }\n'
    )
    cards = {"cards/a.toml": f'[deck]\nname = "A"\n\n{drawn}'}
    cache = ParseCache()
    for more, expected in (("", []), ("[sheet]\nbubble_sheets = true\n", ["impossible-question"]), ("", [])):
        snapshot = Snapshot(root=Path(), project=FILES["deckgen.toml"] + more, cards=cards, lock=None)
        found = compile_project(snapshot, lambda _: None, list, cache.parse, cache.check).diagnostics
        assert [each.code for each in found] == expected
