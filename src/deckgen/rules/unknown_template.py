"""A file in the project's `templates/` replaces no shipped template, and no template of the project uses it.

With a misspelt name, the shipped template would silently stay in use. `deckgen templates` lists the names.
This is a warning.

Bad:
    ```html file=templates/sheet/pages.html
    <h1>{{ sheet.title }}</h1>
    ```

Good:
    ```html file=templates/sheet/page.html
    <h1>{{ sheet.title }}</h1>
    ```
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from deckgen.diagnostics import Diagnostic, Place, Severity
from deckgen.language.manuscript import Manuscript
from deckgen.nearest import did_you_mean, nearest
from deckgen.patterns import lazy_pattern
from deckgen.rules._rule import Rule

SEVERITY = Severity.WARNING
RULE = Rule(__name__)


#: A template of a card of a note type of one's own, or the style of the type.
_OF_TYPE = lazy_pattern(r"templates/anki/own/([^/]+)/(?:([^/]+)/(?:front|back)\.html|style\.css)")


def is_of_type(file: str) -> bool:
    """Tell whether a file may be a template of a note type of one's own."""
    return _OF_TYPE.fullmatch(file) is not None


def of_types(files: Iterable[str], manuscript: Manuscript) -> Iterator[Diagnostic]:
    """Give a warning for each template of a note type, or of a card, that is not there."""
    known = {
        f"templates/anki/own/{made.written}/{part}"
        for kind in manuscript.note_types.values()
        for made in kind.together
        for part in (
            "style.css",
            *(f"{card.id}/{side}.html" for card in made.cards if card for side in ("front", "back")),
        )
    }
    for file in sorted(files):
        if is_of_type(file) and file not in known and not manuscript.partial:
            yield found(file, nearest(file, known))


def found(file: str, near: str | None) -> Diagnostic:
    """Return the diagnostic for the template `file`; `near` is a shipped one that may be meant, by its file."""
    return RULE.warning(
        f"`{file}` does not replace any template",
        Place(file),
        help=did_you_mean(near, "`deckgen templates` lists the names"),
    )
