"""The page of a comparison table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from deckgen.core import top_level
from deckgen.web.frame import TEXT_SCRIPTS
from deckgen.web.site import link

if TYPE_CHECKING:
    from deckgen.core import Table
    from deckgen.web.frame import Frame
    from deckgen.web.site import Site


def render(frame: Frame, site: Site, table: Table) -> bytes:
    """Return the page: every cell with its sources, and the misconceptions about it."""
    name = top_level(table.deck)
    return frame.page(
        "web/table.html",
        look="reading",
        up="../",
        styles=("web/reading.css",),
        scripts=TEXT_SCRIPTS,
        table=table,
        wrong=site.wrong,
        guide=next((guide for guide in site.contents if guide.name == name), None),
        guide_href=link(site.guides.get(name, ""), "../"),
        concept_href=lambda id_: link(path, "../") if (path := site.concept(id_)) else "",
    )
