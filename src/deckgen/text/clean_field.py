"""Clean fields of notes from a lock or a package, which anybody may have written.

Fields that deckgen wrote pass unchanged. All others are cleaned like raw HTML of authors.
"""

from __future__ import annotations

import re
from html import unescape

from deckgen.patterns import lazy_pattern
from deckgen.text.allowed import ELEMENTS, SVG, is_allowed_attribute, is_allowed_style
from deckgen.text.characters import FORBIDDEN, clean
from deckgen.text.escape import disarm
from deckgen.text.links import is_allowed
from deckgen.text.sanitize import sanitize
from deckgen.text.tex_commands import COMMANDS

#: A tag as deckgen writes it: names in letters, values in double quotes. Every parser reads it in the same way.
_TAG = lazy_pattern(r'<(/?)([a-zA-Z][a-zA-Z0-9-]*)((?:\s+[a-zA-Z][\w:.-]*(?:="[^"<]*")?)*)\s*/?>')
_ATTRIBUTE = lazy_pattern(r'([a-zA-Z][\w:.-]*)(?:="([^"<]*)")?')
#: Texts that Anki or MathJax would act on: pictures from LaTeX, add-ons, sounds of any name, a hidden backslash.
_TRIGGER = lazy_pattern(
    r"\[(?:/?(?:\$|latex)|anki:(?!tts lang=[a-z]{2,3}_[A-Z0-9]{2,3}\])|sound:(?![\w.-]+\]))|&#(?:92|x5c);|&bsol;",
    re.IGNORECASE,
)
_FORMULA = lazy_pattern(r"\\\((.*?)\\\)|\\\[(.*?)\\\]", re.DOTALL)
_COMMAND = lazy_pattern(r"\\([a-zA-Z]+)")
_KNOWN = COMMANDS | {"begin", "end"}
#: The name of a picture in a collection, without a folder or address.
_MEDIA_NAME = lazy_pattern(r"[\w.%-]+")
_ADDED = frozenset({"translate", "tabindex", "rel", "loading", "decoding"})


def clean_field(field: str) -> str:
    """Return a field unchanged if it contains only what deckgen writes, else cleaned."""
    if _is_sound(field):
        return field
    return disarm(sanitize(clean(field), _media))


def is_strict(html: str) -> bool:
    """Tell whether each tag is written as every parser reads it alike, and nothing else looks like one."""
    at = 0
    while (start := html.find("<", at)) >= 0:
        tag = _TAG.match(html, start)
        if tag is None:
            return False
        at = tag.end()
    return True


def _media(path: str) -> str | None:
    return path if _MEDIA_NAME.fullmatch(path) else None


def _is_sound(field: str) -> bool:
    if FORBIDDEN.search(field):
        return False
    at = 0
    texts = []
    while (start := field.find("<", at)) >= 0:
        texts.append(field[at:start])
        tag = _TAG.match(field, start)
        if tag is None or not _is_sound_tag(tag[2].lower(), tag[3]):
            return False
        at = tag.end()
    texts.append(field[at:])
    # Each tag is replaced by a character, so that the texts around it cannot form a trigger together.
    text = "\0".join(texts)
    return not _TRIGGER.search(text) and all(
        command in _KNOWN
        for formula in _FORMULA.finditer(text)
        for command in _COMMAND.findall(unescape(formula[1] or formula[2] or ""))
    )


def _is_allowed(name: str, attribute: str) -> bool:
    """Tell whether an attribute may stand on an element; a player's own start nothing by themselves."""
    if name == "audio":
        return attribute in ("class", "controls", "preload", "aria-label")
    return is_allowed_attribute(name, attribute)


def _is_sound_tag(name: str, attributes: str) -> bool:
    if name not in ELEMENTS and name != "audio":
        return False
    for attribute in _ATTRIBUTE.finditer(attributes):
        key, value = attribute[1].lower(), unescape(attribute[2] or "")
        if key == "style":
            sound = all(is_allowed_style(part) for part in map(str.strip, value.split(";")) if part)
        elif key == "src":
            sound = name in ("img", "audio") and _MEDIA_NAME.fullmatch(value) is not None
        elif key == "href":
            sound = is_allowed(value) and name == "a"
        elif key == "xlink:href":
            sound = value.startswith("#")
        else:
            sound = key.startswith("data-") or key in _ADDED or _is_allowed(name, key)
        if not sound or (key != "href" and "url(" in value.lower()):
            return False
        # In CSS `\75rl(…)` is `url(…)`.
        if name in SVG and "\\" in value:
            return False
    return True
