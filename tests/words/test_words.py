"""Fixed words by language, and words that count."""

from __future__ import annotations

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deckgen import core, sheet, web
from deckgen.anki.field_writer import FieldWriter
from deckgen.anki.note import note
from deckgen.direction import direction
from deckgen.templating.own import templates_of
from deckgen.text import Medium, Renderer
from deckgen.words import counted, words
from deckgen.words.english import ENGLISH


@pytest.mark.parametrize(
    ("language", "key", "expected"),
    [
        ("en", "sheet-name", "Name"),
        ("en-GB", "sheet-class", "Class"),
        ("de", "sheet-class", "Klasse"),
        ("DE-at", "sheet-class", "Klasse"),
        ("fr-CA", "web-define", "Que signifie «\u00a0{term}\u00a0»\u202f?"),
        ("zh-Hans-SG", "sheet-name", "姓名"),
        ("ar", "sheet-name", "الاسم"),
        ("es-MX", "sheet-class", "Grupo"),
        ("es-MX", "sheet-name", "Nombre"),
        ("tlh", "sheet-name", "Name"),
    ],
)
def test_words_are_those_of_the_language(language: str, key: str, expected: str) -> None:
    """Of the region where it has its own, else of the language, else English."""
    assert words(language)[key] == expected


@given(st.text() | st.sampled_from(["../de", "de/../fr", "de\0", "/etc", "zh_Hans", ""]))
def test_any_language_has_all_words(language: str) -> None:
    """Nothing that stands in `deckgen.toml` leads out of the catalogues or to an error."""
    assert words(language).keys() == ENGLISH.keys()


NUMBERS = (0, 1, 1.5, 2, 3, 11, 100, 102)


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("en", "0 points|1 point|1.5 points|2 points|3 points|11 points|100 points|102 points"),
        ("de", "0 Punkte|1 Punkt|1,5 Punkte|2 Punkte|3 Punkte|11 Punkte|100 Punkte|102 Punkte"),
        ("de-CH", "0 Punkte|1 Punkt|1.5 Punkte|2 Punkte|3 Punkte|11 Punkte|100 Punkte|102 Punkte"),
        ("fr", "0 point|1 point|1,5 point|2 points|3 points|11 points|100 points|102 points"),
        ("es", "0 puntos|1 punto|1,5 puntos|2 puntos|3 puntos|11 puntos|100 puntos|102 puntos"),
        ("zh", "0 分|1 分|1.5 分|2 分|3 分|11 分|100 分|102 分"),
        ("ar", "0 درجة|درجة واحدة|1.5 درجة|درجتان|3 درجات|11 درجة|100 درجة|102 درجة"),
    ],
)
def test_counted_words_have_the_plural_of_the_language(language: str, expected: str) -> None:
    """Also for fractions: English and German take the plural, French the form of the whole part (CLDR)."""
    assert [counted(language, "points", number) for number in NUMBERS] == expected.split("|")


def test_words_need_nothing_beyond_the_standard_library_and_english_not_even_gettext() -> None:
    """The catalogues are read when a language asks for them, by the standard library."""
    program = """import sys
from deckgen.words import words
words("en")
assert "gettext" not in sys.modules
words("de")
print(sorted({name.partition(".")[0] for name in sys.modules} - set(sys.stdlib_module_names) - {"__main__"}))
"""
    done = subprocess.run(
        [sys.executable, "-S", "-c", "import sys; sys.path[:0] = " + repr(sys.path) + "\n" + program],
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout == "['deckgen']\n"


@pytest.mark.parametrize(
    ("language", "way"),
    [
        ("en", "ltr"),
        ("ar-EG", "rtl"),
        ("he", "rtl"),
        ("fa", "rtl"),
        ("az", "ltr"),
        ("az-Arab-IR", "rtl"),
        ("ur-Latn", "ltr"),
        ("PA-arab", "rtl"),
        ("zh-Hans", "ltr"),
    ],
)
def test_a_script_decides_the_direction_and_else_the_language(language: str, way: str) -> None:
    """Azerbaijani and Punjabi have scripts of both directions."""
    assert direction(language) == way


def test_lists_have_the_comma_of_the_language() -> None:
    """On paper, on pages and on cards: names of a concept in Chinese stand between `、`."""
    concept = core.Concept(id="a", deck="D", file="f", term="T", definition="D", aliases=("Eins", "Zwei"))
    course = core.Course(
        project=core.Project(id="x", title="X", language="zh", printing=core.Printing(flashcards=8)),
        decks=(core.Deck(name="D"),),
        items=(concept,),
        sheets=(core.Sheet(id="s", title="S", sections=(core.Section(("a",)),)),),
    )
    templates = templates_of({})
    pages = sheet.export(course, templates, {}) | web.export(course, templates, {})
    texts = [page.decode() for page in pages.values()]
    made = note(concept, FieldWriter(course, Renderer(Medium.ANKI, lambda _: None), templates))
    assert "Eins、Zwei" in made.fields
    assert sum("Eins、Zwei" in text for text in texts) >= 4
    assert not any("Eins, Zwei" in text for text in texts)
