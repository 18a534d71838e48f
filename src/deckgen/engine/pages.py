"""Make sheets, handouts and web pages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from deckgen.core import Course, top_level
from deckgen.filenames import file_names
from deckgen.templating import Templates


def printed_pages(course: Course, media: Mapping[str, bytes], templates: Templates) -> dict[str, bytes]:
    """Return what is for paper, by names below the output folder.

    Raises:
        jinja2.TemplateError: if a template is wrong.
    """
    from deckgen import sheet

    return sheet.export(course, templates, media)


def web_pages(
    course: Course,
    media: Mapping[str, bytes],
    templates: Templates,
    printed: Mapping[str, bytes],
    packages: Iterable[str],
) -> dict[str, bytes]:
    """Return the site; its copies of the packages, which are being written, are left empty.

    Raises:
        jinja2.TemplateError: if a template is wrong.
    """
    from deckgen import web

    return web.export(course, templates, media, {**dict.fromkeys(packages, b""), **printed})


def package_names(decks: Iterable[str]) -> dict[str, str]:
    """Return the names of packages below the output folder, by the top-level decks in them."""
    tops = dict.fromkeys(top_level(deck) for deck in dict.fromkeys(decks))
    return {deck: f"anki/{file}.apkg" for deck, file in file_names(tops).items()}


def copies_in(pages: Mapping[str, bytes], packages: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return the site's copies of packages, whose places among the pages are empty still."""
    copies = {f"web/{name}": content for name, content in packages.items()}
    return {name: content for name, content in copies.items() if name in pages}
