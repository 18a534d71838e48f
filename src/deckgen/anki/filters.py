"""Anki's field filters: `{{text:Field}}`, `{{hint:Field}}`, `{{furigana:Field}}`, … (rslib/template_filters.rs)."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from html.entities import name2codepoint

from deckgen.anki import clozes
from deckgen.anki.template import WHITE_SPACE
from deckgen.patterns import lazy_pattern

_TAG = lazy_pattern(
    r"<!--.*?-->|<style.*?>.*?</style>|<script.*?>.*?</script>|<.*?>", re.DOTALL | re.IGNORECASE
)
_FURIGANA = lazy_pattern(r" ?([^ >]+?)\[(.+?)\]")
_ENTITY = lazy_pattern(r"&(?:#x([0-9A-Fa-f]+)|#([0-9]+)|([A-Za-z0-9]+));")
_LAST_CODE_POINT = 0x10FFFF


def apply(value: str, filters: tuple[str, ...], field: str, number: int, *, question: bool) -> str:
    """Run a field's value through filters in order; unknown ones do nothing.

    `number` is the card's cloze number (its ordinal plus one), `question` tells the front from the back.
    """
    if filters and filters[-1] == "type":
        # `type:` passes the field's name to the reviewer, regardless of earlier filters.
        before = filters[0] if len(filters) == 2 else ""  # noqa: PLR2004 -- the one before `type`
        kind = f"{before}:" if before in ("cloze", "nc") else ""
        return f"[[type:{kind}{field}]]"
    for name in filters:
        if name == "cloze":
            value = clozes.show(value, number, question=question)
        elif name == "cloze-only":
            value = clozes.show_only(value, number, question=question)
        elif name == "hint":
            value = _hint(value, field)
        elif name == "type":
            value = f"[[type:{field}]]"
        elif name.startswith("tts "):
            value = f"[anki:tts lang={name[4:]}]{value}[/anki:tts]"
        elif name in _PLAIN:
            value = _PLAIN[name](value)
    return value


def strip_html(value: str) -> str:
    """Return the text of HTML, as Anki shows it in its browser."""
    return _decode(_TAG.sub("", value))


def _decode(text: str) -> str:
    """Decode entities, or none of them if Anki cannot read one."""
    if "&" not in text:
        return text
    parts = []
    start = 0
    while (at := text.find("&", start)) >= 0:
        entity = _ENTITY.match(text, at)
        char = _character(entity) if entity else None
        if entity is None or char is None:
            return text
        parts += [text[start:at], char]
        start = entity.end()
    return "".join([*parts, text[start:]]).replace("\xa0", " ")


def _character(entity: re.Match[str]) -> str | None:
    hexadecimal, decimal, name = entity.groups()
    code = name2codepoint.get(name, -1) if name else int(hexadecimal or decimal, 16 if hexadecimal else 10)
    surrogate = 0xD800 <= code < 0xE000  # noqa: PLR2004
    return None if code < 0 or code > _LAST_CODE_POINT or surrogate else chr(code)


def _hint(value: str, field: str) -> str:
    if not value.strip(WHITE_SPACE):
        return value
    # Anki hashes with BLAKE3; any id works that is the same for the same text.
    id_ = hashlib.blake2b((value + field).encode(), digest_size=8).hexdigest()
    return (
        '\n<a class=hint href="#"\n'
        "onclick=\"this.style.display='none';\n"
        f"document.getElementById('hint{id_}').style.display='block';\n"
        f'return false;" draggable=false>\n{field}</a>\n'
        f'<div id="hint{id_}" class=hint style="display: none">{value}</div>\n'
    )


def _ruby(pattern: str) -> Callable[[str], str]:
    def one(match: re.Match[str]) -> str:
        return match[0] if match[2].startswith("sound:") else match.expand(pattern)

    return lambda value: _FURIGANA.sub(one, value.replace("&nbsp;", " "))


_PLAIN: dict[str, Callable[[str], str]] = {
    "text": strip_html,
    "furigana": _ruby(r"<ruby><rb>\1</rb><rt>\2</rt></ruby>"),
    "kanji": _ruby(r"\1"),
    "kana": _ruby(r"\2"),
}
