"""Texts without markup, and the pictures that they name."""

from __future__ import annotations

from functools import lru_cache

from deckgen.core.text import Html, Text
from deckgen.text.characters import GAP, clean
from deckgen.text.links import local_path
from deckgen.text.parse import TASK_BOXES, parse
from deckgen.text.ruby import base_of_marked


@lru_cache(maxsize=2000)  # versions of a sheet, its key and its pages name the same questions
def plain(text: Text) -> str:
    """Return a text without markup, on one line: for titles, sort fields, `aria-label`, search.

    A formula is on one line in Unicode (`deckgen.text.linear`), an image its alternative, ruby its base; gap
    markers stay.
    """
    return " ".join(_words(text).split())


def words_alone(text: Text) -> str:
    """Return a text as `plain` does, without pictures and sounds: to read it aloud."""
    return " ".join(_words(text, alternatives=False).split())


def images(text: Text) -> tuple[str, ...]:
    """Return the paths of the local images that a text names, in order."""
    if isinstance(text, Html):
        if "<" not in text.html:
            return ()
        from deckgen.text.sanitize import image_paths

        return image_paths(clean(text.html))
    if "![" not in text:
        return ()
    parsed = parse(clean(text))
    named = []
    for event, _ in parsed.events:
        if isinstance(event, dict) and "Start" in event and isinstance(event["Start"], dict):
            image = event["Start"].get("Image")
            path = local_path(parsed.restore(image["dest_url"])) if image else None
            if path:
                named.append(path)
    return tuple(named)


def visible_gaps(text: str) -> frozenset[int]:
    """Return the indexes of the gap markers that a reader sees, in prose, code or formulas."""
    seen: set[int] = set()
    in_image = 0
    for event, _ in parse(clean(text)).events:
        if isinstance(event, str):
            continue
        ((name, value),) = event.items()
        if name == "Start":
            in_image += isinstance(value, dict) and "Image" in value
        elif name == "End":
            in_image -= value == "Image"
        elif isinstance(value, str) and not in_image:
            seen.update(int(found[1]) for found in GAP.finditer(value))
    return frozenset(seen)


def _words(text: Text, *, alternatives: bool = True) -> str:
    if isinstance(text, Html):
        from deckgen.text.sanitize import text_of

        return text_of(clean(text.html))
    parsed = parse(clean(text))
    words = []
    in_image = 0
    for event, _ in parsed.events:
        if isinstance(event, str):
            words.append(" ")
            continue
        ((name, value),) = event.items()
        if not alternatives:
            in_image += name == "Start" and isinstance(value, dict) and "Image" in value
            in_image -= name == "End" and value == "Image"
            if in_image:
                continue
        if name == "End":
            words.append(" " if _is_block(value) else "")
        elif name == "TaskListMarker":
            words.append(f"{TASK_BOXES[value]} ")
        elif name in ("InlineMath", "DisplayMath"):
            words.append(_formula(parsed.restore(value)))
        elif name == "Text":
            words.append(base_of_marked(value))
        elif name != "Start":
            words.append(value)
    return parsed.restore("".join(words))


def _formula(latex: str) -> str:
    # Few texts have a formula, and a formula with a gap keeps the gap's marker.
    from deckgen.text.tex import check

    if "\ufdd0" in latex or check(latex) is not None:
        return latex
    from deckgen.text.linear import linear

    return linear(latex)


def _is_block(tag: object) -> bool:
    return tag not in ("Emphasis", "Strong", "Strikethrough", "Link", "Image")
