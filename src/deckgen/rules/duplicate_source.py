"""Two files define a source under the same key.

A citation could mean either of them.

Bad:
    ```toml
    [source.euclid]
    title = "The Elements"
    ```

Good:
    ```toml
    [source.diophantus]
    title = "Arithmetica"
    ```
"""

from __future__ import annotations

from collections.abc import Iterator

from deckgen.diagnostics import Diagnostic, Place, Related
from deckgen.language.manuscript import Manuscript
from deckgen.rules._rule import Rule

RULE = Rule(__name__)


def check_all(manuscript: Manuscript) -> Iterator[Diagnostic]:
    """Compare the registries of all files."""
    first: dict[str, Place] = {}
    for file in manuscript.files:
        for key in file.sources:
            place = Place(file.name, ("source", key), "header")
            there = first.setdefault(key, place)
            if there is not place:
                yield RULE.error(
                    f"source `{key}` is defined twice", place, related=(Related(there, "first defined here"),)
                )
