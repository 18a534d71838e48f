"""A stem is shown with each of its questions, and they stay together: on paper, screen and card, in every draw."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from html import unescape
from pathlib import Path
from typing import TYPE_CHECKING

from typer.testing import CliRunner

from anki_judge import collection, import_package, render_card
from deckgen import sheet, web
from deckgen.cli.app import app
from deckgen.core import Course
from deckgen.sheet.plan import plan
from deckgen.sheet.version import Version
from deckgen.templating.own import templates_of
from sheet.paper import read
from texts import PROJECT, compiled, deck, reported

if TYPE_CHECKING:
    from playwright.sync_api import Page

TEMPLATES = templates_of({})
WELL = """[[stem]]
id    = "well"
title = "A snail & a well"
text  = '''
A snail climbs *three* metres a day.

| day | height |
|---|---|
| 1 | 3 m |
'''
sources = ["aesop"]
"""
SOURCE = '[source.aesop]\ntitle = "Fables"\n'


def question(id_: str, stem: str = "", more: str = "") -> str:
    """Return a question that asks for its own id."""
    about = f'stem = "{stem}"\n' if stem else ""
    return (
        f'[[question]]\nid = "{id_}"\ntype = "short"\nprompt = "Say {id_}."\nanswer = "{id_}"\n{about}{more}'
    )


def made_sheet(id_: str = "s", more: str = "") -> str:
    return f'[[sheet]]\nid = "{id_}"\ntitle = "S"\nfrom = ["A"]\noutputs = ["paper", "quiz"]\n{more}\n'


#: Three questions of one stem and two of another among nine others.
QUESTIONS = [
    *(question(f"plain-{number}") for number in range(4)),
    *(question(f"well-{number}", "well") for number in range(2)),
    question("plain-4"),
    *(question(f"crow-{number}", "crow") for number in range(2)),
    *(question(f"plain-{number}") for number in range(5, 9)),
    question("well-2", "well"),
]
CROW = '[[stem]]\nid = "crow"\ntext = "Eine Krähe hatte Käse."\nlanguage = "de"\n'


def course_of(*entries: str, project: str = PROJECT) -> Course:
    made = compiled({"a": deck("A", SOURCE, WELL, CROW, *QUESTIONS, *entries), "deckgen.toml": project})
    assert made.diagnostics == ()
    assert made.course is not None
    return made.course


def ids(version: Version) -> list[str]:
    return [each.item.id for each in version.questions]


def of_stem(order: list[str], stem: str) -> list[int]:
    """Return the places of a stem's questions, in the order of the source."""
    return [order.index(id_) for id_ in sorted(each for each in order if each.startswith(stem))]


def test_questions_of_a_stem_stay_together() -> None:
    """In each version and seed they follow each other in the order of the source, wherever they come."""
    sheets = [made_sheet(f"s{seed}", f"seed = {seed}\nversions = 3") for seed in range(30)]
    course = course_of(*sheets, made_sheet("source", 'order = "source"\nversions = 2'))
    places = set()
    for each in course.sheets:
        for version in plan(course, each):
            order = ids(version)
            assert sorted(order) == sorted(item.id for item in course.items)
            for stem, count in (("well", 3), ("crow", 2)):
                first, *others = of_stem(order, stem)
                assert others == list(range(first + 1, first + count))
                places.add((stem, first))
    assert len(places) > 12
    assert ids(plan(course, course.sheets[-1])[0])[4:7] == ["well-0", "well-1", "well-2"]


def test_a_draw_takes_all_questions_of_a_stem_or_none() -> None:
    """And always so many as it says, which is possible in many ways."""
    sheets = [
        made_sheet(f"s{draw}-{seed}", f"draw = {draw}\nseed = {seed}")
        for draw in range(1, 15)
        for seed in range(15)
    ]
    course = course_of(*sheets)
    with_stem = 0
    for each in course.sheets:
        order = ids(plan(course, each)[0])
        assert len(order) == int(each.id[1:].partition("-")[0])
        taken = [len(of_stem(order, stem)) for stem in ("well", "crow")]
        assert taken[0] in (0, 3)
        assert taken[1] in (0, 2)
        with_stem += any(taken)
    assert 100 < with_stem < 200


def test_what_an_earlier_pool_took_tears_no_stem() -> None:
    """Its other questions are drawn together, and rather fewer than some of them."""
    pools = '[[sheet.pool]]\nfrom = ["well-0"]\n[[sheet.pool]]\nfrom = ["well-0", "well-1", "well-2", "crow-0", "crow-1"]\n'
    sheets = [
        f'[[sheet]]\nid = "s{seed}"\ntitle = "S"\nseed = {seed}\n{pools}draw = 3\n' for seed in range(9)
    ]
    course = course_of(*sheets)
    drawn = {tuple(sorted(ids(plan(course, each)[0]))) for each in course.sheets}
    assert drawn == {("well-0", "well-1", "well-2"), ("crow-0", "crow-1", "well-0")}


