"""Study guides on paper: what an article about a deck should have said."""

from __future__ import annotations

from typing import TYPE_CHECKING

from deckgen.filenames import file_names
from deckgen.guide import Guide, guides
from deckgen.sheet.profile import PageProfile
from deckgen.sheet.typesetting import environment

if TYPE_CHECKING:
    from collections.abc import Iterable

    from deckgen.core import Citation, Course, Printing
    from deckgen.sheet.typesetting import Typesetter
    from deckgen.templating import Templates

#: Letters of a place in a source that is said where it is cited; what is longer disturbs reading.
_LONGEST_PLACE = 18


def export(course: Course, templates: Templates, typesetter: Typesetter) -> dict[str, bytes]:
    """Return `guides/<top-level deck>.html`, and the same in large print or ink-saving where asked for.

    Guides are pages to read, one column portrait whatever the sheets are.
    Raises `jinja2.TemplateError` where a template is wrong.
    """
    if not course.project.printing.study_guides:
        return {}
    made = guides(course)
    names = file_names(guide.name for guide in made)
    pages: dict[str, bytes] = {}
    for end, profile in _profiles(course.project.printing).items():
        page = environment(templates, typesetter, profile).get_template("sheet/guide.html")
        for guide in made:
            text = page.render(
                project=course.project, guide=guide, numbers=numbers(guide), brief=brief, whole=whole
            )
            pages[f"guides/{names[guide.name]}{end}.html"] = text.encode()
    return pages


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


def whole(text: str) -> bool:
    """Tell whether a plain text ends like a sentence, so that another may follow it."""
    return text.rstrip("”»“\"')）").endswith((".", "!", "?", "…", "。", "！", "？", "؟", ":", ";"))


def _profiles(printing: Printing) -> dict[str, PageProfile]:
    """Return the profiles of guides by what they add to a file's name."""
    readable = [name for name in (printing.profile, *printing.also) if name in ("large-print", "ink-saving")]
    main = printing.profile if printing.profile in readable else "plain"
    also = {f"-{name}": name for name in readable if name != main}
    return {end: PageProfile(paper=printing.paper, name=name) for end, name in {"": main, **also}.items()}
