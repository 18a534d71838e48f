"""Links that lead to no page."""

from __future__ import annotations

from texts import compiled, deck, short


def test_a_link_to_a_file_is_offered_the_syntax_that_shows_it() -> None:
    """Of another file, or of a link with a scheme, nothing is known but that it is not a web page."""
    links = {
        "media/a.mp3": "`![…](media/a.mp3)` shows or plays it",
        "media/map.PNG": "`![…](media/map.PNG)` shows or plays it",
        "media/a.doc": "use an `https://` address",
        "file:///a.mp3": "use an `https://` address",
    }
    for target, label in links.items():
        found = compiled({"a": deck("D", short("q", f"[listen]({target})"))}).diagnostics
        assert [(each.code, each.label) for each in found] == [("unsafe-link", label)]
