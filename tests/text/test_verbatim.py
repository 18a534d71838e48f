"""Plain texts as Markdown: nothing in them is markup, but for ruby."""

from __future__ import annotations

import re

from hypothesis import example, given
from hypothesis import strategies as st

from deckgen.text import Medium, Renderer, plain
from deckgen.text.ruby import base, plain_to_html
from deckgen.text.verbatim import verbatim
from laws import law

RENDERER = Renderer(Medium.SCREEN, lambda path: path)
#: What means something in Markdown, and letters around it.
SIGNS = st.text(st.sampled_from("ab 漢かん{}|\\`*_~[]()<>!#+-.:&;$^=\"'1\u00a0é"), max_size=20)
TAG = re.compile(r"<(?!/?(?:ruby|rp|rt)\b)")


@law(300)
@example("1. Mai")
@example("- keit")
@example("*a* _b_ ~~c~~ `d` $e$ [f](g) ![h](i) <j@k.de> &amp; \\*")
@example("{食|た}べる \\{食|た}")
@example("\\{*|*} \\\\{食|た}")
@example("a  $5 and $6 | b")
@given(SIGNS)
def test_a_plain_text_is_shown_as_it_is(text: str) -> None:
    """Its words are the same, its ruby stays, and nothing else becomes an element."""
    one_line = " ".join(text.split())
    assert plain(verbatim(text)) == " ".join(base(one_line).split())
    html = RENDERER.inline(verbatim(text))
    assert not TAG.search(html), html
    assert html.count("<ruby>") == plain_to_html(one_line).count("<ruby>")
