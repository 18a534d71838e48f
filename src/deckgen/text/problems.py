"""Find what is wrong in a text, apart from the files it names."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, Any, NamedTuple

from deckgen.core.text import Html, Text
from deckgen.media import called
from deckgen.patterns import lazy_pattern
from deckgen.text.characters import FORBIDDEN, forbidden_references
from deckgen.text.foreign import foreign, may_be_foreign
from deckgen.text.links import is_allowed, local_path
from deckgen.text.parse import Parsed, parse

if TYPE_CHECKING:
    from collections.abc import Iterator


_AUTOLINK = lazy_pattern(r"<[^<>\s]*:")


class ProblemKind(Enum):
    """What a problem is about."""

    #: A forbidden character.
    CHARACTER = "character"
    #: A link to a forbidden destination.
    LINK = "link"
    #: An image that is not in the project.
    IMAGE = "image"
    #: A formula that Anki or paper cannot show.
    MATHS = "maths"
    #: Markup of raw HTML that is removed.
    HTML = "html"
    #: Something that looks like markup but is not.
    MARKUP = "markup"
    #: A picture or sound without alternative text.
    ALTERNATIVE = "alternative"


class Problem(NamedTuple):
    """One thing wrong in a text, at a character of it (0-based)."""

    kind: ProblemKind
    message: str
    offset: int
    #: How to write it correctly.
    repair: str = ""
    #: The affected piece of the text; empty if the message quotes it.
    piece: str = ""


def problems(text: Text, *, gaps: bool = False) -> tuple[Problem, ...]:
    """Return what is wrong in a text as its author wrote it, in the order of places.

    `gaps` where `{{…}}` is one: in the text of a cloze.
    """
    source = text.html if isinstance(text, Html) else text
    found: list[Problem] = []
    if not source.isprintable() and FORBIDDEN.search(source):
        found += _characters(source)
        # One character for one, so that positions do not change.
        source = FORBIDDEN.sub(lambda c: " " if c[0] == "\r" else "\ufffd", source)
    if isinstance(text, Html):
        from deckgen.text.sanitize import removals

        found += (Problem(ProblemKind.HTML, r.message, r.offset) for r in removals(source))
    else:
        has_markup = may_be_foreign(source)
        if has_markup or _is_to_be_parsed(source):
            found += in_markdown(source, gaps=gaps, has_markup=has_markup)
    return tuple(sorted(found, key=lambda problem: problem.offset)) if found else ()


def _characters(source: str) -> Iterator[Problem]:
    for found in FORBIDDEN.finditer(source):
        at = found.start()
        if source.startswith("\r\n", at):
            continue
        yield Problem(ProblemKind.CHARACTER, f"{_kind(found[0])} U+{ord(found[0]):04X}", at)


def _kind(character: str) -> str:
    code = ord(character)
    if 0xD800 <= code <= 0xDFFF:  # noqa: PLR2004 - Unicode's surrogates
        return "a lone surrogate"
    return "a control character" if code < 0xA0 else "a noncharacter"  # noqa: PLR2004 - the end of C1


def _is_to_be_parsed(source: str) -> bool:
    """Return whether Markdown may contain a formula, a reference to a character, or a link."""
    return (
        "$" in source
        or "&#" in source
        or ("]" in source and ("](" in source or "]:" in source or "][" in source))
        or ("<" in source and bool(_AUTOLINK.search(source)))
    )


def in_markdown(source: str, *, gaps: bool, has_markup: bool = True) -> Iterator[Problem]:
    """Yield what is wrong in Markdown without forbidden characters, without a quick look first.

    Without `has_markup` it surely has none of other tools.
    """
    if "&#" in source:
        for reference in forbidden_references(source):
            message = f"a reference to a character that no text may hold, `{reference[0].lstrip(chr(92))}`"
            yield Problem(ProblemKind.CHARACTER, message, reference.end(1))
    parsed = parse(source)
    for at, (event, place) in enumerate(parsed.events):
        if isinstance(event, str):
            continue
        ((name, value),) = event.items()
        if name in ("InlineMath", "DisplayMath"):
            yield from _formula(parsed, parsed.restore(value), place, 1 if name == "InlineMath" else 2)
        elif name == "Start" and isinstance(value, dict):
            yield from _destination(parsed, value, place)
            if "Image" in value and not _alternative(parsed, at + 1):
                destination = parsed.restore(value["Image"]["dest_url"])
                message = f"the {called(destination)} `{destination}` has no alternative text"
                yield Problem(ProblemKind.ALTERNATIVE, message, parsed.offset(place["start"]))
    if has_markup:
        for markup in foreign(source, parsed, gaps=gaps):
            yield Problem(ProblemKind.MARKUP, markup.message, markup.offset, markup.repair, markup.piece)


def _alternative(parsed: Parsed, at: int) -> str:
    """Return the alternative text of the picture whose events start at an index."""
    words: list[str] = []
    for event, _ in parsed.events[at:]:
        if isinstance(event, dict) and event.get("End") == "Image":
            break
        words += (
            [value for value in event.values() if isinstance(value, str)] if isinstance(event, dict) else ()
        )
    return "".join(words).strip()


def _formula(parsed: Parsed, latex: str, place: dict[str, int], dollars: int) -> Iterator[Problem]:
    from deckgen.text.tex import check

    error = check(latex)
    if error:
        # In a table `\|` has become `|`, so places after it can be one off.
        yield Problem(
            ProblemKind.MATHS, error.message, parsed.offset(place["start"]) + dollars + error.offset
        )


def _destination(parsed: Parsed, tag: dict[str, Any], place: dict[str, int]) -> Iterator[Problem]:
    link = tag.get("Link")
    image = tag.get("Image")
    if link and link["link_type"] != "Email":
        destination = parsed.restore(link["dest_url"])
        if not is_allowed(destination):
            message = f"a link to `{destination}`; links are http, https, mailto or `#…`"
            yield Problem(ProblemKind.LINK, message, parsed.offset(place["start"]))
    elif image:
        destination = parsed.restore(image["dest_url"])
        if local_path(destination) is None:
            message = (
                f"the image `{destination}` is not in the project"
                if destination
                else "an image without a path"
            )
            yield Problem(ProblemKind.IMAGE, message, parsed.offset(place["start"]))
