"""The catalogues of translations: complete, true to the code, compiled."""

from __future__ import annotations

import re
import sys
from collections import Counter
from gettext import GNUTranslations, c2py
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from deckgen.words.catalogue import LOCALE
from deckgen.words.english import COUNTED, ENGLISH

if TYPE_CHECKING:
    from babel.messages import Catalog, Message

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "tools"))
import catalogues  # noqa: E402 -- a program of the checkout, no part of the package

LANGUAGES = catalogues.languages()
#: What the issue asks for; a region's catalogue comes on top of its language's.
WHOLE = ["ar", "de", "es", "fr", "zh"]


def read(language: str) -> Catalog:
    return catalogues.read(catalogues.folder(language) / "deckgen.po", language)


def messages(catalog: Catalog) -> dict[tuple[str, bool], Message]:
    return {(message.context, bool(message.pluralizable)): message for message in catalog if message.id}


def holes(text: str) -> Counter[str]:
    """Count what is filled in, and the marks that set a text in bold."""
    return Counter(re.findall(r"\{\w+\}|\*\*", text))


def test_the_asked_languages_are_there() -> None:
    """German, French, Spanish, Chinese, and one written from right to left."""
    assert set(WHOLE) <= set(LANGUAGES)


def test_the_template_is_that_of_the_code() -> None:
    """After a change of words, `make locale` was run."""
    assert (LOCALE / "deckgen.pot").read_bytes() == catalogues.written(catalogues.template())


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_missing_fuzzy_or_left_over(language: str) -> None:
    """Every word of the code is translated and looked at, and there is none that the code lacks."""
    catalog = read(language)
    there, wanted = messages(catalog), messages(catalogues.template())
    stale = [key for key, message in there.items() if key in wanted and message.id != wanted[key].id]
    fuzzy = [key for key, message in there.items() if message.fuzzy]
    empty = [key for key, message in there.items() if not all(catalogues.forms(message))]
    missing = [] if "_" in language else sorted(wanted.keys() - there.keys())
    assert (missing, empty, fuzzy, stale) == ([], [], [], [])
    assert there.keys() <= wanted.keys()
    assert not catalog.obsolete
    for message in there.values():
        assert len(catalogues.forms(message)) in (1, catalog.num_plurals)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_compiled_catalogue_is_the_text(language: str) -> None:
    """`.mo` says what `.po` says, by the reader that is used at run time."""
    catalog = read(language)
    compiled = GNUTranslations(BytesIO((catalogues.folder(language) / "deckgen.mo").read_bytes()))
    in_text: dict[object, str] = {}
    for message in messages(catalog).values():
        if message.pluralizable:
            key = f"{message.context}\x04{message.id[0]}"
            in_text |= {(key, place): form for place, form in enumerate(message.string)}
        else:
            in_text[f"{message.context}\x04{message.id}"] = message.string
    in_compiled = {key: text for key, text in compiled._catalog.items() if key}  # type: ignore[attr-defined]
    assert in_compiled == in_text


@pytest.mark.parametrize("language", LANGUAGES)
def test_translations_fill_in_what_english_does(language: str) -> None:
    """A form for one number alone (one, two) may say it without the number; nothing else may be left out."""
    catalog = read(language)
    form_of = c2py(catalog.plural_expr)
    numbers = Counter(form_of(number) for number in range(1000))
    for key, message in messages(catalog).items():
        english = message.id[1] if message.pluralizable else message.id
        for place, form in enumerate(catalogues.forms(message)):
            alone = message.pluralizable and numbers[place] == 1
            assert holes(form) == holes(english) or (alone and not holes(form)), (key, form)


@pytest.mark.parametrize("language", LANGUAGES)
def test_spaces_at_the_ends_agree(language: str) -> None:
    """Words that are joined to others keep no space too few or too many; only marks bring their own."""
    for (key, _), message in messages(read(language)).items():
        if key not in {"list-comma", "sheet-colon"}:
            assert all(form == form.strip() for form in catalogues.forms(message)), key


@pytest.mark.parametrize("language", LANGUAGES)
def test_catalogues_are_the_same_whatever_writes_them(language: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Writing what is committed gives the bytes that are committed, on any day and by any version of Babel."""
    monkeypatch.setattr("babel.messages.catalog.VERSION", "99.9")
    folder = catalogues.folder(language)
    catalog = catalogues.updated(read(language), language)

    assert catalogues.written(catalog) == (folder / "deckgen.po").read_bytes()
    assert catalogues.compiled(catalog) == (folder / "deckgen.mo").read_bytes()


def test_every_word_is_used() -> None:
    """Its key, whole or without what its area adds, stands in a template or in the code."""
    dynamic = re.compile(
        r"anki-(kind|task|side)-|anki-(vague|misleading|false)$|(web|sheet)-(verdict|ask)-|word-gender-|sheet-flip-|web-paper-|sheet-(true|false)-letter|report-flag-|review-mark-|review-fault-"
    )
    texts = [path.read_text() for path in (ROOT / "templates").rglob("*.*")]
    texts += [path.read_text() for path in (ROOT / "src").rglob("*.py") if path.parent.name != "words"]
    texts += [path.read_text() for ending in ("js", "html") for path in (ROOT / "src").rglob(f"*.{ending}")]
    quoted = set(re.findall(r"""["']([a-z]+(?:-[a-z]+)*)["']""", "\n".join(texts)))
    quoted |= set(re.findall(r"words\.(\w+)", "\n".join(texts)))
    unused = [
        key
        for key in (*ENGLISH, *COUNTED)
        if key not in quoted and key.partition("-")[2] not in quoted and not dynamic.match(key)
    ]
    assert unused == []
