"""Sounds as each medium has them: Anki's own way, a player on a page, a mark on paper."""

from __future__ import annotations

from deckgen.patterns import lazy_pattern

#: A loudspeaker with two waves, as high as a capital letter. Its strokes have the colour of the text.
_MARK = (
    '<svg class="loudspeaker" viewBox="0 0 20 16" aria-hidden="true" fill="none" stroke="currentColor" '
    'stroke-width="1.5" stroke-linecap="round" stroke-linejoin="round">'
    '<path fill="currentColor" d="M1 5.5h3.5L9 1.5v13l-4.5-4H1z"/>'
    '<path d="M12.5 5.2a4 4 0 0 1 0 5.6M15.5 2.6a7.6 7.6 0 0 1 0 10.8"/></svg>'
)
_IN_ANKI = lazy_pattern(r'<span class="sound" role="group" aria-label="([^"]*)">\[sound:([\w.-]+)\]</span>')
#: The same with any name.
_NAMED_IN_ANKI = lazy_pattern(
    r'<span class="sound" role="group" aria-label="[^"]*">\[sound:([^\]]*)\]</span>'
)


def in_anki(name: str, word: str) -> str:
    """Return what has Anki play a file of its folder where it stands, once; `word` is escaped."""
    return f'<span class="sound" role="group" aria-label="{word}">[sound:{name}]</span>'


def in_anki_voice(text: str, language: str) -> str:
    """Return what has Anki read a text aloud where it stands (`ja_JP` is how Anki names a language); it is escaped."""
    # Also in Anki's own list of notes it is between tags.
    return f'<span class="speak">[anki:tts lang={language.replace("-", "_")}]{text}[/anki:tts]</span>'


def beside(html: str, spoken: str) -> str:
    """Put speech behind a text: into its last paragraph, where it ends with one."""
    if html.endswith("</p>"):
        return f"{html.removesuffix('</p>')} {spoken}</p>"
    return f"{html} {spoken}" if html else spoken


def on_request(html: str) -> str:
    """Return a field in which sounds are played on request alone: what is folded up, or one of several options."""
    return _IN_ANKI.sub(lambda found: _player(found[2], found[1]), html) if "[sound:" in html else html


def alone(html: str) -> str:
    """Return a field with its sounds as Anki's editor writes them: `[sound:name]`, and no word for them."""
    return _NAMED_IN_ANKI.sub(r"[sound:\1]", html) if "[sound:" in html else html


def on_screen(source: str, word: str) -> str:
    """Return a player; `source` and `word` are escaped."""
    return _player(source, word)


def on_paper(word: str) -> str:
    """Return a mark, and the word for what there is to hear; it is escaped."""
    return f'<span class="sound">{_MARK}{word}</span>'


def voice_button(text: str, language: str, name: str) -> str:
    """Return what has the browser read a text aloud; all of it is escaped.

    It is not a `button`: HTML allows none in a label, where options stand. Without a voice nobody sees it.
    """
    return (
        f'<span class="speak" role="button" tabindex="0" data-part="speak" data-language="{language}" '
        f'data-text="{text}" aria-label="{name}">{_MARK}</span>'
    )


def _player(source: str, word: str) -> str:
    # Nothing is loaded or decoded before somebody plays it: a page may hold hundreds.
    return f'<audio class="sound" controls preload="none" src="{source}" aria-label="{word}"></audio>'
