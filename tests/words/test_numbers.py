"""How languages write numbers, held against CLDR."""

from __future__ import annotations

import pytest
from babel import Locale, localedata

from deckgen.numerals import exactness, written
from deckgen.words.numbers import Marks, marks

#: Languages whose own digits have marks that Latin ones would not have.
OTHER_DIGITS = {"bgn", "ff_Adlm", "ks", "nqo"}


def test_marks_are_those_of_cldr() -> None:
    """For every language and region that CLDR knows, where Latin digits are used."""
    differing = []
    for name in localedata.locale_identifiers():
        locale = Locale.parse(name)
        symbols = locale.number_symbols.get("latn")
        if symbols is None or any(name == other or name.startswith(f"{other}_") for other in OTHER_DIGITS):
            continue
        by_two = "#,##,##0" in locale.decimal_formats[None].pattern
        wanted = Marks(symbols["decimal"], symbols["group"].replace("'", "’"), by_two)
        if marks(name.replace("_", "-")) != wanted:
            differing.append((name, wanted, marks(name.replace("_", "-"))))
    assert differing == []


@pytest.mark.parametrize(
    ("number", "language", "shown"),
    [
        ("3.10", "en", "3.10"),
        ("3.10", "de", "3,10"),
        ("3.10", "de-CH", "3.10"),
        ("3.10", "es-MX", "3.10"),
        ("-0.5", "fr", "−0,5"),
        ("+5", "en", "5"),
        ("6.022e23", "en", "6.022 × 10²³"),
        ("1.602e-19", "de", "1,602 × 10⁻¹⁹"),
        ("1E+05", "en", "1 × 10⁵"),
        ("1914", "en", "1914"),
        ("65536", "en", "65,536"),
        ("65536", "de", "65.536"),
        ("65536", "fr", "65\u202f536"),
        ("65536", "pl", "65 536"),
        ("65536", "tlh", "65,536"),
        ("12345678.125", "hi", "1,23,45,678.125"),
        ("0xFF", "de", "0xFF"),
        ("1/3", "de", "1/3"),
        ("007", "en", "007"),
    ],
)
def test_numbers_are_written_as_their_authors_did(number: str, language: str, shown: str) -> None:
    """No digit is added or lost; marks are those of the language, and long numbers are grouped."""
    assert written(number, language).replace("\u00a0", " ") == shown


@pytest.mark.parametrize(
    ("tolerance", "shown"),
    [
        ("0", ""),
        ("0.0", ""),
        ("0.05", "± 0,05"),
        ("1 %", "± 1 %"),
        ("2.5%", "± 2,5%"),
        ("0 %", ""),
        ("3 digits", "3 gültige Ziffern"),
        ("1 digit", "1 gültige Ziffer"),
    ],
)
def test_a_tolerance_is_written_in_the_language(tolerance: str, shown: str) -> None:
    """An absolute one, a relative one, and significant digits."""
    assert exactness(tolerance, "de").replace("\u00a0", " ") == shown
