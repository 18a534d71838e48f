"""The PDF target: each printed page as a PDF, made on request and kept while it is fresh."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from deckgen.engine.output import Output, key

if TYPE_CHECKING:
    from deckgen.core import Course
    from deckgen.targets import Context

#: Milliseconds.
_COST = 1500


class Pdf:
    """The PDF target."""

    waits = True

    def prepare(self) -> None:
        """Load WeasyPrint and the faces, which processes forked afterwards share.

        Raises:
            NoEngineError: if it is not installed.
        """
        from deckgen.sheet.pdf import prepare

        prepare()

    def outputs(self, course: Course, context: Context) -> Iterable[Output]:
        """Return a PDF for each page on paper: `sheets/quiz/A.pdf` for `sheets/quiz/A.html`."""
        del course
        for page in sorted(context.offered):
            if page.endswith(".html"):
                yield Output(
                    name=f"{page.removesuffix('.html')}.pdf",
                    key=key("pdf"),
                    make=_print,
                    of=page,
                    wanted=context.everything,
                    cost=_COST,
                )


def _print(page: bytes) -> bytes:
    from deckgen.sheet.pdf import pdf

    return pdf(page)


TARGET = Pdf()
