"""The second engine that pages are printed with."""

from __future__ import annotations

import pytest


def weasyprint_pdf(html: bytes) -> bytes:
    """Print a page with WeasyPrint; the test is skipped where it is not installed."""
    weasyprint = pytest.importorskip("weasyprint")
    made: bytes = weasyprint.HTML(string=html.decode()).write_pdf()
    return made
