"""Turn finished pages into PDF, through WeasyPrint."""

from __future__ import annotations

import logging
import re
from typing import Any

#: Besides the page's own style. Headings have bookmarks by themselves.
_STYLE = """
[data-bookmark] { bookmark-level: 3; bookmark-label: attr(data-bookmark) }
[data-bookmark] :is(h2, h3) { bookmark-level: none }
"""


_STEM = re.compile(r'<legend( class="stem">)(.*?)</legend>', re.DOTALL)
_QUESTION = re.compile(r"<(/?)fieldset\b")
_DRAWING = re.compile(r'<svg\b[^>]* aria-label="([^"]*)"[^>]*>')


class NoEngineError(Exception):
    """WeasyPrint, or a library that it needs, is missing; the message says which, for a user."""


def pdf(html: bytes) -> bytes:
    """Return a finished page as a PDF: tagged (PDF/UA-1), titled, with bookmarks, its fonts inside.

    The same page gives the same bytes, while WeasyPrint and the system's fonts for letters that the page's
    own faces have not stay the same. Nothing is loaded but what the page holds.
    Raises `NoEngineError`.
    """
    weasyprint = engine()
    # It warns of properties of CSS that only browsers know.
    logging.getLogger("weasyprint").setLevel(logging.CRITICAL)
    document = weasyprint.HTML(
        string=headed(described(html.decode())),
        url_fetcher=weasyprint.urls.URLFetcher(allowed_protocols={"data"}),
    )
    written: bytes = document.write_pdf(
        pdf_variant="pdf/ua-1", stylesheets=[weasyprint.CSS(string=_STYLE)], custom_metadata=False
    )
    return written


def engine() -> Any:
    """Return WeasyPrint.

    Raises:
        NoEngineError: if it is not installed.
    """
    try:
        import weasyprint
    except (ImportError, OSError) as error:
        # OSError: the package is there, Pango is not.
        raise NoEngineError(
            f"PDF needs WeasyPrint, which the extra `pdf` brings, and the library Pango ({error})"
        ) from error
    return weasyprint


def described(html: str) -> str:
    """Repeat what a drawing says for screen readers where WeasyPrint looks for it: in a `title`."""
    return _DRAWING.sub(r"\g<0><title>\1</title>", html)


def headed(html: str) -> str:
    """Turn questions into sections with a heading: PDF knows no fieldsets, and readers jump from heading to heading."""
    heading = "h3" if "<h2" in html else "h2"
    html = _STEM.sub(rf"<{heading}\1\2</{heading}>", html)
    return _QUESTION.sub(r"<\1section", html)
