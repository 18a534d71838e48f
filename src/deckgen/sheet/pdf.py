"""Turn finished pages into PDF, through WeasyPrint."""

from __future__ import annotations

from base64 import b64decode
from functools import cache, lru_cache
from io import BytesIO
from typing import TYPE_CHECKING, Any

from deckgen.sheet import typeface

if TYPE_CHECKING:
    from types import ModuleType
    from xml.etree.ElementTree import Element

#: Besides the page's own style, and weaker than it. Headings have bookmarks by themselves.
_STYLE = """
[data-bookmark] { bookmark-level: 3; bookmark-label: attr(data-bookmark) }
[data-bookmark] :is(h2, h3) { bookmark-level: none }
"""
_WOFF2 = "data:font/woff2;base64,"
_SVG = "{http://www.w3.org/2000/svg}"


class NoEngineError(Exception):
    """WeasyPrint, or a library that it needs, is missing; the message says which, for a user."""


def pdf(page: bytes) -> bytes:
    """Return a finished page as a PDF: tagged (PDF/UA-1), titled, with bookmarks, its fonts inside.

    The bytes depend on those of `page`, on this module, on the versions of WeasyPrint, pydyf, fontTools, Pango
    and HarfBuzz, and on the system's fonts for letters that the page's own faces lack. They do not depend on
    what the process printed before, nor on its clock, locale or hash seed; so any process may print any page.
    Nothing is loaded from outside the page.

    Raises:
        NoEngineError: as `engine`.
    """
    document = opened(page)
    written: bytes = document.write_pdf(
        pdf_variant="pdf/ua-1", stylesheets=[engine().CSS(string=_STYLE)], custom_metadata=False
    )
    return written


def opened(page: bytes) -> Any:
    """Return a finished page as WeasyPrint's `HTML`, which loads nothing from outside of it.

    Raises:
        NoEngineError: as `engine`.
    """
    text = page.decode()
    for name, url in _faces().items():
        text = text.replace(url, name)
    document = engine().HTML(string=text, url_fetcher=_fetcher())
    _adapt(document.etree_element)
    return document


def prepare() -> None:
    """Load the engine and unpack the faces, so that processes forked afterwards share both.

    Raises:
        NoEngineError: as `engine`.
    """
    engine()
    for url in typeface.sources():
        _unpacked(url)


@cache
def engine() -> ModuleType:
    """Return WeasyPrint.

    Raises:
        NoEngineError: if it, or a library that it needs, is not installed.
    """
    try:
        import weasyprint
    except (ImportError, OSError) as error:
        # OSError: the package is there, Pango is not.
        raise NoEngineError(
            f"PDF needs WeasyPrint, which the extra `pdf` brings, and the library Pango ({error})"
        ) from error
    # It warns of properties of CSS that only browsers know.
    import logging

    logging.getLogger("weasyprint").setLevel(logging.CRITICAL)
    module: ModuleType = weasyprint
    return module


@cache
def _faces() -> dict[str, str]:
    """Return short names for the addresses of our faces, as WeasyPrint goes through each address by the letter."""
    return {f"data:font/woff2;face,{number}": url for number, url in enumerate(typeface.sources())}


@cache
def _fetcher() -> Any:
    """Return what loads the pictures and faces of a page: `data:` and nothing else."""
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    class Fetcher(URLFetcher):  # type: ignore[misc]
        """Unpacks a face once a process: WeasyPrint does so for each page, in plain Python."""

        def fetch(self, url: str, headers: Any = None) -> Any:
            face = _faces().get(url, url)
            if face.startswith(_WOFF2):
                return URLFetcherResponse(url, _unpacked(face))
            return super().fetch(url, headers)

    return Fetcher(allowed_protocols={"data"})


@lru_cache(maxsize=64)
def _unpacked(url: str) -> bytes:
    """Return a WOFF2 face as the TrueType or OpenType file that it was packed from."""
    from fontTools.ttLib import woff2

    out = BytesIO()
    woff2.decompress(BytesIO(b64decode(url.removeprefix(_WOFF2))), out)
    return out.getvalue()


def _adapt(page: Element) -> None:
    """Say what a page says to browsers in the words that WeasyPrint makes tags of."""
    for element in page.iter():
        if element.tag == "fieldset":
            element.tag = "section"
        elif element.tag == f"{_SVG}svg" and "aria-label" in element.attrib:
            title = element.makeelement(f"{_SVG}title", {})
            title.text = element.attrib["aria-label"]
            element.insert(0, title)
