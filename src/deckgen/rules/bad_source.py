"""A source's key or address cannot be used.

A key has no spaces, because a citation is cut at the first one.
An address begins with `https://` or `http://`; it becomes a link on cards and pages.

Bad:
    ```toml
    [source.archimedes]
    title = "The Sand Reckoner"
    url   = "www.example.org/sand"
    ```

Good:
    ```toml
    [source.archimedes]
    title = "The Sand Reckoner"
    url   = "https://www.example.org/sand"
    ```
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from deckgen.diagnostics import Diagnostic, Place
from deckgen.language.manuscript import Manuscript
from deckgen.patterns import lazy_pattern
from deckgen.rules._rule import Rule

RULE = Rule(__name__)

_ADDRESS = lazy_pattern(r"https?://[^\s<>\"]+").fullmatch
_PLACEHOLDER = lazy_pattern(r"\{(?!(?:locator|name|section)\})[^}]*\}?")


def check_all(manuscript: Manuscript) -> Iterator[Diagnostic]:
    """Check keys, titles and addresses of all sources, and the address of the project."""
    url = manuscript.project.url
    if url and not _ADDRESS(url):
        yield _no_address(url, Place("deckgen.toml", ("url",)))
    for file in manuscript.files:
        for key, source in file.sources.items():
            at = Place(file.name, ("source", key))
            if not key or any(char.isspace() for char in key):
                yield RULE.error(f"the key `{key}` of a source holds a space or nothing", at.header())
            if not source.title.strip():
                yield RULE.error(f"source `{key}` has an empty title", at.child("title"))
            for name in ("url", "locator_url"):
                address = getattr(source, name)
                if address and not _ADDRESS(address):
                    yield _no_address(address, at.child(name))
            if found := _PLACEHOLDER.search(source.locator_url):
                yield RULE.error(
                    f"unknown placeholder `{found[0]}`",
                    at.child("locator_url"),
                    "use `{locator}`, or `{name}` and `{section}`",
                )


def _no_address(text: str, place: Place) -> Diagnostic:
    label = f"write `https://{text}`?" if re.match(r"[\w-]+\.[\w.-]+", text) else ""
    return RULE.error(
        "not a web address", place, label, help="an address begins with `https://` or `http://`"
    )
