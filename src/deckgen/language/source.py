"""`[source.KEY]`: an entry of the registry of sources."""

from typing import Annotated

import msgspec
from msgspec import Meta

from deckgen import core
from deckgen.patterns import lazy_pattern

#: `socket(2)`: a page of the manual and its section.
_MANUAL_PAGE = lazy_pattern(r"(?P<name>[^\s()]+)\((?P<section>[^()\s]+)\)")


class Source(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Where a fact comes from."""

    title: Annotated[str, Meta(description="Title, as a reader would look for it.")]
    url: Annotated[str, Meta(description="Address of the whole work.")] = ""
    year: Annotated[int | None, Meta(description="Year of publication.")] = None
    authors: Annotated[tuple[str, ...], Meta(description="Who wrote it.")] = ()
    locator_url: Annotated[
        str,
        Meta(
            description="Address of a place in the work, with `{locator}`; "
            "for locators like `socket(2)` also `{name}` and `{section}`."
        ),
    ] = ""

    def lower(self, key: str) -> core.Source:
        """Return it in core terms."""
        return core.Source(key=key, title=self.title, url=self.url, year=self.year, authors=self.authors)

    def cite(self, key: str, locator: str) -> core.Citation:
        """Return a citation of the place `locator`, linked as closely as the source allows."""
        return core.Citation(key, locator, self.title, self._address(locator))

    def _address(self, locator: str) -> str:
        if not locator or not self.locator_url:
            return self.url
        fields = {"locator": locator}
        if page := _MANUAL_PAGE.match(locator):
            fields |= page.groupdict()
        from urllib.parse import quote

        address = self.locator_url
        for name, value in fields.items():
            address = address.replace("{" + name + "}", quote(value))
        return self.url if "{" in address else address


def split_citation(citation: str) -> tuple[str, str]:
    """Split `"rfc9293 3.1"` into the key and the locator."""
    key, _, locator = citation.strip().partition(" ")
    return key, locator.strip()
