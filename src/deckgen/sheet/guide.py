"""Study guides on paper: what an article about a deck should have said."""

from __future__ import annotations

from typing import TYPE_CHECKING

from deckgen.sheet.profile import PageProfile, profiles

if TYPE_CHECKING:
    from collections.abc import Iterable

    import jinja2

    from deckgen.core import Citation, Printing, Project
    from deckgen.guide import Guide

#: Most letters of a place in a source to print where it is cited; a longer one disturbs reading.
_LONGEST_PLACE = 18


def page(project: Project, guide: Guide, env: jinja2.Environment) -> bytes:
    """Return the page of a guide.

    Raises:
        jinja2.TemplateError: if a template is wrong.
    """
    text = env.get_template("sheet/guide.html").render(
        project=project, guide=guide, numbers=numbers(guide), brief=brief, whole=ends_sentence
    )
    return text.encode()


def numbers(guide: Guide) -> dict[str, int]:
    """Number the guide's sources from 1, by their keys, as its list of references does."""
    return {source.key: number for number, source in enumerate(guide.sources, start=1)}


def brief(citations: Iterable[Citation], number_of: dict[str, int]) -> list[tuple[int, list[Citation]]]:
    """Return citations as `(number, places)`: each source once, with the places in it that are short to say."""
    places: dict[int, list[Citation]] = {}
    for citation in citations:
        if citation.key in number_of:
            known = places.setdefault(number_of[citation.key], [])
            if 0 < len(citation.locator) <= _LONGEST_PLACE and citation not in known:
                known.append(citation)
    return list(places.items())


def ends_sentence(text: str) -> bool:
    """Return whether a plain text ends like a sentence, so that another may follow it."""
    return text.rstrip("”»“\"')）").endswith((".", "!", "?", "…", "。", "！", "？", "؟", ":", ";"))


def guide_profiles(printing: Printing) -> dict[str, PageProfile]:
    """Return the profiles of guides, by suffix of the file name: one column portrait, even if the sheets are not."""
    first, *others = profiles(printing).values()
    plain = PageProfile(paper=printing.paper)
    main = first if first.large or first.sparing else plain
    also = [each for each in others if each.large or each.sparing]
    return {"": main, **{each.suffix: each for each in also}}
