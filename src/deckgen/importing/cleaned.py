"""HTML of a field as a project may have it: nothing that runs or loads, and pictures by their paths in the project."""

from __future__ import annotations

from itertools import chain, pairwise
from urllib.parse import quote

from deckgen.importing.literal import Paths
from deckgen.importing.tree import tree
from deckgen.text.characters import FORBIDDEN
from deckgen.text.escape import escape
from deckgen.text.sanitize import removals, sanitize
from deckgen.text.tags import Start, Text, tokens


def cleaned(field: str, paths: Paths) -> tuple[str, tuple[str, ...]]:
    """Return the HTML, unchanged where it can be, and what was taken out of it, for people."""
    html = FORBIDDEN.sub("", field.replace("\r\n", "\n").replace("\r", "\n"))
    html, lost = _with_paths(html, paths) if "<" in html else (html, [])
    removed = removals(html)
    if removed or tree(html) is None:
        html = sanitize(html, quote)
        lost += (removal.message for removal in removed)
    return html, tuple(dict.fromkeys(lost))


def _with_paths(html: str, paths: Paths) -> tuple[str, list[str]]:
    """Return HTML whose pictures are named by paths, without those that the deck does not have."""
    pieces: list[str] = []
    lost: list[str] = []
    for token, following in pairwise(chain(tokens(html), [Text("", len(html))])):
        piece = html[token.offset : following.offset]
        if isinstance(token, Start) and token.name == "img":
            source = token.attributes.get("src", "")
            path = paths(source)
            if path is not None:
                rest = "".join(
                    f' {name}="{escape(value)}"' for name, value in token.attributes.items() if name != "src"
                )
                piece = f'<img src="{escape(quote(path))}"{rest}>'
            elif not source.startswith("data:"):
                lost.append(f"the picture `{source}`, which the deck does not have")
                piece = ""
        pieces.append(piece)
    return "".join(pieces), lost
