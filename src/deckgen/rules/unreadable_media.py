"""A picture or sound cannot be read, or is neither.

Every Anki and browser shows PNG, JPEG, GIF, WebP, AVIF and SVG; sounds are MP3, Ogg Vorbis, Opus, M4A, WAV and FLAC.
The first bytes of a file decide what it is, not its name.

Bad:
    ```toml
    [deck]
    name = "Arithmetic"

    [[question]]
    id     = "six-times-seven"
    type   = "short"
    prompt = "![A square](media/square.tiff) How many corners?"
    answer = "42"
    ```

    ```text file=media/square.tiff
    this is not a picture
    ```

Good:
    ```toml
    [deck]
    name = "Arithmetic"

    [[question]]
    id     = "six-times-seven"
    type   = "short"
    prompt = "![A square](media/square.png) How many corners?"
    answer = "42"
    ```
"""

from __future__ import annotations

from deckgen.diagnostics import Diagnostic, Place
from deckgen.media import called
from deckgen.rules._rule import Rule

RULE = Rule(__name__)


def found(path: str, reason: str, place: Place) -> Diagnostic:
    """Return the diagnostic for a picture that cannot be used."""
    return RULE.error(f"cannot use the {called(path)} `{path}`", place.part(path), reason)
