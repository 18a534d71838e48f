"""What Anki plays on a rendered side of a card: sounds and speech that it finds, in order (rslib/card_rendering)."""

from __future__ import annotations

import re
from collections.abc import Callable

import msgspec

from deckgen.anki.filters import strip_html

#: A region of another name, in which nothing is found; a sound; and speech with its options.
_FOUND = re.compile(
    r"\[anki:(?!tts[ \]])([a-z]+)[^\]]*\].*?\[/anki:\1\]|\[sound:([^\]]+)\]"
    r"|\[anki:tts ([^\]]*)\](.*?)\[/anki:tts\]",
    re.DOTALL,
)
_LANGUAGE = re.compile(r"(?:^|\s)lang=(\S+)")


class Sound(msgspec.Struct, frozen=True):
    """A file that is played."""

    name: str


class Speech(msgspec.Struct, frozen=True):
    """A text that the device's voice says; the language is as Anki has it, `ja_JP`."""

    text: str
    language: str


def played(html: str) -> tuple[Sound | Speech, ...]:
    """Return what is played when a side appears."""
    found: list[Sound | Speech] = []

    def note(one: Sound | Speech) -> str:
        found.append(one)
        return ""

    with_players(html, note)
    return tuple(found)


def with_players(html: str, player: Callable[[Sound | Speech], str]) -> str:
    """Put what `player` returns in the place of each sound and speech."""

    def put(found: re.Match[str]) -> str:
        if found[2]:
            return player(Sound(found[2]))
        language = _LANGUAGE.search(found[3]) if found[3] else None
        return player(Speech(strip_html(found[4]), language[1])) if language else found[0]

    return _FOUND.sub(put, html) if "[" in html else html
