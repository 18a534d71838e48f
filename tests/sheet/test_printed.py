"""Sheets as they come out on paper: every question once, whole, and marked right by the printed key.

Each is printed by Chromium, as a teacher does, and by WeasyPrint, as `build --pdf` does.
"""

from __future__ import annotations

import random
from itertools import product
from typing import TYPE_CHECKING

import msgspec
import pytest

from deckgen import core
from deckgen.sheet import PageProfile, export
from deckgen.sheet.pdf import pdf
from deckgen.sheet.plan import plan
from deckgen.templating.own import templates_of
from sheet import unwieldy
from sheet.marking import in_foot, layout, mark, read_key, read_sheet
from sheet.paper import MM, Paper, coverage, overlapping, paints_near_edge, plain_text, read, spilled
from sheet.quizzes import arabic_items, course, random_items, showcase, showcase_items, whole

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from deckgen.core import Course

TEMPLATES = templates_of({})
PROFILES: tuple[core.Profile, ...] = ("plain", "large-print", "ink-saving", "landscape", "two-up")


def pages(
    made: Course,
    profile: core.Profile = "plain",
    paper: core.Paper = "A4",
    media: Mapping[str, bytes] | None = None,
) -> dict[str, bytes]:
    """Export a course with the shipped templates, in a profile."""
    printing = core.Printing(profile=profile, paper=paper)
    project = msgspec.structs.replace(made.project, printing=printing)
    return export(msgspec.structs.replace(made, project=project), TEMPLATES, media or {})


ENGINES = ("chromium", "weasyprint")
FEW = [
    (1, 1, "plain", "Letter"),
    (2, 7, "two-up", "A4"),
    *((18, 10 + place, name, ("A4", "Letter")[place % 2]) for place, name in enumerate(PROFILES)),
]
_chance = random.Random(4)
MANY = [
    (count, seed, name, paper)
    for name in PROFILES
    for paper in ("A4", "Letter")
    for seed, count in enumerate((200, *(_chance.randint(1, 199) for _ in range(3))))
]
#: Each profile on one of the engines, and on the other in the long tests.
QUICK = [(*each, ENGINES[place % 2]) for place, each in enumerate(FEW)]


@pytest.mark.parametrize(
    ("count", "seed", "profile", "paper", "engine"),
    [
        each if each in QUICK else pytest.param(*each, marks=pytest.mark.long)
        for each in ((*which, engine) for which in (*FEW, *MANY) for engine in ENGINES)
    ],
)
def test_every_version_is_whole_and_its_key_agrees(
    count: int,
    seed: int,
    profile: core.Profile,
    paper: core.Paper,
    engine: str,
    print_pdf: Callable[[bytes], bytes],
) -> None:
    """Read back from paper: numbers, prompts, options, pages; then marked with the key's own column."""
    to_paper = print_pdf if engine == "chromium" else pdf
    items = random_items(count, seed)
    files = pages(course(items, whole(items, versions=2, seed=seed)), profile, paper)
    laid = layout(PageProfile(name=profile, paper=paper))
    key = read_key(read(to_paper(files["sheets/quiz/key.html"])), ("A", "B"))
    for version in ("A", "B"):
        printed = to_paper(files[f"sheets/quiz/{version}.html"])
        sheet = read(printed)
        assert spilled(sheet, margin=8) == []
        assert paints_near_edge(printed, margin=8) == []
        assert overlapping(sheet) == []
        asked = read_sheet(sheet, items, laid)
        assert [question.number for question in asked] == list(range(1, count + 1))
        assert sorted(question.item.id for question in asked) == sorted(item.id for item in items)
        assert [question.item.id for question in asked if question.torn] == []
        assert mark(asked, key[version]) == []
        check_feet(sheet, version, profile)
        text = plain_text(printed, in_file_order=len(laid.columns) > 1)
        check_reading_order(text, [question.item for question in asked])
        assert_not_shrunk(sheet, profile)


def check_feet(sheet: Paper, version: str, profile: core.Profile) -> None:
    """Every page, and every half of one, says what it is and which of how many."""
    pages = len(sheet.sizes)
    for page in range(1, pages + 1):
        foot = " ".join(word.text for word in sheet.on(page) if in_foot(word, sheet))
        for half in "ab" if profile == "two-up" else ("",):
            assert f"Page {page}{half} of {pages}" in foot
        assert foot.count(f"quiz · Version {version} ·") == (2 if profile == "two-up" else 1)


def check_reading_order(text: str, items: Sequence[core.Item]) -> None:
    """The bare text has each prompt in one piece, and one after the other."""
    flowing = " ".join(text.split())
    before = 0
    for item in items:
        said = (
            getattr(item, "prompt", "") or getattr(item, "aspect", "") or getattr(item, "term", f"{item.id}x")
        )
        at = flowing.find(" ".join(str(said).partition("\n\n")[0].split()), before)
        assert at >= 0, (item.id, said)
        before = at


