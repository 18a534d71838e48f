"""How texts are set on sheets: sizes, tables, lists, long questions, prompts that begin with a block."""

from __future__ import annotations

import re

import msgspec
import pytest

from deckgen import core
from deckgen.sheet import export
from deckgen.sheet.pdf import pdf
from deckgen.sheet.profile import PageProfile
from deckgen.sheet.tables import fitted
from deckgen.templating.own import templates_of
from sheet.paper import overlapping, read
from sheet.quizzes import course, head, whole

TEMPLATES = templates_of({})
#: The smallest PNG.
PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360606060000000050001"
    "a5f645400000000049454e44ae426082"
)


def pages(*items: core.Item, **sheet: object) -> dict[str, str]:
    """Export a sheet of items."""
    files = export(course(items, whole(items, versions=1, **sheet)), TEMPLATES, {})
    return {
        name.rpartition("/")[2]: html.decode() for name, html in files.items() if name.startswith("sheets/")
    }


def choice(prompt: core.Text, *options: str) -> core.Choice:
    """Return a question whose first option is right."""
    made = tuple(core.Option(text, right=place == 0) for place, text in enumerate(options or ("a", "b")))
    return core.Choice(**head("q"), prompt=prompt, options=made)


def test_a_sheet_has_its_own_size_of_large_print() -> None:
    """What it says goes before the project; a size is part of the name of a further file."""
    large = core.SizedProfile("large-print", 24.0)
    made = pages(choice("Which?"), profile="plain", also=(large, "large-print"))
    assert sorted(made) == ["A-large-print-24.html", "A-large-print.html", "A.html", "key.html"]
    sizes = {name: re.findall(r"--size: ([\d.]+)pt", html) for name, html in made.items()}
    assert sizes["A-large-print-24.html"] == ["24.0"]
    assert sizes["A-large-print.html"] == ["18.0"]


def test_lists_and_tables_in_options_are_what_they_are() -> None:
    """In a label by spans with the classes of all their parts; in the key by tags."""
    made = pages(choice("Which?", "3. wash\n4. rinse", "| x |\n|---|\n| 1 |"))
    assert '<span class="as-ol" style="counter-reset: list-item 2">' in made["A.html"]
    assert re.search(
        r'class="as-table"><span class="as-thead"><span class="as-tr"><span class="as-th">x', made["A.html"]
    )
    assert '<ol start="3">' in made["key.html"]
    assert "<thead><tr><th>x</th>" in made["key.html"]


@pytest.mark.parametrize(
    ("prompt", "legend", "beside"),
    [
        (core.Html("Which <b>one</b>?"), "Which <b>one</b>?", False),
        (core.Html("<p>Which?</p><ul><li>a</li></ul>"), "Which?", False),
        ("```\nx = 1\n```\n\nWhich?", "", True),
    ],
)
def test_a_prompt_stands_beside_its_number(prompt: core.Text, legend: str, beside: bool) -> None:
    """HTML as Markdown does; a prompt that begins with a block follows a number that is taken out of the flow."""
    html = pages(choice(prompt))["A.html"]
    found = re.search(r'<legend class="stem( beside)?"><h2><span class="number">1</span>(.*?)</h2>', html)
    assert found
    assert bool(found[1]) is beside
    assert found[2].startswith(legend)
    assert ("Choose one." in found[2]) is not beside


def test_only_what_takes_more_than_a_page_may_be_torn() -> None:
    """By class; everything else moves to the next page as a whole."""
    short, long = (
        choice("Which one? " * 40),
        choice("Which one? " * 40 + "\n\n" + "A longer sentence. " * 400),
    )
    assert 'class="question choice"' in pages(short)["A.html"]
    assert 'class="question choice long"' in pages(long)["A.html"]
    assert '<article class="entry choice long"' in pages(long)["key.html"]


def test_wide_tables_are_set_smaller_and_then_in_parts() -> None:
    """Each part begins with the first column, and no cell is lost."""
    row = "".join(f"<td>value{place}</td>" for place in range(12))
    table = (
        f"<table><thead><tr>{row.replace('td', 'th')}</tr></thead><tbody>\n<tr>{row}</tr>\n</tbody></table>"
    )
    assert fitted(table, 80) == table
    assert fitted(table, 48).count("<table") == 1
    assert "font-size: " in fitted(table, 48)
    parts = fitted(table, 20).split("<table")[1:]
    assert len(parts) > 1
    assert all(part.count("value0") == 2 for part in parts)
    assert set(re.findall(r"value\d+", table)) == set(re.findall(r"value\d+", "".join(parts)))


def test_large_print_is_at_least_eighteen_points() -> None:
    """Where nobody says otherwise, with half a line between lines."""
    profile = PageProfile(name="large-print")
    assert (profile.size, profile.line) == (18, 27)
    assert msgspec.structs.replace(profile, large_size=30.0).line == 45


@pytest.mark.parametrize(
    ("answer", "width"), [("a", "s"), ("a word", "m"), ("a number of words", "l"), ("x" * 30, "xl")]
)
def test_all_blanks_of_a_sheet_are_alike(answer: str, width: str) -> None:
    """For words and for numbers: as wide as the longest answer needs, so that none tells how long its own is."""
    gaps = (core.Gap(1, "one"), core.Gap(2, "two"))
    made = pages(
        core.Short(**head("short"), prompt="What?", answer="ab"),
        core.Cloze(**head("gaps"), text=f"{core.gap_marker(0)} and {core.gap_marker(1)}", gaps=gaps),
        core.Short(**head("long"), prompt="What else?", answer=answer),
        core.Numeric(**head("few"), prompt="How many?", answer="7"),
        core.Numeric(**head("many"), prompt="How many more?", answer="123456"),
    )
    found = re.findall(r'class="write (\w+)"', made["A.html"])
    assert found == [width] * 4 + ["m"] * 2


def test_options_that_are_pictures_stand_in_a_grid() -> None:
    """However long their descriptions are; in large print below each other."""
    picture = core.Html(f'<img src="a.png" alt="{"A long description " * 5}">')
    question = core.Choice(
        **head("q"),
        prompt="Which?",
        options=(core.Option(picture, right=True), core.Option("two", right=False)),
    )
    items = (question,)
    files = export(
        course(items, whole(items, versions=1, also=("large-print",))), TEMPLATES, {"a.png": PIXEL}
    )
    assert '<ol class="options two">' in files["sheets/quiz/A.html"].decode()
    assert '<ol class="options">' in files["sheets/quiz/A-large-print.html"].decode()


def test_the_last_line_of_large_print_stays_with_the_last_question() -> None:
    """In one box, which is torn only where the question is."""
    html = pages(choice("Which?"), profile="large-print")["A.html"]
    assert re.search(r'<div class="last">\s*<fieldset.*</fieldset>\s*<p class="end">', html, re.DOTALL)
    assert "End of the questions" not in pages(choice("Which?"))["A.html"]


def test_code_in_an_option_keeps_its_lines() -> None:
    """In a label as in a prompt: each line of code is a line on paper."""
    html = pages(choice("Which?", "```c\nint first;\nint second;\n```", "none"))["A.html"]
    words = {word.text: word for word in read(pdf(html.encode())).words}
    assert words["first;"].left == pytest.approx(words["second;"].left, abs=0.1)
    assert words["first;"].bottom < words["second;"].bottom - 5
    assert not overlapping(read(pdf(html.encode())))