def test_a_number_that_tears_a_stem_is_told() -> None:
    """With the nearest numbers that can be drawn; single questions make up for it."""
    two = [question("a", "crow"), question("b", "crow")]
    torn = "draw-tears-stem: 1 question cannot be drawn: those of a stem are drawn together (2 can)"
    assert reported({"a": deck("A", CROW, *two, made_sheet(more="draw = 1"))}) == [torn]
    assert reported({"a": deck("A", CROW, *two, made_sheet(more="draw = 2"))}) == []
    assert reported({"a": deck("A", CROW, *two, question("c"), made_sheet(more="draw = 1"))}) == []
    three = [WELL.replace('sources = ["aesop"]\n', ""), *(question(f"d{n}", "well") for n in range(3))]
    assert reported({"a": deck("A", CROW, *two, *three, made_sheet(more="draw = 4"))}) == [
        "draw-tears-stem: 4 questions cannot be drawn: those of a stem are drawn together (3 or 5 can)"
    ]


def test_mistakes_of_stems_are_told() -> None:
    """An unknown one with the nearest, an unused one, one twice, one without text, an unknown source of one."""
    assert reported(
        {"a": deck("A", CROW, question("q", "corw")), "b": deck("B", CROW, question("r", "crow"))}
    ) == [
        "duplicate-id: duplicate id `crow` ()",
        "unknown-stem: unknown stem `corw` (did you mean `crow`?)",
    ]
    assert reported(
        {"a": deck("A", WELL, CROW.replace("Eine Krähe hatte Käse.", " "), question("q", "crow"))}
    ) == [
        "empty-text: `text` is empty (says nothing)",
        "unknown-source: unknown source `aesop` ()",
        "unused-stem: no question names the stem `well` ()",
    ]
    bank = {
        "a": deck("A", CROW, question("q", "crow"), more="bank = true\n"),
        "b": deck("B", question("r", "crow")),
    }
    assert reported(bank) == [
        "bank-made-public: a public question shows the stem `crow`, which is in a bank (would make it public)"
    ]
    # What could not be read is not looked for.
    found = reported({"a": deck("A", CROW.replace("text", "txt"), question("q", "crow"))})
    assert [each.partition(":")[0] for each in found] == ["unknown-key"]


# ---- On paper


def test_a_stem_is_printed_once_before_its_questions() -> None:
    """In each version, in the key before the answers, and on each flashcard; its language and source are said."""
    course = course_of(made_sheet(more="versions = 3"), project=PROJECT + "[sheet]\nflashcards = 8\n")
    files = sheet.export(course, TEMPLATES, {})
    for name in ("A", "B", "C"):
        page = files[f"sheets/s/{name}.html"].decode()
        assert page.count("A snail &amp; a well") == page.count('<div class="shared" lang="de">') == 1
        order = ids(next(version for version in plan(course, course.sheets[0]) if version.name == name))
        first = order.index("well-0") + 1
        before, after = page.split("A snail &amp; a well")
        assert f"Questions {first}–{first + 2}" in before[-200:]
        assert re.search(r'<span class="number">(\d+)</span>Say well-0', after[:2500])
    key = files["sheets/s/key.html"].decode()
    assert key.count("A snail &amp; a well") == key.count("Krähe") == 1
    assert key.count("Fables") == 3
    cards = files["flashcards/A.html"].decode()
    assert cards.count("A snail &amp; a well") == 3
    assert cards.count('<blockquote lang="de">') == 2


def test_a_stem_and_its_questions_are_on_one_page(print_pdf: Callable[[bytes], bytes]) -> None:
    """If they have room on it; else the stem is at least with the first of them."""
    seeds = 8
    sheets = [made_sheet(f"s{seed}", f"seed = {seed}") for seed in range(seeds)]
    course = course_of(*(question(f"more-{number}") for number in range(30)), *sheets)
    files = sheet.export(course, TEMPLATES, {})
    begun = set()
    for seed in range(seeds):
        paper = read(print_pdf(files[f"sheets/s{seed}/A.html"]))
        pages = {
            word.page
            for word in paper.words
            if word.text in ("snail", "climbs", "well-0.", "well-1.", "well-2.")
        }
        assert len(pages) == 1, seed
        begun |= pages
    assert len(begun) > 1


def test_a_long_stem_leaves_no_page_empty(print_pdf: Callable[[bytes], bytes]) -> None:
    """A passage of more than a page begins where the questions before it end."""
    passage = "word " * 900
    long = f'[[stem]]\nid = "long"\ntext = "Begin {passage} end."\n'
    course = course_of(
        long, *(question(f"long-{n}", "long") for n in range(3)), made_sheet(more='order = "source"')
    )
    paper = read(print_pdf(sheet.export(course, TEMPLATES, {})["sheets/s/A.html"]))
    start = next(word for word in paper.words if word.text == "Begin")
    height = paper.sizes[0][1]
    before = [word for word in paper.words if word.page == start.page and word.top < start.top]
    assert before or start.top < height / 5
    assert {word.page for word in paper.words} == set(range(1, len(paper.sizes) + 1))


