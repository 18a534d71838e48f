"""The sheets of this repository's own content, as they come out on paper."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
import pytest

from deckgen import core
from deckgen.compiler.compile import compile_project
from deckgen.reading import read_media, read_project
from deckgen.reading.media import pictures_in
from deckgen.sheet import PageProfile, export
from deckgen.sheet.pdf import pdf
from deckgen.templating.own import templates_of
from deckgen.text import plain
from sheet.marking import layout, numbered, read_key
from sheet.paper import Word, overlapping, paints_near_edge, read, spilled

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

ROOT = Path(__file__).resolve().parents[2]
TEMPLATES = templates_of({})


@pytest.fixture(scope="module")
def course() -> core.Course:
    """Compile the content."""
    snapshot, _ = read_project(ROOT)
    made = compile_project(snapshot, lambda path: read_media(ROOT, path), lambda: pictures_in(ROOT)).course
    assert made
    return made


LONG = [
    pytest.param(profile, engine, marks=pytest.mark.long)
    for profile in ("plain", "large-print", "ink-saving", "landscape", "two-up")
    for engine in ("chromium", "weasyprint")
    if (profile, engine) != ("plain", "chromium")
]


@pytest.mark.parametrize(("profile", "engine"), [("plain", "chromium"), *LONG])
def test_sheets_are_whole_and_marked_right(
    profile: core.Profile, engine: str, course: core.Course, print_pdf: Callable[[bytes], bytes]
) -> None:
    """Every question stands there once, and the letters of the printed key stand before right options."""
    to_paper = print_pdf if engine == "chromium" else pdf
    project = msgspec.structs.replace(course.project, printing=core.Printing(profile=profile))
    files = export(msgspec.structs.replace(course, project=project), TEMPLATES, {})
    laid = layout(PageProfile(name=profile))
    checked = 0
    for sheet in course.sheets:
        versions = [chr(ord("A") + index) for index in range(sheet.versions)]
        key = read_key(read(to_paper(files[f"sheets/{sheet.id}/key.html"])), versions)
        for version in versions:
            printed = to_paper(files[f"sheets/{sheet.id}/{version}.html"])
            paper = read(printed)
            assert spilled(paper, margin=8) == []
            assert paints_near_edge(printed, margin=8) == []
            assert overlapping(paper) == []
            asked = numbered(paper, laid)
            assert list(asked) == list(range(1, len(key[version]) + 1))
            found = [find_item(course.items, words) for words in asked.values()]
            assert len({item.id for item in found}) == len(found)
            for (number, words), item in zip(asked.items(), found, strict=True):
                if isinstance(item, core.Choice):
                    check_letters(item, words, key[version][number], RINGED.get(profile, 7))
                    checked += 1
    assert checked > 20


def find_item(items: Sequence[core.Item], words: Sequence[Word]) -> core.Item:
    """Find the item whose words these are: the longest beginning wins."""
    flowing = " ".join(word.text for word in words)

    def agreement(item: core.Item) -> int:
        names = ("prompt", "text", "term", "aspect")
        said = next(plain(text) for name in names if (text := getattr(item, name, "")))
        most = said.split()
        return max(
            (count for count in range(1, len(most) + 1) if " ".join(most[:count]) in flowing), default=0
        )

    return max(items, key=agreement)


#: Size of the letters in rings, where it is not 7 pt.
RINGED = {"large-print": 14, "ink-saving": 6}


def check_letters(item: core.Choice, words: Sequence[Word], said: str, size: float) -> None:
    """The options behind the letters that the key names are those that are right."""
    # "A" may be a word as well; letters before options are of another size. A line of their face is 1.32 high.
    letters = [
        word
        for word in words
        if len(word.text) == 1 and word.text.isupper() and abs(word.bottom - word.top - 1.32 * size) < 0.3
    ]
    printed = {}
    for letter in letters:
        beside = [other.left for other in letters if _on_line(other, letter) and other.left > letter.left]
        line = [
            word.text
            # The face of code is taller: its words begin above those before them.
            for word in sorted(words, key=lambda word: word.left)
            if _on_line(word, letter) and letter.right < word.left < min(beside, default=float("inf"))
        ]
        texts = {" ".join(plain(option.text).split()): option for option in item.options}
        begun = [text for text in texts if line and text.startswith(" ".join(line))]
        if begun:
            printed[letter.text] = texts[min(begun, key=len)]
    assert {option.text for option in printed.values()} == {option.text for option in item.options}
    right = {letter for letter, option in printed.items() if option.right}
    assert set(said.split(", ")) == right


def _on_line(one: Word, other: Word) -> bool:
    return one.page == other.page and one.top < other.bottom - 2 and one.bottom > other.top + 2
