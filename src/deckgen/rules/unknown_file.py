"""The order of new cards names a file that does not exist.

`[anki] order` of `deckgen.toml` names files of cards by their paths below `cards/`, without `.toml`. Files that it
does not name follow by path.

Bad:
    ```toml file=deckgen.toml
    id    = "example"
    title = "Example"

    [anki]
    order = ["arithmetics"]
    ```

Good:
    ```toml file=deckgen.toml
    id    = "example"
    title = "Example"

    [anki]
    order = ["arithmetic"]
    ```
"""

from __future__ import annotations

from collections.abc import Iterator

from deckgen.diagnostics import Diagnostic, Place
from deckgen.language.manuscript import Manuscript
from deckgen.nearest import did_you_mean, nearest
from deckgen.root import PROJECT_FILE
from deckgen.rules._rule import Rule

RULE = Rule(__name__)


def check_all(manuscript: Manuscript) -> Iterator[Diagnostic]:
    """Look every file of the order up."""
    known = [file.path for file in manuscript.files]
    for index, name in enumerate(manuscript.project.anki.order):
        place = Place(PROJECT_FILE, ("anki", "order", index))
        if name in manuscript.project.anki.order[:index]:
            yield RULE.error(f"the file `{name}` is twice in the order", place, "remove one of them")
        elif name not in known and not manuscript.partial:
            near = nearest(name.removesuffix(".toml").removeprefix("cards/"), known)
            yield RULE.error(
                f"unknown file `{name}`",
                place,
                did_you_mean(near),
                help="" if near else "name it by its path below `cards/`, without `.toml`",
            )
