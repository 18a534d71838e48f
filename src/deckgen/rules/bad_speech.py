"""`speak` names what cannot be read aloud, or a language without its region.

`speak = { term = "ja-JP" }` has the device's own voice read a text of the item: by the key of the text and the language
it is in. Voices are those of a language in a region, so both are named: `ja-JP`, `es-MX`, `zh-CN`.

Bad:
    ```toml
    [deck]
    name = "Japanese"

    [[concept]]
    id         = "taberu"
    term       = "{食|た}べる"
    definition = "to eat"
    speak      = { trem = "ja-JP" }

    [[concept]]
    id         = "nomu"
    term       = "{飲|の}む"
    definition = "to drink"
    speak      = { term = "ja" }
    ```

Good:
    ```toml
    [deck]
    name = "Japanese"

    [[concept]]
    id         = "taberu"
    term       = "{食|た}べる"
    definition = "to eat"
    speak      = { term = "ja-JP" }
    ```
"""

from __future__ import annotations

from collections.abc import Iterator

from deckgen.diagnostics import Diagnostic, Place
from deckgen.language.concept import Concept
from deckgen.language.misconception import Misconception
from deckgen.language.question import Question
from deckgen.language.speak import spoken_keys
from deckgen.language.word import Word
from deckgen.nearest import did_you_mean, nearest
from deckgen.patterns import lazy_pattern
from deckgen.rules._rule import Rule

RULE = Rule(__name__)
KINDS = (Question, Concept, Misconception, Word)

_TAG = lazy_pattern(r"[a-z]{2,3}-(?:[A-Z]{2}|[0-9]{3})")
#: A tag for each language that a voice is usual for.
_USUAL = (
    "ar-SA", "bg-BG", "ca-ES", "cs-CZ", "da-DK", "de-DE", "el-GR", "en-US", "es-ES", "et-EE",
    "fa-IR", "fi-FI", "fr-FR", "he-IL", "hi-IN", "hr-HR", "hu-HU", "id-ID", "is-IS", "it-IT",
    "ja-JP", "ko-KR", "lt-LT", "lv-LV", "ms-MY", "nb-NO", "nl-NL", "pl-PL", "pt-BR", "ro-RO",
    "ru-RU", "sk-SK", "sl-SI", "sr-RS", "sv-SE", "th-TH", "tr-TR", "uk-UA", "vi-VN", "zh-CN",
)  # fmt: skip


def check(item: Question | Concept | Misconception | Word, at: Place) -> Iterator[Diagnostic]:
    """Check the keys and the languages."""
    if not item.speak:
        return
    known = spoken_keys(type(item))
    for key, language in item.speak.items():
        place = at.child("speak", key)
        if key not in known:
            near = nearest(key, known)
            yield RULE.error(
                f"`{key}` cannot be read aloud",
                place.key(),
                did_you_mean(near),
                help=f"what can: {', '.join(f'`{each}`' for each in known)}",
            )
        if not _TAG.fullmatch(language):
            near = _near(language)
            yield RULE.error(
                f"`{language}` is not a language with its region",
                place,
                did_you_mean(near, 'such as "ja-JP"'),
            )


def _near(language: str) -> str | None:
    first, _, region = language.replace("_", "-").partition("-")
    tag = f"{first.lower()}-{region.upper()}"
    if region and _TAG.fullmatch(tag):
        return tag
    of_language = next((usual for usual in _USUAL if usual.partition("-")[0] == first.lower()), None)
    return of_language or nearest(language, _USUAL)