def assert_not_shrunk(sheet: Paper, profile: core.Profile) -> None:
    """Chromium makes everything smaller where something is wider than the page: labels have the size they should."""
    size = {"large-print": 15.3, "ink-saving": 7}.get(profile, 8.5)
    name = next(word for word in sheet.words if word.text == "Name")
    # The height of a word is that of its line: ascender and descender of the face.
    assert (name.bottom - name.top) / size == pytest.approx(1.32, abs=0.05)


def test_head_has_lines_for_name_class_date_and_score(print_pdf: Callable[[bytes], bytes]) -> None:
    """And the title, the subtitle, how many questions, points and minutes, the version and its code."""
    paper = read(print_pdf(pages(showcase())["sheets/quiz/A.html"]))
    top = " ".join(word.text for word in paper.on(1) if word.top < 220)
    for said in (
        "IT Quiz",
        "Sockets, ports and a little IT",
        "14 questions · 18.5 points · 45 minutes",
        "Version A",
        "XG9Y",
        "Name",
        "Class",
        "Date",
        "Score / 18.5",
    ):
        assert said in top


@pytest.mark.parametrize("engine", ["chromium", "weasyprint"])
def test_a_sheet_that_is_read_from_right_to_left_is_mirrored(
    engine: str, print_pdf: Callable[[bytes], bytes]
) -> None:
    """Numbers hang on the right, option A stands to the right of B, boxes to the right of letters; code does not turn."""
    items = arabic_items()
    made = course(items, whole(items, order="source", title="اختبار الشبكات"), language="ar")
    printed = (print_pdf if engine == "chromium" else pdf)(pages(made)["sheets/quiz/A.html"])
    paper = read(printed)
    assert spilled(paper, margin=8) == []
    assert paints_near_edge(printed, margin=8) == []
    assert overlapping(paper) == []
    edge = paper.sizes[0][0] - 20 * MM
    body = [word for word in paper.words if word.page > 1 or word.top > 115]
    numbers = [
        word.text
        for word in body
        if word.text.isdigit() and edge - 7 * MM < word.left < word.right < edge + 1
    ]
    assert numbers == [str(number) for number in range(1, len(items) + 1)]
    first = [word for word in body if word.text in {"A", "B"}]
    at = {word.text: word.left for word in reversed(first)}
    assert at["A"] > at["B"] + 30 * MM
    code = [word for word in paper.on(1) if word.text in {"int", "s", "="}]
    assert [word.text for word in sorted(code, key=lambda word: word.left)] == ["int", "s", "="]
    right = [next(word for word in body if word.text == said) for said in ("80", "25", "53")]
    assert all(word.right < paper.sizes[0][0] / 2 for word in right)


def test_the_key_of_many_versions_keeps_within_its_pages(print_pdf: Callable[[bytes], bytes]) -> None:
    """Twenty-six stand side by side as far as a page is wide, each with its code."""
    items = showcase_items()
    made = course(items, whole(items, versions=26))
    printed = print_pdf(pages(made)["sheets/quiz/key.html"])
    paper = read(printed)
    assert spilled(paper, margin=8) == []
    assert paints_near_edge(printed, margin=8) == []
    assert overlapping(paper) == []
    for version in plan(made, made.sheets[0]):
        assert f"{version.name} {version.code}" in paper.text


@pytest.mark.parametrize(
    ("profile", "engine"),
    [
        each
        if each in (("plain", "weasyprint"), ("two-up", "chromium"))
        else pytest.param(*each, marks=pytest.mark.long)
        for each in product(PROFILES, ENGINES)
    ],
)
def test_what_is_too_long_breaks(
    profile: core.Profile, engine: str, print_pdf: Callable[[bytes], bytes]
) -> None:
    """Words, formulas, tables, pictures that no line or page holds stick out of nothing, and shrink nothing else."""
    to_paper = print_pdf if engine == "chromium" else pdf
    files = pages(unwieldy.quiz(), profile, media=unwieldy.MEDIA)
    for name in ("A", "key"):
        printed = to_paper(files[f"sheets/quiz/{name}.html"])
        paper = read(printed)
        assert spilled(paper, margin=8) == []
        assert paints_near_edge(printed, margin=8) == []
        assert overlapping(paper) == []
        if name == "A":
            assert_not_shrunk(paper, profile)


@pytest.mark.parametrize(
    "profiles", [("plain", "ink-saving"), pytest.param(PROFILES, marks=pytest.mark.long)]
)
def test_toner_is_not_wasted(profiles: tuple[core.Profile, ...]) -> None:
    """Letters and lines cover 3.5 % of a page at most (5 % is what printer makers count on), ink-saving pages less."""
    spent = {}
    for profile in profiles:
        covered = coverage(pdf(pages(showcase(), profile)["sheets/quiz/A.html"]))
        assert max(covered) < 0.035, profile
        spent[profile] = sum(covered)
    assert spent["ink-saving"] < 0.8 * spent["plain"]
