"""HTML of a field as a project may have it: nothing that runs or loads, and pictures by their paths in the project."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import chain, pairwise
from urllib.parse import quote

from deckgen.importing.literal import Paths
from deckgen.importing.tree import tree
from deckgen.text.characters import FORBIDDEN
from deckgen.text.escape import escape
from deckgen.text.sanitize import removals, sanitize
from deckgen.text.tags import Start, Text, Token, tokens


def cleaned(field: str, paths: Paths) -> tuple[str, tuple[str, ...]]:
    """Return the HTML without what no project may have, unchanged where it can be, and what was taken out, for people.

    Pictures are named as Anki names them.
    """
    html = FORBIDDEN.sub("", field.replace("\r\n", "\n").replace("\r", "\n"))
    html, lost = _without_missing(html, paths) if "<" in html else (html, [])
    removed = removals(html)
    if removed or tree(html) is None:
        html = sanitize(_named(html, quote), lambda path: path)
        lost += (_said(removal.message) for removal in removed)
    return html, tuple(dict.fromkeys(lost))


def with_paths(html: str, paths: Paths) -> str:
    """Return clean HTML whose pictures are named by their paths in the project."""
    return _named(html, lambda name: quote(paths(name) or name))


def _named(html: str, name: Callable[[str], str]) -> str:
    return "".join(
        f'<img src="{escape(name(source))}"{_rest(token)}>' if (source := _picture(token)) else piece
        for token, piece in _pieces(html)
    )


def _without_missing(html: str, paths: Paths) -> tuple[str, list[str]]:
    """Return HTML without pictures that the deck does not have."""
    kept: list[str] = []
    lost: list[str] = []
    for token, piece in _pieces(html):
        source = _picture(token)
        if source is None or paths(source) is not None:
            kept.append(piece)
        else:
            lost.append(f"the picture `{source}`, which the deck does not have")
    return "".join(kept), lost


def _pieces(html: str) -> Iterator[tuple[Token, str]]:
    for token, following in pairwise(chain(tokens(html), [Text("", len(html))])):
        yield token, html[token.offset : following.offset]


def _picture(token: Token) -> str | None:
    """Return the source of a picture that is a file; None for anything else."""
    source = token.attributes.get("src", "") if isinstance(token, Start) and token.name == "img" else "data:"
    return None if source.startswith("data:") else source


def _rest(token: Token) -> str:
    attributes = token.attributes.items() if isinstance(token, Start) else ()
    return "".join(f' {name}="{escape(value)}"' for name, value in attributes if name != "src")


def _said(message: str) -> str:
    """Return what was removed without what is different in each field."""
    what, quoted, _ = message.partition("`")
    if message.startswith(("the element", "the attribute")):
        return message.replace(" is not allowed", "")
    if message.startswith("the style"):
        return "styles that act beyond their text"
    return "addresses that may run or load something" if quoted and not what else message