# ---- On a screen


def test_a_stem_is_shown_with_each_of_its_questions(
    tmp_path: Path,
    page: Page,
    axe: Callable[..., list[str]],
    html_errors: Callable[[Mapping[str, bytes]], list[str]],
) -> None:
    """Above the question, named as its description; they follow each other in each attempt; the page is lawful."""
    content = web.export(course_of(made_sheet()), TEMPLATES, {})["web/s.html"]
    assert html_errors({"s.html": content}) == []
    (tmp_path / "s.html").write_bytes(content)
    page.goto((tmp_path / "s.html").as_uri())
    orders = []
    for attempt in range(3):
        page.evaluate("(id) => document.getElementById(id).click()", "restart" if attempt else "begin")
        order = []
        for _ in range(14):
            form = page.locator("form.question.shown")
            order.append(form.get_attribute("data-id") or "")
            shown = form.locator(".shared").all_inner_texts()
            stem = order[-1].partition("-")[0]
            assert [text.split("\n")[0] for text in shown] == {
                "well": ["A snail & a well"],
                "crow": ["Eine Krähe hatte Käse."],
            }.get(stem, [])
            if shown:
                described = form.locator("fieldset").get_attribute("aria-describedby")
                assert form.locator(".shared").get_attribute("id") == described
                assert form.locator(".shared").get_attribute("lang") == (None if stem == "well" else "de")
            if attempt == 0 and order[-1] == "well-0":
                assert axe(page) == []
            page.click("#skip")
        for name, count in (("well", 3), ("crow", 2)):
            first, *others = of_stem(order, name)
            assert others == list(range(first + 1, first + count))
        orders.append(tuple(order))
    assert len({*orders}) > 1


# ---- In Anki


def build(folder: Path, text: str, now: int) -> Path:
    """Build a project of one file, and return its package."""
    (folder / "cards").mkdir(parents=True, exist_ok=True)
    (folder / "deckgen.toml").write_text(PROJECT, encoding="utf-8")
    (folder / "cards/a.toml").write_text(text, encoding="utf-8")
    result = CliRunner().invoke(app, ["build", "-C", str(folder)], env={"SOURCE_DATE_EPOCH": str(now)})
    assert result.exit_code == 0, result.output
    return folder / "dist/anki/A.apkg"


def test_learners_keep_their_reviews_when_a_question_gets_a_stem(tmp_path: Path) -> None:
    """The note is updated, its card shows the stem on both sides; a note without a stem is not touched."""
    plain = deck("A", SOURCE, WELL, CROW, question("one", "crow"), question("two"), question("three", "well"))
    with collection() as col:
        import_package(col, build(tmp_path, plain, 1_700_000_000))
        before = {note: col.get_note(note) for note in col.find_notes("")}
        mods = {note["Id"]: note.mod for note in before.values()}
        col.db.execute("update cards set reps = 7, ivl = 99")
        later = plain.replace('answer = "two"\n', 'answer = "two"\nstem = "well"\n')
        log = import_package(col, build(tmp_path, later, 1_700_100_000))
        assert len(log.updated) == 1
        assert not log.new
        changed = {note["Id"] for note in map(col.get_note, before) if note.mod != mods[note["Id"]]}
        assert changed == {"two"}
        assert col.db.list("select distinct reps || ' ' || ivl from cards") == ["7 99"]
        for id_, words in (("two", "A snail & a well"), ("three", "A snail & a well"), ("one", "Eine Krähe")):
            (card,) = col.find_cards(f"Id:{id_}")
            front, back, empty = render_card(col, card)
            assert not empty
            for side in (front, back):
                shown = unescape(side)
                assert shown.count(words) == 1
                assert shown.index(words) < shown.index(f"Say {id_}.")
            assert ('<div lang="de">' in front) == (id_ == "one")
            assert ("Fables" in back) == (id_ != "one")


def test_another_word_in_a_stem_updates_the_notes_that_show_it(tmp_path: Path) -> None:
    """And another id of it none."""
    text = deck("A", SOURCE, WELL, CROW, question("one", "crow"), question("two"), question("three", "well"))
    build(tmp_path, text, 1_700_000_000)

    def lines() -> dict[str, str]:
        lock = (tmp_path / "deckgen.lock").read_text(encoding="utf-8")
        return {line.split()[1]: line for line in lock.splitlines() if line.startswith("note ")}

    before = lines()
    build(tmp_path, text.replace("Käse", "Brot"), 1_700_100_000)
    assert {id_ for id_, line in lines().items() if line != before[id_]} == {"one"}
    before = lines()
    build(tmp_path, text.replace("Käse", "Brot").replace('"crow"', '"raven"'), 1_700_200_000)
    assert lines() == before
