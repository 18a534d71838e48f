"""The page of a study guide."""

from __future__ import annotations

from typing import TYPE_CHECKING

from deckgen.web import quiz_page
from deckgen.web.frame import TEXT_SCRIPTS
from deckgen.web.site import link

if TYPE_CHECKING:
    from deckgen.guide import Guide
    from deckgen.web.frame import Frame
    from deckgen.web.site import Site


def render(frame: Frame, site: Site, guide: Guide) -> bytes:
    """Return the page: concepts, tables, differences in prose, misconceptions, references."""
    sheets = {sheet.id: sheet for sheet in frame.course.sheets}
    return frame.page(
        "web/study.html",
        look="reading",
        up="../",
        styles=("web/reading.css",),
        scripts=TEXT_SCRIPTS,
        guide=guide,
        wrong=site.wrong,
        quizzes=[
            (sheets[id_], link(site.quizzes[id_], "../")) for id_ in guide.sheets if id_ in site.quizzes
        ],
        table_href=lambda id_: link(site.tables[id_], "../") if id_ in site.tables else "",
        concept_href=lambda id_: link(path, "../") if (path := site.concept(id_)) else "",
        term_of=_terms(frame),
        filled=lambda example: quiz_page.filled_in(frame, example),
    )


def _terms(frame: Frame) -> dict[str, str]:
    return {
        concept: term
        for table in frame.course.tables
        for concept, term in zip(table.between, table.terms, strict=True)
    }
