"""Plain texts that nothing around them turns."""

from __future__ import annotations

import pytest
from markupsafe import Markup

from deckgen.text.isolation import isolated


@pytest.mark.parametrize(
    ("text", "page", "amid", "expected"),
    [
        ("C++ <b>", "ltr", False, "C++ &lt;b&gt;"),
        ("16 bit", "ltr", True, '<bdi dir="ltr">16 bit</bdi>'),
        ("בית!", "ltr", False, '<bdi dir="rtl">בית!</bdi>'),
        ("C++", "rtl", False, '<bdi dir="ltr">C++</bdi>'),
        ("%", "rtl", False, '<bdi dir="rtl">%</bdi>'),
        (Markup("<ruby>בית</ruby>!"), "ltr", False, '<bdi dir="rtl"><ruby>בית</ruby>!</bdi>'),
    ],
)
def test_a_text_has_an_element_with_its_direction(text, page, amid, expected):
    """Where nothing can turn it, it has none; tags do not decide."""
    assert isolated(text, page, amid=amid) == expected
